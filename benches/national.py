"""What an archive of a country costs, from rates measured here: prints the tables of docs/many-machines.md.

    python benches/national.py target/release/hemozoin DATA [--fields 10000000] [--cores 16] ...

Reads 20 real fields of each film from DATA as an archive on one thread, in two parts that are joined, and reckons with what
that took. Needs nothing but Python; prices are assumptions, to be given as they are where you are.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SETS = {"thick": ["thick-fiocruz"], "thin": ["thin-mpidb-falciparum", "thin-iml-vivax"]}
"""Sets with whole fields of a camera at a scale that is known."""
FIELDS, PER_SLIDE = 20, 5


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def command(*words: object) -> tuple[float, float]:
    """Seconds of a command, and of the processor."""
    wall, before = time.perf_counter(), cpu()
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode > 1:
        sys.exit(done.stderr)
    return time.perf_counter() - wall, cpu() - before


def size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) if path.is_dir() else path.stat().st_size


def measured(program: str, data: Path, film: str) -> dict[str, float]:
    """What one field takes: seconds, bytes."""
    pictures = []
    for name in SETS[film]:
        images = json.loads((data / name / "annotations.json").read_text())["images"]
        step = len(images) * len(SETS[film]) // FIELDS
        chosen = images[:: max(1, step)][: FIELDS // len(SETS[film])]
        pictures += [(data / name / "images" / i["file_name"], i["um_per_px"]) for i in chosen]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = ["slide,pictures,film,um_per_px"]
        for at in range(0, len(pictures), PER_SLIDE):
            part = pictures[at : at + PER_SLIDE]
            for number, (picture, _) in enumerate(part):
                (folder / f"S{at}").mkdir(exist_ok=True)
                (folder / f"S{at}" / f"{number}.jpg").symlink_to(picture.resolve())
            lines.append(f"N-{at},{'|'.join(f'S{at}/{n}.jpg' for n in range(len(part)))},{film},{part[0][1]}")
        manifest = folder / "list.csv"
        manifest.write_text("\n".join(lines) + "\n")
        base = [program, "--quiet", "--lang", "en", "--threads", "1", "archive"]
        wall = used = 0.0
        for part in ("1", "2"):
            seconds, of_cpu = command(*base, "run", manifest, "--out", folder / part, "--shard", f"{part}/2")
            wall, used = wall + seconds, used + of_cpu
        joined, _ = command(*base, "join", folder / "1", folder / "2", "--out", folder / "whole")
        n = len(pictures)
        out = folder / "whole"
        tables = sum(size(out / f"{name}.{form}") for name in ("slides", "fields") for form in ("csv", "parquet"))
        return {
            "seconds": wall / n,
            "cpu": used / n,
            "join": joined / n,
            "picture": sum(picture.stat().st_size for picture, _ in pictures) / n,
            "records": size(out / "records") / n,
            "pages": size(out / "slides") / n,
            "journal": size(out / "journal.sqlite") / n,
            "tables": tables / n,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("data", type=Path)
    parser.add_argument("--fields", type=float, default=10e6)
    parser.add_argument("--picture-mb", type=float, default=3.0, help="of a picture as it lies in the archive")
    parser.add_argument("--cores", type=int, default=16, help="of one machine")
    parser.add_argument("--yield", dest="yielded", type=float, default=0.9, help="of a core where all are busy")
    parser.add_argument("--core-hour", type=float, default=0.04, help="price of a core for an hour")
    parser.add_argument("--gb-month", type=float, default=0.02, help="price of a GB for a month")
    parser.add_argument("--gb-out", type=float, default=0.0, help="price of a GB fetched from the store")
    parser.add_argument("--store-mb-s", type=float, default=500.0, help="what the store gives, MB/s")
    given = parser.parse_args()
    rates = {film: measured(given.program, given.data, film) for film in SETS}
    print(f"One core of: {cpu_name()}; {os.cpu_count()} cores, one used.\n")
    print("| a field | " + " | ".join(SETS) + " |")
    print("|---|" + "---|" * len(SETS))
    for key, unit, name in (
        ("seconds", "s", "seconds on one core, all with it (t)"),
        ("cpu", "s", "of them of the processor"),
        ("join", "ms", "joining parts (j)"),
        ("picture", "kB", "its picture in these sets"),
        ("records", "kB", "its part of the records"),
        ("journal", "kB", "of the journal"),
        ("tables", "kB", "of the tables"),
        ("pages", "kB", "of the pages of slides, pictures within"),
    ):
        scale = {"s": 1, "ms": 1e3, "kB": 1e-3}[unit]
        shown = " | ".join(f"{rates[film][key] * scale:.2f}" for film in SETS)
        print(f"| {name}, {unit} | {shown} |")
    n = given.fields
    print(f"\n| {n:,.0f} fields | formula | " + " | ".join(SETS) + " |")
    print("|---|---|" + "---|" * len(SETS))

    def row(name: str, formula: str, value) -> None:  # noqa: ANN001
        print(f"| {name} | {formula} | " + " | ".join(value(rates[film]) for film in SETS) + " |")

    def core_hours(r: dict[str, float]) -> float:
        return n * r["seconds"] / 3600 / given.yielded

    def kept(r: dict[str, float]) -> float:
        return n * (r["records"] + r["journal"] + r["tables"] + r["pages"]) / 1e9

    def cores_of_store(r: dict[str, float]) -> float:
        return given.store_mb_s / given.picture_mb * r["seconds"] / given.yielded

    row("hours of one core", f"N t / 3600 / {given.yielded}", lambda r: f"{core_hours(r):,.0f}")
    for machines in (1, 8, 64):
        row(
            f"days on {machines} machine{'s' if machines > 1 else ''} of {given.cores} cores",
            f"hours / 24 / {machines * given.cores}",
            lambda r, m=machines: f"{core_hours(r) / 24 / m / given.cores:,.1f}",
        )
    row("price of reading", f"hours x {given.core_hour}", lambda r: f"{core_hours(r) * given.core_hour:,.0f}")
    row("pictures, TB", f"N x {given.picture_mb} MB", lambda _: f"{n * given.picture_mb / 1e6:,.1f}")
    row(
        "their place for a month, price",
        f"GB x {given.gb_month}",
        lambda _: f"{n * given.picture_mb / 1e3 * given.gb_month:,.0f}",
    )
    row("fetching them once, price", f"GB x {given.gb_out}", lambda _: f"{n * given.picture_mb / 1e3 * given.gb_out:,.0f}")
    row("what comes out, GB", "N x (records + journal + tables + pages)", lambda r: f"{kept(r):,.0f}")
    row("joining, hours of one core", "N j / 3600", lambda r: f"{n * r['join'] / 3600:,.1f}")
    row(
        "cores that one store keeps busy",
        f"{given.store_mb_s:.0f} MB/s / {given.picture_mb} MB x t / {given.yielded}",
        lambda r: f"{cores_of_store(r):,.0f}",
    )
    row("cores that one writer keeps busy", "t / j", lambda r: f"{r['seconds'] / r['join']:,.0f}")


def cpu_name() -> str:
    with open("/proc/cpuinfo") as lines:
        return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "?")


if __name__ == "__main__":
    main()
