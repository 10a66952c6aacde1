"""The curve that the music's loudness follows: motion, smoothed; fades of the picture fade the music.

Method: motion at `DYNAMICS_RATE`, stretched to the clip's own range where it varies, smoothed over about
1.5 s (ears follow a phrase, not a frame). Near a fade, and where the film opens from or closes to black,
the curve is scaled by brightness against its surroundings, so a fade in is a swell and a fade to black a
decay.
Limits: a slow film keeps a middle level; what a shot means for loudness is left to the sections'
intensity.
"""

import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.enhance.feature_matrix import Looks
from immersivaudio.values import DYNAMICS_RATE, Footage, Seconds, exact

_WINDOW = 7
"""Samples of the smoothing window: 1.75 s between its zeros."""
_FLOOR = 0.2
"""The softest that motion alone makes it."""
_VARIES = 0.06
"""Range of motion (5th to 95th percentile) from which it is stretched in full."""
_AROUND = 2 * DYNAMICS_RATE
"""Samples on both sides of a fade in which brightness counts."""
_DARK = 0.3
"""Share of the surrounding brightness that counts as black at a clip's ends."""
_SILENT = 0.15
_LONGEST_FADE, _SHORTEST_FADE = Seconds(5), Seconds(2, 5)
"""s"""
_BLACK, _FLICKER, _LIT = 0.05, 0.01, 0.93
"""Brightness that counts as black, what it may rise by in a fade, and the share of it where a fade begins."""


def follow(looks: Looks) -> tuple[float, ...]:
    """Return 0 to 1, `DYNAMICS_RATE` samples a second, over the whole clip."""
    curve = _smooth(_stretched(looks.column("motion"))) * _fades(looks)
    return tuple(round(float(v), 3) for v in np.clip(curve, 0.0, 1.0))


def closing(footage: Footage) -> Seconds:
    """Return how long the film fades to black at its end, s; 0 where it does not, or only cuts to it."""
    rate, curve = footage.curves.rate, np.clip(np.nan_to_num(footage.curves.brightness), 0, 1)
    reach = int(_LONGEST_FADE * rate)
    near = np.asarray(curve[-reach - 1 :], dtype=np.float64)
    if len(near) < 3 or near[-1] > _BLACK or near.max() < 2 * _BLACK:
        return Seconds(0)
    falls = len(near) - 1
    while falls and near[falls - 1] > near[falls] - _FLICKER:
        falls -= 1
    lit = near[falls:] < _LIT * near[falls:].max()
    starts = falls + int(np.argmax(lit))
    black = falls + int(np.argmax(near[falls:] <= _BLACK))
    if (black - starts) / rate < _SHORTEST_FADE:
        return Seconds(0)
    return exact((len(near) - max(starts - 1, 0)) / rate)


def _stretched(motion: NDArray[np.float64]) -> NDArray[np.float64]:
    low, high = np.percentile(motion, [5, 95])
    share = min(1.0, float(high - low) / _VARIES)
    relative = np.clip((motion - low) / max(high - low, 1e-6), 0, 1)
    absolute = 0.35 + 0.5 * float(np.clip(np.mean(motion), 0, 1))
    level: NDArray[np.float64] = share * relative + (1 - share) * absolute
    return _FLOOR + (1 - _FLOOR) * level


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    window = np.hanning(_WINDOW + 2)[1:-1]
    padded = np.pad(values, _WINDOW // 2, mode="edge")
    smooth: NDArray[np.float64] = np.convolve(padded, window / window.sum(), mode="valid")
    return smooth


def _fades(looks: Looks) -> NDArray[np.float64]:
    """Return factors, 1 where no fade is near."""
    brightness = np.clip(looks.column("brightness"), 0, 1)
    factors = np.ones(looks.size)
    centres = [round(shot.start * DYNAMICS_RATE) for shot in looks.shots if shot.opening == "fade"]
    centres += [end for end in (0, looks.size - 1) if _ends_dark(brightness, end)]
    for centre in centres:
        near = slice(max(0, centre - _AROUND), min(looks.size, centre + _AROUND + 1))
        brightest = float(np.max(brightness[near], initial=0.02))
        factors[near] = np.minimum(factors[near], np.clip(brightness[near] / brightest, _SILENT, 1) ** 0.5)
    return _smooth(factors) if centres else factors


def _ends_dark(brightness: NDArray[np.float64], end: int) -> bool:
    near = brightness[max(0, end - _AROUND) : end + _AROUND + 1]
    return bool(brightness[end] < _DARK * np.max(near) and np.max(near) > 0.05)
