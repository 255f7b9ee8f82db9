"""Records as tables: one line per field, per detection, or per film's result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields as parts_of
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_type_hints

from . import _engine
from .records import FieldTally, Outcome

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from ._record import Record

What: TypeAlias = Literal["fields", "detections", "results"]
"""Which table."""

Row: TypeAlias = dict[str, Any]

_FIELD = {
    "slide": "string",
    "film": "string",
    "image": "string",
    "page": "int64",
    "counted": "bool",
    "reasons": "list",
    "copy_of": "string",
    "repeat_of": "string",
    "um_per_px": "float64",
    "scale_basis": "string",
    "width": "int64",
    "height": "int64",
    **{part.name: "int64" for part in parts_of(FieldTally)},
    "sha256": "string",
}
_DETECTION = {
    "slide": "string",
    "film": "string",
    "image": "string",
    "page": "int64",
    "counted": "bool",
    "class": "string",
    "stage": "string",
    "score": "float64",
    "x": "float64",
    "y": "float64",
    "width": "float64",
    "height": "float64",
    "infected": "bool",
    "parasites_inside": "int64",
    "cut": "bool",
}
_STAGES = ("rings", "trophozoites", "schizonts")


def _plain_parts() -> dict[str, str]:
    """The parts of a result that are one number or word."""
    kinds = {bool: "bool", int: "int64", float: "float64", str: "string"}
    found = {}
    for name, hint in get_type_hints(Outcome).items():
        inner = [a for a in getattr(hint, "__args__", (hint,)) if a is not type(None)]
        if all(isinstance(a, str) for a in inner):
            found[name] = "string"
        elif len(inner) == 1 and not isinstance(inner[0], str):
            kind = inner[0] if inner[0] in kinds else str if hasattr(inner[0], "__args__") else None
            if kind is not None and getattr(inner[0], "__origin__", None) is not tuple:
                found[name] = kinds[kind]
    return found


_RESULT = {"slide": "string", "of": "string", **_plain_parts(), "suspects": "int64", "alerts": "list", "flags": "list"}


def _fields(record: Record) -> Iterator[Row]:
    for field, (reasons, staged) in zip(record.fields, _engine.record_fields(record.json), strict=True):
        tally = {part.name: getattr(field.tally, part.name) for part in parts_of(FieldTally)}
        if not staged:
            # A model that gives no stage counts none.
            tally.update(dict.fromkeys(_STAGES))
        yield {
            "slide": record.slide.id,
            "film": field.film,
            "image": field.image,
            "page": field.page + 1,
            "counted": field.counted,
            "reasons": reasons,
            "copy_of": field.copy_of,
            "repeat_of": field.repeat_of,
            "um_per_px": field.scale.um_per_px if field.scale else None,
            "scale_basis": field.scale.basis if field.scale else None,
            "width": field.width,
            "height": field.height,
            **tally,
            "sha256": field.sha256,
        }


def _detections(record: Record) -> Iterator[Row]:
    for field in record.fields:
        for found in field.detections:
            yield {
                "slide": record.slide.id,
                "film": field.film,
                "image": field.image,
                "page": field.page + 1,
                "counted": field.counted,
                "class": found.class_,
                "stage": found.stage,
                "score": found.score,
                "x": found.x,
                "y": found.y,
                "width": found.width,
                "height": found.height,
                "infected": found.infected,
                "parasites_inside": found.parasites_inside,
                "cut": found.cut,
            }


def _results(record: Record) -> Iterator[Row]:
    result = record.result
    for of, outcome in (("thick", result.thick), ("thin", result.thin), ("patient", result.patient)):
        if outcome is not None:
            row = {name: getattr(outcome, name, None) for name in _RESULT}
            suspects = outcome.suspects.asexual + outcome.suspects.gametocytes if outcome.suspects else None
            alerts = [alert.code for alert in outcome.alerts]
            yield {**row, "slide": record.slide.id, "of": of, "suspects": suspects, "alerts": alerts, "flags": [*outcome.flags]}


_TABLES: dict[str, tuple[dict[str, str], Callable[[Record], Iterator[Row]]]] = {
    "fields": (_FIELD, _fields),
    "detections": (_DETECTION, _detections),
    "results": (_RESULT, _results),
}


def table(records: Iterable[Record], what: What) -> pyarrow.Table:
    """Records as one table of ``pyarrow``, which must be installed.

    ``fields``: a line for each readable picture; ``detections``: one for each thing found, boxes in pixels of the upright
    picture; ``results``: one for each film of a slide and one for the patient. Pages count from 1, as in every
    table, and from 0 in the record. What does not apply is null, never 0.
    """
    import pyarrow as pa

    columns, rows_of = _TABLES[what]
    kinds = {
        "string": pa.string(),
        "int64": pa.int64(),
        "float64": pa.float64(),
        "bool": pa.bool_(),
        "list": pa.list_(pa.string()),
    }
    rows = [row for record in records for row in rows_of(record)]
    schema = pa.schema([(name, kinds[kind]) for name, kind in columns.items()])
    return pa.table([[row[name] for row in rows] for name in columns], schema=schema)


def frame(records: Iterable[Record], what: What) -> pandas.DataFrame:
    """The same as a ``pandas`` frame, with columns that can hold "does not apply" (``pandas.NA``)."""
    import pandas as pd
    import pyarrow as pa

    kinds = {pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype(), pa.bool_(): pd.BooleanDtype()}
    return table(records, what).to_pandas(types_mapper=kinds.get)
