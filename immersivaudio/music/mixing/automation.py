"""Curves that ride the faders: the score's dynamics, room for accents, pumping under the kick.

All are functions of the absolute sample, so a block can be rendered alone and still fit its neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from immersivaudio.music.brief import DYNAMICS_RATE
from immersivaudio.music.score import SAMPLE_RATE

Curve = NDArray[np.float32]

STEP = 64
"""Samples between the points at which curves are computed; lines run between them."""


@dataclass(frozen=True, slots=True)
class Moments:
    """Samples in rising order, and where the section of each begins."""

    at: NDArray[np.int64]
    since: NDArray[np.int64]


def dynamics(curve_db: Sequence[float], start: int, size: int) -> Curve:
    """Return the linear gain of `Score.dynamics` from sample `start` on; 1 where the score has none."""
    if not curve_db:
        return np.ones(size, np.float32)
    spacing = SAMPLE_RATE // DYNAMICS_RATE
    grid = start + np.arange(-(-size // STEP) + 1) * STEP
    # A sample of the curve is the mean of its quarter second: it belongs to the middle of it.
    gain = 10 ** (np.interp(grid, (np.arange(len(curve_db)) + 0.5) * spacing, curve_db) / 20)
    return _drawn(gain, size)


@dataclass(frozen=True, slots=True)
class Dip:
    """The shape of one step back: down before a moment, held, and up again. Times in samples."""

    depth_db: float
    before: int
    held: int
    after: int


FOR_ACCENT = Dip(4.5, *(round(SAMPLE_RATE * s) for s in (0.05, 0.06, 0.25)))
"""How the rest of the band makes room for a hit."""


def pump(depth_db: float) -> Dip:
    """Return the sidechain of dance music: the kick pushes everything else down."""
    return Dip(depth_db, *(round(SAMPLE_RATE * s) for s in (0.008, 0.03, 0.2)))


def dips(moments: Moments, shape: Dip, start: int, size: int) -> Curve:
    """Return the linear gain from sample `start` on that steps back around every one of `moments`."""
    if not len(moments.at):
        return np.ones(size, np.float32)
    grid = start + np.arange(-(-size // STEP) + 1) * STEP
    after = np.searchsorted(moments.at, grid, side="right")
    coming = np.minimum(after, len(moments.at) - 1)
    gone = np.maximum(after - 1, 0)
    ahead, behind = moments.at[coming] - grid, grid - moments.at[gone]
    # Never before the section the moment belongs to: sections change apart from each other.
    falling = np.where((ahead >= 0) & (grid >= moments.since[coming]), 1.0 - ahead / shape.before, 0.0)
    rising = np.where(behind >= 0, 1.0 - (behind - shape.held) / shape.after, 0.0)
    depth = np.clip(np.maximum(falling, rising), 0.0, 1.0)
    return _drawn(10 ** (-shape.depth_db * depth / 20), size)


def _drawn(points: NDArray[np.float64], size: int) -> Curve:
    grid = np.arange(len(points)) * STEP
    return np.interp(np.arange(size), grid, points).astype(np.float32)
