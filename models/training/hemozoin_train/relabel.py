"""Fills in the classes that a set leaves unlabelled, from the net under training.

A confident candidate becomes an object, a doubtful one stays out of the loss, everything else becomes
a negative. Labels made by people are never touched. On thick films a white cell must also look like
one: a large dark nucleus.
"""

import copy

import cv2
import numpy as np
import torch
from torch.nn import functional as F

from .evaluate import peaks
from .net import folded

# set -> classes to fill in: class -> (certain from this logit, doubtful from this logit)
THIN = {
    "thin-mpidb-falciparum": {0: (-0.3, -1.8), 3: (0.5, -2.0), 4: (0.5, -2.0)},
    "thin-nih-falciparum": {0: (-0.3, -1.8), 3: (0.5, -2.0), 4: (0.5, -2.0), 1: (1.0, -2.5)},
    "thin-iml-vivax": {0: (0.0, -1.8), 3: (0.5, -2.0), 4: (0.5, -2.0)},
    "thin-chula-uninfected": {0: (-0.3, -1.8), 3: (0.5, -2.0), 4: (0.5, -2.0)},
    "thin-bccd-uninfected": {0: (0.0, -1.8)},
}
THICK = {
    "thick-unlabelled": {0: (0.3, -2.0), 1: (-0.6, -2.5)},
}
# Large sets of like fields: one picture in so many is filled in, the others stay silent.
SPARSE = {"thin-iml-vivax": 3, "thin-chula-uninfected": 2, "thin-bccd-uninfected": 2}
UNLABELLED_SHARE = 0.12  # of the crops, once thick-unlabelled has labels


def _maps(net, film, picture):
    """Maps at the working scale; the picture's own pixels per working pixel."""
    factor = picture.um / film.um_per_px
    rgb = picture.rgb
    size = (max(16, round(rgb.shape[1] * factor)), max(16, round(rgb.shape[0] * factor)))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)
    x = (torch.from_numpy(small).permute(2, 0, 1)[None].float() / 255 - 0.5) / 0.25
    x = F.pad(x, (0, -size[0] % 16, 0, -size[1] % 16)).contiguous(memory_format=torch.channels_last)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        return net(x)[0].float(), size[0] / rgb.shape[1]


