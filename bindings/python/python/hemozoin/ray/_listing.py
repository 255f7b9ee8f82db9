"""From a folder, a bucket or a manifest to something that the engine lists slides from.

What lies on this disk is taken as it is. Of pictures elsewhere a tree of their names is made beside the archive: files as
long as theirs that take up no space, whose time says which version it was, so that the engine finds slides, and what has
changed since, by its own rules. Small files that are no pictures (``slide.toml``, floors) are fetched whole; of larger ones
without the name of a picture the first bytes, by which the engine tells what they are.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import Any

from .. import _engine
from .._errors import refused
from ._places import LISTED_AT_ONCE, Source, at_once

SMALL = 1 << 16
"""Files of at most so many bytes that are no pictures are fetched whole."""
HEAD = 512
"""Of a file without the name of a picture so many bytes are fetched."""
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp")
MANIFESTS = (".csv", ".tsv", ".toml", ".txt")
VERSIONS = ("ETag", "etag", "e_tag", "LastModified", "last_modified", "mtime")
"""What a store says of the version of a file: the first of these that it says."""
SHEET = "slide.toml"

Infos = dict[str, dict[str, Any]]


def listed(
    root: str, tree: str, pictures: str | None, filesystem: Any, options: dict[str, Any], language: str
) -> tuple[Source | None, str]:
    """Where the pictures are (``None``: on this disk), and the folder or manifest that slides are listed from."""
    here = filesystem is None and "://" not in root
    if not root.lower().endswith(MANIFESTS) or (here and os.path.isdir(root)):
        if pictures is not None:
            raise refused("call-manifest")
        if here:
            return None, root
        source = Source(root, filesystem, options)
        name = source.shown.rstrip("/").rsplit("/", 1)[-1] or "slides"
        return source, _grown(source, source.below(""), tree, name)
    above, _, name = root.replace(os.sep, "/").rpartition("/")
    if here:
        names = _engine.manifest_pictures(root, language)
        if pictures is None and not any("://" in named for named in names):
            return None, root
        with open(root, "rb") as file:
            text = file.read()
    else:
        text = Source(above, filesystem, options).read(name)
    source = Source(pictures or above, filesystem, options)
    fresh = _fresh(tree)
    manifest = os.path.join(fresh, name)
    with open(manifest, "wb") as file:
        file.write(text)
    names = [named.replace("://", ":/") for named in _engine.manifest_pictures(manifest, language)]
    infos: Infos = {}
    for found in at_once(source.info, dict.fromkeys(names), LISTED_AT_ONCE):
        infos.update(found)
    infos.update(_sheets(source, {info.rpartition("/")[0] for info in infos}))
    _grow(source, infos, fresh)
    return source, os.path.join(_take_place(fresh, tree), name)


def _sheets(source: Source, folders: set[str]) -> Infos:
    """Files that may be the sheets of a manifest's pictures: beside them, or in the folder around their film's."""

    def of(folder: str) -> Infos:
        if not source.is_listed or ":/" in folder:
            return source.info(f"{folder}/{SHEET}".lstrip("/"))
        return {n: i for n, i in source.below(folder, depth=1).items() if ".toml" in n.lower()}

    # Around `https:/host` there is nothing.
    inner = [folder for folder in folders if folder and not (":/" in folder and folder.count("/") == 1)]
    around = {folder.rpartition("/")[0] for folder in inner}
    found: Infos = {}
    for sheets in at_once(of, sorted(folders | around), LISTED_AT_ONCE):
        found.update(sheets)
    return found


def _fresh(tree: str) -> str:
    fresh = f"{tree}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    os.makedirs(fresh)
    return fresh


def _take_place(fresh: str, tree: str) -> str:
    shutil.rmtree(tree, ignore_errors=True)
    os.rename(fresh, tree)
    return tree


def _grown(source: Source, infos: Infos, tree: str, name: str) -> str:
    fresh = _fresh(tree)
    os.makedirs(os.path.join(fresh, name))
    _grow(source, infos, os.path.join(fresh, name))
    return os.path.join(_take_place(fresh, tree), name)


def _grow(source: Source, infos: Infos, folder: str) -> None:
    """Makes the tree of names."""

    def one(name: str) -> None:
        parts = name.split("/")
        if any(part in ("", ".", "..") for part in parts):
            raise refused("call-object", name=f"{source.shown}: {name!r}")
        info = infos[name]
        size = int(info.get("size") or 0)
        path = os.path.join(folder, *parts)
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                if not name.lower().endswith(PICTURES):
                    file.write(source.read(name, None if size <= SMALL else HEAD))
                file.truncate(size)
        except (FileExistsError, IsADirectoryError, NotADirectoryError):
            raise refused("call-object-folder", name=f"{source.shown}: {name!r}") from None
        version = next((str(info[key]) for key in VERSIONS if info.get(key) is not None), "")
        seconds = int.from_bytes(hashlib.sha256(version.encode()).digest()[:4], "big") >> 1
        os.utime(path, (seconds, seconds))

    at_once(one, infos, LISTED_AT_ONCE)
