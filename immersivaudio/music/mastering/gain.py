"""One gain curve for the whole master: compression, loudness and limiting, planned on a millisecond grid.

Everything a master's dynamics do is multiply the mix by a curve, so the curve is found first, on levels
measured in one pass, and applied once. Planning costs no sound: 1,800 s are 1.8 million numbers.
"""

from collections.abc import Sequence
from math import isfinite

import numpy as np

from immersivaudio.music.brief import DYNAMICS_RATE
from immersivaudio.music.mastering.loudness import Levels, integrated, loudness_range

TARGET = -14.0
"""LUFS, integrated."""
CEILING_DB = -1.4
"""dBTP aimed at; the promise is -1, and other meters read up to 0.2 dB more between the samples."""
SOFTEST = -15.0
"""LUFS of a style whose peaks stand high above it: beside others it must not seem quiet."""
TOLERANCE = 0.02
"""LU."""
LOOK = 12
"""ms the limiter sees each way: it ducks before the peak and recovers after it without bending the bass."""

WIDEST = 9.0
"""LU of loudness range that a film's listener is asked to follow."""
RIDING = 1200
"""ms over which the fader rides after the film."""
RIDDEN, FURTHEST_RIDE = 0.9, 12.0
"""Share of the distance that is ridden, and the dB beyond which it is not chased."""
SLOW = 3000
"""ms over which the slow hand listens."""
FURTHEST = 14.0
"""LU from the mean beyond which it pulls no harder: silence stays silent."""
THRESHOLD = 3.0
"""LU above the piece's own loudness where compression begins."""
RATIO = 1.8
KNEE = 6.0
GLUE = 160
"""ms over which the compressor listens and moves."""


def plan(
    power: Levels, peaks: Levels, ride: Sequence[float] = (), crest: float = CEILING_DB - TARGET
) -> Levels:
    """Return the linear gain of each millisecond that brings the mix to TARGET below CEILING_DB.

    `crest` is how far the peaks stand above the loudness, dB: a dense style is limited earlier, one of wide
    peaks is a little softer, `SOFTEST` at most.

    `power` is K-weighted, `peaks` are true peaks; `ride` is the course the loudness should take, see `Aim`.
    Silence comes back as it is.
    """
    loudness = integrated(power)
    if not isfinite(loudness):
        return np.ones_like(power)
    glue = _rider(power, loudness, ride) if ride else np.ones_like(power)
    glue = glue * _leveller(power * glue**2, integrated(power * glue**2))
    glue = glue * _compressor(power * glue**2, loudness)
    target = max(min(TARGET, CEILING_DB - crest), SOFTEST)
    ceiling = min(CEILING_DB, TARGET + crest)
    make_up = target - integrated(power * glue**2)
    gain = glue
    for _ in range(12):
        gain = glue * 10 ** (make_up / 20)
        gain = gain * _limiter(peaks * gain, ceiling)
        miss = target - integrated(power * gain**2)
        if abs(miss) < TOLERANCE:
            break
        # Past a few dB of limiting more gain buys little: damage is capped, loudness yields.
        make_up += min(1.2 * miss, 2.0)
    return gain


def _rider(power: Levels, loudness: float, ride: Sequence[float]) -> Levels:
    """Return the fader of a mixer who watches the film: it brings the level back to the course of `ride`.

    Slow and partly, so that what enters is still heard to enter; silence is not pulled up.
    """
    heard = -0.691 + 10 * np.log10(np.maximum(_smooth(power, RIDING), 1e-12))
    at = (np.arange(len(ride)) + 0.5) * 1000 / DYNAMICS_RATE
    wanted = np.interp(np.arange(len(power)), at, ride)
    off = wanted - np.maximum(heard - loudness, -FURTHEST)
    off -= np.median(off[heard > loudness - FURTHEST])
    gain: Levels = 10 ** (_smooth(RIDDEN * np.clip(off, -FURTHEST_RIDE, FURTHEST_RIDE), RIDING // 2) / 20)
    return gain


def _leveller(power: Levels, loudness: float) -> Levels:
    """Return a slow hand on the fader: it draws loud and soft stretches together until WIDEST is kept.

    Proportional to the distance from the mean, so that what is louder than something else stays so.
    """
    spread = loudness_range(power)
    if spread <= WIDEST:
        return np.ones_like(power)
    level = -0.691 + 10 * np.log10(np.maximum(_smooth(power, SLOW), 1e-12))
    distance = np.clip(level - loudness, -FURTHEST, FURTHEST)
    gain: Levels = 10 ** (-_smooth(distance * (1 - WIDEST / spread), SLOW // 2) / 20)
    return gain


def _compressor(power: Levels, loudness: float) -> Levels:
    """Return a soft-knee gain that follows the level over GLUE ms (Giannoulis, Massberg & Reiss 2012)."""
    level = -0.691 + 10 * np.log10(np.maximum(_smooth(power, GLUE), 1e-12))
    over = level - loudness - THRESHOLD
    bent = np.where(over < KNEE / 2, np.maximum(over + KNEE / 2, 0.0) ** 2 / (2 * KNEE), over)
    gain: Levels = 10 ** (-_smooth(bent * (1 - 1 / RATIO), GLUE // 2) / 20)
    return gain


def _limiter(peaks: Levels, ceiling_db: float) -> Levels:
    """Return a smooth gain that keeps every peak under the ceiling."""
    ceiling = 10 ** (ceiling_db / 20)
    needed = np.minimum(1.0, ceiling / np.maximum(peaks, ceiling))
    # The lowest gain within reach, then a mean over the same reach: it arrives in time by construction.
    # One more millisecond each way covers the interpolation between the grid's points.
    reach = LOOK + 1
    lowest = _windows(np.pad(needed, 2 * reach, mode="edge"), 2 * reach + 1).min(axis=1)
    shape = np.hanning(2 * LOOK + 3)[1:-1]
    smooth: Levels = np.convolve(lowest[1:-1], shape / shape.sum(), "valid")
    return smooth


def _smooth(values: Levels, width: int) -> Levels:
    """Return a centred moving average over `width` ms; the ends are held."""
    left = width // 2
    total = np.cumsum(np.pad(values, (left + 1, width - left - 1), mode="edge"))
    smooth: Levels = (total[width:] - total[:-width]) / width
    return smooth


def _windows(values: Levels, width: int) -> Levels:
    return np.lib.stride_tricks.sliding_window_view(values, width)
