"""What the first network proposes, cut out at the working scale, with what the labels say of it."""

import cv2
import numpy as np

from . import data, evaluate
from .second import GAMETOCYTE, LIKELY, NEGATIVE, NOT_WHITE, PART, POSITIVE, STORED, WHITE

# Cut-outs lie as they do in the engine: around the middle of the peak's cell.
SILENT = -1
# Large sets of like fields: one picture in so many.
SPARSE = {"thin-iml-vivax": 5, "thin-chula-uninfected": 2, "thin-txlpbc-uninfected": 3, "thin-bccd-uninfected": 2}
MOST_NEGATIVES = 120  # of one picture, the most parasite-like
EDGE_UM = 5.0  # a white cell that the picture's edge cuts is labelled or not


def cut(padded, x, y):
    """`padded` has a border of STORED pixels."""
    x, y = int(x // 4 * 4 + 2) + STORED - STORED // 2, int(y // 4 * 4 + 2) + STORED - STORED // 2
    return padded[y : y + STORED, x : x + STORED].copy()


def _inside(boxes, x, y, grow=0.0):
    return any(bx - grow * w <= x <= bx + w + grow * w and by - grow * h <= y <= by + h + grow * h for bx, by, w, h in boxes)


def white_cells(film, picture, found, zoom):
    """Label of each candidate white cell; `found` in pixels of the stored picture times `zoom`."""
    white = film.classes.index("white_cell")
    scale = picture.rgb.shape[1] / picture.raw_size[0] / zoom
    cells = picture.objects[picture.objects[:, 0] == white]
    height, width = picture.valid.shape
    edge = EDGE_UM / picture.um
    out = []
    for x, y in found[:, 1:3] * scale:
        away = np.hypot(cells[:, 1] - x, cells[:, 2] - y) / np.sqrt(cells[:, 3] * cells[:, 4])
        inside = (np.abs(cells[:, 1] - x) < cells[:, 3] / 2) & (np.abs(cells[:, 2] - y) < cells[:, 4] / 2)
        known = picture.valid[min(int(y // 4), height - 1), min(int(x // 4), width - 1)] >> white & 1
        whole = edge < x < picture.rgb.shape[1] - edge and edge < y < picture.rgb.shape[0] - edge
        if (away < 0.5).any():
            out.append(WHITE)
        else:
            out.append(NOT_WHITE if known and whole and not inside.any() else SILENT)
    return out


def of_picture(net, film, root, picture, entry):
    """(cut-out, label, logit) of each candidate."""
    rgb = evaluate.read_raw(root, picture)
    rgb = data.apply_gains(rgb, data.balance_gains(rgb, film.balance))
    small = data.resample(rgb, picture.raw_um / film.um_per_px)
    zoom = small.shape[1] / rgb.shape[1]
    proposed = evaluate.run((net, None), film, small)
    proposed = proposed[proposed[:, 5] >= film.second_from]
    found = proposed[proposed[:, 0] == film.classes.index("asexual_parasite")]
    native = found.copy()
    native[:, 1:5] /= zoom
    notes = entry["notes"]
    kind = lambda *names: [n[1:5] for n in notes if n[0] in names]
    parasites, gametocytes, silent = evaluate.by_stage(notes)
    if "gametocyte" in film.classes:  # the first net tells them apart
        silent, gametocytes = silent + gametocytes, []
    if picture.set != "thick-fiocruz":  # a burnt-in scale bar
        silent += kind("ignore")
    hit = evaluate.match(native, parasites, "box", picture.raw_um)
    crescent = evaluate.match(native, gametocytes, "box", picture.raw_um)
    complete = bool({"parasite", "rbc_infected"} & set(entry["complete"])) or "uninfected" in picture.set
    padded = cv2.copyMakeBorder(small, STORED, STORED, STORED, STORED, cv2.BORDER_CONSTANT, value=(128, 128, 128))
    out = []
    for row, raw, j, g in zip(found, native, hit, crescent):
        x, y = raw[1], raw[2]
        if j >= 0:
            label = POSITIVE
        elif g >= 0:
            label = GAMETOCYTE
        elif _inside(gametocytes, x, y):
            label = PART
        elif _inside(silent, x, y) or _inside(parasites, x, y, 0.2):
            label = SILENT
        elif _inside(kind("rbc_infected"), x, y):
            label = LIKELY
        elif complete or _inside(kind("rbc", "platelet", "wbc"), x, y):
            label = NEGATIVE
        else:
            label = SILENT
        out.append((cut(padded, row[1], row[2]), label, float(row[5])))
    if "white_cell" in film.second_classes:
        found = proposed[proposed[:, 0] == film.classes.index("white_cell")]
        for row, label in zip(found, white_cells(film, picture, found, zoom)):
            out.append((cut(padded, row[1], row[2]), label, float(row[5])))
    return out


def paste(sheet, cell, top, left, pitch, rng):
    """Lays a cut-out cell into the middle of its square of a sheet: where it lies, x, y, width and height; None for a bare one."""
    zoom = min(1.12, (pitch - 4) / max(cell.shape[:2]))
    cell = cv2.resize(cell, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_LINEAR)
    h, w = cell.shape[:2]
    inked = cell.max(axis=2) > 30
    if inked.sum() < 50:
        return None
    # As a picture's balance would: the cell's own colour is brought to that of a red cell on balanced glass.
    gain = np.clip(np.array([205, 165, 180]) / (np.median(cell[inked], axis=0) + 1) * np.exp(rng.normal(0, 0.06, 3)), 0.5, 2.0)
    y, x = top + (pitch - h) // 2, left + (pitch - w) // 2
    alpha = cv2.GaussianBlur(cv2.erode(inked.astype(np.float32), np.ones((3, 3))), (0, 0), 0.8)[..., None]
    spot = sheet[y : y + h, x : x + w]
    spot[:] = np.clip(spot * (1 - alpha) + cell * gain * alpha, 0, 255).astype(np.uint8)
    return x, y, w, h


def of_single_cells(net, film, cells, seed=0):
    """NIH's single cells, 36 on a sheet of bare glass: the best candidate of an infected cell, all of an uninfected one."""
    rng = np.random.default_rng(seed)
    pitch, side = 72, 6
    out = []
    order = [(label, i) for label, group in cells.cells.items() for i in range(len(group))]
    rng.shuffle(order)
    for start in range(0, len(order) - side * side + 1, side * side):
        glass = np.clip(rng.normal((222, 212, 216), 6), 0, 255)
        sheet = np.full((pitch * side, pitch * side, 3), glass, np.uint8)
        places = []
        for k, (label, i) in enumerate(order[start : start + side * side]):
            cell = cells.cells[label][int(i)]
            if place := paste(sheet, cell, k // side * pitch, k % side * pitch, pitch, rng):
                places.append((*place, label))
        found = evaluate.run((net, None), film, sheet)
        found = found[(found[:, 0] == film.classes.index("asexual_parasite")) & (found[:, 5] >= film.second_from)]
        padded = cv2.copyMakeBorder(sheet, STORED, STORED, STORED, STORED, cv2.BORDER_REFLECT)
        for x, y, w, h, label in places:
            rows = found[(np.abs(found[:, 1] - x - w / 2) < w / 2) & (np.abs(found[:, 2] - y - h / 2) < h / 2)]
            rows = rows[np.argsort(-rows[:, 5])]
            if label == "parasitized":
                rows = rows[:1][rows[:1, 5] > -1.5]
            for row in rows:
                out.append((cut(padded, row[1], row[2]), LIKELY if label == "parasitized" else NEGATIVE, float(row[5])))
    return out


def harvest(net, film, root, sets, cells=None, log=print):
    """Candidates of all pictures: (set, label) -> list of cut-outs."""
    pools = {}
    for name, pictures in sets.items():
        if not pictures or name == "thick-unlabelled":
            continue
        notes = evaluate.truth(root, name)
        for picture in pictures[:: SPARSE.get(name, 1)]:
            entry = notes[picture.name]
            rows = of_picture(net, film, root, picture, entry)
            if name == "thick-own" and "parasite" not in entry["complete"]:
                rows = [r for r in rows if r[1] in (WHITE, NOT_WHITE)]
            negative = sorted((r for r in rows if r[1] == NEGATIVE), key=lambda r: -r[2])[:MOST_NEGATIVES]
            for crop, label, _ in [r for r in rows if r[1] > 0] + negative:
                pools.setdefault((name, label), []).append(crop)
    if cells:
        for crop, label, _ in of_single_cells(net, film, cells):
            pools.setdefault(("cells-nih-falciparum", label), []).append(crop)
    log("candidates " + " ".join(f"{name}/{label} {len(rows)}" for (name, label), rows in sorted(pools.items())))
    return pools
