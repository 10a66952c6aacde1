"""Progress callbacks: one name for each signature, and one that does nothing."""

from collections.abc import Awaitable, Callable
from typing import Protocol


class Progress(Protocol):
    """Called as work goes on, with the fraction done so far: 0 to 1, never falling."""

    def __call__(self, done: float, /) -> None: ...


StageProgress = Callable[[str, float], None]
"""Called with a stage's name, and the fraction of it that is done."""
AsyncStageProgress = Callable[[str, float], Awaitable[None]]


def no_progress(*_progress: object) -> None:
    """Do nothing."""


def part(progress: Progress, start: float, end: float) -> Progress:
    """Return a progress of a share of the work, `start` to `end` of the whole.

    It never falls, even when that share is done again.
    """
    reached = start

    def told(done: float, /) -> None:
        nonlocal reached
        reached = max(reached, start + (end - start) * min(1.0, max(0.0, done)))
        progress(reached)

    return told
