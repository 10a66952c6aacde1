"""Playing a sample at another pitch: Catmull-Rom cubics, and loops without a seam.

The four coefficients of every cubic are worked out once a sample, so that a tone costs four look-ups and
three multiply-adds for each of its samples.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Mono = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Span:
    """The part of a sample that is played, frames."""

    start: int
    end: int
    loop_start: int = 0
    loop_end: int = 0
    """0: no loop."""


@dataclass(frozen=True, slots=True)
class Cubics:
    """Coefficients of t^3, t^2, t and 1 between each frame and the next."""

    cube: Mono
    square: Mono
    slope: Mono
    here: Mono

    @classmethod
    def through(cls, frames: Mono) -> Self:
        """Return the curve through `frames`, shape (n,); it starts and ends in silence."""
        padded = np.concatenate((np.zeros(1, np.float32), frames, np.zeros(2, np.float32)))
        before, here, after, later = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
        slope = 0.5 * (after - before)
        cube = 0.5 * (later - before) + 1.5 * (here - after)
        return cls(cube, after - here - slope - cube, slope, here.copy())

    @property
    def nbytes(self) -> int:
        """Memory held."""
        return 4 * self.here.nbytes

    def at(self, index: NDArray[np.intp], t: Mono) -> Mono:
        """Return the curve at `index` + `t`; indices outside are held at the ends."""
        sound = self.cube.take(index, mode="clip")
        for coefficient in (self.square, self.slope, self.here):
            sound *= t
            sound += coefficient.take(index, mode="clip")
        return sound


def resample(cubics: Cubics, span: Span, pitch: float | NDArray[np.float64], size: int) -> Mono:
    """Return up to `size` samples read at `pitch` frames a sample, a constant or a curve of shape (size,).

    Without a loop it ends where the span ends.
    """
    if isinstance(pitch, float):
        position = np.arange(size, dtype=np.float64) * pitch
    else:
        position = np.cumsum(pitch) - pitch[0]
    position += span.start
    if not span.loop_end:
        position = position[: int(np.searchsorted(position, span.end - 1))]
    index = position.astype(np.intp)
    t = (position - index).astype(np.float32)
    if span.loop_end and len(index) and index[-1] >= span.loop_end:
        index = _looped(span, int(index[-1])).take(index - span.start)
    return cubics.at(index, t)


def _looped(span: Span, last: int) -> NDArray[np.intp]:
    """Return which frame to read for each one from the span's start to `last`, the loop written out."""
    turns = -(-(last + 1 - span.loop_end) // (span.loop_end - span.loop_start))
    loop = np.arange(span.loop_start, span.loop_end)
    return np.concatenate((np.arange(span.start, span.loop_end), np.tile(loop, turns)))
