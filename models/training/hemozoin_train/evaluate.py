"""Figures from the Python side: whole pictures, the issue's matching rules, pooled by set."""

import json
from pathlib import Path

import cv2
import numpy as np
import torch
from scipy.spatial import cKDTree
from torch.nn import functional as F

from . import data, second
from .net import Net, folded


def load_net(film, folder):
    state = torch.load(Path(folder) / "weights.pt", weights_only=True)
    net = Net(len(film.classes))
    net.load_state_dict(state["average"])
    return folded(net)


def load_nets(film, folder):
    """Both nets of a run; the second is None where there is none."""
    return load_net(film, folder), second.load(film, folder)


def peaks(maps, film, floor=-2.5, again=None):
    """Candidates of one picture: class, x, y, w, h (pixels at the working scale), logit; nearest weaker ones dropped.

    `again` gives the second logits of rows of candidates, one for each of the film's `second_classes`.
    """
    classes = len(film.classes)
    heat = maps[:classes]
    best = F.max_pool2d(heat[None], 3, 1, 1)[0]
    found = []
    for c in range(classes):
        y, x = torch.nonzero((heat[c] == best[c]) & (heat[c] > floor), as_tuple=True)
        score = heat[c, y, x]
        w = maps[classes + 2 * c, y, x].clamp(-2, 7).exp()
        h = maps[classes + 2 * c + 1, y, x].clamp(-2, 7).exp()
        rows = torch.stack([torch.full_like(score, c), (x + 0.5) * 4, (y + 0.5) * 4, w, h, score], 1).numpy()
        kinds = {c: rows}
        if again and film.second_kinds(c):
            rows = rows[rows[:, 5] >= film.second_least]
            logits = again(rows)
            kinds = {}
            for term in film.second_kinds(c):
                kinds[film.terms.index(term)] = kind = rows.copy()
                kind[:, 0] = film.terms.index(term)
                kind[:, 5] = film.second_weight * rows[:, 5] + logits[:, film.second_classes.index(term)]
        for term, rows in kinds.items():
            rows = rows[np.argsort(-rows[:, 5], kind="stable")]
            found.append(rows[apart(rows[:, 1:3], film.min_distance_um[term] / film.shown_um_per_px)])
    return np.vstack(found)


def outside_white_cells(found, film):
    """Without what lies in a more probable white cell (as the engine's merge does; by logit here)."""
    white = film.classes.index("white_cell")
    keep = np.ones(len(found), bool)
    for _, x, y, w, h, logit in found[found[:, 0] == white]:
        inside = ((found[:, 1] - x) / (0.4 * w)) ** 2 + ((found[:, 2] - y) / (0.4 * h)) ** 2 < 1
        keep &= ~(inside & (found[:, 0] != white) & (found[:, 5] < logit))
    return found[keep]


def apart(places, reach):
    """Which of the places, best first, lie at least `reach` from every better one that stays."""
    keep = np.ones(len(places), bool)
    if len(places) > 1:
        for i, near in enumerate(cKDTree(places).query_ball_point(places, reach * 0.999999)):
            if keep[i]:
                keep[[j for j in near if j > i]] = False
    return keep


def run(nets, film, rgb):
    """Detections on a balanced picture that is at the working scale already, by the first net and the second, if any."""
    net, judge_again = nets
    h, w = rgb.shape[:2]
    x = torch.from_numpy(rgb).permute(2, 0, 1)[None].float()
    x = (x / 255 - 0.5) / 0.25
    x = F.pad(x, (32, 32 + -w % 16, 32, 32 + -h % 16), value=0.0)
    with torch.inference_mode():
        maps = net(x)[0].float()
    again = (lambda rows: second.logits(judge_again, film, x, rows)) if judge_again else None
    out = outside_white_cells(peaks(maps, film, again=again), film)
    out[:, 1:3] -= 32
    return out[(out[:, 1] >= 0) & (out[:, 1] < w) & (out[:, 2] >= 0) & (out[:, 2] < h)]


def read_raw(root, picture):
    folder = "thick-unlabelled" if picture.set == "thick-own" else picture.set
    bgr = cv2.imread(str(Path(root) / folder / "images" / Path(picture.name).name))
    return cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)


