"""Curves that ride the faders: the score's dynamics, room for accents, pumping under the kick.

All are functions of the absolute sample, so a block can be rendered alone and still fit its neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.brief import DYNAMICS_RATE

Curve = NDArray[np.float32]
"""Linear gain of every sample."""
Decibels = NDArray[np.float64]
"""One value for each point of a Grid."""
Grid = NDArray[np.int64]

STEP = 64
"""Samples between the points at which curves are computed; lines run between them."""


@dataclass(frozen=True, slots=True)
class Moments:
    """Samples in rising order, and where the section of each begins."""

    at: NDArray[np.int64]
    since: NDArray[np.int64]


def grid(start: int, size: int) -> Grid:
    """Return the samples, STEP apart, at which curves over [start, start + size) are computed."""
    return start + np.arange(-(-size // STEP) + 1) * STEP


def dynamics(curve_db: Sequence[float], at: Grid) -> Decibels:
    """Return `Score.dynamics` at samples `at`; 0 dB where the score has none."""
    if not curve_db:
        return np.zeros(len(at))
    spacing = SAMPLE_RATE // DYNAMICS_RATE
    # A value of the curve is the mean of its quarter second: it belongs to the middle of it.
    return np.interp(at, (np.arange(len(curve_db)) + 0.5) * spacing, curve_db)


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


def dips(moments: Moments, shape: Dip, at: Grid) -> Decibels:
    """Return how far to step back at samples `at` around every one of `moments`."""
    if not len(moments.at):
        return np.zeros(len(at))
    after = np.searchsorted(moments.at, at, side="right")
    coming = np.minimum(after, len(moments.at) - 1)
    gone = np.maximum(after - 1, 0)
    ahead, behind = moments.at[coming] - at, at - moments.at[gone]
    # Never before the section the moment belongs to, not even on the line that leads to the next point:
    # sections change apart from each other.
    falling = np.where((ahead >= 0) & (at >= moments.since[coming] + STEP), 1.0 - ahead / shape.before, 0.0)
    here = (behind >= 0) & (at >= moments.since[gone] + STEP)
    rising = np.where(here, 1.0 - (behind - shape.held) / shape.after, 0.0)
    steps: Decibels = -shape.depth_db * np.clip(np.maximum(falling, rising), 0.0, 1.0)
    return steps


def drawn(points_db: Decibels, size: int) -> Curve:
    """Return the linear gain of every sample: straight lines between points STEP apart."""
    gain = (10 ** (points_db / 20)).astype(np.float32)
    share = np.arange(STEP, dtype=np.float32) / np.float32(STEP)
    curve: Curve = (gain[:-1, None] + (gain[1:] - gain[:-1])[:, None] * share).reshape(-1)
    return curve[:size]
