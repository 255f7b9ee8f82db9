"""Our reading of gametocytes as COCO files, for `hemozoin evaluate`: stages.py --data DATA --out FOLDER.

FOLDER/SET-stages gets the annotations of the falciparum pictures of each set that we read and a link to the pictures;
nothing of the pictures themselves is copied. What we could not tell, and what is no parasite to our eyes, is `ignore`.
"""

import argparse
import json
from pathlib import Path

from .evaluate import our_reading
from .own import write


def staged(coco, read):
    """The same annotations with stages; pictures of other species, whose gametocytes are round, are left out."""
    images = [i for i in coco["images"] if i.get("species") == "falciparum"]
    ids = {i["id"] for i in images}
    kinds = {c["name"]: c["id"] for c in coco["categories"]}
    ignore = kinds.setdefault("ignore", max(kinds.values()) + 1)
    notes = []
    for note in coco["annotations"]:
        if note["image_id"] not in ids:
            continue
        if note["category_id"] == kinds["parasite"]:
            what = read.get(note["id"], "asexual")
            if what in ("unclear", "suspect"):
                note = {**note, "category_id": ignore}
            else:
                note = {**note, "attributes": {**(note.get("attributes") or {}), "stage": what}}
        notes.append(note)
    categories = [{"id": i, "name": name} for name, i in kinds.items()]
    return {"images": images, "annotations": notes, "categories": categories}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    for name, read in our_reading().items():
        source = Path(a.data).resolve() / name
        write(Path(a.out) / f"{name}-stages", source, staged(json.loads((source / "annotations.json").read_text()), read))


if __name__ == "__main__":
    main()
