"""The script that a user would write: the same pictures, the same weights, sliced inference with 20 % overlap.

    python benches/peer/peer.py BUNDLE_DIR UM_PER_PX PICTURE...        (OVERLAP=0.25 for the engine's own)

Pillow decodes and resizes, NumPy cuts and finds peaks, ONNX Runtime runs on all cores. Prints JSON: seconds for all
pictures (imports and loading of the model left out) and the number of objects of each class on each picture.
Needs Python 3.11, Pillow, NumPy and onnxruntime. It is here for the comparison of speed and counts only.
"""

import json
import os
import pathlib
import sys
import time
import tomllib

import numpy as np
import onnxruntime
from PIL import Image

BATCH = 8
OVERLAP = float(os.environ.get("OVERLAP", "0.2"))
GAIN_RANGE = (0.4, 2.5)
SMALL = {"asexual_parasite", "gametocyte", "platelet"}


def gains(picture, balance):
    if balance is None:
        return np.ones(3)
    picture = picture.copy()
    side = max(picture.size)
    if side > 1024:
        size = tuple(round(s * 1024 / side) for s in picture.size)
        picture = picture.resize(size, Image.Resampling.BOX)
    pixels = np.asarray(picture).reshape(-1, 3)
    rank = int(np.ceil(len(pixels) * balance["percentile"] / 100))
    values = np.partition(pixels, rank - 1, axis=0)[rank - 1]
    return np.clip(np.array(balance["target"]) / np.maximum(values, 1), *GAIN_RANGE)


def plane(picture, bundle, um_per_px):
    """The picture at the model's scale, normalised, channels first."""
    spec = bundle["input"]
    factor = bundle["um_per_px"] / um_per_px
    size = tuple(int(s / factor) for s in picture.size)
    box = (0, 0, size[0] * factor, size[1] * factor)
    small = picture.resize(size, Image.Resampling.BILINEAR, box=box)
    values = np.asarray(small, dtype=np.float32) * gains(picture, spec.get("balance")).astype(np.float32)
    values = (np.minimum(values, 255.0) / 255.0 - spec["mean"]) / spec["std"]
    return np.ascontiguousarray(values.astype(np.float32).transpose(2, 0, 1))


