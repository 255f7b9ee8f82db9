"""Command line: see README.md."""

import argparse
import json
import os
import sys
from pathlib import Path

import cv2
import torch

from . import candidates, data, evaluate, export, relabel, sample, second, splits, train
from .films import FILMS


def arguments():
    p = argparse.ArgumentParser(prog="python -m hemozoin_train")
    p.add_argument("film", choices=FILMS)
    p.add_argument("action", nargs="?", default="all", choices=["all", "train", "second", "evaluate", "export", "splits"])
    p.add_argument("--data", required=True, help="folder with the sets")
    p.add_argument("--out", required=True, help="folder for checkpoints, figures and the bundle")
    p.add_argument("--cache", default=None, help="folder for resampled pictures (default: OUT/cache)")
    p.add_argument("--fold", default=None, help="hold this fold out; without it, train on everything. FOLD:STEPS,... trains several side by side into OUT-FOLD; `final` is the run on everything")
    p.add_argument("--steps", type=int, default=8000)
    p.add_argument("--minutes", type=float, default=None, help="end the cycle after this time at the latest")
    p.add_argument("--batch", type=int, default=8)
    p.add_argument("--rate", type=float, default=3e-3)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--start-from", default=None, help="weights.pt of an earlier run to go on from")
    p.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="where the nets are trained; everything else runs on the processor")
    p.add_argument("--cells", type=int, default=7000, help="single NIH cells to use")
    p.add_argument("--self-train", type=float, default=0.45, help="share of the cycle after which missing labels are filled in; 1 never")
    p.add_argument("--second-steps", type=int, default=6000, help="steps of the second net")
    p.add_argument("--second-minutes", type=float, default=None)
    p.add_argument("--second-start-from", default=None, help="second.pt of an earlier run to go on from")
    p.add_argument("--teacher", default=None, help="run whose second net teaches the one under training")
    p.add_argument("--second-widths", type=int, nargs=4, default=second.WIDTHS, help="channels of the second net's four strides")
    p.add_argument("--also", nargs="*", default=[], help="FOLD=RUN: candidates that this fold's net proposes on what it has not seen")
    p.add_argument("--figures", default=None, help="thresholds and calibration measured by cross-validation (json)")
    p.add_argument("--floor", default=None, help="false-positive floor of the bundle (toml), as floor.py prints it")
    return p.parse_args()


def one(a, film, sets, fold, out, folds):
    """Trains, measures or exports one run."""
    out.mkdir(parents=True, exist_ok=True)
    held = folds[fold] if fold else {}
    training, test = splits.apart(sets, held)
    for picture in training.get("thick-fiocruz", []):
        relabel.white_cells_by_rule(picture)
    if a.action in ("all", "train") and not (out / "weights.pt").exists():
        cells = single_cells(a, film, held)
        log = open(out / "log.txt", "a", buffering=1)
        train.train(
            film, training, out, a.steps, a.batch, film.tile, a.seed, a.rate, a.threads, a.minutes, cells,
            a.start_from, lambda text: print(text, file=log), self_train=a.self_train, device=a.device,
        )
    if a.action in ("all", "second") and not (out / "second.pt").exists():
        look_again(a, film, sets, training, held, out, folds)
    if a.action in ("all", "evaluate") and fold:
        if "thin-iml-vivax" in test:
            test["thin-iml-vivax"] = test["thin-iml-vivax"][::4]  # like fields, thousands of cells
        evaluate.fold(film, a.data, out, test)
    if a.action == "export" or (a.action == "all" and a.figures):
        export.bundle(film, out, out / "bundle", a.figures, a.floor)


def single_cells(a, film, held):
    """NIH's single cells but those of patients held out; for thin films only."""
    if film.name != "thin":
        return None
    return sample.NihCells(a.data, film.um_per_px, held.get("thin-nih-falciparum", ()), a.cells)


def look_again(a, film, sets, training, held, out, folds):
    """Trains the second net on what the first proposes."""
    log = open(out / "log.txt", "a", buffering=1)
    tell = lambda text: print(text, file=log)
    cells = single_cells(a, film, held)
    pools = candidates.harvest(evaluate.load_net(film, out), film, a.data, training, cells, tell)
    for pair in a.also:
        name, run = pair.split("=")
        _, unseen = splits.apart(sets, folds[name])
        for key, rows in candidates.harvest(evaluate.load_net(film, run), film, a.data, unseen, None, tell).items():
            pools.setdefault(key, []).extend(rows)
    second.train(film, pools, out, a.second_steps, a.second_minutes, seed=a.seed, log=tell, start_from=a.second_start_from, device=a.device, teacher=a.teacher, widths=a.second_widths)


def main():
    a = arguments()
    film = FILMS[a.film]
    torch.set_num_threads(a.threads)
    cv2.setNumThreads(1)
    out = Path(a.out)
    folds = splits.folds(a.data, film.name)
    if a.action == "splits":
        print(json.dumps(folds, indent=1))
        return
    sets = {} if a.action == "export" else data.load(a.data, film, a.cache or out / "cache")
    if "," not in (a.fold or ""):
        return one(a, film, sets, a.fold, out, folds)
    # Several folds side by side share the loaded pictures; `final` is the run on everything.
    children = []
    for fold in a.fold.split(","):
        child = os.fork()
        if child == 0:
            os.setsid()  # a fair share each on a machine that schedules by session
            steps = fold.split(":")
            a.steps = int(steps[1]) if len(steps) > 1 else a.steps
            name = steps[0]
            a.seed += len(children)
            one(a, film, sets, None if name == "final" else name, Path(f"{a.out}-{fold.split(':')[-1] if len(steps) > 2 else name}"), folds)
            os._exit(0)
        children.append(child)
    return max(os.waitstatus_to_exitcode(os.waitpid(c, 0)[1]) for c in children)


if __name__ == "__main__":
    sys.exit(main())
