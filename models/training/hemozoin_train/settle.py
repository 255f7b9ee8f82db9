"""Scores, thresholds and floors of a bundle with a third look, from the cameras that were left out (left_out.py).

`settle.py FILM --scores FOLDER --out FILE` writes what ship.py takes. What was decided on (how much the logit so far weighs,
from where on the third net looks, thresholds) stands in thresholds.json under "third".
"""

import argparse
import json
import pickle
from pathlib import Path

import numpy as np

from . import left_out
from .calibrate import binned_error, platt
from .films import FILMS
from .floor import moments

DECIDED = Path(__file__).parents[1] / "thresholds.json"


def readings(out, per):
    """(camera, false marks, cells) of cameras without malaria."""
    return [(cam, i["fp"], i[per]) for cam, i in out.items() if i["free"] and i["known"] and i[per]]


def floor(film, rows, what):
    per, unit, name = ("reds", 1000, "mean_per_1000_red_cells") if film.name == "thin" else ("whites", 200, "mean_per_200_white_cells")
    mean, spread = moments(rows) if len(rows) > 1 else (rows[0][1] / rows[0][2], None)
    spread = mean if spread is None else spread
    if not sum(r[1] for r in rows):
        # None was seen: no more is known than that it is rarer than one in all these cells.
        mean = spread = 1 / sum(r[2] for r in rows)
    cells, false = sum(r[2] for r in rows), sum(r[1] for r in rows)
    return {
        name: round(unit * mean, 3), "sd_between_slides": round(unit * spread, 3), "cells": int(cells), "slides": len(rows),
        "measured_on": f"{what} ({len(rows)} readings, {false} false marks)",
    }


def fitted(out):
    """Slope and intercept over cameras with parasites, each weighing as the root of its candidates."""
    rows, weights = [], []
    for item in out.values():
        if item["total"] and len(item["found"]):
            rows.append(item["found"])
            weights.append(np.full(len(item["found"]), len(item["found"]) ** -0.5))
    rows, weights = np.concatenate(rows), np.concatenate(weights)
    a, b = platt(rows, weights)
    return round(a, 4), round(b, 4)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("film", choices=FILMS)
    p.add_argument("--scores", required=True)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    film = FILMS[a.film]
    rows = pickle.loads((Path(a.scores) / f"{a.film}-scores.pickle").read_bytes())
    decided = json.loads(DECIDED.read_text())[a.film]["third"]
    result = {"class": {}}
    for term, rule in decided.items():
        out = left_out.table(film, rows, left_out.score_of(film, term, rule["weight"]), rule["logit"], rule["from"], term)
        slope, shift = fitted(out)
        result["class"][term] = {**rule, "calibration": [slope, shift]}
        free = readings(out, "reds" if film.name == "thin" else "whites")
        what = "malaria-free cameras left out of the third net, their pictures also of the first two; slides are not known, so a camera counts as one"
        if term == "asexual_parasite":
            result["false_positive_floor"] = floor(film, free, what)
            known = {c: i for c, i in out.items() if i["known"] and i["total"] >= 20}
            true, marks = sum(i["tp"] for i in known.values()), sum(i["tp"] + i["fp"] for i in known.values())
            result["suspects"] = {
                "true_in_ten": round(10 * true / marks, 1), "true_in_ten_worst": round(10 * min(i["precision"] for i in known.values()), 1),
                "marks": marks, "cameras": len(known), "measured_on": "films with malaria left out of the nets: whole cameras, and other slides of cameras that were learnt from",
            }
        else:
            result["gametocyte_floor"] = floor(film, free, what)
        print(term, rule, slope, shift)
        left_out.show(film, out)
        for cam, i in out.items():
            if len(i["found"]):
                p_ = 1 / (1 + np.exp(-(slope * i["found"][:, 0] + shift)))
                keep = p_ >= 0.05
                i["error"] = binned_error(p_[keep], i["found"][keep, 1])
        print("calibration error", {c: round(i.get("error", 0), 3) for c, i in out.items()})
    Path(a.out).write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
