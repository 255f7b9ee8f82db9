"""Archives on a Ray cluster are those of `hemozoin archive run`, byte for byte, whoever dies."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from conftest import THICK, THIN, answer
from PIL import Image

import hemozoin
import hemozoin.ray as many
from hemozoin.ray._worker import read_slide

SLIDES = 10
KEY = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Slides as an archive has them: both films, a sheet, a copy, damage, a slide without a film, foreign files."""
    root = tmp_path_factory.mktemp("slides") / "2026"
    for number in range(SLIDES):
        slide = root / f"N-{number}"
        for film, pictures in (("ge", THICK), ("frottis", THIN)):
            if film == "frottis" and number % 3:
                continue
            (slide / film).mkdir(parents=True)
            for at in range(2):
                picture = Image.open(pictures[(number + at) % len(pictures)])
                picture.crop((8 * number, 0, 8 * number + 400, 300)).save(slide / film / f"{at}.png")
        (slide / "slide.toml").write_text(f'patient_id = "P-{number}"\num_per_px = "0.125"\n')
    (root / "N-1" / "ge" / "2.jpg").write_bytes(THICK[0].read_bytes()[:5_000])
    shutil.copy(root / "N-2" / "ge" / "0.png", root / "N-2" / "ge" / "copy.png")
    (root / "N-3" / "ge" / "notes").write_text("nothing")
    shutil.copy(root / "N-4" / "ge" / "0.png", root / "N-4" / "ge" / "without-ending")
    (root / "unstated").mkdir()
    shutil.copy(root / "N-5" / "ge" / "0.png", root / "unstated" / "0.png")
    return root


