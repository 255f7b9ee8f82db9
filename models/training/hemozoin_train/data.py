"""Pictures and labels, resampled once to a little finer than the working scale and colour balanced.

A `Picture` also says where the loss may speak: bit c of `valid` (at a quarter of the picture's size)
is set where an unlabelled spot is a negative of class c. Sets that do not label a class everywhere
leave it silent except on plain background and inside labelled cells.
"""

import json
import pickle
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

CACHE_VERSION = 7
FINER = 0.9  # the cache is kept at this share of the working um/px


@dataclass
class Picture:
    set: str
    name: str
    slide: str
    rgb: np.ndarray  # uint8, balanced
    valid: np.ndarray  # uint8 bit field over classes, quarter size
    um: float  # of rgb
    objects: np.ndarray  # (n, 5): class, cx, cy, w, h in pixels of rgb
    bags: np.ndarray  # (n, 5): as above; somewhere in this box is at least one object of the class
    raw_um: float
    raw_size: tuple


def in_disc(rgb):
    """Mask of the illuminated part; everything where no black surround is seen."""
    small = cv2.resize(rgb, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    light = (small.max(axis=2) > 45).astype(np.uint8)
    if light.mean() > 0.95:
        return np.ones(rgb.shape[:2], bool)
    count, label, stats, _ = cv2.connectedComponentsWithStats(light)
    if count < 2:
        return np.ones(rgb.shape[:2], bool)
    best = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    mask = (label == best).astype(np.uint8)
    return cv2.resize(mask, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_NEAREST) > 0


def balance_gains(rgb, target, percentile=0.90):
    mask = in_disc(rgb)
    gains = []
    for channel in range(3):
        hist = np.bincount(rgb[..., channel][mask], minlength=256).cumsum()
        value = int(np.searchsorted(hist, percentile * hist[-1]))
        gains.append(float(np.clip(target[channel] / max(value, 1), 0.4, 2.5)))
    return gains


def apply_gains(rgb, gains):
    table = np.clip(np.arange(256)[:, None] * np.array(gains)[None, :], 0, 255)
    return cv2.LUT(rgb, table.round().astype(np.uint8)[:, None, :])


def resample(rgb, factor):
    height, width = rgb.shape[:2]
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)


def estimate_um(boxes, category, size):
    """Scale of a thin picture without one: a red cell that the picture's edge does not cut is 7.4 um wide."""
    whole = [b for b in boxes if b[0] > 2 and b[1] > 2 and b[0] + b[2] < size[0] - 2 and b[1] + b[3] < size[1] - 2]
    boxes, category = zip(*[(b, c) for b, c in zip(boxes, category) if b in whole]) if whole else ((), ())
    sides = [np.sqrt(b[2] * b[3]) for b, c in zip(boxes, category) if c == "rbc"]
    return 7.4 / float(np.median(sides)) if len(sides) >= 2 else None


def estimate_um_thick(rgb):
    """Scale of a thick picture without one: the median dark round blob is a nucleus of 8.2 um."""
    mask = in_disc(rgb)
    dark = (cv2.blur(rgb, (5, 5))[..., :2].min(axis=2) < 115) & cv2.erode(mask.astype(np.uint8), np.ones((25, 25)), borderValue=1).astype(bool)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8))
    widths = []
    for _, _, w, h, area in stats[1:]:
        if area > 250 and 0.6 < w / h < 1.67 and area > 0.6 * w * h:
            widths.append(np.sqrt(area * 4 / np.pi))
    if len(widths) < 2:
        return None
    widths = np.sort(widths)
    widths = widths[widths > 0.5 * widths[-2]]
    return 8.2 / float(np.median(widths))


