"""The large shape of loudness: a gain curve that follows the picture, or an arch where there is none to
follow.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from immersivaudio.music.brief import DYNAMICS_RATE, Brief
from immersivaudio.music.palette import Palette
from immersivaudio.music.score import SAMPLE_RATE
from immersivaudio.music.tempo_map import Grid

_SMOOTHING = 1.5
"""s: faster changes of motion are the drums' business."""
_LOUDEST, _SOFTEST = 3.0, -12.0
"""dB"""
_DIES_AWAY = 7.0
"""dB the last chord loses until the end: bowed and blown ones would else stand still, then stop."""


def shape(brief: Brief, palette: Palette, grid: Grid) -> tuple[float, ...]:
    """Return the gain in dB, `DYNAMICS_RATE` samples a second, over the whole length.

    The brief's curve is stretched to the palette's range (6 to 12 dB) as far as it varies at all; its
    middle is 0 dB.
    """
    count = max(int(np.ceil(float(brief.duration) * DYNAMICS_RATE)), 1)
    curve = _resampled(brief.dynamics, count) if brief.dynamics else _arch(brief, grid, count)
    smooth = _smoothed(curve)
    low, high = np.percentile(smooth, [5, 95])
    spread = float(high - low)
    reach = palette.dynamic_range * min(spread / 0.35, 1.0)
    gain = (smooth - np.median(smooth)) / max(spread, 1e-6) * reach if spread > 0.02 else np.zeros(count)
    gain = np.clip(gain, _SOFTEST, _LOUDEST)
    _hold_the_ending(gain, grid)
    return tuple(round(float(value), 2) for value in gain)


def loudness_at(brief: Brief, second: float) -> float:
    """Return the brief's dynamics at a moment, 0 to 1; the middle where it has none."""
    if not brief.dynamics:
        return 0.5
    return brief.dynamics[min(max(int(second * DYNAMICS_RATE), 0), len(brief.dynamics) - 1)]


def _resampled(values: Sequence[float], count: int) -> NDArray[np.float64]:
    """Cut or hold a curve to `count` samples."""
    index = np.minimum(np.arange(count), len(values) - 1)
    return np.asarray(values, dtype=np.float64)[index]


def _arch(brief: Brief, grid: Grid, count: int) -> NDArray[np.float64]:
    """Without a picture: every section at its own intensity, swelling a little through itself."""
    curve = np.full(count, 0.5)
    for section in brief.sections:
        first = int(section.start * DYNAMICS_RATE)
        last = max(int(section.end * DYNAMICS_RATE), first + 1)
        through = np.linspace(0, 1, last - first)[: max(count - first, 0)]
        curve[first:last] = 0.25 + 0.5 * section.intensity + 0.2 * through**2
    del grid
    return curve


def _smoothed(curve: NDArray[np.float64]) -> NDArray[np.float64]:
    width = max(int(_SMOOTHING * DYNAMICS_RATE) | 1, 1)
    if len(curve) <= width:
        return np.full_like(curve, curve.mean())
    window = np.hanning(width + 2)[1:-1]
    padded = np.pad(curve, width // 2, mode="edge")
    return np.convolve(padded, window / window.sum(), mode="valid")


def _hold_the_ending(gain: NDArray[np.float64], grid: Grid) -> None:
    """Let the last chord die away by itself: the picture may make it soft, but it is heard to the end."""
    first = int(grid.sample(grid.landing) / SAMPLE_RATE * DYNAMICS_RATE)
    gain[first:] = np.maximum(gain[first:], -5.0) + np.linspace(0, -_DIES_AWAY, len(gain) - first)
