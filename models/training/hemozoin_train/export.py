"""Writes model.onnx and second.onnx (batch norm folded, fixed shapes) and bundle.toml."""

import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from .evaluate import load_nets

CREDITS = {
    "thin": [
        ("thin-mpidb-falciparum", "MP-IDB, A. Loddo et al. 2018, images of CHUV Lausanne", "MIT"),
        ("thin-nih-falciparum", "Courtesy of the U.S. National Library of Medicine", "public domain"),
        ("cells-nih-falciparum", "Courtesy of the U.S. National Library of Medicine (Rajaraman et al. 2018)", "public domain"),
        ("thin-iml-vivax", "IML-Malaria, Q. A. Arshad et al. 2022", "offered for research"),
        ("thin-chula-uninfected", "Chula RBC-12, Chulalongkorn University", "MIT"),
        ("thin-bccd-uninfected", "BCCD dataset", "MIT"),
        ("thin-txlpbc-uninfected", "TXL-PBC, L. Gan et al. 2024", "MIT"),
    ],
    "thick": [
        ("thick-fiocruz", "Fiocruz thick blood smears", "CC BY 4.0"),
        ("thick-mlab", "MalariaLab thick films", "none stated"),
        ("thick-unlabelled", "Makerere University, U.S. National Library of Medicine and others", "mixed, pictures not redistributed"),
    ],
}


def onnx(net, film, path, tile=None):
    tile = tile or film.tile
    with torch.inference_mode():
        torch.onnx.export(net, torch.zeros(1, 3, tile, tile), str(path), opset_version=13, dynamo=False, input_names=["image"], output_names=["maps"])


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def bundle(film, run, out, figures, floor=None):
    """`run` holds weights.pt, `figures` is what calibrate wrote; `floor`, what floor.py wrote, goes in as it is."""
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    net, judge_again = load_nets(film, run)
    onnx(net, film, out / "model.onnx")
    onnx(judge_again, film, out / "second.onnx", film.second_side)
    figures = json.loads(Path(figures).read_text())
    second_digest = hashlib.sha256((out / "second.onnx").read_bytes()).hexdigest()
    digest = hashlib.sha256((out / "model.onnx").read_bytes()).hexdigest()
    k = len(film.classes)
    lines = [
        "schema = 1",
        f'name = "{film.bundle}"',
        f'version = "{film.version}"',
        f'film = "{film.name}"',
        f"um_per_px = {film.shown_um_per_px}",
        'licence = "MIT OR Apache-2.0"',
        f'weights_sha256 = "{digest}"',
        "",
        "[input]",
        f"tile = {film.tile}",
        f"other_tiles = {list(film.other_tiles)}",
        f"halo = {film.halo}",
        "mean = [0.5, 0.5, 0.5]",
        "std = [0.25, 0.25, 0.25]",
        "",
        "[input.balance]",
        "percentile = 90",
        f"target = {[float(v) for v in film.balance]}",
        "",
        "[output]",
        "stride = 4",
        f"channels = {film.channels}",
        "",
        "[second]",
        f'weights_sha256 = "{second_digest}"',
        f"side = {film.second_side}",
        f"channels = {len(film.second_classes)}",
    ]
    for i, term in enumerate(film.terms):
        c, item = film.heat(term), figures["class"][term]
        a, b = max(item["a"], 0.05), item["b"]
        lines += [
            "",
            "[[class]]",
            f'term = "{term}"',
            f"heat = {c}",
            f"size = [{k + 2 * c}, {k + 2 * c + 1}]",
            f"threshold = {sigmoid(a * item['logit'] + b):.4f}",
            f"calibration = [{a}, {b}]",
            f"min_distance_um = {film.min_distance_um[i]}",
        ]
        if term in film.dark_share:
            lines.append(f"dark_share = {film.dark_share[term]}")
        if term in film.second_classes:
            lines += ["[class.second]", f"channel = {film.second_classes.index(term)}", f"from = {film.second_least}", f"weight = {film.second_weight}"]
    if floor:
        lines += ["", Path(floor).read_text().rstrip()]
    for name, credit, licence in CREDITS[film.name]:
        lines += ["", "[[credit]]", f'set = "{name}"', f'credit = "{credit}"', f'licence = "{licence}"']
    (out / "bundle.toml").write_text("\n".join(lines) + "\n")
    return digest
