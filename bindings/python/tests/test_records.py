"""The dataclasses are made from the schema, and hold all of a record."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path
from typing import Any

from conftest import SAMPLES

import hemozoin
from hemozoin import records

HERE = Path(__file__).resolve().parents[1]


def test_they_are_made_from_the_schema() -> None:
    made = subprocess.run([sys.executable, HERE / "make_records.py"], capture_output=True, check=True).stdout
    kept = (HERE / "python/hemozoin/records.py").read_bytes()
    assert made == kept, "run bindings/python/make_records.py --write"


def held(value: Any) -> Any:
    """A dataclass as the JSON that it was made of."""
    if dataclasses.is_dataclass(value):
        parts = {part.name.rstrip("_"): held(getattr(value, part.name)) for part in dataclasses.fields(value)}
        return {key: part for key, part in parts.items() if part not in (None, [], False)}
    if isinstance(value, tuple):
        return [held(item) for item in value]
    return value


def plain(value: Any) -> Any:
    """JSON without what stands for "does not apply"."""
    if isinstance(value, dict):
        parts = {key: plain(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part not in (None, [], False)}
    return [plain(item) for item in value] if isinstance(value, list) else value


def test_they_hold_all_of_a_record() -> None:
    record = hemozoin.analyze(SAMPLES, wbc_per_ul=6400.0)
    assert held(record) == plain(record.to_dict())


def test_what_a_later_version_adds_is_passed_over() -> None:
    data = {"class": "red_cell", "score": 0.5, "x": 1.0, "y": 2.0, "width": 3.0, "height": 4.0, "colour": "red"}
    found = records.DetectionRecord.of(data)
    assert (found.class_, found.cut, found.stage) == ("red_cell", False, None)
