"""Command line: see README.md."""

import argparse
import json
import sys
from pathlib import Path

import cv2
import torch

from . import data, evaluate, export, relabel, sample, splits, train
from .films import FILMS


def arguments():
    p = argparse.ArgumentParser(prog="python -m hemozoin_train")
    p.add_argument("film", choices=FILMS)
    p.add_argument("action", nargs="?", default="all", choices=["all", "train", "evaluate", "export", "splits"])
    p.add_argument("--data", required=True, help="folder with the sets")
    p.add_argument("--out", required=True, help="folder for checkpoints, figures and the bundle")
    p.add_argument("--cache", default=None, help="folder for resampled pictures (default: OUT/cache)")
    p.add_argument("--fold", default=None, help="hold this fold out; without it, train on everything")
    p.add_argument("--steps", type=int, default=8000)
    p.add_argument("--minutes", type=float, default=None, help="end the cycle after this time at the latest")
    p.add_argument("--batch", type=int, default=8)
    p.add_argument("--rate", type=float, default=3e-3)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--start-from", default=None)
    p.add_argument("--self-train", type=float, default=0.45, help="share of the cycle after which missing labels are filled in; 1 never")
    p.add_argument("--figures", default=None, help="thresholds and calibration measured by cross-validation (json)")
    return p.parse_args()


def main():
    a = arguments()
    film = FILMS[a.film]
    torch.set_num_threads(a.threads)
    cv2.setNumThreads(1)
    out = Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    folds = splits.folds(a.data, film.name)
    if a.action == "splits":
        print(json.dumps(folds, indent=1))
        return
    sets = data.load(a.data, film, a.cache or out / "cache")
    held = folds[a.fold] if a.fold else {}
    training, test = splits.apart(sets, held)
    for picture in training.get("thick-fiocruz", []):
        relabel.white_cells_by_rule(picture)
    if a.action in ("all", "train"):
        cells = None
        if film.name == "thin":
            cells = sample.NihCells(a.data, film.um_per_px, held.get("thin-nih-falciparum", ()))
        log = open(out / "log.txt", "a", buffering=1)
        train.train(
            film, training, out, a.steps, a.batch, film.tile, a.seed, a.rate, a.threads, a.minutes, cells,
            a.start_from, lambda text: print(text, file=log), self_train=a.self_train,
        )
    if a.action in ("all", "evaluate") and a.fold:
        evaluate.fold(film, a.data, out, {**test, "thin-iml-vivax": test.get("thin-iml-vivax", [])[::4]})
    if a.action == "export" or (a.action == "all" and a.figures):
        export.bundle(film, out, out / "bundle", a.figures)


if __name__ == "__main__":
    sys.exit(main())
