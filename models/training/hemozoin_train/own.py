"""Our labels on phone pictures as a COCO file, for `hemozoin evaluate`: own.py --data DATA --out FOLDER.

FOLDER gets annotations.json and a link to the pictures; nothing of the pictures themselves is copied.
"""

import argparse
import json
from pathlib import Path

from .evaluate import own_truth
from .data import OWN

KINDS = {"parasite": 1, "wbc": 2, "ignore": 3}


def write(out, source, coco):
    """A folder for `hemozoin evaluate`: annotations and a link to the pictures of the set that lies at `source`."""
    out.mkdir(parents=True, exist_ok=True)
    if not (out / "images").exists():
        (out / "images").symlink_to(source / "images")
    (out / "annotations.json").write_text(json.dumps(coco))
    print(out, len(coco["images"]), "pictures,", len(coco["annotations"]), "boxes")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    source, out = Path(a.data).resolve() / "thick-unlabelled", Path(a.out)
    known = {Path(i["file_name"]).name: i for i in json.loads((source / "annotations.json").read_text())["images"]}
    scale = {name: entry["um_per_px"] for name, entry in json.loads(OWN.read_text())["pictures"].items()}
    images, notes = [], []
    for name, entry in sorted(own_truth().items()):
        image = {**known[name], "um_per_px": scale[name], "complete": entry["complete"], "slide": name}
        images.append(image)
        for kind, x, y, w, h, _ in entry["notes"]:
            notes.append({"id": len(notes) + 1, "image_id": image["id"], "category_id": KINDS[kind], "bbox": [x, y, w, h], "area": w * h, "iscrowd": 0, "attributes": {}})
    categories = [{"id": i, "name": kind} for kind, i in KINDS.items()]
    write(out, source, {"images": images, "annotations": notes, "categories": categories})


if __name__ == "__main__":
    main()
