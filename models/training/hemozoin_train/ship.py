"""Puts a third look and what was measured of it into a bundle.

`ship.py FILM --base BUNDLE --third RUN --figures FILE --out BUNDLE`: the first two nets and what is not named in FILE stay
as they are in BASE. FILE is what settle.py wrote. With `--first RUN` the first two nets are those of a fold.
"""

import argparse
import hashlib
import json
import tempfile
import tomllib
from pathlib import Path

import numpy as np

from . import evaluate, export, third
from .films import FILMS

CREDITS = {
    "thin": [
        ("thin-md2019-falciparum", "MD-2019, S. S. Abbas and T. M. H. Dijkstra 2019", "CC BY 4.0"),
        ("thin-phone-uganda-black-uninfected", "Ugandan sickle-cell pictures (black and pale discs)", "none stated"),
        ("thin-bionet-olympus-uninfected", "Bio-net, Shams et al. 2024", "none stated"),
        ("thin-thesis-purple-uninfected", "pictures of a student's thesis (purple, hs2)", "none stated"),
        ("thin-cellavision-blog-uninfected", "Zheng et al. 2018", "offered for research"),
        ("thin-lisc-sony-uninfected", "LISC", "offered for research"),
        ("thin-milab-focus-uninfected", "miLab multi-focus pictures", "none stated"),
        ("imagenet", "first weights of the third look: EfficientNet-lite0 by Google, trained on ImageNet", "Apache-2.0"),
    ],
    "thick": [
        ("thick-lacuna", "Lacuna Fund: Makerere AI Lab and minoHealth AI Labs", "CC BY 4.0"),
        ("imagenet", "first weights of the third look: EfficientNet-lite0 by Google, trained on ImageNet", "Apache-2.0"),
    ],
}


def value(v):
    if isinstance(v, bool):
        return str(v).lower()
    if isinstance(v, str):
        return json.dumps(v, ensure_ascii=False)
    return str(v)


def written(table, name=""):
    """TOML of nested tables and lists of tables."""
    plain = [f"{k} = {value(v)}" for k, v in table.items() if not (isinstance(v, dict) or (isinstance(v, list) and v and isinstance(v[0], dict)))]
    out = ["\n".join(plain)] if plain else []
    for key, v in table.items():
        path = f"{name}.{key}" if name else key
        if isinstance(v, dict):
            out.append(f"[{path}]\n{written(v, path)}")
        elif isinstance(v, list) and v and isinstance(v[0], dict):
            out += [f"[[{path}]]\n{written(row, path)}" for row in v]
    return "\n\n".join(out)


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("film", choices=FILMS)
    p.add_argument("--base", required=True, type=Path)
    p.add_argument("--first", help="run of a fold whose first two nets are taken instead of BASE's")
    p.add_argument("--third", required=True)
    p.add_argument("--figures", required=True)
    p.add_argument("--version")
    p.add_argument("--out", required=True, type=Path)
    a = p.parse_args()
    film = FILMS[a.film]
    bundle = tomllib.loads((a.base / "bundle.toml").read_text())
    nets = {name: (a.base / f"{name}.onnx").read_bytes() for name in ("model", "second")}
    a.out.mkdir(parents=True, exist_ok=True)
    for name, onnx in nets.items():
        (a.out / f"{name}.onnx").write_bytes(onnx)
    if a.first:
        net, again = evaluate.load_nets(film, a.first)
        export.onnx(net, film, a.out / "model.onnx")
        export.onnx(again, film, a.out / "second.onnx", film.second_side)
    third.write_onnx(third.load(a.third), a.out / "third.onnx")
    figures = json.loads(Path(a.figures).read_text())
    bundle["version"] = a.version or bundle["version"]
    bundle["weights_sha256"] = digest(a.out / "model.onnx")
    bundle["second"]["weights_sha256"] = digest(a.out / "second.onnx")
    look = {"weights_sha256": digest(a.out / "third.onnx"), "side": third.SEEN, "channels": len(third.TERMS)}
    for row in bundle["class"]:
        given = figures["class"].get(row["term"])
        if not given:
            continue
        slope, shift = given["calibration"]
        row["calibration"] = [slope, shift]
        row["threshold"] = float(f"{1 / (1 + np.exp(-(slope * given['logit'] + shift))):.4f}")
        row["third"] = {"channel": third.TERMS.index(row["term"]), "from": given["from"], "weight": given["weight"]}
    for key in ("false_positive_floor", "gametocyte_floor", "suspects"):
        bundle.pop(key, None)
        if key in figures:
            bundle[key] = figures[key]
    known = {row["set"] for row in bundle["credit"]}
    bundle["credit"] += [dict(zip(("set", "credit", "licence"), row)) for row in CREDITS[a.film] if row[0] not in known]
    # Tables come after what is plain, in the order of a reader's interest.
    order = ("input", "output", "second", "third", "class", "false_positive_floor", "gametocyte_floor", "suspects", "credit")
    bundle["third"] = look
    bundle = {**{k: v for k, v in bundle.items() if k not in order}, **{k: bundle[k] for k in order if k in bundle}}
    (a.out / "bundle.toml").write_text(written(bundle) + "\n")
    print(a.out, digest(a.out / "third.onnx"))


if __name__ == "__main__":
    main()
