"""Pictures that do not lie on this disk: any file system of ``fsspec`` or ``pyarrow.fs``."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

from .._errors import IoError

T = TypeVar("T")

LISTED_AT_ONCE = 16
"""Requests at once while slides are listed."""
FETCHED_AT_ONCE = 4
"""Pictures of one slide that are fetched at once."""
TRIES = 5
"""How often a request is tried before the network is given up."""
FIRST_WAIT = 0.5
"""Seconds before the second try; doubled each time."""
NOT_THERE = (404, 410)
"""What a web server answers of a file that is not there."""


def _is_answer(error: Exception) -> bool:
    """Whether a store has answered, so that trying again changes nothing."""
    cause = error.__cause__
    if isinstance(error, FileNotFoundError) and type(cause).__module__.startswith(("aiohttp", "asyncio")):
        # fsspec says of every failure of a web server that the file is not there.
        return getattr(cause, "status", None) in NOT_THERE
    answers = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)
    return isinstance(error, answers) and not isinstance(cause, TimeoutError)


def again(work: Callable[[], T]) -> T:
    """Does work that a network may fail; :class:`hemozoin.IoError` where it does so again and again."""
    tried = 0
    while True:
        try:
            return work()
        except Exception as error:
            if _is_answer(error):
                raise
            tried += 1
            if tried == TRIES:
                why = error.__cause__ or error
                raise IoError(f"the network failed {TRIES} times ({why!r}); try again when it is back") from error
            time.sleep(FIRST_WAIT * 2 ** (tried - 1))


def at_once(work: Callable[[str], T], names: Iterable[str], threads: int) -> list[T]:
    """The results for each, in order."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, names))


@dataclass(frozen=True)
class Source:
    """A folder of pictures somewhere else. It can be sent to a worker."""

    address: str
    """Such as ``s3://bucket/slides`` or ``https://host/slides``; with ``filesystem`` a path in it."""
    filesystem: Any = field(default=None, repr=False)
    """A file system of ``fsspec`` or ``pyarrow.fs``; ``None``: that of the address."""
    options: dict[str, Any] = field(default_factory=dict, repr=False)
    """Options of ``fsspec``."""

    @property
    def shown(self) -> str:
        """The address for a person: without a password or a signature."""
        parts = urlsplit(self.address)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))

    @property
    def is_listed(self) -> bool:
        """Whether what lies there can be listed; over HTTP it cannot."""
        return not self.address.startswith(("http://", "https://"))

    def place(self, name: str) -> tuple[Any, str]:
        """File system and path of a name below this folder. A name may be an address of its own, whose double slash the
        list of slides has made one.
        """
        from fsspec.core import url_to_fs

        scheme, colon, rest = name.partition(":/")
        if colon and scheme.isalnum():
            found: tuple[Any, str] = url_to_fs(f"{scheme}://{rest.lstrip('/')}", **self.options)
            return found
        whole = "/".join(part for part in (self.address.rstrip("/"), name) if part)
        if self.filesystem is not None:
            return _of_fsspec(self.filesystem), whole
        if not self.is_listed:
            whole = "/".join(part for part in (self.address.rstrip("/"), quote(name)) if part)
        found = url_to_fs(whole, **self.options)
        return found

    def read(self, name: str, most: int | None = None) -> bytes:
        """The bytes of a file, or its first ones."""
        filesystem, path = self.place(name)
        if most is None:
            whole: bytes = again(lambda: filesystem.cat_file(path))
            return whole
        with again(lambda: filesystem.open(path, "rb")) as file:
            head: bytes = file.read(most)
        return head

    def below(self, name: str, *, depth: int | None = None) -> dict[str, dict[str, Any]]:
        """What is known of every file below a folder, by its name below this one; ``depth=1``: of those in it alone."""
        filesystem, path = self.place(name)
        top = filesystem._strip_protocol(self.place("")[1]).rstrip("/")
        found = again(lambda: filesystem.find(path, maxdepth=depth, detail=True))
        return {
            path.removeprefix(top).lstrip("/"): info
            for path, info in found.items()
            if info.get("type") != "directory" and not path.endswith("/")
        }

    def info(self, name: str) -> dict[str, dict[str, Any]]:
        """The same for one name, be it a file or a folder; empty where nothing is there."""
        filesystem, path = self.place(name)
        try:
            info: dict[str, Any] = again(lambda: filesystem.info(path))
        except FileNotFoundError:
            return {}
        return self.below(name) if info.get("type") == "directory" else {name: info}

    def fetch(self, names: Iterable[str], folder: str) -> None:
        """Brings files into a folder under their names. One that is gone is left out."""

        def one(name: str) -> None:
            filesystem, path = self.place(name)
            to = os.path.join(folder, *name.split("/"))
            os.makedirs(os.path.dirname(to), exist_ok=True)
            try:
                again(lambda: filesystem.get_file(path, to))
            except FileNotFoundError:
                if os.path.exists(to):
                    os.remove(to)

        at_once(one, names, FETCHED_AT_ONCE)


def _of_fsspec(filesystem: Any) -> Any:
    if type(filesystem).__module__.startswith("pyarrow"):
        from fsspec.implementations.arrow import ArrowFSWrapper

        return ArrowFSWrapper(filesystem)
    return filesystem
