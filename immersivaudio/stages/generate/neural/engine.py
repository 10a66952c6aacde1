"""What a text-to-music model is to the rest: lines in, passages out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]
"""Shape (channels, samples), at the engine's rate, -1 to 1."""
Told = Callable[[float], None]
"""Hears the share that is done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class GeneratedPassage:
    """Music that was made, and what the engine needs to go on from its end."""

    sound: Sound = field(repr=False)
    codes: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of music to make. Those of one call are made as long as each other."""

    prompt: str
    seed: int
    after: GeneratedPassage | None = None
    """What it goes on from: the last `lead` seconds of it are heard again at the beginning of the result."""
    melody: Sound | None = field(default=None, repr=False)
    """A tune to follow, mono at the engine's rate; only for engines with `follows`."""
    seconds: float | None = None
    """How much of it is wanted, from its beginning; the rest is cut off, so that nobody hears what the others
    of the call needed. None: all of it."""


class Engine(Protocol):
    """A text-to-music (or text-to-sound) model, loaded."""

    rate: int
    """Hz"""
    longest: float
    """s that it can make at once, what it goes on from included."""
    follows: bool
    """Whether it can follow a melody."""

    def play(
        self, lines: Sequence[Line], seconds: float, lead: float, told: Told
    ) -> tuple[GeneratedPassage, ...]:
        """Make every line, `seconds` long, of which the first `lead` are the end of `Line.after`."""
        ...