def detect(nets, film, root, picture):
    """From the stored picture, as the engine does: scale, balance, net. Boxes come back in its own pixels."""
    rgb = read_raw(root, picture)
    rgb = data.apply_gains(rgb, data.balance_gains(rgb, film.balance))
    small = data.resample(rgb, picture.raw_um / film.shown_um_per_px)
    found = run(nets, film, small)
    found[:, 1:5] /= small.shape[1] / rgb.shape[1]
    return found


def own_truth():
    """Our labels on phone pictures, as the sets' annotations are; silent spots are ignored for every class."""
    out = {}
    for name, entry in json.loads(data.OWN.read_text())["pictures"].items():
        least = 2.5 / entry["um_per_px"]
        boxes = [("parasite", x, y, max(w, least), max(h, least)) for x, y, w, h in entry["asexual_parasite"]]
        boxes += [("wbc", *row) for row in entry["white_cell"]]
        silent = entry["silent"]
        boxes += [("ignore", row[0], row[1], 1.2 * row[2], 1.2 * row[-1]) for rows in silent.values() for row in rows]
        unknown = silent["asexual_parasite"] and not entry["asexual_parasite"]
        notes = [(kind, x - w / 2, y - h / 2, w, h, None) for kind, x, y, w, h in boxes]
        out[name] = {"complete": ["wbc"] if unknown else ["wbc", "parasite"], "notes": notes}
    return out


def our_reading():
    """What we read ourselves: set -> annotation -> gametocyte, unclear or suspect."""
    sets = json.loads((Path(__file__).parents[1] / "labels" / "thick-stages.json").read_text())
    del sets["note"]
    return {name: {i: what for what, ids in read.items() for i in ids} for name, read in sets.items()}


def by_stage(notes):
    """Boxes of labelled parasites: asexual ones, gametocytes, and those that may be either."""
    kinds = {"gametocyte": [], "unclear": []}
    asexual = []
    for n in notes:
        if n[0] == "parasite":
            kinds.get(n[5], asexual).append(n[1:5])
    return asexual, kinds["gametocyte"], kinds["unclear"]


def truth(root, name):
    """Labels of a set by file name; with what we read ourselves: stages, and boxes that hold no parasite."""
    if name == "thick-own":
        return own_truth()
    read = our_reading().get(name, {})
    coco = json.loads((Path(root) / name / "annotations.json").read_text())
    names = {c["id"]: c["name"] for c in coco["categories"]}
    out = {i["file_name"]: {"complete": i["complete"], "notes": []} for i in coco["images"]}
    file = {i["id"]: i["file_name"] for i in coco["images"]}
    for n in coco["annotations"]:
        kind, stage = names[n["category_id"]], (n.get("attributes") or {}).get("stage")
        ours = read.get(n["id"])
        kind, stage = ("ignore", None) if ours == "suspect" else (kind, ours or stage)
        out[file[n["image_id"]]]["notes"].append((kind, *map(float, n["bbox"]), stage))
    return out


def match(found, boxes, rule, um):
    """Greedy by score. Returns for each detection the index of its object or -1."""
    hit = np.full(len(found), -1)
    free = np.ones(len(boxes), bool)
    if not len(boxes) or not len(found):
        return hit
    b = np.asarray(boxes, float)
    cx, cy = b[:, 0] + b[:, 2] / 2, b[:, 1] + b[:, 3] / 2
    for i in np.argsort(-found[:, 5], kind="stable"):
        x, y = found[i, 1], found[i, 2]
        if rule == "box":
            half_w, half_h = np.maximum(b[:, 2] / 2, 1.0 / um), np.maximum(b[:, 3] / 2, 1.0 / um)
            ok = (np.abs(cx - x) <= half_w) & (np.abs(cy - y) <= half_h)
        else:
            ok = np.hypot(cx - x, cy - y) <= 0.5 * np.sqrt(b[:, 2] * b[:, 3])
        ok &= free
        if ok.any():
            j = np.flatnonzero(ok)[np.argmin(np.hypot(cx - x, cy - y)[ok])]
            hit[i], free[j] = j, False
    return hit


KINDS = {
    "asexual_parasite": ("parasite",),
    "gametocyte": ("parasite",),
    "white_cell": ("wbc",),
    "red_cell": ("rbc", "rbc_infected"),
    "platelet": ("platelet",),
}


