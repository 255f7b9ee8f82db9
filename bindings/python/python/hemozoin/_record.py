"""A record: the engine's JSON, and the same as dataclasses, dict, text and tables."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from . import _engine
from ._tables import What, frame, table
from .records import FieldRecord, Results, SlideRecord, Tallies, Unread

if TYPE_CHECKING:
    import pandas
    import pyarrow


class Record(SlideRecord):
    """Everything that was found on a slide, and what the standard makes of it.

    It is a value: same pictures, same settings, same bytes. Counts are a machine's, a proposal that a person decides on;
    ``result.patient.reading`` says how far somebody has.
    """

    _json: bytes

    @classmethod
    def of_json(cls, text: bytes) -> Record:
        """A record as :attr:`json` holds it, of this version or an earlier one of the same major version.

        Raises ``UnsupportedError`` for another version, ``UnreadableError`` for what is no record.
        """
        _engine.record_check(text)
        return cls._parsed(text)

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Record:
        """The record in a file, such as ``record.json`` beside a result, or one of the ``records`` of an archive."""
        return cls.of_json(Path(path).read_bytes())

    @classmethod
    def _parsed(cls, text: bytes) -> Record:
        shape = SlideRecord.of(json.loads(text))
        record = cls(**vars(shape))
        object.__setattr__(record, "_json", text)
        return record

    @property
    def json(self) -> bytes:
        """The record as every door of the engine writes it, byte for byte: ``hemozoin analyze --format json`` too."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The record as plain dicts, lists and numbers, with the keys of the schema."""
        parsed: dict[str, Any] = json.loads(self._json)
        return parsed

    def text(self, language: Literal["en", "fr"] = "en") -> str:
        """The result as a laboratory reads it. Its wording is not promised."""
        return _engine.record_text(self._json, language)

    def table(self, what: What) -> pyarrow.Table:
        """``fields``, ``detections`` or ``results`` as a table of ``pyarrow``; see :func:`hemozoin.table`."""
        return table([self], what)

    def frame(self, what: What) -> pandas.DataFrame:
        """The same as a ``pandas`` frame."""
        return frame([self], what)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a slide stands after the pictures so far. It is no result: scales that nobody states may yet change."""

    fields: tuple[FieldRecord, ...]
    """The fields that were looked at since the last time."""
    unread: tuple[Unread, ...]
    """Those of the new pictures that could not be read."""
    tally: Tallies
    """What was counted so far, per film."""
    result: Results
    """What the standard would make of it; ``need_wbc`` and its like say how much is still to be counted."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Standing:
        """From the parsed JSON."""
        return cls(
            fields=tuple(FieldRecord.of(x) for x in data["fields"]),
            unread=tuple(Unread.of(x) for x in data["unread"]),
            tally=Tallies.of(data["tally"]),
            result=Results.of(data["result"]),
        )
