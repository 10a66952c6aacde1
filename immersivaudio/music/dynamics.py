"""The large shape of loudness: a gain curve that follows the picture, or an arch where there is none to
follow.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.brief import DYNAMICS_RATE, Brief
from immersivaudio.music.palette import Palette
from immersivaudio.music.tempo_map import Grid

_SMOOTHING = 1.5
"""s: faster changes of motion are the drums' business."""
_LOUDEST, _SOFTEST = 3.0, -12.0
"""dB"""
_NARROWEST_RIDE, _WIDEST_RIDE = 5.5, 11.0
_STIRS = 2.2
"""dB by which arousal widens or narrows what the loudness follows (dynamics go with arousal)."""
_STILL = 0.02
_VARIES = 0.35
"""Ranges of the picture's curve: up to the one nothing follows it, from the other on the whole range does."""
_FADES_BY = 12.0
"""dB that music loses with a film that fades to black."""
_DIES_AWAY = 7.0
"""dB the last chord loses until the end: bowed and blown ones would else stand still, then stop."""


def shape(brief: Brief, palette: Palette, grid: Grid) -> tuple[float, ...]:
    """Return the gain in dB, `DYNAMICS_RATE` samples a second, over the whole length.

    The brief's curve is stretched to the palette's range (6 to 12 dB) as far as it varies at all; its
    middle is 0 dB.
    """
    count = max(int(np.ceil(float(brief.duration) * DYNAMICS_RATE)), 1)
    curve = _resampled(brief.dynamics, count) if brief.dynamics else _arch(brief, count)
    gain = np.clip(_stretched(_smoothed(curve), palette.dynamic_range), _SOFTEST, _LOUDEST)
    _hold_the_ending(gain, grid)
    gain += _faded(brief, count)
    return tuple(round(float(value), 2) for value in gain)


def ride(brief: Brief, palette: Palette, grid: Grid) -> tuple[float, ...]:
    """Return what the finished mix's loudness should follow, dB: the picture's curve; empty without one.

    `shape` moves the faders, but layers that enter outweigh them; this is what a mixer who watches the film
    would bring it back to. It is for the master alone, so it may know the mood of the whole piece.
    """
    count = max(int(np.ceil(float(brief.duration) * DYNAMICS_RATE)), 1)
    curve = _smoothed(_resampled(brief.dynamics, count)) if brief.dynamics else np.zeros(count)
    low, high = np.percentile(curve, [5, 95])
    if high - low <= _STILL and not brief.fade:
        return ()
    reach = 3 + palette.dynamic_range / 2 + _STIRS * mean_arousal(brief)
    wanted = _stretched(curve, min(max(reach, _NARROWEST_RIDE), _WIDEST_RIDE))
    first = int(grid.sample(grid.landing) / SAMPLE_RATE * DYNAMICS_RATE)
    wanted[first:] += np.linspace(0, -_DIES_AWAY / 2, count - first)
    wanted += _faded(brief, count)
    return tuple(round(float(value), 2) for value in wanted)


def mean_arousal(brief: Brief) -> float:
    """Return the arousal of the sections, each counting by its length."""
    lengths = [float(section.end - section.start) for section in brief.sections]
    felt = sum(s.arousal * length for s, length in zip(brief.sections, lengths, strict=True))
    return felt / max(sum(lengths), 1e-9)


def _stretched(curve: NDArray[np.float64], reach: float) -> NDArray[np.float64]:
    """Return the curve in dB about its median, `reach` dB wide where it varies enough."""
    low, high = np.percentile(curve, [5, 95])
    spread = float(high - low)
    if spread <= _STILL:
        return np.zeros(len(curve))
    stretched: NDArray[np.float64] = (curve - np.median(curve)) / spread * reach * min(spread / _VARIES, 1.0)
    return stretched


def loudness_at(brief: Brief, second: float) -> float:
    """Return the brief's dynamics at a moment, 0 to 1; the middle where it has none."""
    if not brief.dynamics:
        return 0.5
    return brief.dynamics[min(max(int(second * DYNAMICS_RATE), 0), len(brief.dynamics) - 1)]


def _resampled(values: Sequence[float], count: int) -> NDArray[np.float64]:
    """Cut or hold a curve to `count` samples."""
    index = np.minimum(np.arange(count), len(values) - 1)
    return np.asarray(values, dtype=np.float64)[index]


def _faded(brief: Brief, count: int) -> NDArray[np.float64]:
    """Return what the music loses with pictures that fade to black, dB: slowly first, as eyes see it."""
    if not brief.fade:
        return np.zeros(count)
    seconds = (np.arange(count) + 1) / DYNAMICS_RATE
    through = np.clip((seconds - float(brief.duration - brief.fade)) / float(brief.fade), 0.0, 1.0)
    return -_FADES_BY * through**1.5


def _arch(brief: Brief, count: int) -> NDArray[np.float64]:
    """Without a picture: every section swells a little through itself.

    Its mood has no say here, it is heard in the notes: a fader that knew it would move in the other sections.
    """
    curve = np.full(count, 0.5)
    for section in brief.sections:
        first = int(section.start * DYNAMICS_RATE)
        last = max(int(section.end * DYNAMICS_RATE), first + 1)
        curve[first:last] = 0.5 + 0.2 * np.linspace(0, 1, last - first)[: max(count - first, 0)] ** 2
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
