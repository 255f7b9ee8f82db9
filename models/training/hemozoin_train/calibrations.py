"""How well other ways to make scores of logits would fit, on each set: fitted on all sets, and on all but that one.

Asexual parasites alone. The bundle's way is the first (all candidates). The error is that of `hemozoin evaluate`: ten
bins, over what reaches the threshold.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.special import expit

from . import calibrate
from .data import OWN
from .films import FILMS

TERM = "asexual_parasite"
FIELD_UM2 = 20_000  # about a picture of the public sets


def areas(root, film, name):
    """File name -> um2 that the picture shows, at the scale that the nets learn at."""
    folder = "thick-unlabelled" if name == "thick-own" else name
    own = json.loads(OWN.read_text())["pictures"] if name == "thick-own" else {}
    out = {}
    for i in json.loads((Path(root) / folder / "annotations.json").read_text())["images"]:
        file = Path(i["file_name"]).name if own else i["file_name"]
        um = own[file]["um_per_px"] if file in own else i["um_per_px"]
        if um:
            out[file] = i["width"] * i["height"] * (um * film.rescaled.get(name, 1.0)) ** 2
    return out


def gathered(root, film, folders, keys, threshold):
    """set -> rows of logit, right, and of its picture: ln(1 + marks), the same by area, median logit of the marks."""
    out = {key: [] for key in keys}
    for folder in folders:
        found = json.loads((Path(folder) / "candidates.json").read_text())
        for key in keys:
            area = areas(root, film, key.split("/")[0])
            for name, (_, _, rows) in found.get(key, {"pictures": {}})["pictures"].items():
                rows = np.array(rows, float).reshape(-1, 2)
                marks = rows[rows[:, 0] >= threshold, 0]
                n = len(marks)
                about = [np.log1p(n), np.log1p(n * FIELD_UM2 / area[name]), np.median(marks) if n else threshold]
                out[key].append(np.hstack([rows, np.tile(about, (len(rows), 1))]))
    return {key: np.vstack(rows) for key, rows in out.items() if rows}


def isotonic(x, y, weight):
    """Pool adjacent violators: upper ends of the steps and their values."""
    steps = []
    for i in np.argsort(x, kind="stable"):
        steps.append([y[i], weight[i], x[i]])
        while len(steps) > 1 and steps[-2][0] >= steps[-1][0]:
            last, before = steps.pop(), steps.pop()
            total = before[1] + last[1]
            steps.append([(before[0] * before[1] + last[0] * last[1]) / total, total, last[2]])
    return np.array([s[2] for s in steps]), np.array([s[0] for s in steps])


def fitted(method, rows):
    """rows of logit, right, ... of several sets -> a function from rows to scores; sets weigh alike."""
    weight = np.concatenate([np.full(len(r), 1 / len(r)) for r in rows])
    rows = np.vstack(rows)
    weight *= len(rows) / weight.sum()
    if method == "isotonic":
        ends, values = isotonic(rows[:, 0], rows[:, 1], weight)
        return lambda r: values[np.minimum(np.searchsorted(ends, r[:, 0]), len(values) - 1)]
    x = FEATURES[method]
    b = calibrate.logistic(x(rows), rows[:, 1], weight, np.zeros(x(rows[:1]).shape[1]))
    return lambda r: expit(x(r) @ b)


def columns(*pick):
    return lambda r: np.stack([np.ones(len(r)), *(f(r) for f in pick)], 1)


LOGIT, MARKS, DENSITY, MEDIAN = (lambda r, k=k: r[:, k] for k in (0, 2, 3, 4))
FEATURES = {
    "logit": columns(LOGIT),
    "logit, squared logit, hinge at 2": columns(LOGIT, lambda r: r[:, 0] ** 2, lambda r: np.maximum(r[:, 0] - 2, 0)),
    "logit, median logit of the picture": columns(LOGIT, MEDIAN),
    "logit, marks of the picture": columns(LOGIT, MARKS),
    "logit, marks of the picture by area": columns(LOGIT, DENSITY),
}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("film", choices=["thick"], help="thin parasites are labelled everywhere on one set alone")
    p.add_argument("--data", required=True)
    p.add_argument("--runs", nargs="+", required=True)
    p.add_argument("--decided", required=True, help="file of thresholds: film -> class -> logit")
    a = p.parse_args()
    threshold = json.loads(Path(a.decided).read_text())[a.film][TERM]
    keys = [f"{s}/{TERM}" for s in calibrate.COMPLETE[a.film][TERM]]
    rows = gathered(a.data, FILMS[a.film], a.runs, keys, threshold)
    print("| scores from | fitted on | " + " | ".join(rows) + " |\n|---|---|" + "--:|" * len(rows))
    for method in ("logit", "isotonic", *list(FEATURES)[1:]):
        for part, over in (("all candidates", -np.inf), ("marks alone", threshold)):
            from_ = {k: r[r[:, 0] >= over] for k, r in rows.items()}
            inside, outside = [], []
            for key, r in rows.items():
                marks = r[r[:, 0] >= threshold]
                for to, others in ((inside, list(from_)), (outside, [k for k in from_ if k != key])):
                    score = fitted(method, [from_[k] for k in others])(marks)
                    to.append(calibrate.binned_error(score, marks[:, 1]))
            print(f"| {method} | {part} | " + " | ".join(f"{i:.3f} ({o:.3f})" for i, o in zip(inside, outside)) + " |")
    print("\nIn brackets: fitted without that set.")


if __name__ == "__main__":
    main()
