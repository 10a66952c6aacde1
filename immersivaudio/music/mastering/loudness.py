"""Programme loudness: ITU-R BS.1770-4 and EBU Tech 3342, on power measured once a millisecond."""

import numpy as np
from numpy.typing import NDArray

from immersivaudio.music.timbre.filters import Response

HOP = 48
"""Samples in a millisecond: the grid on which levels are kept and gains are planned."""
SILENCE = -70.0
"""LUFS: the absolute gate."""

Levels = NDArray[np.float64]
"""Shape (milliseconds,)."""

# BS.1770-4, tables 1 and 2: a shelf for the head, then the revised low-frequency B curve, at 48 kHz.
_HEAD = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
_RLB = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


def k_weighting(size: int) -> Response:
    """Return the frequency response of the K filter for an FFT of `size` samples at 48 kHz."""
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    total = np.ones_like(z)
    for b, a in (_HEAD, _RLB):
        total *= np.polyval(b[::-1], z) / np.polyval(a[::-1], z)
    weighting: Response = total.astype(np.complex64)
    return weighting


def integrated(power: Levels) -> float:
    """Return integrated loudness, LUFS, of K-weighted `power` (both channels summed) a millisecond.

    Sound shorter than one gating block of 400 ms counts as one block. Silence returns -inf.
    """
    blocks = _windows(power, 400, 100)
    loud = blocks[_lufs(blocks) > SILENCE]
    if not len(loud):
        return -np.inf
    gated = loud[_lufs(loud) > _lufs(loud.mean()) - 10.0]
    return float(_lufs(gated.mean()))


def loudness_range(power: Levels) -> float:
    """Return the loudness range, LU (EBU Tech 3342): p95 - p10 of the gated 3 s loudness, 0 if too short."""
    blocks = _windows(power, 3000, 100)
    loud = blocks[_lufs(blocks) > SILENCE]
    if len(loud) < 2:
        return 0.0
    levels = _lufs(loud[_lufs(loud) > _lufs(loud.mean()) - 20.0])
    low, high = np.percentile(levels, (10, 95))
    return float(high - low)


def _windows(power: Levels, length: int, step: int) -> Levels:
    """Return the mean power of windows of `length` ms every `step` ms."""
    length = max(1, min(length, len(power)))
    total = np.concatenate(([0.0], np.cumsum(power)))
    starts = np.arange(0, len(power) - length + 1, step)
    windows: Levels = np.maximum(total[starts + length] - total[starts], 0.0) / length
    return windows


def _lufs(power: Levels | np.float64) -> Levels:
    levels: Levels = -0.691 + 10.0 * np.log10(np.maximum(power, 1e-20))
    return levels
