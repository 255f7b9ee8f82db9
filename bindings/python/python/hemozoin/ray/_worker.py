"""What runs on a worker: the pictures of one slide come to its disk, and the engine reads them."""

from __future__ import annotations

import functools
import os
import tempfile
from typing import Any

from .. import _engine
from ._places import Source


@functools.lru_cache(maxsize=4)
def _engine_of(profile: str, overrides: str | None, threads: int) -> _engine.Engine:
    """The engine of this process: bundles are loaded once."""
    return _engine.Engine(profile, overrides, [], threads)


def read_slide(
    row: dict[str, Any], rules: tuple[str, str | None], threads: int, base: str, source: Source | None
) -> dict[str, Any]:
    """Reads the slide of a row.

    A picture that is gone is one that cannot be read; where the network fails again and again the task fails, and the slide
    stays open, and so where a worker does not see the folder: no record must say of a network what it would say of a picture.
    """
    engine = _engine_of(*rules, threads)
    if source is None:
        # A disk that this worker does not see, or the empty place at which one is mounted elsewhere.
        if not os.path.isdir(base) or not os.listdir(base):
            raise FileNotFoundError(f"{base}: the folder of the pictures is not on this worker; connect the disk or share here, too")
        return {"answer": _engine.read_job(engine, row["job"], base)}
    with tempfile.TemporaryDirectory(prefix="hemozoin-") as folder:
        source.fetch([str(path) for path in row["paths"]], folder)
        return {"answer": _engine.read_job(engine, row["job"], os.path.join(folder, ""))}