def judge(film, term, found, notes, um):
    """Rows (logit, is right) of the candidates of one class, and the number of objects. Ignored spots are dropped."""
    if term == "infected_cell":
        # Recall alone: an infected cell is found when a parasite's centre lies in its box.
        rows = found[found[:, 0] == film.classes.index("asexual_parasite")]
        boxes = [n[1:5] for n in notes if n[0] == "rbc_infected"]
        hit = match(rows, boxes, "box", um)
        return np.stack([rows[hit >= 0, 5], np.ones((hit >= 0).sum())], 1), len(boxes)
    c = film.terms.index(term)
    rows = found[found[:, 0] == c]
    asexual, gametocytes, unclear = by_stage(notes)
    if term == "asexual_parasite":
        boxes, either = asexual, unclear + gametocytes
    elif term == "gametocyte":
        boxes, either = gametocytes, unclear
    else:
        boxes = [n[1:5] for n in notes if n[0] in KINDS[term]]
        either = []
    rule = "box" if term in ("asexual_parasite", "gametocyte", "platelet") else "centre"
    hit = match(rows, boxes, rule, um)
    keep = hit >= 0
    skip = [n[1:5] for n in notes if n[0] == "ignore"] + either
    for i, row in enumerate(rows):
        if hit[i] < 0 and not any(x <= row[1] <= x + w and y <= row[2] <= y + h for x, y, w, h in skip):
            keep[i] = True
    return np.stack([rows[keep, 5], (hit[keep] >= 0)], 1), len(boxes)


def counts(rows, total, threshold):
    over = rows[rows[:, 0] >= threshold]
    tp = int(over[:, 1].sum())
    fp = len(over) - tp
    precision, recall = tp / max(tp + fp, 1), tp / max(total, 1)
    return {"tp": tp, "fp": fp, "fn": total - tp, "precision": round(precision, 4), "recall": round(recall, 4),
            "f1": round(2 * tp / max(2 * tp + fp + total - tp, 1), 4)}


def balanced(rows, total):
    """Threshold at which false and missed are as many."""
    rows = rows[np.argsort(-rows[:, 0])]
    tp = np.cumsum(rows[:, 1])
    fp = np.arange(1, len(rows) + 1) - tp
    if not len(rows):
        return 0.0
    k = int(np.argmin(np.abs(fp - (total - tp))))
    return float(rows[k, 0])


def best_f1(rows, total):
    rows = rows[np.argsort(-rows[:, 0])]
    tp = np.cumsum(rows[:, 1])
    n = np.arange(1, len(rows) + 1)
    f = 2 * tp / (n + total)
    k = int(np.argmax(f)) if len(f) else 0
    return (round(float(f[k]), 4), round(float(rows[k, 0]), 3)) if len(f) else (0.0, 0.0)


def fold(film, root, out, test):
    """Runs one held-out fold; stores every judged candidate so that thresholds can be chosen later."""
    nets = load_nets(film, out)
    result = {}
    for name, pictures in test.items():
        if not pictures or name == "thick-unlabelled":
            continue
        notes = truth(root, name)
        for picture in pictures:
            found = detect(nets, film, root, picture)
            entry = notes[picture.name]
            unknown = {"asexual_parasite", "gametocyte"} if name == "thick-own" and "parasite" not in entry["complete"] else set()
            for term in (*film.terms, *(["infected_cell"] if film.name == "thin" else [])):
                if term in unknown:
                    continue
                rows, total = judge(film, term, found, entry["notes"], picture.raw_um)
                key = f"{name}/{term}"
                item = result.setdefault(key, {"rows": [], "total": 0, "pictures": {}})
                item["rows"].extend([[round(float(a), 3), int(b)] for a, b in rows])
                item["total"] += total
                item["pictures"][picture.name] = [picture.slide, total, [[round(float(a), 3), int(b)] for a, b in rows]]
    (Path(out) / "candidates.json").write_text(json.dumps(result))
    for key, item in result.items():
        rows = np.array(item["rows"]).reshape(-1, 2)
        t = balanced(rows, item["total"])
        print(key, "objects", item["total"], "balanced", round(t, 2), counts(rows, item["total"], t), "best", best_f1(rows, item["total"]), flush=True)
    return result
