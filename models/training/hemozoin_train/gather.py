"""What the first two looks propose on every picture, by nets that have not seen its slide, cut out for the third.

`gather.py FILM --data DATA --runs RUNS --out FOLDER` writes one file a set and skips those that are there.
"""

import argparse
import json
import pickle
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import torch
from torch.nn import functional as F

from . import cameras, data, evaluate, second, splits
from .candidates import paste
from .films import FILMS
from .second import GAMETOCYTE, LIKELY, NEGATIVE, POSITIVE

SIDE = 112  # of a stored cut-out: 64 pixels turned and shrunk
SILENT = -1
# Candidates whose logit after the second look is lower hold hardly any parasite.
LEAST = {"thin": -7.0, "thick": -9.0}
CRESCENT = -4.0  # least logit of a candidate gametocyte on its own map
MOST = 500  # of one picture
HOSTS = 12  # plain spots of one picture
SPARSE = {
    "thin-iml-vivax": 3, "thin-chula-uninfected": 4, "thin-bccd-uninfected": 2, "thin-txlpbc-uninfected": 2,
    "thin-phone-uganda-black-uninfected": 2, "thin-phone-uganda-pale-uninfected": 2, "drawn": 2,
}
CELL_SHEETS = 2  # one sheet of single cells in so many


def listing(root, film, name):
    """The pictures of a set with the scale that `data.read_set` would give them."""
    own = json.loads(data.OWN.read_text())["pictures"]
    folder = "thick-unlabelled" if name == "thick-own" else name
    coco = json.loads((Path(root) / folder / "annotations.json").read_text())
    kinds = {c["id"]: c["name"] for c in coco["categories"]}
    boxes = {}
    for note in coco["annotations"]:
        boxes.setdefault(note["image_id"], []).append((list(map(float, note["bbox"])), kinds[note["category_id"]]))
    out, sizes = [], {}
    for entry in sorted(coco["images"], key=lambda e: e["file_name"]):
        file, size = Path(entry["file_name"]).name, (entry["width"], entry["height"])
        um, slide = entry["um_per_px"], entry["slide"]
        if name == "thick-own":
            if file not in own:
                continue
            um, slide = own[file]["um_per_px"], file
        if film.name == "thin" and (um is None or name == "thin-nih-falciparum"):
            mine = boxes.get(entry["id"], [])
            um = data.estimate_um([b for b, _ in mine], [c for _, c in mine], size) or um
            if um:
                sizes.setdefault(size, []).append(um)
        if name == "thick-mlab":
            slide = slide or file.split("_")[0]
        cam = cameras.camera(name, file, entry.get("camera_group"))
        um = um * film.rescaled.get(name, 1.0) if um else None
        out.append(SimpleNamespace(set=name, name=entry["file_name"], slide=slide, raw_um=um, raw_size=size, camera=cam, species=entry["species"]))
    for picture in out:
        picture.raw_um = picture.raw_um or float(np.median(sizes.get(picture.raw_size, [0.1])))
    return out


SAMPLES = Path(__file__).parents[3] / "samples"


def drawn(film):
    """The drawn fields of `samples`: (listing, notes). What the engine's tests and its self-test draw looks like them."""
    coco = json.loads((SAMPLES / "truth.json").read_text())
    kinds = {c["id"]: c["name"] for c in coco["categories"]}
    entries = {i["id"]: i for i in coco["images"] if i["film"] == film.name}
    notes = {i["file_name"]: {"complete": i["complete"], "notes": []} for i in entries.values()}
    for n in coco["annotations"]:
        if n["image_id"] in entries:
            stage = (n.get("attributes") or {}).get("stage")
            notes[entries[n["image_id"]]["file_name"]]["notes"].append((kinds[n["category_id"]], *map(float, n["bbox"]), stage))
    pictures = [
        SimpleNamespace(set="drawn", name=i["file_name"], slide=i["slide"], raw_um=i["um_per_px"], raw_size=(i["width"], i["height"]), camera="drawn", species=i["species"])
        for i in entries.values()
    ]
    return pictures, notes


def propose(nets, film, rgb):
    """Candidates of all classes on a balanced picture at the working scale: class, x, y, w, h, first logit; and the second
    net's logits, where it looks (NaN elsewhere)."""
    net, again = nets
    height, width = rgb.shape[:2]
    x = (torch.from_numpy(rgb).permute(2, 0, 1)[None].float() / 255 - 0.5) / 0.25
    x = F.pad(x, (32, 32 + -width % 16, 32, 32 + -height % 16), value=0.0)
    with torch.inference_mode():
        maps = net(x)[0]
    rows = evaluate.peaks(maps, film, floor=CRESCENT)
    asexual = rows[:, 0] == film.classes.index("asexual_parasite")
    rows = rows[~asexual | (rows[:, 5] >= film.second_least)]
    logits = np.full((len(rows), len(film.second_classes)), np.nan, np.float32)
    looked = np.isin(rows[:, 0], [film.heat(t) for t in film.second_classes])
    looked &= rows[:, 5] >= film.second_least
    logits[looked] = second.logits(again, film, x, rows[looked])
    rows[:, 1:3] -= 32
    inside = (rows[:, 1] >= 0) & (rows[:, 1] < width) & (rows[:, 2] >= 0) & (rows[:, 2] < height)
    return rows[inside], logits[inside]


