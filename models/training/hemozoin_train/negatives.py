"""What tells a negative from a field, fitted on all sets: `python -m hemozoin_train.negatives DATA`.

Prints the weights of `NEGATIVE` in `crates/hemozoin-film/src/optics/colour.rs`, and what they tell of sets that they were not
fitted on.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

PICTURES, SIDE, PENALTY = 10, 700, 1.0
LUMA = np.array([0.299, 0.587, 0.114])


def film(light):
    """The view of an eyepiece, or all of it."""
    mask = light > 0.25 * np.quantile(light, 0.95)
    if mask.mean() > 0.85:
        return np.ones_like(mask)
    filled = ndimage.binary_fill_holes(ndimage.binary_opening(mask, iterations=4))
    return ndimage.binary_erosion(filled, iterations=8)


def told(pixels):
    light, green = pixels @ LUMA, pixels[:, 1]
    low, high, median = np.quantile(light, [0.02, 0.98, 0.5])
    ground = np.maximum(np.median(pixels[light >= np.quantile(light, 0.75)], axis=0), 20)
    middle = pixels[(green > np.quantile(green, 0.4)) & (green < np.quantile(green, 0.6))]
    middle = np.median(middle if len(middle) else pixels, axis=0) + 5
    quarter = np.median(pixels[green <= np.quantile(green, 0.25)], axis=0) / ground
    fiftieth = np.median(pixels[green <= np.quantile(green, 0.02)], axis=0) / ground
    return [
        (high + low - 2 * median) / max(high - low, 1),
        np.log(middle[0] / middle[1]),
        quarter[1],
        fiftieth[0] - fiftieth[1],
    ]


def fit(x, is_negative, weight):
    mean = np.average(x, axis=0, weights=weight)
    spread = np.sqrt(np.average((x - mean) ** 2, axis=0, weights=weight))
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    ridge = PENALTY * np.diag([1.0] * x.shape[1] + [0.0])
    beta = np.zeros(z.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(z @ beta, -30, 30)))
        curve = z.T @ (z * (p * (1 - p) * weight + 1e-9)[:, None]) + ridge
        beta += np.linalg.solve(curve, z.T @ ((is_negative - p) * weight) - ridge @ beta)
    weights = beta[:-1] / spread
    return np.append(weights, beta[-1] - mean @ weights)


def main():
    data, rng = Path(sys.argv[1]), np.random.default_rng(1)
    x, negative, sets = [], [], []
    for folder in sorted(data.glob("*/images")):
        files = sorted(folder.iterdir())
        for file in rng.permutation(files)[:PICTURES]:
            picture = Image.open(file).convert("RGB")
            picture.thumbnail((SIDE, SIDE))
            pixels = np.asarray(picture, dtype=float)
            pixels = pixels[film(pixels @ LUMA)]
            for is_negative in (False, True):
                x.append(told(255 - pixels if is_negative else pixels))
                negative.append(is_negative)
                sets.append(folder.parent.name)
    x, negative, sets = np.array(x), np.array(negative), np.array(sets)
    weight = np.array([1 / ((sets == s) & (negative == n)).sum() for s, n in zip(sets, negative)])
    left_out = np.zeros(len(x))
    for name in np.unique(sets):
        rest = sets != name
        left_out[~rest] = np.c_[x[~rest], np.ones((~rest).sum())] @ fit(x[rest], negative[rest], weight[rest])
    print("weights", fit(x, negative, weight).round(3))
    print(f"{len(np.unique(sets))} sets, each left out: the most of a field {left_out[~negative].max():.2f}")
    for most in (0.5, 1.0, 1.2, 1.5):
        print(f"negatives above {most}: {(left_out[negative] > most).mean():.0%}")


if __name__ == "__main__":
    main()