@pytest.fixture(scope="module")
def alone(tree: Path, command: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive as one machine makes it."""
    out = tmp_path_factory.mktemp("alone") / "out"
    answer(command, "--lang", "en", "archive", "run", tree, "--out", out)
    return out


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """Ray with more workers than this machine has cores."""
    ray = pytest.importorskip("ray")
    os.environ |= KEY
    ray.init(num_cpus=4, include_dashboard=False, log_to_driver=False, object_store_memory=200_000_000)
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield
    ray.shutdown()


@pytest.fixture(scope="module")
def store(tree: Path) -> Iterator[dict[str, str]]:
    """A server that speaks S3, with the slides in it: the options of `fsspec`."""
    import boto3

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    os.environ |= KEY
    client = boto3.client("s3", endpoint_url=address)
    for _ in range(100):
        with contextlib.suppress(Exception):
            client.create_bucket(Bucket="lab")
            break
        time.sleep(0.2)
    for file in sorted(path for path in tree.rglob("*") if path.is_file()):
        client.upload_file(str(file), "lab", f"slides/2026/{file.relative_to(tree)}")
    yield {"endpoint_url": address}
    server.kill()
    server.wait()


@pytest.fixture(scope="module")
def web(tree: Path) -> Iterator[str]:
    """The slides over HTTP."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(tree))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def whole(out: Path) -> dict[str, bytes]:
    """Records and tables of an archive."""
    names = ["slides.csv", "fields.csv", "slides.parquet", "fields.parquet"]
    files = {name: out / name for name in names} | {file.name: file for file in (out / "records").iterdir()}
    return {name: file.read_bytes() for name, file in sorted(files.items())}


def same(one: Path, other: Path) -> None:
    ours, theirs = whole(one), whole(other)
    assert list(ours) == list(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []


def workers() -> list[int]:
    """Processes that read slides now."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and b"ray::Map(read_slide)" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
    return found


def test_a_folder_on_this_disk(cluster: None, tree: Path, alone: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    done = many.run(tree, tmp_path / "out", progress=lambda done, slides: told.append((done, slides)))
    assert (done.slides, done.slides_done) == (SLIDES + 1, SLIDES + 1)
    assert told[-1] == (done.slides, done.slides)
    same(tmp_path / "out", alone)
    pages = sorted(p.relative_to(alone) for p in alone.rglob("slides/*") if p.is_file())
    assert pages and all((tmp_path / "out" / p).read_bytes() == (alone / p).read_bytes() for p in pages)


def test_a_bucket_and_workers_that_are_killed(
    cluster: None, store: dict[str, str], alone: Path, tmp_path: Path, command: str
) -> None:
    killed: list[int] = []

    def kill(done: int, slides: int) -> None:
        """After each of the first slides, one of the workers."""
        at_work = [pid for pid in workers() if pid not in killed]
        if len(killed) < 4 and at_work:
            killed.append(at_work[0])
            os.kill(at_work[0], signal.SIGKILL)

    options = {"client_kwargs": dict(store)}
    done = many.run("s3://lab/slides/2026", tmp_path / "out", storage_options=options, progress=kill)
    assert len(killed) == 4 and done.slides_done == done.slides
    same(tmp_path / "out", alone)
    refused = subprocess.run([command, "archive", "verify", tmp_path / "out"], capture_output=True, text=True, check=False)
    assert refused.returncode == 2 and "s3://lab/slides/2026" in refused.stderr


def test_a_manifest_over_http(cluster: None, web: str, tree: Path, command: str, tmp_path: Path) -> None:
    lines = ["slide,pictures,film,site"]
    lines += [f"N-{n},N-{n}/ge/0.png|N-{n}/ge/1.png,thick,Dosso" for n in range(4)]
    lines.append("N-9,N-9/ge/0.png|N-9/ge/gone.png,thick,Dosso")
    manifest = tree / "list.csv"
    manifest.write_text("\n".join(lines) + "\n")
    try:
        answer(command, "--lang", "en", "archive", "run", manifest, "--out", tmp_path / "alone")
        done = many.run(f"{web}/list.csv", tmp_path / "out")
        here = many.run(manifest, tmp_path / "here", pictures=web)
    finally:
        manifest.unlink()
    assert done.slides == here.slides == 5
    assert done.files_failed == 1
    same(tmp_path / "out", tmp_path / "alone")
    same(tmp_path / "here", tmp_path / "alone")


def test_a_file_system_of_arrow(cluster: None, store: dict[str, str], alone: Path, tmp_path: Path) -> None:
    from pyarrow import fs

    host = store["endpoint_url"].removeprefix("http://")
    arrow = fs.S3FileSystem(
        access_key="test", secret_key="test", endpoint_override=host, scheme="http", region="us-east-1"
    )
    many.run("lab/slides/2026", tmp_path / "out", filesystem=arrow)
    same(tmp_path / "out", alone)


DRIVER = """
import sys
import ray
import hemozoin.ray as many
from hemozoin.ray._worker import read_slide

ray.init(num_cpus=4, include_dashboard=False, log_to_driver=False, object_store_memory=200_000_000)
def told(done, slides):
    print(done, flush=True)
many.run("s3://lab/slides/2026", sys.argv[1], storage_options={"client_kwargs": {"endpoint_url": sys.argv[2]}}, progress=told)
"""


def test_a_cluster_that_is_gone(
    cluster: None, store: dict[str, str], alone: Path, tmp_path: Path
) -> None:
    """Driver, raylet, store and workers are all killed, and the same call goes on."""
    out = tmp_path / "out"
    driver = subprocess.Popen(
        [sys.executable, "-c", DRIVER, out, store["endpoint_url"]],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        env=os.environ | KEY | {"RAY_ADDRESS": ""},
    )
    assert driver.stdout is not None
    known = [int(driver.stdout.readline()) for _ in range(3)]
    # Ray starts its processes in sessions of their own: they are those that descend from the driver.
    for pid in [*descendants(driver.pid), driver.pid]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    driver.wait()
    before = {file.name: file.stat().st_mtime_ns for file in (out / "records").iterdir()}
    assert len(before) >= known[-1] - 1
    options = {"client_kwargs": dict(store)}
    told: list[int] = []
    many.run("s3://lab/slides/2026", out, storage_options=options, progress=lambda done, _: told.append(done))
    assert told[0] > known[-1], "it began anew"
    same(out, alone)
    after = {file.name: file.stat().st_mtime_ns for file in (out / "records").iterdir()}
    assert all(after[name] == time for name, time in before.items()), "a slide was read twice"


def descendants(pid: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit():
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                parents.setdefault(parent, []).append(int(entry.name))
    found = []
    open_ = [pid]
    while open_:
        children = parents.get(open_.pop(), [])
        found += children
        open_ += children
    return found


def test_an_object_that_changes_is_read_again_where_asked(
    cluster: None, store: dict[str, str], tree: Path, tmp_path: Path
) -> None:
    import boto3

    client = boto3.client("s3", endpoint_url=store["endpoint_url"])
    for number in (0, 1):
        client.upload_file(str(tree / "N-5/ge/0.png"), "lab", f"few/S-{number}/ge/0.png")
    options = {"client_kwargs": dict(store)}
    out = tmp_path / "out"
    many.run("s3://lab/few", out, storage_options=options)
    client.upload_file(str(tree / "N-6/ge/0.png"), "lab", "few/S-1/ge/0.png")
    before = whole(out)
    many.run("s3://lab/few", out, storage_options=options)
    assert whole(out) == before, "what was read stays"
    many.run("s3://lab/few", out, storage_options=options, redo_changed=True)
    changed = [name for name, bytes_ in whole(out).items() if before[name] != bytes_]
    assert "S-0.json" not in changed and "S-1.json" in changed


def test_another_build_is_refused(tree: Path, tmp_path: Path) -> None:
    with many.Archive(tree, tmp_path / "out") as archive:
        job, _ = archive._native.jobs()[0]
        other = hemozoin._engine.Engine("cdc", None, [], 1)
        row = {"answer": hemozoin._engine.read_job(other, job, str(tree))}
        with pytest.raises(hemozoin.UsageError, match="another build"):
            archive.accept([row])
        assert archive.standing().files_done == 0
        with pytest.raises(many.Incomplete, match="N-0"):
            archive.finish()


def test_a_folder_is_the_same_wherever_a_worker_was_started(
    cluster: None, tree: Path, alone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree.parent)
    many.run(tree.name, tmp_path / "out")
    same(tmp_path / "out", alone)


def test_a_worker_without_the_folder_says_nothing_of_its_pictures(tree: Path, tmp_path: Path) -> None:
    """Neither where the folder is missing, nor where only the place of a share is there."""
    with many.Archive(tree, tmp_path / "out") as archive:
        jobs = archive._native.jobs()
    (tmp_path / "empty").mkdir()
    for base in ("nowhere", "empty"):
        with pytest.raises(FileNotFoundError, match="not on this worker"):
            read_slide({"job": jobs[0][0], "paths": jobs[0][1]}, ("who-2016", None), 1, str(tmp_path / base), None)


def test_what_the_network_fails_stays_open(cluster: None, tree: Path, tmp_path: Path) -> None:
    """A record must never say of a network what it would say of a picture."""
    rng = np.random.default_rng(1)
    Image.fromarray(rng.integers(0, 255, (64, 64, 3), np.uint8)).save(tmp_path / "0.png")

    class Flaky(http.server.SimpleHTTPRequestHandler):
        listed = True

        def log_message(self, *_: object) -> None:
            pass

        def do_HEAD(self) -> None:
            super().do_HEAD() if Flaky.listed else self.send_error(503)

        def do_GET(self) -> None:
            # There is no sheet, and while the slides are listed the server says so.
            is_sheet = self.path.endswith("slide.toml")
            super().do_GET() if Flaky.listed and is_sheet else self.send_error(503)

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Flaky, directory=str(tmp_path))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (tmp_path / "list.csv").write_text("slide,pictures,film\nN-1,0.png,thick\n")
    address = f"http://127.0.0.1:{server.server_address[1]}"
    with pytest.raises(many.Incomplete, match="N-1"):
        many.run(tmp_path / "list.csv", tmp_path / "out", pictures=address)
    assert list((tmp_path / "out" / "records").iterdir()) == []
    Flaky.listed = False
    with pytest.raises(hemozoin.IoError, match="503"):
        many.run(tmp_path / "list.csv", tmp_path / "other", pictures=address)
    server.shutdown()
