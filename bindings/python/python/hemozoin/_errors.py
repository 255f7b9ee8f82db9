"""What can go wrong, by whose fault it is: the kinds of the library."""

from __future__ import annotations

from typing import Any, Literal

from . import _engine


class Error(Exception):
    """What went wrong. ``str()`` is one English sentence: which file, what is wrong, what to do."""

    kind = "internal"
    """Whose fault it is: the code that stands in records too."""

    def __init__(
        self,
        message: str,
        french: str | None = None,
        key: str | None = None,
        file: str | None = None,
        line: int | None = None,
    ) -> None:
        super().__init__(message)
        self.key = key
        """A name such as ``film-not-stated`` that stays the same in every version; ``None`` where there is none."""
        self.file = file
        """The file, folder or picture that it is about."""
        self.line = line
        """The line of that file, from 1."""
        self._french = french

    def say(self, language: Literal["en", "fr"] = "en") -> str:
        """The sentence in a language of the results."""
        return self._french if language == "fr" and self._french else str(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (str(self), self._french, self.key, self.file, self.line))


class UnreadableError(Error):
    """The bytes of a file cannot be understood: truncated, corrupt, or not what its name says."""

    kind = "unreadable"


class LimitError(Error):
    """A limit on size or number would be passed."""

    kind = "limit"


class UnsupportedError(Error):
    """A sound file in a form that is not read."""

    kind = "unsupported"


class ModelError(Error):
    """A model bundle that does not fit its description or this engine."""

    kind = "model"


class ProfileError(Error):
    """A rule profile with an unknown name, key or value."""

    kind = "profile"


class UsageError(Error, ValueError):
    """The call was wrong: an impossible value, a slide without a film, a picture in no form that is taken."""

    kind = "usage"


class IoError(Error, OSError):
    """The system refused: permissions, a full disk, a folder that is not there."""

    kind = "io"


class InternalError(Error):
    """A fault of the engine. Please report it."""

    kind = "internal"


class StoppedError(Error):
    """Whoever asked for the work stopped it."""

    kind = "stopped"


_KINDS: dict[str, type[Error]] = {
    of.kind: of
    for of in (
        UnreadableError,
        LimitError,
        UnsupportedError,
        ModelError,
        ProfileError,
        UsageError,
        IoError,
        InternalError,
        StoppedError,
    )
}


def made(
    kind: str, message: str, french: str, key: str | None, file: str | None, line: int | None
) -> Error:
    """The exception of an error of the engine, which calls this."""
    return _KINDS.get(kind, InternalError)(message, french, key, file, line)


def refused(key: str, **values: object) -> UsageError:
    """A wrong call, in the words that the engine has for it in both languages."""
    english, french = _engine.words(f"error-{key}", [(name, str(value)) for name, value in values.items()])
    return UsageError(english, french, key)
