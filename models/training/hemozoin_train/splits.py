"""Cross-validation folds: by slide or patient; a set without slides is one group."""

import json
from pathlib import Path

from .data import OWN

THIN = [
    {
        "thin-mpidb-falciparum": ["1704282807", "1408290968"],
        "thin-nih-falciparum": ["C84P45"],
        "thin-iml-vivax": ["run0", "run1", "run2"],
        "thin-txlpbc-uninfected": [""],
    },
    {
        "thin-mpidb-falciparum": ["1701151546", "1603223711"],
        "thin-nih-falciparum": ["C52P13"],
        "thin-iml-vivax": ["run3", "run4", "run5"],
        "thin-bccd-uninfected": [""],
    },
    {
        "thin-mpidb-falciparum": ["1409171742", "1409191647", "1305121398"],
        "thin-nih-falciparum": ["C39P4", "C38P3"],
        "thin-iml-vivax": ["run6", "run7"],
        "thin-chula-uninfected": [""],
    },
]


def _thick(root):
    """Fiocruz slides dealt by their number of parasites; mlab by species and by the slides guessed."""
    coco = json.loads((Path(root) / "thick-fiocruz" / "annotations.json").read_text())
    slide = {i["id"]: i["slide"] for i in coco["images"]}
    count = {s: 0 for s in slide.values()}
    for note in coco["annotations"]:
        count[slide[note["image_id"]]] += 1
    folds = [{"thick-fiocruz": [], "thick-mlab": []} for _ in range(3)]
    load = [0, 0, 0]
    for name in sorted(count, key=lambda s: (-count[s], s)):
        k = load.index(min(load))
        folds[k]["thick-fiocruz"].append(name)
        load[k] += count[name]
    coco = json.loads((Path(root) / "thick-mlab" / "annotations.json").read_text())
    named = sorted({i["slide"] for i in coco["images"]} - {""})
    # pm, po, pv: the fields of the other species, each kept together (see data.load)
    folds[0]["thick-mlab"] = ["pm", *named[0::3]]
    folds[1]["thick-mlab"] = ["po", *named[1::3]]
    folds[2]["thick-mlab"] = ["pv", *named[2::3]]
    # Our own labels on phone pictures: fold0 sees none of them, so that one fold shows a site never seen.
    own = sorted(json.loads(OWN.read_text())["pictures"])
    folds[0]["thick-own"] = ["*"]
    folds[1]["thick-own"] = own[0::3]
    folds[2]["thick-own"] = own[1::3]
    return folds


def folds(root, film):
    """fold name -> set -> held-out slides. `to-SET` folds hold out a whole site."""
    if film == "thin":
        return {f"fold{k}": f for k, f in enumerate(THIN)}
    out = {f"fold{k}": f for k, f in enumerate(_thick(root))}
    # One public set alone to learn from: the other and our own labels are held out.
    out["to-mlab"] = {"thick-mlab": ["*"], "thick-own": ["*"]}
    out["to-fiocruz"] = {"thick-fiocruz": ["*"], "thick-own": ["*"]}
    return out


def apart(sets, held_out):
    """Splits loaded sets into training and held-out pictures."""
    train, test = {}, {}
    for name, pictures in sets.items():
        slides = held_out.get(name, [])
        is_out = [p.slide in slides or slides == ["*"] for p in pictures]
        train[name] = [p for p, o in zip(pictures, is_out) if not o]
        test[name] = [p for p, o in zip(pictures, is_out) if o]
    return train, test
