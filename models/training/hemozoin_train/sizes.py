"""How wide the labelled objects of each thick set are, um, at the scale that they are learnt at and, in brackets, at the one
that goes with the set: sizes.py --data DATA --cache CACHE.

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
                wide = float(np.median(sides))
                print(f"{name} {term} {len(sides)} median {wide:.1f} ({wide / THICK.rescaled.get(name, 1.0):.1f})")


if __name__ == "__main__":
    main()
