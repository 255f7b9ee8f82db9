"""Reads exported labels with the libraries that other programs use, and prints what they understood as JSON.

    read_back.py IMAGES EXPORTED

IMAGES holds the pictures of one film; EXPORTED holds annotations.json (COCO), yolo/ and voc/. Per form and picture: a list of
[category, left, top, right, bottom] in pixels.
"""

import json
import sys
from pathlib import Path

import supervision
from pycocotools.coco import COCO


def coco(path):
    found = COCO(str(path))
    names = {category["id"]: category["name"] for category in found.loadCats(found.getCatIds())}
    boxes = {}
    for image in found.loadImgs(found.getImgIds()):
        inside = boxes.setdefault(Path(image["file_name"]).stem, [])
        for one in found.loadAnns(found.getAnnIds(imgIds=[image["id"]])):
            x, y, width, height = one["bbox"]
            inside.append([names[one["category_id"]], x, y, x + width, y + height])
    return boxes


def dataset(found):
    return {
        Path(path).stem: [
            [found.classes[number], *map(float, box)] for number, box in zip(seen.class_id, seen.xyxy)
        ]
        for path, _, seen in found
    }


def main():
    images, exported = map(Path, sys.argv[1:3])
    labels = next((exported / "yolo" / "labels").glob("*/*"))
    voc = next((exported / "voc").glob("*/*"))
    read = {
        "coco": coco(exported / "annotations.json"),
        "yolo": dataset(
            supervision.DetectionDataset.from_yolo(str(images), str(labels), str(exported / "yolo" / "data.yaml"))
        ),
        "voc": dataset(supervision.DetectionDataset.from_pascal_voc(str(images), str(voc))),
    }
    # pycocotools talks on stdout.
    print("\n" + json.dumps(read))


if __name__ == "__main__":
    main()
