"""Which cameras there are, what each shows, and the groups that are left out whole."""

import sys
from pathlib import Path

# Thin sets whose pictures the first two nets of a fold have not seen, by fold (see splits.py); every other set is new to
# all of them and is proposed by fold0's.
GROUPS = {
    # Each group: set or camera -> what of it is left out ("*": all; else the fold of splits.py whose slides are).
    "thin": {
        "a": {"thin-txlpbc-uninfected": "*", "thin-cellavision-blog-uninfected": "*", "thin-lisc-sony-uninfected": "*", "thin-mpidb-falciparum": "fold0"},
        "b": {
            "thin-bccd-uninfected": "*", "thin-bionet-olympus-uninfected": "*", "thin-phone-uganda-black-uninfected": "*",
            "thin-phone-uganda-pale-uninfected": "*", "thin-md2019-falciparum": "*", "thin-mpidb-falciparum": "fold1",
        },
        "c": {
            "thin-chula-uninfected": "*", "thin-thesis-purple-uninfected": "*", "thin-thesis-hs2-uninfected": "*",
            "thin-milab-focus-uninfected": "*", "thin-nih-falciparum": "*", "cells-nih-falciparum": "*", "thin-mpidb-falciparum": "fold2",
        },
    },
    "thick": {
        "a": {"lacuna-a": "*", "makerere-phone": "*"},
        "b": {"lacuna-c": "*", "lacuna-d": "*", "nih-phone": "*", "thick-fiocruz": "fold1", "thick-mlab": "fold1"},
        "c": {"thick-mlab": "*", "thick-mlab-fullres": "*"},
    },
}

# Sets that the third look learns from and is measured on.
SETS = {
    "thin": (
        "thin-mpidb-falciparum", "thin-nih-falciparum", "thin-iml-vivax", "thin-md2019-falciparum",
        "thin-chula-uninfected", "thin-bccd-uninfected", "thin-txlpbc-uninfected",
        "thin-phone-uganda-black-uninfected", "thin-phone-uganda-pale-uninfected", "thin-bionet-olympus-uninfected",
        "thin-thesis-purple-uninfected", "thin-thesis-hs2-uninfected", "thin-cellavision-blog-uninfected",
        "thin-lisc-sony-uninfected", "thin-milab-focus-uninfected",
    ),
    "thick": ("thick-fiocruz", "thick-mlab", "thick-mlab-fullres", "thick-own", "thick-lacuna", "thick-nih-falciparum"),
}

# Filled frames left a trace around each parasite, which would give the answer away.
RECALL_ONLY = ("thick-nih-falciparum",)


def camera(name, file, group=None):
    """The camera that took a picture: its set, but for phone pictures of thick films that came in one folder."""
    file = Path(file).name
    if name == "thick-lacuna":
        return f"lacuna-{(group or 'a').lower()}"
    if name == "thick-nih-falciparum" or (name == "thick-own" and file.startswith("nih_")):
        return "nih-phone"
    if name == "thick-own":
        # They come from the phone of the known malaria-free picture.
        return "lacuna-c" if file.startswith("lacuna_") else "makerere-phone"
    return name


def left_out(film, group, folds, name, cam, slide):
    """Whether a group leaves a picture out. `folds` is what splits.folds gives."""
    rule = GROUPS[film][group].get(name) or GROUPS[film][group].get(cam)
    return rule == "*" or (rule is not None and slide in folds[rule].get(name, ()))


def unseen_by(film, folds, name, slide):
    """A fold whose nets have not seen a slide of a set."""
    for fold in ("fold0", "fold1", "fold2"):
        held = folds[fold].get(name, ())
        if held == ["*"] or slide in held:
            return fold
    return "fold0"


if __name__ == "__main__":
    print(*GROUPS[sys.argv[1]])
