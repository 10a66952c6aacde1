"""One gain curve for the whole master: compression, loudness and limiting, planned on a millisecond grid.

Everything a master's dynamics do is multiply the mix by a curve, so the curve is found first, on levels
measured in one pass, and applied once. Planning costs no sound: 1,800 s are 1.8 million numbers.
"""

from collections.abc import Sequence
from math import isfinite

import numpy as np

from immersivaudio.audio import loudness
from immersivaudio.audio.limiter import Grid, limiter_gain
from immersivaudio.audio.peaks import GRID_RATE
from immersivaudio.music.brief import DYNAMICS_RATE

TARGET = -14.0
"""LUFS, integrated."""
CEILING_DB = -1.4
"""dBTP aimed at; the promise is -1, and other meters read up to 0.2 dB more between the samples."""
SOFTEST = -15.0
"""LUFS of a style whose peaks stand high above it: beside others it must not seem quiet."""
TOLERANCE = 0.02
"""LU."""

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


def plan(power: Grid, peaks: Grid, ride: Sequence[float] = (), crest: float = CEILING_DB - TARGET) -> Grid:
    """Return the linear gain of each millisecond that brings the mix to TARGET below CEILING_DB.

    `crest` is how far the peaks stand above the loudness, dB: a dense style is limited earlier, one of wide
    peaks is a little softer, `SOFTEST` at most.

    `power` is K-weighted, `peaks` are true peaks; `ride` is the course the loudness should take, see `Aim`.
    Silence comes back as it is.
    """
    heard = _integrated(power)
    if not isfinite(heard):
        return np.ones_like(power)
    glue = _rider(power, heard, ride) if ride else np.ones_like(power)
    glue = glue * _leveller(power * glue**2, _integrated(power * glue**2))
    glue = glue * _compressor(power * glue**2, heard)
    target = max(min(TARGET, CEILING_DB - crest), SOFTEST)
    ceiling = 10 ** (min(CEILING_DB, TARGET + crest) / 20)
    make_up = target - _integrated(power * glue**2)
    gain = glue
    for _ in range(12):
        gain = glue * 10 ** (make_up / 20)
        gain = gain * limiter_gain(peaks * gain, ceiling)
        miss = target - _integrated(power * gain**2)
        if abs(miss) < TOLERANCE:
            break
        # Past a few dB of limiting more gain buys little: damage is capped, loudness yields.
        make_up += min(1.2 * miss, 2.0)
    return gain


def _rider(power: Grid, own: float, ride: Sequence[float]) -> Grid:
    """Return the fader of a mixer who watches the film: it brings the level back to the course of `ride`.

    Slow and partly, so that what enters is still heard to enter; silence is not pulled up.
    """
    heard = loudness.lufs(_smooth(power, RIDING))
    at = (np.arange(len(ride)) + 0.5) * 1000 / DYNAMICS_RATE
    wanted = np.interp(np.arange(len(power)), at, ride)
    off = wanted - np.maximum(heard - own, -FURTHEST)
    off -= np.median(off[heard > own - FURTHEST])
    gain: Grid = 10 ** (_smooth(RIDDEN * np.clip(off, -FURTHEST_RIDE, FURTHEST_RIDE), RIDING // 2) / 20)
    return gain


def _leveller(power: Grid, own: float) -> Grid:
    """Return a slow hand on the fader: it draws loud and soft stretches together until WIDEST is kept.

    Proportional to the distance from the mean, so that what is louder than something else stays so.
    """
    spread = loudness.loudness_range(power, GRID_RATE)
    if spread <= WIDEST:
        return np.ones_like(power)
    level = loudness.lufs(_smooth(power, SLOW))
    distance = np.clip(level - own, -FURTHEST, FURTHEST)
    gain: Grid = 10 ** (-_smooth(distance * (1 - WIDEST / spread), SLOW // 2) / 20)
    return gain


def _compressor(power: Grid, own: float) -> Grid:
    """Return a soft-knee gain that follows the level over GLUE ms (Giannoulis, Massberg & Reiss 2012)."""
    level = loudness.lufs(_smooth(power, GLUE))
    over = level - own - THRESHOLD
    bent = np.where(over < KNEE / 2, np.maximum(over + KNEE / 2, 0.0) ** 2 / (2 * KNEE), over)
    gain: Grid = 10 ** (-_smooth(bent * (1 - 1 / RATIO), GLUE // 2) / 20)
    return gain


def _integrated(power: Grid) -> float:
    return loudness.integrated(power, GRID_RATE)


def _smooth(values: Grid, width: int) -> Grid:
    """Return a centred moving average over `width` ms; the ends are held."""
    left = width // 2
    total = np.cumsum(np.pad(values, (left + 1, width - left - 1), mode="edge"))
    smooth: Grid = (total[width:] - total[:-width]) / width
    return smooth
