"""What a call costs through Python, against the library: prints the table of docs/python.md.

    cargo build --release --example calls
    pip install WHEEL numpy pillow          # a wheel of `maturin build --release`
    python bindings/python/bench.py target/release/examples/calls

Both sides work on one thread; each number is the median of many calls. Build both with the same profile.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

import hemozoin

REPOSITORY = Path(__file__).resolve().parents[2]
PICTURE = REPOSITORY / "samples/patient-1/goutte-epaisse/01.jpg"
ENGINE = hemozoin.Engine(threads=1)


def median(rounds: int, call: Callable[[], object]) -> float:
    call()
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def read(picture: hemozoin.PictureLike) -> hemozoin.Record:
    slide = ENGINE.slide("N-1", film="thick", um_per_px=0.125)
    slide.add(picture, "1.jpg")
    return slide.run()


def main() -> None:
    file = PICTURE.read_bytes()
    pixels = np.asarray(Image.open(PICTURE).convert("RGB"))
    tiny = np.zeros((64, 64, 3), np.uint8)
    text = read(file).json
    here = {
        "tiny": median(400, lambda: read(tiny)),
        "file": median(9, lambda: read(file)),
        "pixels": median(9, lambda: read(pixels)),
        "record": median(400, lambda: hemozoin.Record.of_json(text)),
    }
    there = json.loads(subprocess.run([sys.argv[1], PICTURE], capture_output=True, check=True).stdout)
    print("| call | library, ms | Python, ms | calls per second through Python | Python adds |")
    print("|---|---|---|---|---|")
    for key, name in (
        ("tiny", "a slide of one picture of 64 x 64 pixels (refused as too small)"),
        ("file", "a slide of one field, 1600 x 1200, as the bytes of its file"),
        ("pixels", "the same as a numpy array"),
        ("record", "a stored record of that field read again"),
    ):
        added = here[key] - there[key]
        print(
            f"| {name} | {1e3 * there[key]:.2f} | {1e3 * here[key]:.2f} | {1 / here[key]:.0f} "
            f"| {1e3 * added:.2f} ms ({100 * added / there[key]:.1f} %) |"
        )


if __name__ == "__main__":
    main()
