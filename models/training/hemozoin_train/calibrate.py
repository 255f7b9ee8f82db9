"""Thresholds and calibrations from held-out slides, as the bundle stores them.

The threshold of a class balances false and missed objects, so that counts are right on average. The
calibration is Platt's: probability = sigmoid(a * logit + b), fitted on every candidate peak.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

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


def logistic(x, y, weight, prior):
    """Weighted logistic regression, drawn to the coefficients `prior` by a small weight."""
    weight, pull = weight / weight.sum(), 1e-2 / weight.sum()

    def loss(b):
        z, away = x @ b, b - prior
        slope = x.T @ (weight * (expit(z) - y)) + pull * away
        return np.sum(weight * (np.logaddexp(0, z) - y * z)) + pull / 2 * away @ away, slope

    def curvature(b):
        p = expit(x @ b)
        return (x * (weight * p * (1 - p))[:, None]).T @ x + pull * np.eye(len(b))

    done = minimize(loss, prior, jac=True, hess=curvature, method="trust-exact", options={"gtol": 1e-6})
    if not done.success:
        raise ValueError(f"no fit of scores: {done.message}")
    return done.x


def platt(rows, weight=None):
    """The slope and intercept that make scores of logits; a higher logit has to mean a higher score."""
    weight = np.ones(len(rows)) if weight is None else weight
    a, b = logistic(np.stack([rows[:, 0], np.ones(len(rows))], 1), rows[:, 1], weight, np.array([1.0, 0.0]))
    if a <= 0:
        raise ValueError(f"scores would fall with the logit: {a}")
    return float(a), float(b)


def expected_error(rows, a, b, floor=0.05, bins=10):
    """Expected calibration error over candidates whose score is at least `floor`."""
    p = expit(a * rows[:, 0] + b)
    keep = p >= floor
    return binned_error(p[keep], rows[keep, 1], bins)


def binned_error(p, y, bins=10):
    """Mean over all of |mean score - share right| of their bin."""
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


def purity(data):
    """What a threshold would cost that leaves so many false parasites per 1,000 red cells of a malaria-free thin set: rows
    (set, false per 1,000, logit, recall on MP-IDB)."""
    known = data["thin-mpidb-falciparum/asexual_parasite"]
    right = known["rows"][known["rows"][:, 1] > 0, 0]
    for name in FREE:
        false, cells = (data.get(f"{name}/{term}") for term in ("asexual_parasite", "red_cell"))
        if not false or not cells or not cells["total"]:
            continue
        logits = np.sort(false["rows"][:, 0])[::-1]
        for rate in (0.5, 1, 5, 10):
            allowed = int(rate * cells["total"] / 1000)
            if allowed < len(logits):
                yield name, rate, round(float(logits[allowed]), 2), round(float((right > logits[allowed]).sum() / known["total"]), 3)


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
    if a.film == "thin":
        for name, rate, logit, recall in purity(gather(a.runs)):
            print(f"{rate} false per 1,000 red cells on {name}: logit {logit}, recall on MP-IDB {recall}")


if __name__ == "__main__":
    main()
