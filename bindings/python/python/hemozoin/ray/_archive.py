"""The archive that this process holds, and the pipeline that reads its slides."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypedDict, Unpack, cast

from .. import _engine
from .._errors import StoppedError
from .._progress import Progress, listener
from .._slides import Said, stated
from ._listing import listed
from ._worker import read_slide

if TYPE_CHECKING:
    import ray.data

NAMED = 10
"""So many slides are named where some were not read."""
WAVE = 2_000
"""So many slides are handed to Ray at once; it keeps track of each."""


class Begun(TypedDict, total=False):
    """With what an archive is begun; the same must be said when it is continued."""

    profile: str
    """Rule profile; ``who-2016`` where none is named."""
    overrides: str | None
    """TOML text laid over the profile."""
    film: Literal["thick", "thin"] | None
    """As in :class:`hemozoin.Said`, for every slide of which neither manifest nor ``slide.toml`` say otherwise."""
    um_per_px: float | None
    wbc_per_ul: float | None
    rbc_per_ul: float | None
    floor: str | os.PathLike[str] | None
    language: Literal["en", "fr"]
    """Of pages and tables (``fr``: semicolons and decimal commas)."""
    pictures: str | None
    """Where the relative names of a manifest lead, where that is not its own folder."""
    filesystem: Any
    """A file system of ``fsspec`` or ``pyarrow.fs`` in which root and pictures lie."""
    storage_options: dict[str, Any] | None
    """Options of ``fsspec`` for addresses such as ``s3://...``; credentials are best left to the environment."""
    redo_changed: bool
    """Reads slides again whose pictures have changed since they were read."""


@dataclass(frozen=True)
class Standing:
    """How far an archive is."""

    slides: int
    """Slides of the list."""
    slides_done: int
    """Slides that ended."""
    files: int
    """Pictures of the list."""
    files_done: int
    """Pictures whose outcome is known."""
    suspect: int
    """Slides with suspects that wait for a reader."""
    severe: int
    """Slides that open with an alert."""
    slides_failed: int
    """Slides of which nothing could be read."""
    files_failed: int
    """Pictures that could not be read."""
    fields_unfit: int
    """Fields that were read and are not fit to be counted."""
    left_out: int
    """Pictures and film folders that were left out."""


class Incomplete(StoppedError):
    """Some slides were not read: their workers failed again and again. The same call tries them again."""


class Archive:
    """An output folder held by this process, with the list of its slides."""

    def __init__(self, root: str | os.PathLike[str], out: str | os.PathLike[str], **begun: Unpack[Begun]) -> None:
        """Begins an archive in the folder ``out``, or goes on with the one that is there.

        ``root`` is a folder of slides or a manifest, on this disk or at an address that ``fsspec`` knows. Of pictures
        that lie elsewhere only names, sizes and versions are fetched here, and the sheets beside them.
        """
        language = begun.get("language", "en")
        facts = stated(cast(Said, begun))
        self._rules = (begun.get("profile", "who-2016"), begun.get("overrides"))
        engine = _engine.Engine(*self._rules, [], 1)
        self._source, found = listed(
            os.fspath(root),
            os.path.join(os.fspath(out), "listing"),
            begun.get("pictures"),
            begun.get("filesystem"),
            begun.get("storage_options") or {},
            language,
        )
        elsewhere = None if self._source is None else self._source.shown
        redo = begun.get("redo_changed", False)
        self._native = _engine.Archive(engine, os.fspath(out), found, facts, language, elsewhere, redo)
        # Workers may have been started in another folder.
        here = os.path.abspath(found)
        self._base = here if os.path.isdir(here) else os.path.dirname(here)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets the output folder go."""
        self._native.close()

    def standing(self) -> Standing:
        """How far it is."""
        told = json.loads(self._native.standing())
        return Standing(**{part.name: told[part.name] for part in fields(Standing)})

    def dataset(self, *, cpus_per_slide: int = 1) -> ray.data.Dataset:
        """The slides that have not ended, as a Ray Data pipeline that reads them: a row with ``answer`` for each.

        A slide is a block of its own, so that a worker that dies takes one with it; its task is given to another. Each
        works on ``cpus_per_slide`` threads. Where a task fails again and again (Ray tries it three times more) its slide stays
        open.
        """
        return self._pipeline(self._native.jobs(), cpus_per_slide)

    def _pipeline(self, jobs: list[tuple[str, list[str]]], cpus: int) -> ray.data.Dataset:
        import ray.data

        context = ray.data.DataContext.get_current()
        before = context.max_errored_blocks
        # A dataset keeps what holds when it is made.
        context.max_errored_blocks = -1
        try:
            rows = [{"job": job, "paths": paths} for job, paths in jobs]
            slides = ray.data.from_items(rows, override_num_blocks=max(1, len(rows)))
            read = partial(read_slide, rules=self._rules, threads=cpus, base=self._base, source=self._source)
            return slides.map(read, num_cpus=cpus)
        finally:
            context.max_errored_blocks = before

    def accept(self, answers: Iterable[dict[str, Any]], progress: Progress | None = None) -> None:
        """Ends the slides of a pipeline's rows as they come; each is on the disk before the next is taken."""
        tell = listener(progress)
        standing = self.standing()
        for done, row in enumerate(answers, standing.slides_done + 1):
            self._native.accept(row["answer"])
            if tell is not None:
                tell(done, standing.slides)

    def finish(self) -> Standing:
        """Writes tables and pages. Raises :class:`Incomplete` where slides have not ended."""
        standing = self.standing()
        if standing.slides_done < standing.slides:
            named = ", ".join(self._native.open_slides(NAMED))
            missing = standing.slides - standing.slides_done
            raise Incomplete(
                f"{missing} of {standing.slides} slides were not read ({named}{', ...' if missing > NAMED else ''}); Ray's "
                "log says why their workers failed; the same call tries them again"
            )
        self._native.finish()
        return standing


def run(
    root: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    cpus_per_slide: int = 1,
    progress: Progress | None = None,
    **begun: Unpack[Begun],
) -> Standing:
    """Reads an archive on the Ray cluster that this program is connected to, from its list to its tables.

    Raises :class:`Incomplete` where slides could not be read. What was read is kept whatever happens, and the same call
    goes on from there.
    """
    with Archive(root, out, **begun) as archive:
        jobs = archive._native.jobs()
        for at in range(0, len(jobs), WAVE):
            archive.accept(archive._pipeline(jobs[at : at + WAVE], cpus_per_slide).iter_rows(), progress)
        return archive.finish()