def _rect(mask, box, value, bits, grow=1.0, extra=0.0):
    """Set or clear `bits` of `mask` inside a box (pixels of the full picture)."""
    x, y, w, h = box
    gx, gy = w * (grow - 1) / 2 + extra, h * (grow - 1) / 2 + extra
    x0, y0 = max(0, int((x - gx) // 4)), max(0, int((y - gy) // 4))
    x1, y1 = int(-(-(x + w + gx) // 4)), int(-(-(y + h + gy) // 4))
    if value:
        mask[y0:y1, x0:x1] |= bits
    else:
        mask[y0:y1, x0:x1] &= 255 ^ bits


def _label_thin(entry, boxes, category, attributes, rgb, points):
    red, asexual, gam, white, plate = (1 << i for i in range(5))
    complete = set(entry["complete"])
    quarter = (-(-rgb.shape[0] // 4), -(-rgb.shape[1] // 4))
    valid = np.zeros(quarter, np.uint8)
    small = cv2.resize(rgb, (quarter[1], quarter[0]), interpolation=cv2.INTER_AREA)
    # Plain background: bright in all channels in a neighbourhood, so that no cell is near.
    plain = cv2.erode((small[..., 1] > 190).astype(np.uint8), np.ones((5, 5))) > 0
    black = cv2.dilate((small.max(axis=2) < 40).astype(np.uint8), np.ones((3, 3))) > 0
    valid[plain | black] |= red | asexual | gam | white | plate
    if "rbc" in complete:
        valid |= red
    if complete & {"parasite", "rbc_infected"}:
        valid |= asexual | gam
    if "wbc" in complete:
        valid |= white
    if "platelet" in complete:
        valid |= plate
    objects, bags = [], []
    order = sorted(range(len(boxes)), key=lambda i: category[i] in ("rbc_infected", "ignore"))
    for i in order:
        box, kind, stage = boxes[i], category[i], attributes[i].get("stage")
        centre = (box[0] + box[2] / 2, box[1] + box[3] / 2)
        if kind in ("rbc", "rbc_infected"):
            objects.append((0, *centre, box[2], box[3]))
            if "rbc" not in complete:
                _rect(valid, box, True, red, 0.9)
                if kind == "rbc":
                    _rect(valid, box, True, asexual | gam, 0.9)
                _rect(valid, box, True, white, 0.9)
            if kind == "rbc_infected":
                _rect(valid, box, False, asexual | gam, 1.0)
                if entry["species"] == "falciparum" or stage == "ring":
                    bags.append((1, *centre, box[2] * 0.9, box[3] * 0.9))
        elif kind == "parasite":
            cls = 2 if stage == "gametocyte" else 1
            objects.append((cls, *centre, box[2], box[3]))
            if "parasite" not in complete:
                _rect(valid, box, True, asexual | gam, 1.5)
        elif kind == "wbc":
            objects.append((3, *centre, box[2], box[3]))
            _rect(valid, box, True, white | asexual | gam, 1.0)
        elif kind == "platelet":
            objects.append((4, *centre, box[2], box[3]))
            _rect(valid, box, True, plate | asexual | gam, 1.2)
        elif kind == "ignore":
            _rect(valid, box, False, 255, 1.0)
    # A labelled parasite stays a positive where an altered strip touches its box.
    for box, kind in zip(boxes, category):
        if kind == "parasite":
            _rect(valid, box, True, asexual | gam, 0.8)
    return objects, bags, valid


def _label_thick(entry, boxes, category, attributes, rgb, points):
    complete = set(entry["complete"])
    quarter = (-(-rgb.shape[0] // 4), -(-rgb.shape[1] // 4))
    valid = np.zeros(quarter, np.uint8)
    if "parasite" in complete:
        valid |= 1
    if "wbc" in complete:
        valid |= 2
    small = cv2.resize(rgb, (quarter[1], quarter[0]), interpolation=cv2.INTER_AREA)
    black = cv2.erode((small.max(axis=2) < 30).astype(np.uint8), np.ones((5, 5))) > 0
    valid[black] |= 3
    # A white cell's nucleus is large and dark: bright neighbourhoods hold none.
    bright = cv2.erode((cv2.blur(small, (5, 5)).min(axis=2) > 140).astype(np.uint8), np.ones((9, 9))) > 0
    valid[bright] |= 2
    objects = []
    for box, kind in zip(boxes, category):
        centre = (box[0] + box[2] / 2, box[1] + box[3] / 2)
        if kind == "parasite":
            objects.append((0, *centre, box[2], box[3]))
            if "wbc" not in complete:
                _rect(valid, box, True, 2, 1.0)
        elif kind == "wbc":
            objects.append((1, *centre, box[2], box[3]))
    for box, kind in zip(boxes, category):
        if kind == "ignore":
            _rect(valid, box, False, 255)
    return objects, [], valid


def read_set(root, film, name):
    """All pictures of one set, balanced, resampled and labelled."""
    folder = Path(root) / name
    coco = json.loads((folder / "annotations.json").read_text())
    names = {c["id"]: c["name"] for c in coco["categories"]}
    by_image = {}
    for note in coco["annotations"]:
        by_image.setdefault(note["image_id"], []).append(note)
    # What has no cells of its own takes the median of the pictures of its size.
    sizes = {}
    for entry in coco["images"]:
        notes = [n for n in by_image.get(entry["id"], []) if names[n["category_id"]] == "rbc"]
        own = estimate_um([n["bbox"] for n in notes], ["rbc"] * len(notes), (entry["width"], entry["height"]))
        if film.name == "thin" and own:
            sizes.setdefault((entry["width"], entry["height"]), []).append(own)
    sizes = {key: float(np.median(values)) for key, values in sizes.items()}
    pictures = []
    for entry in sorted(coco["images"], key=lambda e: e["file_name"]):
        notes = by_image.get(entry["id"], [])
        boxes = [list(map(float, n["bbox"])) for n in notes]
        category = [names[n["category_id"]] for n in notes]
        attributes = [n.get("attributes") or {} for n in notes]
        if name == "thin-chula-uninfected":
            # Points up to 2 um off their cells, and cells without one: no ground to learn cells from.
            entry = {**entry, "complete": [c for c in entry["complete"] if c != "rbc"]}
            kept = [i for i, c in enumerate(category) if c != "rbc"]
            boxes, category, attributes = ([v[i] for i in kept] for v in (boxes, category, attributes))
        um = entry["um_per_px"]
        if um is None or name == "thin-nih-falciparum":
            # The scale that goes with the NIH fields would make their red cells 6 um wide.
            um = estimate_um(boxes, category, (entry["width"], entry["height"])) or um
        key = (entry["width"], entry["height"])
        um = um or sizes.get(key) or (0.17 if film.name == "thick" else 0.1)
        sizes.setdefault(key, um)
        um *= film.rescaled.get(name, 1.0)
        bgr = cv2.imread(str(folder / "images" / Path(entry["file_name"]).name), cv2.IMREAD_COLOR)
        rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)
        rgb = apply_gains(rgb, balance_gains(rgb, film.balance))
        if film.name == "thick" and entry["um_per_px"] is None:
            um = estimate_um_thick(rgb) or um
        factor = min(1.0, um / (film.um_per_px * FINER))
        small = resample(rgb, factor) if factor < 0.97 else rgb
        factor = small.shape[1] / rgb.shape[1]
        boxes = [[v * factor for v in b] for b in boxes]
        label = _label_thin if film.name == "thin" else _label_thick
        objects, bags, valid = label(entry, boxes, category, attributes, small, None)
        pictures.append(
            Picture(
                set=name,
                name=entry["file_name"],
                slide=entry["slide"],
                rgb=small,
                valid=valid,
                um=um / factor,
                objects=np.array(objects, np.float32).reshape(-1, 5),
                bags=np.array(bags, np.float32).reshape(-1, 5),
                raw_um=um,
                raw_size=(entry["width"], entry["height"]),
            )
        )
    return pictures


OWN = Path(__file__).parents[1] / "labels" / "thick-unlabelled.json"


def own_labels(pictures):
    """The pictures that we labelled ourselves, as a set of its own; the others stay behind without labels."""
    labels = json.loads(OWN.read_text())["pictures"]
    mine, rest = [], []
    for picture in pictures:
        entry = labels.get(Path(picture.name).name)
        if entry is None:
            rest.append(picture)
            continue
        # A stored picture's pixels -> pixels of the resampled one; the scale is the one that went with the labels.
        factor = picture.rgb.shape[1] / picture.raw_size[0]
        picture.um, picture.raw_um = entry["um_per_px"] / factor, entry["um_per_px"]
        picture.set, picture.slide = "thick-own", Path(picture.name).name
        rows = [(c, *(v * factor for v in row)) for c, term in enumerate(("asexual_parasite", "white_cell")) for row in entry[term]]
        picture.objects = np.array(rows, np.float32).reshape(-1, 5)
        picture.valid[:] = 3
        for c, term in enumerate(("asexual_parasite", "white_cell")):
            for x, y, w, h in (([*row, row[2]][:4]) for row in entry["silent"][term]):
                reach = max(w, h) * factor
                _rect(picture.valid, (x * factor - reach / 2, y * factor - reach / 2, reach, reach), False, 1 << c)
        for row in picture.objects:
            _rect(picture.valid, (row[1] - row[3] / 2, row[2] - row[4] / 2, row[3], row[4]), True, 1 << int(row[0]), 0.8)
        mine.append(picture)
    return mine, rest


def load(root, film, cache, sets=None):
    """Pictures of a film's sets, from the cache where one is there. Returns set name -> pictures."""
    out = {}
    for name in sets or film.sets:
        if name == "thick-own":
            continue
        path = Path(cache) / f"{name}-{film.um_per_px}-v{CACHE_VERSION}.pickle"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_bytes(pickle.dumps(read_set(root, film, name), protocol=5))
            part.rename(path)
        out[name] = pickle.loads(path.read_bytes())
        for picture in out[name] if film.name == "thin" else []:
            # The middle of a white cell is no red cell, in every set.
            for _, x, y, w, h in picture.objects[picture.objects[:, 0] == 3]:
                _rect(picture.valid, (x - 0.35 * w, y - 0.35 * h, 0.7 * w, 0.7 * h), True, 1)
        if name == "thick-mlab":
            # Fields without a slide are kept together by species: no slide holds two.
            for picture in out[name]:
                picture.slide = picture.slide or Path(picture.name).name.split("_")[0]
        if name == "thick-unlabelled":
            out["thick-own"], out[name] = own_labels(out[name])
    return out
