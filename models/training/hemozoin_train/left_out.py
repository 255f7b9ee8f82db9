"""Tables of cameras that were left out whole: every look by nets that have not seen the camera, or at least the slide.

`left_out.py FILM --data DATA --candidates FOLDER --runs RUNS --out FOLDER [--weight W]`: RUNS holds FILM-third-GROUP
runs. Prints a table by camera at the bundle's threshold and writes what calibration needs.
"""

import argparse
import json
import pickle
from pathlib import Path

import cv2
import numpy as np
import torch

from . import cameras, evaluate, splits, third
from .films import FILMS
from .gather import LEAST

# White cells and their logits from which on they take what lies in them.
WHITE = {"thin": -1.2, "thick": -3.0}
LOWEST = {"thin": -5.0, "thick": -5.0}
LOWEST_CRESCENT = -2.0
UNSEEN = -30.0  # logit of what is not looked at


def scores(film, data, candidates, runs, groups):
    """One entry a picture and group that leaves it out, with the third net's logits for each candidate."""
    folds = splits.folds(data, film.name)
    out = []
    nets = {g: third.load(Path(runs) / f"{film.name}-third-{g}") for g in groups}
    for path in sorted(Path(candidates).glob("*.pickle")):
        name = path.stem
        if name == "cells-nih-falciparum":
            continue
        for row in pickle.loads(path.read_bytes()):
            picture = row["picture"]
            for group, net in nets.items():
                if not cameras.left_out(film.name, group, folds, name, picture.camera, picture.slide):
                    continue
                rule = cameras.GROUPS[film.name][group].get(name, "*")
                kept = {k: v for k, v in row.items() if k not in ("crops", "hosts")}
                logits = np.full((len(row["rows"]), len(third.TERMS)), UNSEEN, np.float32)
                seen = in_doubt(film, row)
                logits[seen] = third.logits(net, row["crops"][seen])
                out.append({**kept, "group": group, "whole": rule == "*", "third": logits})
    return out


def in_doubt(film, row):
    """Which candidates the third net is shown: no bundle looks at lower ones."""
    before = so_far(film, row)
    if "gametocyte" in film.classes:
        own = row["rows"][:, 0] == film.classes.index("gametocyte")
        return np.where(own, row["rows"][:, 5] >= LOWEST_CRESCENT, np.nan_to_num(before, nan=-99.0) >= LOWEST[film.name])
    return np.nan_to_num(before, nan=-99.0) >= LOWEST[film.name]


def in_white(film, row):
    """Which candidates lie in a white cell."""
    rows, whites = row["rows"], row["whites"]
    cells, logits = whites
    if "white_cell" in film.second_classes:
        strength = film.second_weight * cells[:, 5] + logits[:, film.second_classes.index("white_cell")]
    else:
        strength = cells[:, 5]
    keep = np.zeros(len(rows), bool)
    for _, x, y, w, h, _ in cells[strength >= WHITE[film.name]] / np.array([1, *([row["zoom"]] * 4), 1]):
        keep |= ((rows[:, 1] - x) / (0.4 * w)) ** 2 + ((rows[:, 2] - y) / (0.4 * h)) ** 2 < 1
    return keep


def number_of_whites(film, row):
    """As labelled, or as the first two nets count them."""
    if "wbc" in row["entry"]["complete"]:
        return sum(n[0] == "wbc" for n in row["entry"]["notes"])
    cells, logits = row["whites"]
    strength = film.second_weight * cells[:, 5] + (logits[:, -1] if len(film.second_classes) > 1 else 0)
    return int((strength >= WHITE[film.name]).sum())


def so_far(film, row):
    return film.second_weight * row["rows"][:, 5] + row["second"][:, 0]


def score_of(film, term, weight):
    """The logit that comes out for a class, of each candidate of a picture."""
    channel = third.TERMS.index(term)

    def score(row):
        before = so_far(film, row) if term == "asexual_parasite" or "gametocyte" not in film.classes else row["rows"][:, 5]
        if term == "gametocyte" and "gametocyte" not in film.classes:
            before = film.second_weight * row["rows"][:, 5] + row["second"][:, film.second_classes.index(term)]
        return before, weight * before + row["third"][:, channel]

    return score


def judged(film, row, score, least=None, term="asexual_parasite"):
    """Rows (score, right) of a picture's marks of a class, their number, and rows of infected cells and their number."""
    heat = term if term in film.classes else "asexual_parasite"
    keep = (row["rows"][:, 0] == film.classes.index(heat)) & ~in_white(film, row)
    before, after = score(row)
    if least is not None:
        keep &= before >= least
    found = row["rows"][keep].copy()
    found[:, 0] = film.terms.index(term)
    found[:, 5] = after[keep]
    found = found[np.argsort(-found[:, 5], kind="stable")]
    found = found[evaluate.apart(found[:, 1:3], film.min_distance_um[film.terms.index(term)] / row["picture"].raw_um)]
    um, notes = row["picture"].raw_um, row["entry"]["notes"]
    out = evaluate.judge(film, term, found, notes, um)
    if film.name == "thin" and term == "asexual_parasite":
        return out, evaluate.judge(film, "infected_cell", found, notes, um)
    return out, (np.zeros((0, 2)), 0)


