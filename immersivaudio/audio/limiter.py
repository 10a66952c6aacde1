"""A true-peak limiter that looks ahead: a smooth gain that is never higher than the peaks allow.

The gain is planned on a grid of milliseconds, before any sound is touched: the lowest gain within reach, then
a mean under a Hann window of the same reach. Each mean holds only minima that already saw the millisecond, so
the gain arrives in time by construction. Outside the peaks' neighbourhood the sound keeps every bit.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio.layout import Sound
from immersivaudio.audio.loudness import HopMeans, KWeighting, integrated
from immersivaudio.audio.peaks import GRID_RATE, MILLISECOND, TruePeaks

Grid = NDArray[np.float64]
"""One value a millisecond. Shape (milliseconds,)."""

LOOK = 12
"""ms the limiter sees each way: it ducks before the peak and recovers after it without bending the bass."""


def limiter_gain(peaks: Grid, ceiling: float) -> Grid:
    """Return the linear gain of each millisecond that keeps every true peak under `ceiling`, at most 1."""
    if not len(peaks):
        return np.ones(0)
    needed = np.minimum(1.0, ceiling / np.maximum(peaks, ceiling))
    # One more millisecond each way covers the interpolation between the grid's points.
    reach = LOOK + 1
    seen = np.lib.stride_tricks.sliding_window_view(np.pad(needed, 2 * reach, mode="edge"), 2 * reach + 1)
    shape = np.hanning(2 * LOOK + 3)[1:-1]
    smooth: Grid = np.convolve(seen.min(axis=1)[1:-1], shape / shape.sum(), "valid")
    return np.where(smooth < 1 - 1e-9, smooth, 1.0)


def under_gain(sound: Sound, start: int, gain: Grid) -> Sound:
    """Return `sound`, whose first sample is number `start` of the piece, under a gain a millisecond."""
    centres = (np.arange(len(gain)) + 0.5) * MILLISECOND
    size = sound.shape[1]
    if not size:
        return sound
    first, last = max(0, start // MILLISECOND - 2), (start + size) // MILLISECOND + 3
    each = np.interp(np.arange(start, start + size), centres[first:last], gain[first:last])
    return np.asarray(sound * each.astype(np.float32))


@dataclass(frozen=True, slots=True)
class GridLevels:
    """The level of a sound on the grid of milliseconds."""

    power: Grid
    """K-weighted mean square, both channels."""
    peaks: Grid
    """True peaks, full scale 1."""

    def loudness(self, gain: Grid) -> float:
        """Return the integrated loudness under a gain, LUFS."""
        return integrated(self.power * gain**2, GRID_RATE)


def grid_levels(blocks: Iterable[Sound]) -> GridLevels:
    """Measure a sound that comes in blocks, so that its gain can be planned."""
    weighting, means, peaks = KWeighting(), HopMeans(MILLISECOND), TruePeaks()
    for block in blocks:
        means.push(np.square(weighting(block)).sum(axis=0))
        peaks.push(block)
    found, power = peaks.result().astype(np.float64), means.means()
    return GridLevels(np.pad(power, (0, len(found) - len(power))), found)


def limited(sound: Sound, ceiling: float) -> Sound:
    """Return a whole sound, shape (2, n), with no true peak over `ceiling`."""
    peaks = TruePeaks()
    peaks.push(sound, 0.5 * ceiling)
    return under_gain(sound, 0, limiter_gain(peaks.result().astype(np.float64), ceiling))
