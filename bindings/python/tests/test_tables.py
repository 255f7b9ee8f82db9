"""Records as tables: what the command's CSV tables hold, with types."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from conftest import SAMPLES, answer

import hemozoin
from hemozoin import Record


@pytest.fixture(scope="module")
def record() -> Record:
    return hemozoin.analyze(SAMPLES)


def told(value: object) -> str:
    """As the command's tables write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return str(value)


@pytest.mark.parametrize("what", ["fields", "detections"])
def test_a_table_holds_what_the_commands_holds(record: Record, command: str, tmp_path: Path, what: hemozoin.What) -> None:
    answer(command, "analyze", SAMPLES, "--out", tmp_path / "result", "--marks", "none")
    with (tmp_path / "result" / f"{what}.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = list(csv.DictReader(file))
    found = record.table(what).to_pylist()
    assert len(found) == len(expected) > 0
    same = set(expected[0]) & set(found[0])
    assert len(same) >= 12
    for ours, theirs in zip(found, expected, strict=True):
        assert {key: told(ours[key]) for key in same} == {key: theirs[key] for key in same}


def test_types_are_the_same_for_any_record(record: Record) -> None:
    for what in ("fields", "detections", "results"):
        table = hemozoin.table([record, record], what)
        assert isinstance(table, pa.Table) and table.num_rows == 2 * record.table(what).num_rows
        assert hemozoin.table([], what).schema == table.schema
    fields = hemozoin.table([], "fields").schema
    assert (fields.field("white_cells").type, fields.field("reasons").type) == (pa.int64(), pa.list_(pa.string()))


def test_frames_know_what_does_not_apply(record: Record) -> None:
    frame = record.frame("detections")
    assert isinstance(frame, pd.DataFrame)
    asexual = frame[frame["class"] == "asexual_parasite"]
    assert len(asexual) > 0 and asexual["infected"].isna().all() and frame["parasites_inside"].dtype == "Int64"
    results = record.frame("results").set_index("of")
    assert list(results.index) == ["thick", "thin", "patient"]
    patient = record.result.patient
    assert results.loc["patient", "state"] == patient.state and results.loc["patient", "reading"] == "machine"
    assert patient.suspects is not None
    assert results.loc["patient", "suspects"] == patient.suspects.asexual + patient.suspects.gametocytes
