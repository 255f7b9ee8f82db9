"""What tells that red and blue were swapped in a thick film, fitted on all sets: `python -m hemozoin_train.swapped DATA`.

Prints the weights of `UPRIGHT` in `crates/hemozoin-film/src/optics/colour.rs`, and what they tell of sets that they were not
fitted on; of thin films as well, where too little is told: their cameras differ more than the two orders of the channels do.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from .negatives import LUMA, SIDE, film

PICTURES, PENALTY = 120, 1.0
DARKEST, FEWEST = (0.005, 0.02, 0.08, 0.25), 20


def told(pixels):
    """All of it changes its sign with the channels: the order of brightness is that of green."""
    green = pixels[:, 1]
    ground = np.maximum(np.median(pixels[green >= np.quantile(green, 0.75)], axis=0), 20)
    over = pixels / ground

    def bluer(which):
        red, _, blue = np.median(over[which], axis=0) if which.sum() > FEWEST else (1, 1, 1)
        return blue - red

    dark = [bluer(green <= np.quantile(green, share)) for share in DARKEST]
    middle = bluer((over[:, 1] > 0.6) & (over[:, 1] < 0.9))
    return [*dark, middle, np.log(ground[2] / ground[0])]


def fit(x, weight):
    """Each picture is one that is right, and the same with the other sign one that is wrong."""
    spread = np.sqrt(np.average(x**2, axis=0, weights=weight))
    z, beta = x / spread, np.zeros(x.shape[1])
    for _ in range(60):
        wrong = 1 / (1 + np.exp(np.clip(z @ beta, -30, 30)))
        curve = 2 * z.T @ (z * (wrong * (1 - wrong) * weight + 1e-9)[:, None]) + PENALTY * np.eye(len(beta))
        beta += np.linalg.solve(curve, 2 * z.T @ (wrong * weight) - PENALTY * beta)
    return beta / spread


def main():
    data = Path(sys.argv[1])
    for kind in ("thick", "thin"):
        rng, x, sets = np.random.default_rng(3), [], []
        for folder in sorted(data.glob(f"{kind}-*/images")):
            for file in rng.permutation(sorted(folder.iterdir()))[: PICTURES if kind == "thick" else 24]:
                picture = Image.open(file).convert("RGB")
                picture.thumbnail((SIDE, SIDE))
                pixels = np.asarray(picture, dtype=float)
                x.append(told(pixels[film(pixels @ LUMA)]))
                sets.append(folder.parent.name)
        x, sets = np.array(x), np.array(sets)
        weight = np.array([1 / (sets == s).sum() for s in sets])
        left_out = np.zeros(len(x))
        for name in np.unique(sets):
            rest = sets != name
            left_out[~rest] = x[~rest] @ fit(x[rest], weight[rest])
        print(kind, "weights", fit(x, weight).round(2))
        print(f"  {len(x)} pictures of {len(np.unique(sets))} sets, each set left out: the least of a field {left_out.min():.2f}")
        for limit in (2.0, 2.2, 2.5):
            told_of = [f"{np.mean(left_out[sets == s] > limit):.0%} of {s}" for s in np.unique(sets)]
            print(f"  swapped ones below -{limit}: {', '.join(told_of)}")


if __name__ == "__main__":
    main()