def tiles(values, side, stride):
    """Slices with their corners; what lies outside the picture is the mean colour."""
    margin = int(side * OVERLAP / 2) // stride * stride
    step = side - 2 * margin
    _, high, wide = values.shape
    rows, columns = -(-high // step), -(-wide // step)
    padded = np.zeros((3, rows * step + 2 * margin, columns * step + 2 * margin), np.float32)
    padded[:, margin : margin + high, margin : margin + wide] = values
    for row in range(rows):
        for column in range(columns):
            y, x = row * step, column * step
            yield y - margin, x - margin, margin, step, padded[:, y : y + side, x : x + side]


def again(session, cy, cx, pixels, stride):
    """The second network's logits for the cut-out around a cell of a slice."""
    entry = session.get_inputs()[0]
    side = entry.shape[2]
    y, x = (min(max(int((c + 0.5) * stride) - side // 2, 0), pixels.shape[1] - side) for c in (cy, cx))
    cut = np.ascontiguousarray(pixels[None, :, y : y + side, x : x + side])
    return session.run(None, {entry.name: cut})[0][0, :, 0, 0]


def peaks(maps, y0, x0, margin, step, bundle, pixels, second):
    stride = bundle["output"]["stride"]
    looked = {}
    for spec in bundle["class"]:
        heat = maps[spec["heat"]]
        slope, intercept = spec["calibration"]
        threshold = spec["threshold"]
        lowest = (np.log(threshold / (1 - threshold)) - intercept) / slope
        rule = spec.get("second")
        lowest = rule["from"] if rule else lowest
        around = np.full((heat.shape[0] + 2, heat.shape[1] + 2), -np.inf, np.float32)
        around[1:-1, 1:-1] = heat
        largest = np.max(
            [around[i : i + heat.shape[0], j : j + heat.shape[1]] for i in range(3) for j in range(3)], axis=0
        )
        for cy, cx in zip(*np.nonzero((heat >= lowest) & (heat == largest))):
            dy = dx = 0.0
            if "offset" in spec:
                dx, dy = (float(np.clip(maps[c][cy, cx], -1, 1)) for c in spec["offset"])
            y, x = (cy + 0.5 + dy) * stride, (cx + 0.5 + dx) * stride
            if margin <= y < margin + step and margin <= x < margin + step:
                logit = float(heat[cy, cx])
                if rule:
                    if (cy, cx) not in looked:
                        looked[cy, cx] = again(second, cy, cx, pixels, stride)
                    logit = rule["weight"] * logit + float(looked[cy, cx][rule["channel"]])
                score = 1 / (1 + np.exp(-(slope * logit + intercept)))
                if score < threshold:
                    continue
                wide, high = (float(np.exp(maps[c][cy, cx])) for c in spec["size"])
                yield float(score), y0 + y, x0 + x, spec["term"], spec["min_distance_um"], wide, high


def merged(found, bundle):
    """The strongest first; a weaker one of the same kind too near to it, or inside a white cell or a gametocyte, is
    the same object."""
    found.sort(key=lambda p: (-p[0], p[1], p[2]))
    kept, cells = [], {}
    reach = max(c["min_distance_um"] for c in bundle["class"]) / bundle["um_per_px"]
    for peak in found:
        _, y, x, term, distance, _, _ = peak
        at = (int(y // reach), int(x // reach))
        near = [
            other
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for other in cells.get((at[0] + i, at[1] + j), ())
        ]

        def beats(other):
            both_small = other[3] in SMALL and term in SMALL
            limit = min(distance, other[4]) / bundle["um_per_px"] if other[3] == term or both_small else 0
            if (other[1] - y) ** 2 + (other[2] - x) ** 2 < limit**2:
                return True
            whole = other[3] == "white_cell" or (other[3] == "gametocyte" and both_small)
            if other[3] == term or not whole:
                return False
            return ((other[2] - x) / (0.4 * other[5])) ** 2 + ((other[1] - y) / (0.4 * other[6])) ** 2 < 1

        if not any(beats(o) for o in near):
            kept.append(peak)
            cells.setdefault(at, []).append(peak)
    return kept


def main():
    folder, um_per_px, paths = pathlib.Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
    bundle = tomllib.loads((folder / "bundle.toml").read_text())
    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    second = None
    if "second" in bundle:
        second = onnxruntime.InferenceSession(folder / "second.onnx", providers=["CPUExecutionProvider"])
    entry = session.get_inputs()[0]
    batch = entry.shape[0] if isinstance(entry.shape[0], int) else BATCH
    side, stride = bundle["input"]["tile"], bundle["output"]["stride"]
    pictures = []
    begun = time.perf_counter()
    for path in paths:
        picture = Image.open(path).convert("RGB")
        values = plane(picture, bundle, um_per_px)
        cut = list(tiles(values, side, stride))
        found = []
        for first in range(0, len(cut), batch):
            part = cut[first : first + batch]
            outputs = session.run(None, {entry.name: np.stack([t[4] for t in part])})[0]
            for (y0, x0, margin, step, pixels), maps in zip(part, outputs):
                found.extend(peaks(maps, y0, x0, margin, step, bundle, pixels, second))
        counts = {}
        for peak in merged(found, bundle):
            counts[peak[3]] = counts.get(peak[3], 0) + 1
        high, wide = values.shape[1:]
        pictures.append({"name": pathlib.Path(path).name, "plane": [wide, high], "counts": counts})
    seconds = time.perf_counter() - begun
    json.dump({"seconds": seconds, "pictures": pictures}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
