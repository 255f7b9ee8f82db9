"""The one table of odd files, `odd.csv` beside this file: each maker of files writes the rows of its kind anew.

A row is: kind (who makes it: `drawn`, `folder`, `file`, `jpeg`), case, what it is, film, expected.
"""

import csv
import pathlib

TABLE = pathlib.Path(__file__).resolve().parent / "odd.csv"
COLUMNS = ["kind", "case", "what it is", "film", "expected"]


def put(kind, rows):
    """Replaces the rows of a kind by `rows` of (case, what it is, expected); those of the others stay."""
    with TABLE.open(newline="") as file:
        kept = [row for row in csv.reader(file) if row[0] != kind][1:]
    own = [[kind, case, what, "", expected] for case, what, expected in rows]
    with TABLE.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *sorted(kept + own, key=lambda row: row[0])])
