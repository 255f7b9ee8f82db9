"""What the tests share: cut-outs of the repository's samples, and the command that must give the same bytes."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from PIL import Image

REPOSITORY = Path(__file__).resolve().parents[3]
SAMPLES = Path(tempfile.mkdtemp()) / "samples" / "patient-1"
"""The middles of some of the samples: a build for tests takes seconds for a whole field."""
atexit.register(shutil.rmtree, SAMPLES.parents[1], ignore_errors=True)


def _middles(film: str, count: int) -> list[Path]:
    (SAMPLES / film).mkdir(parents=True)
    made = []
    for picture in sorted((REPOSITORY / "samples" / "patient-1" / film).glob("*.jpg"))[:count]:
        made.append(SAMPLES / film / picture.name)
        Image.open(picture).crop((560, 420, 1040, 780)).save(made[-1], quality=95)
    return made


THICK = _middles("goutte-epaisse", 4)
THIN = _middles("frottis", 2)
# Where the scale is stated, a network need not find it.
(SAMPLES / "slide.toml").write_text('um_per_px = "0.125"\n')


@pytest.fixture(scope="session")
def command() -> str:
    """The `hemozoin` command of this build."""
    named = os.environ.get("HEMOZOIN_COMMAND")
    if named is None:
        pytest.fail("HEMOZOIN_COMMAND names no command; run bindings/python/check")
    return named


def answer(command: str, *args: object) -> bytes:
    """What the command prints."""
    done = subprocess.run([command, *map(str, args)], capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.stdout
