"""What a call costs through each door, against the library: prints two tables.

    cargo build --release --example calls --bin hemozoin --lib --package hemozoin --package hemozoin-c
    pip install WHEEL numpy pillow requests 'ray[data]'         # a wheel of `maturin build --release`
    python bindings/python/bench.py target/release

Every side works on one thread; each number is the median of many calls. Build all of them with the same profile.
"""

from __future__ import annotations

import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import requests
from PIL import Image

import hemozoin

REPOSITORY = Path(__file__).resolve().parents[2]
PICTURES = sorted((REPOSITORY / "samples/patient-1/goutte-epaisse").glob("*.jpg"))
UM_PER_PX = 0.125
ENGINE = hemozoin.Engine(threads=1)
ONE_THREAD = os.environ | {"RAYON_NUM_THREADS": "1"}
TINY_ROUNDS, FIELD_ROUNDS, RAY_FIELDS, RAY_SLIDES = 200, 5, 6, 40


def median(rounds: int, call: Callable[[], object]) -> float:
    call()
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def read(picture: hemozoin.PictureLike) -> hemozoin.Record:
    slide = ENGINE.slide("N-1", film="thick", um_per_px=UM_PER_PX)
    slide.add(picture, "1.jpg")
    return slide.run()


def encoded(pixels: npt.NDArray[np.uint8]) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def through_c(built: Path, folder: Path, file: bytes, rounds: int) -> float:
    program, picture = folder / "calls", folder / "1.jpg"
    picture.write_bytes(file)
    if not program.exists():
        source, headers = REPOSITORY / "bindings/c/examples/calls.c", REPOSITORY / "bindings/c/include"
        library = built / "libhemozoin_c.so"
        (folder / "libhemozoin_c.so.0").symlink_to(library.resolve())
        subprocess.run(
            ["cc", "-O2", "-I", str(headers), str(source), "-o", str(program), str(library), f"-Wl,-rpath,{folder}"],
            check=True,
        )
    command = [str(program), str(picture), str(rounds), str(UM_PER_PX)]
    return float(subprocess.run(command, env=ONE_THREAD, capture_output=True, check=True).stdout)


class Service:
    """`hemozoin serve` on one thread."""

    def __init__(self, built: Path, folder: Path) -> None:
        command = [str(built / "hemozoin"), "--quiet", "serve", "--out", str(folder / "served"), "--listen", "127.0.0.1:0"]
        self.process = subprocess.Popen(command, env=ONE_THREAD, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip().rstrip("/")
        self.session = requests.Session()

    def examine(self, file: bytes) -> None:
        facts = json.dumps({"slide": "N-1", "um_per_px": UM_PER_PX})
        parts: dict[str, tuple[str | None, bytes]] = {"thick": ("1.jpg", file), "facts": (None, facts.encode())}
        answer = self.session.post(f"{self.address}/v1/examine", files=parts, timeout=600)
        answer.raise_for_status()
        hemozoin.Record.of_json(answer.content)


def through_ray(folder: Path, files: list[bytes]) -> float:
    """Seconds for each slide of an archive on one worker, its journal, records and tables with it. A first archive has
    the worker started.
    """
    import ray

    import hemozoin.ray as many

    took = 0.0
    for name, slides in (("first", files[:1]), ("all", files)):
        root = folder / name
        for at, file in enumerate(slides):
            (root / f"N-{at}" / "ge").mkdir(parents=True)
            (root / f"N-{at}" / "ge" / "1.png").write_bytes(file)
        began = time.perf_counter()
        many.run(root, folder / f"{name}-out", um_per_px=UM_PER_PX)
        took = time.perf_counter() - began
    return took / len(files)


def doors(built: Path, there: dict[str, float]) -> None:
    field, tiny = PICTURES[0].read_bytes(), encoded(np.zeros((64, 64, 3), np.uint8))
    rows: list[tuple[str, float, float]] = [("the library (Rust)", there["file"], there["tiny_file"])]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        c = [through_c(built, folder, file, rounds) for file, rounds in ((field, FIELD_ROUNDS), (tiny, TINY_ROUNDS))]
        rows.append(("C", c[0], c[1]))
        python = [median(FIELD_ROUNDS, lambda: read(field)), median(TINY_ROUNDS, lambda: read(tiny))]
        rows.append(("Python", python[0], python[1]))
        service = Service(built, folder)
        http = [median(FIELD_ROUNDS, lambda: service.examine(field)), median(60, lambda: service.examine(tiny))]
        service.process.terminate()
        service.process.wait()
        rows.append(("HTTP (`POST /v1/examine`, and the answer read)", http[0], http[1]))
        import ray

        ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False)
        ray.data.DataContext.get_current().enable_progress_bars = False
        # No two slides of an archive may be one picture: each is cut at its own place.
        pixels = np.asarray(Image.open(PICTURES[0]).convert("RGB"))
        cuts = [encoded(pixels[at : at + 64, at : at + 64]) for at in range(RAY_SLIDES)]
        many = [through_ray(folder / str(at), files) for at, files in enumerate((
            [path.read_bytes() for path in PICTURES[:RAY_FIELDS]], cuts,
        ))]
        alone = statistics.mean(median(1, lambda: read(path.read_bytes())) for path in PICTURES[:RAY_FIELDS])
    print("| door | a field, ms | calls per second | added to a field | a picture too small to be read, ms | calls per second |")
    print("|---|---|---|---|---|---|")
    for door, whole, small in rows:
        added = whole - there["file"]
        share = f"{1e3 * added:.1f} ms ({100 * added / there['file']:.1f} %)" if added != 0 else "–"
        print(f"| {door} | {1e3 * whole:.1f} | {1 / whole:.2f} | {share} | {1e3 * small:.2f} | {1 / small:.0f} |")
    added = many[0] - alone
    print(
        f"| Ray, one worker, {RAY_FIELDS} fields ({1e3 * alone:.1f} ms each through Python), journal and tables with it "
        f"| {1e3 * many[0]:.1f} | {1 / many[0]:.2f} | {1e3 * added:.1f} ms ({100 * added / alone:.1f} %) "
        f"| {1e3 * many[1]:.2f} | {1 / many[1]:.0f} |"
    )


def python_alone(there: dict[str, float]) -> None:
    file = PICTURES[0].read_bytes()
    pixels = np.asarray(Image.open(PICTURES[0]).convert("RGB"))
    tiny = np.zeros((64, 64, 3), np.uint8)
    text = read(file).json
    here = {
        "tiny": median(TINY_ROUNDS, lambda: read(tiny)),
        "file": median(FIELD_ROUNDS, lambda: read(file)),
        "pixels": median(FIELD_ROUNDS, lambda: read(pixels)),
        "record": median(TINY_ROUNDS, lambda: hemozoin.Record.of_json(text)),
    }
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
    folder = Path(sys.argv[1]).resolve()
    command = [str(folder / "examples/calls"), str(PICTURES[0])]
    library: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    doors(folder, library)
    print(flush=True)
    python_alone(library)