def cut(padded, x, y):
    """`padded` has a border of SIDE pixels. Cut-outs lie around the middle of the peak's cell, as in the engine."""
    x, y = int(x // 4 * 4 + 2) + SIDE - SIDE // 2, int(y // 4 * 4 + 2) + SIDE - SIDE // 2
    return padded[y : y + SIDE, x : x + SIDE].copy()


def _inside(boxes, x, y, grow=0.0):
    return any(bx - grow * w <= x <= bx + w + grow * w and by - grow * h <= y <= by + h + grow * h for bx, by, w, h in boxes)


def labels(film, picture, entry, native, score):
    """What the labels say of each candidate parasite (pixels of the stored picture), best first in `score`."""
    notes = entry["notes"]
    kind = lambda *names: [n[1:5] for n in notes if n[0] in names]
    parasites, gametocytes, unclear = evaluate.by_stage(notes)
    silent = unclear + (kind("ignore") if picture.set != "thick-fiocruz" else [])  # its scale bars are no parasites
    ranked = native.copy()
    ranked[:, 5] = score
    hit = evaluate.match(ranked, parasites, "box", picture.raw_um)
    crescent = evaluate.match(ranked, gametocytes, "box", picture.raw_um)
    complete = bool({"parasite", "rbc_infected"} & set(entry["complete"])) or "uninfected" in picture.set
    out = []
    for (_, x, y, *_), j, g in zip(native, hit, crescent):
        if j >= 0:
            out.append(POSITIVE)
        elif g >= 0:
            out.append(GAMETOCYTE)
        elif _inside(silent, x, y) or _inside(parasites + gametocytes, x, y, 0.2):
            out.append(SILENT)
        elif _inside(kind("rbc_infected"), x, y):
            out.append(LIKELY)
        else:
            out.append(NEGATIVE if complete or _inside(kind("rbc", "platelet", "wbc"), x, y) else SILENT)
    return np.array(out, int)


def of_picture(nets, film, root, picture, entry, rng):
    if picture.set == "drawn":
        rgb = cv2.cvtColor(cv2.imread(str(SAMPLES / picture.name)), cv2.COLOR_BGR2RGB)
    else:
        rgb = evaluate.read_raw(root, picture)
    rgb = data.apply_gains(rgb, data.balance_gains(rgb, film.balance))
    small = data.resample(rgb, picture.raw_um / film.shown_um_per_px)
    zoom = small.shape[1] / rgb.shape[1]
    rows, logits = propose(nets, film, small)
    term = lambda t: rows[:, 0] == film.classes.index(t)
    if "gametocyte" in film.classes:
        crescents = term("gametocyte")
        judged = np.where(crescents, rows[:, 5] * 3, film.second_weight * rows[:, 5] + logits[:, 0])
        judged = np.where(crescents & (rows[:, 5] < CRESCENT), -99, judged)
    else:
        crescents = np.zeros(len(rows), bool)
        judged = film.second_weight * rows[:, 5] + np.nanmax(np.concatenate([logits[:, :2], np.full((len(rows), 1), -99.0)], 1), 1)
    parasite = (term("asexual_parasite") & (judged >= LEAST[film.name])) | crescents
    whites = rows[term("white_cell")], logits[term("white_cell")]
    reds = rows[term("red_cell") & (rows[:, 5] > 0)] if "red_cell" in film.classes else rows[:0]
    found, seconds, judged = rows[parasite], logits[parasite], judged[parasite]
    best = np.argsort(-judged, kind="stable")[:MOST]
    found, seconds, judged = found[best], seconds[best], judged[best]
    native = found.copy()
    native[:, 1:5] /= zoom
    padded = cv2.copyMakeBorder(small, SIDE, SIDE, SIDE, SIDE, cv2.BORDER_CONSTANT, value=(128, 128, 128))
    what = labels(film, picture, entry, native, judged)
    crops = [cut(padded, x, y) for _, x, y, *_ in found]
    return {
        "picture": picture, "zoom": zoom, "rows": native, "second": seconds, "label": what,
        "crops": np.stack(crops) if crops else np.zeros((0, SIDE, SIDE, 3), np.uint8),
        "hosts": hosts(film, small, padded, rows, reds, rng), "reds": len(reds), "whites": whites, "entry": entry,
    }


def hosts(film, small, padded, rows, reds, rng):
    """Cut-outs around plain spots: of red cells, or of a thick film's background."""
    places = [r[1:3] + rng.uniform(-8, 8, 2) for r in reds]
    if not len(reds) and film.name == "thick":
        places = list(rng.uniform(0, 1, (60, 2)) * small.shape[1::-1])
    rng.shuffle(places)
    candidates = rows[np.isin(rows[:, 0], [film.classes.index(t) for t in ("asexual_parasite", "white_cell")])][:, 1:3]
    out = []
    for x, y in places:
        lit = small[int(np.clip(y, 0, small.shape[0] - 1)), int(np.clip(x, 0, small.shape[1] - 1))].max() > 60
        if lit and (not len(candidates) or np.hypot(*(candidates - (x, y)).T).min() >= 16):
            out.append(cut(padded, max(x, 0), max(y, 0)))
        if len(out) == HOSTS:
            break
    return np.stack(out) if out else np.zeros((0, SIDE, SIDE, 3), np.uint8)


def single_cells(nets_of, film, root):
    """NIH's single cells, 36 on a sheet of bare glass: the best candidate of an infected cell, all of an uninfected one."""
    rng = np.random.default_rng(0)
    rows = [r.split(",") for r in (Path(root) / "cells-nih-falciparum" / "cells.csv").read_text().split("\n")[1:] if r]
    rng.shuffle(rows)
    pitch, side, out = 72, 6, []
    for start in range(0, len(rows) - side * side + 1, CELL_SHEETS * side * side):
        sheet = np.full((pitch * side, pitch * side, 3), np.clip(rng.normal((222, 212, 216), 6), 0, 255), np.uint8)
        places = []
        for k, (file, patient, label, *_) in enumerate(rows[start : start + side * side]):
            cell = cv2.cvtColor(cv2.imread(str(Path(root) / "cells-nih-falciparum" / file)), cv2.COLOR_BGR2RGB)
            cell = cv2.resize(cell, None, fx=0.057 / film.um_per_px, fy=0.057 / film.um_per_px, interpolation=cv2.INTER_AREA)
            if place := paste(sheet, cell, k // side * pitch, k % side * pitch, pitch, rng):
                places.append((*place, label, patient))
        found, logits = propose(nets_of, film, sheet)
        judged = film.second_weight * found[:, 5] + logits[:, 0]
        keep = (found[:, 0] == film.classes.index("asexual_parasite")) & (judged >= LEAST[film.name])
        found, judged = found[keep], judged[keep]
        padded = cv2.copyMakeBorder(sheet, SIDE, SIDE, SIDE, SIDE, cv2.BORDER_REFLECT)
        for x, y, w, h, label, patient in places:
            mine = (np.abs(found[:, 1] - x - w / 2) < w / 2) & (np.abs(found[:, 2] - y - h / 2) < h / 2)
            order = [i for i in np.argsort(-judged, kind="stable") if mine[i]]
            if label == "parasitized":
                order = order[:1]
            out += [(cut(padded, found[i, 1], found[i, 2]), LIKELY if label == "parasitized" else NEGATIVE, patient) for i in order]
    return {"crops": np.stack([c for c, *_ in out]), "label": np.array([what for _, what, _ in out]), "patient": [p for *_, p in out]}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("film", choices=FILMS)
    p.add_argument("--data", required=True)
    p.add_argument("--runs", required=True, help="folder that holds FILM-FOLD runs with both nets")
    p.add_argument("--out", required=True)
    p.add_argument("--sets", nargs="*")
    a = p.parse_args()
    film = FILMS[a.film]
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    folds = splits.folds(a.data, a.film)
    nets = {f: evaluate.load_nets(film, Path(a.runs) / f"{a.film}-{f}") for f in ("fold0", "fold1", "fold2")}
    Path(a.out).mkdir(parents=True, exist_ok=True)
    for name in a.sets or (*cameras.SETS[a.film], "drawn", *(["cells-nih-falciparum"] if a.film == "thin" else [])):
        path = Path(a.out) / f"{name}.pickle"
        if path.exists():
            continue
        if name == "cells-nih-falciparum":
            done = single_cells(nets["fold0"], film, a.data)
            print(name, np.unique(done["label"], return_counts=True), flush=True)
        else:
            rng = np.random.default_rng(1)
            pictures, notes = drawn(film) if name == "drawn" else (listing(a.data, film, name), evaluate.truth(a.data, name))
            done = []
            for picture in pictures[:: SPARSE.get(name, 1)]:
                picture.fold = cameras.unseen_by(a.film, folds, name, picture.slide)
                entry = notes[picture.name if name != "thick-own" else Path(picture.name).name]
                done.append(of_picture(nets[picture.fold], film, a.data, picture, entry, rng))
            what = np.concatenate([d["label"] for d in done])
            print(name, len(done), "pictures", dict(zip(*np.unique(what, return_counts=True))), "reds", sum(d["reds"] for d in done), "hosts", sum(len(d["hosts"]) for d in done), flush=True)
        part = path.with_suffix(".part")
        part.write_bytes(pickle.dumps(done, protocol=5))
        part.rename(path)


if __name__ == "__main__":
    main()
