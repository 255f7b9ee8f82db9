"""Hemozoin reads malaria blood films: photographs in, counts and what the standard lets be said of them out.

    import hemozoin

    record = hemozoin.analyze("samples/patient-1")
    print(record.text())

A count is a machine's proposal until a person has read it: show ``record.result.patient.reading``, and act on a density
only where it is a reader's. See docs/python.md.
"""

from ._engine import VERSION as __version__
from ._errors import (
    Error,
    InternalError,
    IoError,
    LimitError,
    ModelError,
    ProfileError,
    StoppedError,
    UnreadableError,
    UnsupportedError,
    UsageError,
)
from ._pictures import PictureLike
from ._progress import Progress
from ._record import Record, Standing
from ._slides import Engine, Said, Slide, analyze
from ._tables import What, frame, table

__all__ = [
    "Engine",
    "Error",
    "InternalError",
    "IoError",
    "LimitError",
    "ModelError",
    "PictureLike",
    "ProfileError",
    "Progress",
    "Record",
    "Said",
    "Slide",
    "Standing",
    "StoppedError",
    "UnreadableError",
    "UnsupportedError",
    "UsageError",
    "What",
    "__version__",
    "analyze",
    "frame",
    "table",
]
