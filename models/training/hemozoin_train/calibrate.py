"""Thresholds and calibrations from held-out slides, as the bundle stores them.

The threshold of a class balances false and missed objects, so that counts are right on average. The
calibration is Platt's: probability = sigmoid(a * logit + b), fitted on every candidate peak.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from .evaluate import balanced, counts
from .films import FILMS

# Where each class is labelled everywhere, so that an unmatched candidate is a false one.
COMPLETE = {
    "thin": {
        "red_cell": ["thin-txlpbc-uninfected"],
        "asexual_parasite": ["thin-mpidb-falciparum"],
        "gametocyte": ["thin-mpidb-falciparum"],
        "white_cell": ["thin-txlpbc-uninfected", "thin-bccd-uninfected"],
        "platelet": ["thin-txlpbc-uninfected", "thin-bccd-uninfected"],
    },
    "thick": {
        "asexual_parasite": ["thick-fiocruz", "thick-mlab", "thick-own"],
        "white_cell": ["thick-mlab", "thick-own"],
        "gametocyte": ["thick-fiocruz", "thick-mlab"],
    },
}
# Gametocytes are those of P. falciparum, which every film is taken for: other species say nothing of their scores.
FALCIPARUM_ALONE = {"thick": ("gametocyte",), "thin": ()}
FREE = ("thin-txlpbc-uninfected", "thin-bccd-uninfected", "thin-chula-uninfected")


def gather(folders):
    """set/class -> rows and totals over the held-out parts of all folders."""
    out = {}
    for folder in folders:
        for key, item in json.loads((Path(folder) / "candidates.json").read_text()).items():
            into = out.setdefault(key, {"rows": [], "total": 0, "pictures": {}})
            into["rows"].extend(item["rows"])
            into["total"] += item["total"]
            into["pictures"].update(item["pictures"])
    return {k: {**v, "rows": np.array(v["rows"], float).reshape(-1, 2)} for k, v in out.items()}


def of_falciparum(root, key, item):
    """What lies on pictures of P. falciparum among the candidates of one set and class."""
    entries = json.loads((Path(root) / key.split("/")[0] / "annotations.json").read_text())["images"]
    names = {e["file_name"] for e in entries if e["species"] == "falciparum"}
    pictures = {name: picture for name, picture in item["pictures"].items() if name in names}
    rows = [row for _, _, rows in pictures.values() for row in rows]
    total = sum(total for _, total, _ in pictures.values())
    return {"rows": np.array(rows, float).reshape(-1, 2), "total": total, "pictures": pictures}


def platt(rows, weight=None):
    """Weighted logistic regression of right on logit, by Newton's method with a small prior."""
    x, y = rows[:, 0], rows[:, 1]
    w = np.ones(len(x)) if weight is None else weight
    a, b = 1.0, 0.0
    for _ in range(50):
        z = np.clip(a * x + b, -30, 30)
        p = 1 / (1 + np.exp(-z))
        g = np.array([np.sum(w * (p - y) * x) + 1e-2 * (a - 1), np.sum(w * (p - y)) + 1e-2 * b])
        s = w * p * (1 - p) + 1e-9
        h = np.array([[np.sum(s * x * x) + 1e-2, np.sum(s * x)], [np.sum(s * x), np.sum(s) + 1e-2]])
        step = np.linalg.solve(h, g)
        a, b = a - step[0], b - step[1]
        if np.abs(step).max() < 1e-6:
            break
    return float(a), float(b)


def expected_error(rows, a, b, floor=0.05, bins=10):
    """Expected calibration error over candidates whose score is at least `floor`."""
    p = 1 / (1 + np.exp(-(a * rows[:, 0] + b)))
    keep = p >= floor
    p, y = p[keep], rows[keep, 1]
    if not len(p):
        return 0.0
    k = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(p[k == i].mean() - y[k == i].mean()) * (k == i).mean() for i in range(bins) if (k == i).any()))


def figures(film, root, folders, most_false=1 / 4000, shift=None, decided=None):
    """Everything the bundle needs, by class; `decided` thresholds (logits) go before those that balance."""
    data = gather(folders)
    for key, item in data.items():
        if key.split("/")[1] in FALCIPARUM_ALONE[film.name] and item["total"]:
            data[key] = of_falciparum(root, key, item)
    out = {"class": {}, "set": {}}
    for term in film.terms:
        keys = [f"{s}/{term}" for s in COMPLETE[film.name][term] if f"{s}/{term}" in data and data[f"{s}/{term}"]["total"]]
        if not keys:
            out["class"][term] = {"logit": 0.0, "a": 1.0, "b": 0.0}
            continue
        each = [balanced(data[k]["rows"], data[k]["total"]) for k in keys]
        logit = float(np.mean(each))
        if film.name == "thin" and term in ("asexual_parasite", "gametocyte"):
            rows = [data[f"{s}/{term}"]["rows"] for s in FREE if f"{s}/{term}" in data]
            cells = sum(data[f"{s}/red_cell"]["total"] for s in FREE if f"{s}/red_cell" in data)
            if rows:
                false = np.sort(np.concatenate(rows)[:, 0])[::-1]
                allowed = int(cells * most_false)
                if len(false) > allowed:
                    logit = max(logit, float(false[allowed]) + 1e-3)
        logit = (decided or {}).get(term, logit + (shift or {}).get(term, 0.0))
        rows = np.concatenate([data[k]["rows"] for k in keys])
        weight = np.concatenate([np.full(len(data[k]["rows"]), 1.0 / max(len(data[k]["rows"]), 1)) for k in keys]) * len(rows) / len(keys)
        a, b = platt(rows, weight)
        out["class"][term] = {"logit": round(logit, 3), "each": dict(zip(keys, np.round(each, 2).tolist())), "a": round(a, 4), "b": round(b, 4)}
        for k in keys:
            out["set"][k] = {"error": round(expected_error(data[k]["rows"], a, b), 4)}
    for key, item in data.items():
        term = key.split("/")[1]
        t = out["class"][{"infected_cell": "asexual_parasite"}.get(term, term)]["logit"]
        out["set"].setdefault(key, {}).update(counts(item["rows"], item["total"], t))
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("film", choices=FILMS)
    p.add_argument("--data", required=True)
    p.add_argument("--runs", nargs="+", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--decided", help="file of thresholds that were decided on: film -> class -> logit")
    p.add_argument("--shift", nargs="*", default=[], help="TERM=LOGIT added to a threshold")
    a = p.parse_args()
    shift = {s.split("=")[0]: float(s.split("=")[1]) for s in a.shift}
    decided = json.loads(Path(a.decided).read_text())[a.film] if a.decided else None
    result = figures(FILMS[a.film], a.data, a.runs, shift=shift, decided=decided)
    Path(a.out).write_text(json.dumps(result, indent=1))
    for term, item in result["class"].items():
        print(term, item)
    for key, item in sorted(result["set"].items()):
        print(key, item)


if __name__ == "__main__":
    main()
