"""How wide the labelled objects of each thick set are at the scale that goes with it, um: sizes.py --data DATA --cache CACHE.

Differences between the sets are differences of scale, or of how tightly boxes are drawn.
"""

import argparse

import numpy as np

from . import data, relabel
from .films import THICK


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--cache", required=True)
    a = p.parse_args()
    for name, pictures in data.load(a.data, THICK, a.cache).items():
        if name == "thick-fiocruz":  # its white cells are unlabelled
            for picture in pictures:
                relabel.white_cells_by_rule(picture)
        for c, term in enumerate(THICK.classes):
            sides = [s * p.um for p in pictures for s in np.sqrt(p.objects[p.objects[:, 0] == c][:, 3:].prod(axis=1))]
            if sides:
                print(name, term, len(sides), "median", round(float(np.median(sides)), 1))


if __name__ == "__main__":
    main()
