"""What is wrong is an exception with its kind, a sentence in two languages, and what it is about."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from conftest import REPOSITORY, THICK
from PIL import Image

import hemozoin
from hemozoin import Engine, Record, UsageError

ENGINE = Engine()


def pixels(value: object) -> Callable[[], object]:
    return lambda: ENGINE.slide("N-1", film="thin").add(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("call", "of", "says"),
    [
        (lambda: Engine("who-1816"), hemozoin.ProfileError, "who-1816"),
        (lambda: Engine(overrides="thick = 7"), hemozoin.ProfileError, "thick"),
        (lambda: Engine(threads=-1), UsageError, "-1"),
        (lambda: Engine(models=["/nowhere"]), hemozoin.Error, "/nowhere"),
        (lambda: ENGINE.find("/nowhere"), hemozoin.IoError, "/nowhere"),
        (lambda: ENGINE.find(THICK[0].parent.parent, film="thicc"), UsageError, "thicc"),  # type: ignore[arg-type]
        (lambda: ENGINE.slide("a\nb"), UsageError, "line"),
        (lambda: ENGINE.slide("N-1", um_per_px=99.0), UsageError, "0.005"),
        (lambda: ENGINE.slide("N-1", wbc_per_ul=-1), UsageError, "white|wbc|µL|per"),
        (lambda: ENGINE.slide("N-1", warrd="P"), TypeError, "warrd"),  # type: ignore[call-arg]
        (lambda: ENGINE.slide("N-1").run(), UsageError, "picture"),
        (lambda: Record.of_json(b"{}"), hemozoin.UnreadableError, "record"),
        (lambda: Record.of_json(b'{"schema": "hemozoin-record/99"}'), hemozoin.UnsupportedError, "hemozoin-record/99"),
        (pixels(np.zeros((4, 4), np.uint8)), UsageError, "4 x 4"),
        (pixels(np.zeros((4, 4, 4), np.uint8)), UsageError, "4 x 4 x 4"),
        (pixels(np.zeros((4, 4, 3), np.float32)), UsageError, "float32"),
        (pixels(np.zeros((0, 4, 3), np.uint8)), UsageError, "0 x 4 x 3"),
        (pixels(Image.new("L", (4, 4))), UsageError, "mode L"),
        (pixels(7), UsageError, "int"),
        (lambda: ENGINE.slide("N-1").add(np.zeros((4, 4, 3), np.uint8), page=1), UsageError, "page"),
        (lambda: ENGINE.slide("N-1").add(b"", film="blue"), UsageError, "blue"),  # type: ignore[arg-type]
        (lambda: ENGINE.slide("N-1", rbc_per_ul=float("nan")), UsageError, "red"),
        (lambda: ENGINE.slide("N-1", sex="F"), UsageError, '"female" or "male"'),  # type: ignore[arg-type]
        (lambda: ENGINE.slide(17), UsageError, "id is a text, and cannot be 17"),  # type: ignore[arg-type]
        (lambda: ENGINE.slide("N-1", ward=3), UsageError, "ward is a text"),  # type: ignore[arg-type]
        (lambda: ENGINE.slide("N-1", age_years="4"), UsageError, "age_years is a number"),  # type: ignore[arg-type]
        (lambda: ENGINE.slide("N-1", age_years=float("nan")), UsageError, "neither a text nor a number"),
        (lambda: ENGINE.slide("N-1", blood_taken="03/04/2026"), UsageError, "blood_taken.*2026-11-21"),
        (lambda: ENGINE.slide("N-1", read_on="yesterday"), UsageError, "read_on.*2026-11-21T08:30"),
        (
            lambda: ENGINE.slide("N-1", blood_taken="2026-11-21", read_on="2026-11-20"),
            UsageError,
            "before the blood is taken",
        ),
    ],
)
def test_the_kind_says_whose_fault(call: Callable[[], object], of: type[Exception], says: str) -> None:
    with pytest.raises(of, match=says) as raised:
        call()
    error = raised.value
    if isinstance(error, UsageError):
        assert error.key and error.say("fr") != str(error), error.say("fr")
        assert "line 1 column" not in str(error) or error.key == "call-about", "a word of the parser's"


def test_an_error_has_parts_and_two_languages() -> None:
    slide = ENGINE.slide("N-1")
    slide.add(THICK[0])
    with pytest.raises(UsageError) as raised:
        slide.run()
    error = raised.value
    assert (error.kind, error.key, error.file) == ("usage", "film-not-stated", str(THICK[0]))
    assert isinstance(error, ValueError)
    assert "--film" not in str(error) + error.say("fr"), "a caller has no flags"
    assert "thick or thin" in str(error) and "goutte épaisse" in error.say("fr") and error.say() == str(error)
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.key, again.say("fr")) == (UsageError, str(error), error.key, error.say("fr"))


def test_every_kind_of_the_library_has_a_class() -> None:
    source = (REPOSITORY / "crates/malaria-standard/src/error.rs").read_text()
    names = source.split("pub enum ErrorKind {")[1].split("}")[0]
    kinds = {line.strip(" ,").lower() for line in names.splitlines() if line.strip().endswith(",")}
    assert kinds == {of.kind for of in hemozoin.Error.__subclasses__()}


def test_what_progress_raises_stops_and_the_slide_goes_on() -> None:
    slide = ENGINE.slide("N-1", film="thick", um_per_px=0.125)
    for path in THICK[:4]:
        slide.add(path)

    def progress(done: int, files: int) -> None:
        if done == 1:
            raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        slide.run(progress)
    whole = ENGINE.slide("N-1", film="thick", um_per_px=0.125)
    for path in THICK[:4]:
        whole.add(path)
    assert slide.run().json == whole.run().json


INTERRUPTED = """
import json, os, signal, sys, threading, time
import hemozoin

slide = hemozoin.Engine(threads=1).slide("N-1", film="thick", um_per_px=0.125)
for number in range(40):
    slide.add(sys.argv[1], f"{number}.jpg")
told = []
def progress(done, files):
    told.append(done)
    if done == 1:
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    slide.run(progress)
except KeyboardInterrupt:
    print(json.dumps(told[-1]))
"""


def test_ctrl_c_stops_a_slide() -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, str(THICK[0])], capture_output=True, text=True, timeout=120, check=True
    )
    assert 1 <= json.loads(done.stdout) < 10, "it went on for long"


def test_bytes_that_are_anything_never_crash(tmp_path: Path) -> None:
    whole = THICK[0].read_bytes()
    rng = np.random.default_rng(7)
    slide = ENGINE.slide("N-1", film="thick", um_per_px=0.125)
    for number in range(30):
        broken = bytearray(whole)
        for at in rng.integers(0, 2_000, 20):
            broken[at] = int(rng.integers(256))
        slide.add(bytes(broken[: int(rng.integers(0, len(whole)))]), f"{number}.jpg")
    assert len(slide.run().unread) > 0
