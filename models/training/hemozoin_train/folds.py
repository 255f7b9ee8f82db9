"""Per-fold bundles with the held-out part of each set, for the engine's own `evaluate`.

The thresholds of a fold's bundle come from the other folds' held-out slides, or from a file that was decided on
(`--figures`).
"""

import argparse
import json
from pathlib import Path

from . import calibrate, export, splits
from .films import FILMS


def subset(folder, slides_of, slides):
    coco = json.loads((folder / "annotations.json").read_text())
    images = [i for i in coco["images"] if slides == ["*"] or slides_of(i) in slides]
    ids = {i["id"] for i in images}
    return {**coco, "images": images, "annotations": [n for n in coco["annotations"] if n["image_id"] in ids]}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("film", choices=FILMS)
    p.add_argument("--data", required=True)
    p.add_argument("--runs", required=True, help="folder that holds FILM-FOLD run folders")
    p.add_argument("--made", required=True, help="folder with what own.py and stages.py wrote")
    p.add_argument("--out", required=True)
    p.add_argument("--figures", default=None)
    a = p.parse_args()
    film = FILMS[a.film]
    table = splits.folds(a.data, a.film)
    runs = {f: Path(a.runs) / f"{a.film}-{f}" for f in table if (Path(a.runs) / f"{a.film}-{f}" / "candidates.json").exists()}
    for fold, run in runs.items():
        target = Path(a.out) / f"{a.film}-{fold}"
        target.mkdir(parents=True, exist_ok=True)
        others = [r for f, r in runs.items() if f != fold and f.startswith("fold")]
        chosen = json.loads(Path(a.figures).read_text()) if a.figures else calibrate.figures(film, a.data, others or [run])
        (target / "figures.json").write_text(json.dumps(chosen, indent=1))
        export.bundle(film, run, target, target / "figures.json")
        for name, slides in table[fold].items():
            slide_of = lambda i: i["slide"] or (Path(i["file_name"]).name.split("_")[0] if name == "thick-mlab" else "")
            made = Path(a.made)
            for folder in (made / name if name == "thick-own" else Path(a.data) / name, made / f"{name}-stages"):
                if folder.exists():
                    part = subset(folder, slide_of, slides)
                    (target / f"test-{folder.name}.json").write_text(json.dumps(part))
                    print(target, folder.name, len(part["images"]))


if __name__ == "__main__":
    main()
