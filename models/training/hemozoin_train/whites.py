"""What white cells of MalariaLab would give otherwise: other distances, other candidates, no second look, no edge.

F1 at the threshold that was decided on, and the best; on what each fold has not seen, outside the engine.
"""

import argparse
import dataclasses
import json
from pathlib import Path

import numpy as np
import torch

from . import data, evaluate, splits
from .candidates import EDGE_UM
from .films import THICK

SET = "thick-mlab"


def without_edge(found, notes, picture):
    """Marks and labels of white cells away from the edge alone; a label near it makes its place silent."""
    width, height = picture.raw_size
    edge = EDGE_UM / picture.raw_um
    inside = lambda x, y: edge < x < width - edge and edge < y < height - edge
    near = lambda n: n[0] == "wbc" and not inside(n[1] + n[3] / 2, n[2] + n[4] / 2)
    kept = [("ignore", *n[1:5], None) if near(n) else n for n in notes]
    return found[[inside(x, y) for x, y in found[:, 1:3]]], kept


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--cache", required=True)
    p.add_argument("--runs", nargs="+", required=True, help="folders named thick-FOLD")
    p.add_argument("--decided", required=True, help="file of thresholds: film -> class -> logit")
    a = p.parse_args()
    torch.set_num_threads(1)
    sets = data.load(a.data, THICK, a.cache, [SET])
    notes = evaluate.truth(a.data, SET)
    parasite, white, gametocyte = (THICK.min_distance_um[THICK.terms.index(t)] for t in ("asexual_parasite", "white_cell", "gametocyte"))
    films = {
        "as it is": THICK,
        "edge left out": THICK,
        "2 um further apart": dataclasses.replace(THICK, min_distance_um=(parasite, white + 2, gametocyte)),
        "candidates from -2.2": dataclasses.replace(THICK, second_least=-2.2),
        "first net alone": THICK,
    }
    pooled = {name: ([], []) for name in films}
    for run in map(Path, a.runs):
        _, test = splits.apart(sets, splits.folds(a.data, "thick")[run.name.removeprefix("thick-")])
        nets = evaluate.load_nets(THICK, run)
        for picture in test[SET]:
            for name, film in films.items():
                both = (nets[0], None) if name == "first net alone" else nets
                found, labels = evaluate.detect(both, film, a.data, picture), notes[picture.name]["notes"]
                if name == "edge left out":
                    found, labels = without_edge(found, labels, picture)
                rows, total = evaluate.judge(film, "white_cell", found, labels, picture.raw_um)
                pooled[name][0].append(rows)
                pooled[name][1].append(total)
    threshold = json.loads(Path(a.decided).read_text())["thick"]["white_cell"]
    for name, (rows, totals) in pooled.items():
        rows, total = np.vstack(rows), sum(totals)
        print(name, total, "decided", evaluate.counts(rows, total, threshold), "best", evaluate.best_f1(rows, total), flush=True)


if __name__ == "__main__":
    main()
