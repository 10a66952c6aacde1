"""Playing a sample at another pitch: Catmull-Rom cubics, and loops without a seam.

The four coefficients of every cubic are worked out once a sample and lie side by side, so a tone costs one
look-up and three multiply-adds for each of its samples. It is made in pieces that fit the processor's cache.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import fmod

import numpy as np
from numpy.typing import NDArray

Mono = NDArray[np.float32]
Cubics = NDArray[np.float32]
"""Shape (n, 4): coefficients of t^3, t^2, t and 1 between each frame and the next."""

CHUNK = 6144
"""Samples made at a time."""
BEND_STEP = 32
"""Samples between the points at which a bend is known; the pitch is steady between them."""
FURTHER = 2 * CHUNK
"""Frames that a loop is written out past its end: what a chunk may read, up to an octave higher."""
_COUNT = np.arange(CHUNK, dtype=np.float64)
_SHARE = np.arange(BEND_STEP, dtype=np.float64) / BEND_STEP


@dataclass(frozen=True, slots=True)
class SampleSpan:
    """The part of a sample that is played, frames."""

    start: int
    end: int
    loop_start: int = 0
    loop_end: int = 0
    """0: no loop."""


def cubics(frames: Mono) -> Cubics:
    """Return the curve through `frames`, shape (n,); it starts and ends in silence."""
    padded = np.concatenate((np.zeros(1, np.float32), frames, np.zeros(2, np.float32)))
    before, here, after, later = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    rows = np.empty((len(frames), 4), np.float32)
    slope = np.float32(0.5) * (after - before)
    cube = np.float32(0.5) * (later - before) + np.float32(1.5) * (here - after)
    rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3] = cube, after - here - slope - cube, slope, here
    return rows


def written_out(curve: Cubics, span: SampleSpan, further: int) -> Cubics:
    """Return `curve` up to the end of the loop, and `further` rows more of it."""
    loop = curve[span.loop_start : span.loop_end]
    turns = -(-further // len(loop))
    return np.concatenate((curve[: span.loop_end], *[loop] * turns))[: span.loop_end + further]


def bent(pitch: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far one has read, frames, every BEND_STEP samples, at `pitch` frames a sample there."""
    steps = 0.5 * BEND_STEP * (pitch[:-1] + pitch[1:])
    # Half a sample's change: each sample is as far from the one before it as its own pitch says.
    read: NDArray[np.float64] = np.concatenate(([0.0], np.cumsum(steps))) + 0.5 * (pitch - pitch[0])
    return read


class Where:
    """Where a chunk of a tone is read: between which frames, and how far between them. Used again."""

    def __init__(self) -> None:
        self._place, self._whole = np.empty(CHUNK), np.empty(CHUNK)
        self.index, self.share = np.empty(CHUNK, np.intp), np.empty(CHUNK, np.float32)
        self.first = self.count = 0

    def chunks(
        self, span: SampleSpan, pitch: float, path: NDArray[np.float64] | None, size: int
    ) -> Iterator["Where"]:
        """Yield itself for every chunk of `size` samples; `path` is what `bent` returns.

        Without a loop it ends where the span ends.
        """
        steady = _COUNT * pitch
        for self.first in range(0, size, CHUNK):
            read = self.first * pitch if path is None else float(path[self.first // BEND_STEP])
            base = span.start + read
            if span.loop_end and base >= span.loop_end:
                base = span.loop_start + fmod(base - span.loop_start, span.loop_end - span.loop_start)
            if path is None:
                np.add(steady, base, out=self._place)
            else:
                points = path[self.first // BEND_STEP :][: CHUNK // BEND_STEP + 1] + (base - read)
                lines = np.multiply.outer(np.diff(points), _SHARE)
                np.add(lines, points[:-1, None], out=self._place.reshape(-1, BEND_STEP))
            left = self.count = min(CHUNK, size - self.first)
            if not span.loop_end:
                self.count = min(left, int(np.searchsorted(self._place, span.end - 1)))
            np.floor(self._place, out=self._whole)
            np.subtract(self._place, self._whole, out=self.share, casting="same_kind")
            np.copyto(self.index, self._whole, casting="unsafe")
            yield self
            if self.count < left:
                return


def drawn(curve: Cubics, where: Where, rows: Cubics, sound: Mono) -> Mono:
    """Return the curve as read; `rows` and `sound`, CHUNK long, are there to work in."""
    share, found, sound = where.share[: where.count], rows[: where.count], sound[: where.count]
    curve.take(where.index[: where.count], axis=0, out=found, mode="clip")
    np.multiply(found[:, 0], share, out=sound)
    for power in (1, 2):
        np.add(sound, found[:, power], out=sound)
        np.multiply(sound, share, out=sound)
    return np.add(sound, found[:, 3], out=sound)
