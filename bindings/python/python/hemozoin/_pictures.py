"""A picture as its owner has it, made into what the engine takes: a path, the bytes of a file, or pixels."""

from __future__ import annotations

import os
from typing import Any, Protocol, TypeAlias

from ._errors import refused


class Readable(Protocol):
    """An open file."""

    def read(self) -> bytes:
        """All of its bytes."""


class Pixels(Protocol):
    """A ``numpy`` array of height x width x 3 (red, green, blue) of ``uint8``, or a ``PIL`` image of the mode RGB."""

    @property
    def __array_interface__(self) -> Any: ...


PictureLike: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | Readable | Pixels
"""A picture: the path of its file; the bytes of its file, or an open one; its pixels (upright, 8-bit RGB)."""

Taken: TypeAlias = tuple[str, Any, str | None]


def taken(picture: PictureLike) -> Taken:
    """Which way a picture goes in (``path``, ``file`` or ``pixels``), what goes in, and the name that it brings."""
    if isinstance(picture, str | os.PathLike):
        path = os.fspath(picture)
        return "path", path, os.path.basename(path)
    if isinstance(picture, bytes):
        return "file", picture, None
    if isinstance(picture, bytearray | memoryview) and memoryview(picture).ndim == 1:
        return "file", bytes(picture), None
    if type(picture).__module__.startswith("PIL."):
        return "pixels", _of_pil(picture), None
    if hasattr(picture, "read"):
        return "file", picture.read(), None
    try:
        view = memoryview(picture)  # type: ignore[arg-type]
    except TypeError:
        raise refused("call-picture", found=type(picture).__name__) from None
    if view.format != "B":
        raise refused("call-pixels", found=getattr(picture, "dtype", view.format))
    return "pixels", view, None


def _of_pil(picture: Any) -> memoryview:
    """The pixels of a ``PIL`` image, turned upright as its EXIF says."""
    from PIL import ImageOps

    if picture.mode != "RGB":
        raise refused("call-mode", found=picture.mode)
    upright = ImageOps.exif_transpose(picture)
    return memoryview(upright.tobytes()).cast("B", (upright.height, upright.width, 3))
