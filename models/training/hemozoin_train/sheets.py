"""Sheets of what is still marked where there is no parasite, and of parasites that are missed, to look at.

`sheets.py FILM --scores FOLDER --candidates FOLDER --out FOLDER`. Crops of the sets: never into the repository.
"""

import argparse
import json
import pickle
from pathlib import Path

import cv2
import numpy as np

from . import left_out, settle
from .films import FILMS
from .gather import SIDE
from .second import NEGATIVE, POSITIVE

SHOWN, ACROSS, MOST = 48, 16, 160  # side of what is shown, in a row, on a sheet


def main():
    p = argparse.ArgumentParser()
    p.add_argument("film", choices=FILMS)
    p.add_argument("--scores", required=True, type=Path)
    p.add_argument("--candidates", required=True, type=Path)
    p.add_argument("--out", required=True, type=Path)
    p.add_argument("--term", default="asexual_parasite")
    p.add_argument("--missed", action="store_true")
    a = p.parse_args()
    film = FILMS[a.film]
    rule = json.loads(settle.DECIDED.read_text())[a.film]["third"][a.term]
    score = left_out.score_of(film, a.term, rule["weight"])
    heat = film.classes.index(a.term if a.term in film.classes else "asexual_parasite")
    sheets, crops = {}, {}
    for row in pickle.loads((a.scores / f"{a.film}-scores.pickle").read_bytes()):
        before, after = score(row)
        mine = (row["rows"][:, 0] == heat) & ~left_out.in_white(film, row)
        marked = (before >= rule["from"]) & (after >= rule["logit"])
        what = POSITIVE if a.missed else NEGATIVE
        at = np.flatnonzero(mine & (row["label"] == what) & (~marked if a.missed else marked))
        if not len(at):
            continue
        name = row["picture"].set
        if name not in crops:
            crops = {name: {r["picture"].name: r["crops"] for r in pickle.loads((a.candidates / f"{name}.pickle").read_bytes())}}
        inner = slice(SIDE // 2 - SHOWN // 2, SIDE // 2 + SHOWN // 2)
        sheets.setdefault(row["picture"].camera, []).extend((after[i], crops[name][row["picture"].name][i][inner, inner]) for i in at)
    a.out.mkdir(parents=True, exist_ok=True)
    for camera, rows in sheets.items():
        rows.sort(key=lambda r: -r[0])
        shown = [cv2.copyMakeBorder(cv2.resize(c, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), 2, 2, 2, 2, cv2.BORDER_CONSTANT) for _, c in rows[:MOST]]
        shown += [np.zeros_like(shown[0])] * (-len(shown) % ACROSS)
        sheet = np.vstack([np.hstack(shown[i : i + ACROSS]) for i in range(0, len(shown), ACROSS)])
        cv2.imwrite(str(a.out / f"{camera}{'-missed' if a.missed else ''}.png"), cv2.cvtColor(sheet, cv2.COLOR_RGB2BGR))
        print(camera, len(rows))


if __name__ == "__main__":
    main()