def knows_parasites(row):
    return bool({"parasite", "rbc_infected"} & set(row["entry"]["complete"])) or is_free(row)


def is_free(row):
    """A picture that is taken to hold no parasite."""
    return row["picture"].set.endswith("uninfected") or row["picture"].species == "none" or "lacuna_itu" in row["picture"].name or "UNINFECTED" in row["picture"].name


def table(film, rows, score, threshold, least=None, term="asexual_parasite"):
    """camera -> counts at a threshold, and the best F1 that another one would give."""
    out = {}
    for row in rows:
        picture = row["picture"]
        if film.name == "thick" and not knows_parasites(row):
            continue
        cam = picture.camera + (" (free)" if is_free(row) and film.name == "thick" else "") + ("" if row["whole"] else " (other slides)")
        item = out.setdefault(cam, {"rows": [], "total": 0, "infected": [], "cells": 0, "reds": 0, "whites": 0, "pictures": 0, "free": True, "known": True})
        (found, total), (infected, cells) = judged(film, row, score, least, term)
        # Where parasites are not all labelled only what is found counts.
        item["rows"].append(found if knows_parasites(row) else found[found[:, 1] > 0])
        item["infected"].append(infected)
        item["total"] += total
        item["cells"] += cells
        item["reds"] += row["reds"]
        item["whites"] += number_of_whites(film, row)
        item["pictures"] += 1
        item["free"] &= is_free(row)
        item["known"] &= knows_parasites(row)
    for item in out.values():
        found = np.concatenate(item.pop("rows"))
        infected = np.concatenate(item.pop("infected"))
        item.update(evaluate.counts(found, item["total"], threshold))
        item["best"] = evaluate.best_f1(found, item["total"])
        item["found"] = found
        item["infected"] = int((infected[:, 0] >= threshold).sum())
        cells = item["reds"] / 1000 if film.name == "thin" else item["whites"] / 200
        item["rate"] = item["fp"] / max(cells, 1e-9)
    return out


def show(film, out):
    unit = "1,000 red cells" if film.name == "thin" else "200 white cells"
    print(f"| camera | pictures | cells | false per {unit} | parasites | precision | recall | F1 | best F1, at |\n|---|---|---|---|---|---|---|---|---|")
    for cam, i in sorted(out.items(), key=lambda kv: (kv[1]["total"] > 0, kv[0])):
        cells = i["reds"] if film.name == "thin" else i["whites"]
        rate = f"{i['rate']:.2f} ({i['fp']})"
        rest = f"{i['total']} | {i['precision']} | {i['recall']} | {i['f1']} | {i['best'][0]}, {i['best'][1]:.2f}" if i["total"] else "- | | | | "
        if i["cells"]:
            rest = f"{i['cells']} infected cells | | {i['infected'] / i['cells']:.3f} | | "
        print(f"| {cam} | {i['pictures']} | {cells} | {rate} | {rest} |")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("film", choices=FILMS)
    p.add_argument("--data", required=True)
    p.add_argument("--candidates", required=True)
    p.add_argument("--runs", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--weight", type=float, default=None, help="of the logit after two looks (default: what thresholds.json says)")
    p.add_argument("--threshold", type=float, default=None)
    a = p.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    film = FILMS[a.film]
    path = Path(a.out) / f"{a.film}-scores.pickle"
    if not path.exists():
        groups = [g for g in cameras.GROUPS[a.film] if (Path(a.runs) / f"{a.film}-third-{g}" / "third.pt").exists()]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(scores(film, a.data, a.candidates, a.runs, groups), protocol=5))
    rows = pickle.loads(path.read_bytes())
    decided = json.loads((Path(__file__).parents[1] / "thresholds.json").read_text())[a.film].get("third", {})
    rule = decided.get("asexual_parasite", {"weight": 0.5, "logit": 0.0, "from": LEAST[film.name]})
    weight = rule["weight"] if a.weight is None else a.weight
    threshold = rule["logit"] if a.threshold is None else a.threshold
    before = -0.9 if film.name == "thin" else -0.4
    print(f"two looks, at their logit of {before}")
    show(film, table(film, rows, lambda r: (so_far(film, r),) * 2, before))
    print(f"third look, {weight} x the logit so far + its own, at {threshold}")
    show(film, table(film, rows, score_of(film, "asexual_parasite", weight), threshold, rule["from"]))


if __name__ == "__main__":
    main()