def nuclei(picture, level=115):
    """Dark blobs: x, y, area (square um), width, height, darkness, kept to what a nucleus could be."""
    half = cv2.resize(picture.rgb, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    grey = np.minimum(half[..., 0], half[..., 1])
    _, label, stats, centres = cv2.connectedComponentsWithStats((grey < level).astype(np.uint8))
    area = stats[:, cv2.CC_STAT_AREA] * 4 * picture.um**2
    keep = np.flatnonzero((area > 7) & (area < 280) & (np.arange(len(area)) > 0))
    rows = []
    for i in keep:
        x, y, w, h, _ = stats[i]
        inside = label[y : y + h, x : x + w] == i
        rows.append((*(2 * centres[i] + 0.5), area[i], 2 * w, 2 * h, float(grey[y : y + h, x : x + w][inside].mean())))
    return np.array(rows, float).reshape(-1, 6)


def white_cells_by_rule(picture):
    """Fiocruz does not label white cells: round, large and very dark is one, other dark blobs stay silent."""
    bit = 2
    silent = picture.valid == 0
    picture.valid |= bit
    parasites = picture.objects[picture.objects[:, 0] == 0]
    fresh = []
    for x, y, area, w, h, dark in np.vstack([nuclei(picture, 150), nuclei(picture)]):
        _mask(picture, x, y, w, h, bit, False)
    for x, y, area, w, h, dark in nuclei(picture):
        width = w * picture.um, h * picture.um
        inside = (np.abs(parasites[:, 1] - x) < parasites[:, 3] / 2) & (np.abs(parasites[:, 2] - y) < parasites[:, 4] / 2)
        round_ = area > 0.58 * width[0] * width[1] and max(width) < 1.6 * min(width)
        if round_ and 21 < area < 107 and dark < 90 and not inside.any():
            fresh.append((1, x, y, w, h))
            _mask(picture, x, y, w, h, bit, True)
    for o in parasites:
        _mask(picture, *o[1:5], bit, True)
    if picture.set == "thick-fiocruz":
        # The burnt-in scale bar, the only thing ignored there: what is written on it is neither cell nor parasite.
        picture.valid[silent] = 3
        fresh = [o for o in fresh if not silent[int(o[2] // 4), int(o[1] // 4)]]
    if fresh:
        picture.objects = np.vstack([picture.objects, np.array(fresh, np.float32)])
    return len(fresh)


def _mask(picture, x, y, w, h, bit, value):
    x0, x1 = max(0, int((x - w / 2) // 4)), int((x + w / 2) // 4) + 1
    y0, y1 = max(0, int((y - h / 2) // 4)), int((y + h / 2) // 4) + 1
    if value:
        picture.valid[y0:y1, x0:x1] |= bit
    else:
        picture.valid[y0:y1, x0:x1] &= 255 ^ bit


def apply(net, film, sets, log=print):
    net = folded(copy.deepcopy(net)).to(memory_format=torch.channels_last)
    table = THIN if film.name == "thin" else THICK
    for name, rules in table.items():
        added = {}
        for picture in sets.get(name, [])[:: SPARSE.get(name, 1)]:
            if name == "thick-unlabelled":
                white_cells_by_rule(picture)
            maps, factor = _maps(net, film, picture)
            found = peaks(maps, film)
            found[:, 1:5] /= factor
            ignored = picture.valid == 0
            before = picture.objects.copy()
            for c, (sure, doubt) in rules.items():
                bit = 1 << c
                known = before[before[:, 0] == c]
                rows = found[(found[:, 0] == c) & (found[:, 5] >= doubt)]
                if not (name == "thin-nih-falciparum" and c == 1):
                    picture.valid |= np.uint8(bit)
                fresh = []
                if film.name == "thick" and c == 1:
                    blobs = nuclei(picture)
                    for x, y, _, w, h, _ in blobs:
                        _mask(picture, x, y, w, h, bit, False)
                    for o in known:
                        _mask(picture, *o[1:5], bit, True)
                if "UNINFECTED" in picture.name and c == 0:
                    continue  # a slide known to hold no parasite: every spot is a negative
                for _, x, y, w, h, logit in rows:
                    own = known[(np.abs(known[:, 1] - x) < known[:, 3] / 2) & (np.abs(known[:, 2] - y) < known[:, 4] / 2)]
                    if len(own):
                        continue
                    certain = logit >= sure
                    if c == 0:
                        # Half a cell at the rim of a picture or a second peak on one cell proves nothing.
                        close = known[np.hypot(known[:, 1] - x, known[:, 2] - y) < 0.5 * np.sqrt(w * h)]
                        certain = certain and not len(close)
                    if film.name == "thick" and c == 1:
                        reach = np.hypot(blobs[:, 0] - x, blobs[:, 1] - y) * picture.um
                        near = reach < 0.5 * np.maximum(blobs[:, 3], blobs[:, 4]) * picture.um
                        certain = certain and bool((near & (blobs[:, 2] > 18) & (blobs[:, 2] < 250)).any())
                    if c == 1 and film.name == "thin":
                        inside = picture.bags[(np.abs(picture.bags[:, 1] - x) < picture.bags[:, 3] / 2) & (np.abs(picture.bags[:, 2] - y) < picture.bags[:, 4] / 2)]
                        certain = certain and len(inside) > 0
                    if certain:
                        fresh.append((c, x, y, w, h))
                        _mask(picture, x, y, w, h, bit, True)
                    else:
                        _mask(picture, x, y, max(w, 12), max(h, 12), bit, False)
                if film.name == "thick" and c == 1:
                    # A person's parasite is no white cell.
                    for o in before[before[:, 0] == 0]:
                        fresh = [f for f in fresh if np.hypot(f[1] - o[1], f[2] - o[2]) > 0.25 * max(o[3], o[4])]
                if fresh:
                    picture.objects = np.vstack([picture.objects, np.array(fresh, np.float32)])
                    added[c] = added.get(c, 0) + len(fresh)
            if name not in ("thick-unlabelled", "thin-nih-falciparum"):
                # Altered strips and scale bars stay silent for every class.
                picture.valid[ignored] = 0
        log(f"relabelled {name}: {added}")

