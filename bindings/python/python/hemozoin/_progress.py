"""Who is told how far a slide is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias


class Bar(Protocol):
    """What a progress bar of ``tqdm`` looks like from here."""

    n: Any
    total: Any

    def update(self, n: Any = 1) -> Any:
        """Moves it on."""


Progress: TypeAlias = Callable[[int, int], object] | Bar
"""A function of (pictures examined, pictures), or a bar of ``tqdm``. It is called on the thread that asked for the
work; what it raises stops the work, and is raised there.
"""


def listener(progress: Progress | None) -> Callable[[int, int], object] | None:
    """The function that is called."""
    if progress is None or callable(progress):
        return progress
    bar = progress

    def move(done: int, files: int) -> None:
        bar.total = files
        bar.update(done - bar.n)

    return move
