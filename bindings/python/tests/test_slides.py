"""Slides: the same bytes as the command, every form of a picture, field by field, progress."""

from __future__ import annotations

import io
import pickle
import shutil
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from conftest import SAMPLES, THICK, THIN, answer
from PIL import Image
from tqdm import tqdm

import hemozoin
from hemozoin import Engine, Record


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.fixture(scope="module")
def thick(engine: Engine) -> Record:
    slide = engine.slide("N-17", film="thick", um_per_px=0.125)
    for path in THICK[:2]:
        slide.add(path)
    return slide.run()


def test_a_folder_gives_the_bytes_of_the_command(command: str, engine: Engine) -> None:
    said = answer(command, "analyze", SAMPLES, "--format", "json", "--ward", "Paediatrics", "--wbc-per-ul", "6400")
    assert engine.analyze(SAMPLES, ward="Paediatrics", wbc_per_ul=6400).json == said


def test_threads_change_nothing(thick: Record) -> None:
    slide = Engine(threads=1).slide("N-17", film="thick", um_per_px=0.125)
    for path in THICK[:2]:
        slide.add(path)
    assert slide.run().json == thick.json


def test_a_file_is_the_same_by_path_bytes_and_open(engine: Engine, thick: Record) -> None:
    ways: list[Callable[[Path], hemozoin.PictureLike]] = [
        str,
        lambda path: path.read_bytes(),
        lambda path: bytearray(path.read_bytes()),
        lambda path: memoryview(path.read_bytes()),
        lambda path: path.open("rb"),
        lambda path: io.BytesIO(path.read_bytes()),
    ]
    for way in ways:
        slide = engine.slide("N-17", film="thick", um_per_px=0.125)
        for path in THICK[:2]:
            slide.add(way(path), path.name)
        assert slide.run().json == thick.json


def test_pixels_are_the_same_in_any_layout(engine: Engine) -> None:
    image = Image.open(THIN[0]).convert("RGB").crop((10, 20, 410, 340))
    frame = np.asarray(image)
    wide = np.zeros((320, 460, 3), np.uint8)
    wide[:, 30:430] = frame
    bgr = np.ascontiguousarray(frame[:, :, ::-1])
    turned = np.ascontiguousarray(frame[::-1])
    forms = (image, frame, wide[:, 30:430], bgr[:, :, ::-1], turned[::-1], np.asfortranarray(frame))
    records = set()
    for pixels in forms:
        slide = engine.slide("N-18", film="thin")
        slide.add(pixels, um_per_px=0.1)
        records.add(slide.run().json)
    assert len(records) == 1
    field = Record.of_json(records.pop()).fields[0]
    assert (field.image, field.width, field.height) == ("field-1", 400, 320)
    assert field.scale is not None and field.scale.basis == "given"


def test_an_image_that_is_to_be_turned_is_turned(engine: Engine) -> None:
    upright = Image.open(THIN[0]).convert("RGB").crop((0, 0, 400, 300))
    lying = upright.transpose(Image.Transpose.ROTATE_90)
    lying.getexif()[0x0112] = 6
    seen = []
    for image in (upright, lying):
        slide = engine.slide("N-18", film="thin", um_per_px=0.1)
        slide.add(image)
        seen.append(slide.run().json)
    assert seen[0] == seen[1]


def test_field_by_field(engine: Engine) -> None:
    slide = engine.slide("N-19", film="thick", um_per_px=0.125)
    needs: list[int] = []
    for path in THICK[:3]:
        slide.add(path)
        now = slide.look()
        assert [field.image for field in now.fields] == [path.name]
        assert now.result.thick is not None
        needs.append(now.result.thick.need_wbc or 0)
    assert needs[0] > needs[1] > needs[2] > 0, "what is still to be counted falls"
    record = slide.run()
    assert len(slide) == len(record.fields) == 3


def test_what_cannot_be_read_is_part_of_the_record(engine: Engine, tmp_path: Path) -> None:
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(THICK[0].read_bytes()[:900])
    slide = engine.slide("N-17", film="thick", um_per_px=0.125)
    slide.add(THICK[0])
    slide.add(cut)
    slide.add(tmp_path / "gone.jpg")
    record = slide.run()
    assert [(unread.image, unread.kind) for unread in record.unread] == [("cut.jpg", "unreadable"), ("gone.jpg", "io")]


def test_progress_is_told_here(engine: Engine) -> None:
    told = []
    here = threading.get_ident()

    def progress(done: int, files: int) -> None:
        assert threading.get_ident() == here
        told.append((done, files))

    slide = engine.slide("N-17", film="thick", um_per_px=0.125)
    for path in THICK[:3]:
        slide.add(path)
    slide.run(progress)
    assert told == [(n, 3) for n in range(4)]
    with tqdm(disable=False, file=io.StringIO()) as bar:
        again = engine.slide("N-17", film="thick", um_per_px=0.125)
        again.add(THICK[0])
        again.run(bar)
        assert (bar.n, bar.total) == (1, 1)


def test_other_threads_run_meanwhile(engine: Engine) -> None:
    slide = engine.slide("N-17", film="thick", um_per_px=0.125)
    for path in THICK[:2]:
        slide.add(path)
    counted = 0
    done = threading.Event()

    def count() -> None:
        nonlocal counted
        while not done.is_set():
            counted += 1
            time.sleep(0.001)

    other = threading.Thread(target=count)
    other.start()
    began = time.perf_counter()
    slide.run()
    took = time.perf_counter() - began
    done.set()
    other.join()
    assert counted > 20 * took, f"{counted} turns in {took:.2f} s: Python's lock was held"


def test_a_slide_is_read_by_one_thread(engine: Engine) -> None:
    slide = engine.slide("N-17", film="thick", um_per_px=0.125)
    slide.add(THICK[0])

    def progress(done: int, files: int) -> None:
        slide.add(THICK[1])

    with pytest.raises(hemozoin.UsageError, match="is being read"):
        slide.run(progress)


def of_fork(engine: Engine, name: str) -> bytes:
    slide = engine.slide("N-17", film="thick", um_per_px=0.125)
    slide.add(name)
    return slide.run().json


def test_a_fork_has_threads_of_its_own(engine: Engine) -> None:
    here = of_fork(engine, str(THICK[0]))
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=lambda: sender.send(of_fork(engine, str(THICK[0]))))
    child.start()
    assert receiver.poll(60), "the fork hangs"
    assert receiver.recv() == here
    child.join(10)


def test_a_record_is_a_value(thick: Record, tmp_path: Path, command: str) -> None:
    again = pickle.loads(pickle.dumps(thick))
    assert again == thick and again.json == thick.json
    path = tmp_path / "record.json"
    path.write_bytes(thick.json)
    assert Record.read(path) == thick
    assert thick.to_dict()["slide"]["id"] == "N-17"
    assert thick.slide.id == "N-17" and thick.schema == "hemozoin-record/2"
    assert thick.result.patient.reading == "machine"
    shutil.copy(THICK[0], tmp_path / "1.jpg")
    assert answer(command, "--lang", "fr", "analyze", tmp_path / "1.jpg", "--film", "thick", "--um-per-px", "0.125", "--no-files").decode() == (
        hemozoin.analyze(tmp_path / "1.jpg", film="thick", um_per_px=0.125).text("fr")
    )
