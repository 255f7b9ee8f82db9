"""From a crop and its objects to heat maps, loss weights, sizes and bags."""

import cv2
import numpy as np
import torch



def _sigma(w, h):
    """In cells: the centre of a large object is known less well than that of a small one."""
    return float(np.clip(0.14 * np.sqrt(max(w, 1) * max(h, 1)) / 4, 1.0, 2.5))


def _stamp(sigma):
    r = int(np.ceil(3 * sigma))
    t = np.arange(-r, r + 1)
    return np.exp(-(t[None] ** 2 + t[:, None] ** 2) / (2 * sigma**2)).astype(np.float32), r


def render(objects, bags, valid, film, size):
    """One crop's targets; positions more than four cells outside the owned centre carry no weight.

    The cells beside the owned ones must mean something: a peak is one only where it beats its neighbours.
    """
    cells, classes = size // 4, len(film.classes)
    heat = np.zeros((classes, cells, cells), np.float32)
    weight = np.stack([(valid >> c & 1) for c in range(classes)]).astype(np.float32)
    sizes = []
    for cls, x, y, w, h in objects:
        cls = int(cls)
        cx, cy = int(x // 4), int(y // 4)
        stamp, r = _stamp(_sigma(w, h))
        x0, y0, x1, y1 = max(cx - r, 0), max(cy - r, 0), min(cx + r + 1, cells), min(cy + r + 1, cells)
        if x0 >= x1 or y0 >= y1:
            continue
        part = stamp[y0 - cy + r : y1 - cy + r, x0 - cx + r : x1 - cx + r]
        np.maximum(heat[cls, y0:y1, x0:x1], part, out=heat[cls, y0:y1, x0:x1])
        if 0 <= cx < cells and 0 <= cy < cells and weight[cls, cy, cx] > 0:
            sizes.append((cls, cy, cx, np.log(max(w, 3.0)), np.log(max(h, 3.0))))
    ids = np.zeros((cells, cells), np.int64)
    bag_class = np.zeros((cells, cells), np.int64)
    number = 0
    margin = film.halo // 4 - 4
    for cls, x, y, w, h in bags:
        cx, cy = int(x // 4), int(y // 4)
        if margin <= cx < cells - margin and margin <= cy < cells - margin:
            x0, x1 = max(0, int((x - w / 2) // 4)), int((x + w / 2) // 4) + 1
            y0, y1 = max(0, int((y - h / 2) // 4)), int((y + h / 2) // 4) + 1
            number += 1
            ids[y0:y1, x0:x1] = number
            bag_class[y0:y1, x0:x1] = int(cls)
    edge = margin
    weight[:, :edge] = 0
    weight[:, -edge:] = 0
    weight[:, :, :edge] = 0
    weight[:, :, -edge:] = 0
    sizes = [s for s in sizes if weight[s[0], s[1], s[2]] > 0]
    return heat, weight, sizes, (ids, bag_class, number)


def collate(samples):
    """Stacks crops and their targets into tensors."""
    image = torch.from_numpy(np.stack([s[0] for s in samples])).permute(0, 3, 1, 2).float()
    image = (image / 255 - 0.5) / 0.25
    heat = torch.from_numpy(np.stack([s[1] for s in samples]))
    weight = torch.from_numpy(np.stack([s[2] for s in samples]))
    rows = [(b, *row) for b, s in enumerate(samples) for row in s[3]]
    if rows:
        columns = list(zip(*rows))
        size = [torch.tensor(c) for c in columns[:4]] + [torch.tensor(c, dtype=torch.float32) for c in columns[4:]]
    else:
        size = [torch.zeros(0, dtype=torch.long)] * 4 + [torch.zeros(0)] * 2
    ids, total = [], 0
    for s in samples:
        one, _, number = s[4]
        ids.append(np.where(one > 0, one + total, 0))
        total += number
    ids = torch.from_numpy(np.stack(ids))
    bag_class = torch.from_numpy(np.stack([s[4][1] for s in samples]))[:, None]
    return {
        "image": image.contiguous(memory_format=torch.channels_last),
        "heat": heat,
        "weight": weight,
        "size": size,
        "bags": (ids, bag_class, total),
    }
