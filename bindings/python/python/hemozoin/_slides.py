"""Engine and slide: pictures and facts in, records out."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any, Literal, TypedDict, Unpack

from . import _engine
from ._errors import refused
from ._pictures import PictureLike, taken
from ._progress import Progress, listener
from ._record import Record, Standing
from .records import Film, Sex


class Said(TypedDict, total=False):
    """What may be said about a slide. The first five act on its result; the others stand in its record."""

    film: Film | None
    """All pictures are of this film: ``thick`` or ``thin``. It is never guessed."""
    um_per_px: float | None
    """Micrometres that one pixel shows; else read from the files or estimated from the cells."""
    wbc_per_ul: float | None
    """The patient's own white cells per µL, same day, same blood."""
    rbc_per_ul: float | None
    """The patient's own red cells per µL."""
    floor: str | os.PathLike[str] | None
    """File of the site's false-positive floor, as ``hemozoin calibrate`` writes it."""
    patient_id: str | None
    """The laboratory's number of the patient."""
    patient_name: str | None
    """The patient's name: give it only where the record may hold it."""
    age_years: float | None
    """Age in years; months are twelfths."""
    sex: Sex | None
    """``female`` or ``male``."""
    ward: str | None
    """Ward that asked for the examination."""
    order: str | None
    """Number of the request."""
    specimen: str | None
    """Number of the specimen."""
    site: str | None
    """Health facility or village."""
    objective: str | None
    """Objective."""
    stain: str | None
    """Stain."""
    blood_taken: str | None
    """When the blood was taken: a date, with or without time (ISO 8601)."""
    read_on: str | None
    """When a person read the slide: a date, with or without time (ISO 8601)."""
    reader: str | None
    """Who reads the slide."""


_FACTS = ("film", "um_per_px", "wbc_per_ul", "rbc_per_ul", "floor")


def stated(said: Said) -> dict[str, Any]:
    """What acts on a result."""
    return {key: said.get(key) for key in _FACTS}


def parted(name: str, said: Said) -> tuple[dict[str, Any], str]:
    """Facts, and the JSON of what is said about a slide."""
    unknown = sorted(set(said) - set(Said.__annotations__))
    if unknown:
        raise TypeError(f"nothing about a slide is called {unknown[0]}; see hemozoin.Said")
    about = {key: value for key, value in said.items() if key not in _FACTS and value is not None}
    return stated(said), json.dumps({"id": name, **about})


class Engine:
    """Rules and model bundles: made once, used by any number of slides and threads.

    ``profile`` is a rule profile (``who-2016``, ``cdc``, ...), ``overrides`` TOML text laid over it, ``models`` are folders
    of bundles used instead of those inside. ``threads``: how many the engine works on; 0 stands for one per core. The
    records do not depend on it.
    """

    def __init__(
        self,
        profile: str = "who-2016",
        *,
        overrides: str | None = None,
        models: Sequence[str | os.PathLike[str]] = (),
        threads: int = 0,
    ) -> None:
        if threads < 0:
            raise refused("call-threads", value=threads)
        self._native = _engine.Engine(profile, overrides, [os.fspath(folder) for folder in models], threads)

    @property
    def profile(self) -> str:
        """Name of the rule profile."""
        return self._native.profile

    def slide(self, name: str, **said: Unpack[Said]) -> Slide:
        """A slide with this number or name, to which pictures are added."""
        return Slide(self._native.slide(*parted(name, said)))

    def find(self, path: str | os.PathLike[str], **said: Unpack[Said]) -> Slide:
        """The slide in a folder (or one picture), found as ``hemozoin analyze`` finds it: film folders, ``slide.toml``.

        What is said here goes before the ``slide.toml``.
        """
        return Slide(self._native.find(os.fspath(path), *parted("", said)))

    def analyze(
        self, path: str | os.PathLike[str], *, progress: Progress | None = None, **said: Unpack[Said]
    ) -> Record:
        """Finds the slide in a folder and reads it."""
        return self.find(path, **said).run(progress)


class Slide:
    """A slide: pictures are added, looked at as they come or read all at once. Made by an :class:`Engine`.

    One thread uses it at a time; a second one is refused with ``UsageError``.
    """

    def __init__(self, native: _engine.Slide) -> None:
        self._native = native

    def __len__(self) -> int:
        return len(self._native)

    def add(
        self,
        picture: PictureLike,
        name: str | None = None,
        *,
        film: Literal["thick", "thin"] | None = None,
        um_per_px: float | None = None,
        page: int | None = None,
    ) -> None:
        """Adds a picture under the name that it shall have in the record (that of its file, or ``field-3``).

        A file keeps what it carries (EXIF, scale, digest); of pixels nothing more is known, so say ``um_per_px`` where
        you know it. Pixels are copied. ``page``: only this page of the file, from 0. That a picture cannot be read is part
        of the record and raises nothing.
        """
        way, content, own = taken(picture)
        name = name or own or f"field-{len(self) + 1}"
        if way == "pixels":
            if page is not None:
                raise refused("call-pages")
            self._native.add_pixels(name, content, film, um_per_px)
        elif way == "path":
            self._native.add_path(name, content, film, um_per_px, page)
        else:
            self._native.add_file(name, content, film, um_per_px, page)

    def look(self, progress: Progress | None = None) -> Standing:
        """Looks at the pictures that were added since the last time, and says how the slide stands."""
        return Standing.of(json.loads(self._native.look(listener(progress))))

    def run(self, progress: Progress | None = None) -> Record:
        """Reads every picture and applies the rules.

        Other threads of Python run meanwhile. Ctrl-C stops before the next picture and is raised as
        ``KeyboardInterrupt``; what ``progress`` raises stops likewise. A slide that was stopped goes on when it is run
        again, and more pictures may be added.
        """
        return Record._parsed(self._native.run(listener(progress)))


def analyze(path: str | os.PathLike[str], *, progress: Progress | None = None, **said: Unpack[Said]) -> Record:
    """Reads the slide in a folder by the rules of ``who-2016``; see :meth:`Engine.analyze`."""
    return Engine().analyze(path, progress=progress, **said)
