"""A true-peak limiter that looks ahead: a smooth gain that is never higher than the peaks allow.

The gain each sample may have is the ceiling over its true peak. A minimum over the look-ahead on both sides,
averaged by a Hann window of the same width, is smooth and below it everywhere: each average holds only
minima that already saw the sample. Outside the peaks' neighbourhood the sound is bit for bit what came in.
"""

from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from immersivaudio.media.loudness import Sound, oversampled

LOOK = 960
"""Samples of look-ahead and release: 20 ms, slow enough not to be heard as distortion."""
_CONTEXT = 2 * LOOK + 16
_HOT = 0.6
"""Below this share of the ceiling, no peak between two samples can reach it in real sound."""
_CHUNK = 2048


def limited(blocks: Iterable[Sound], ceiling: float) -> Iterator[Sound]:
    """Yield the same sound, no true peak over `ceiling` (full scale is 1); as many samples, other borders."""
    pending = np.zeros((_CONTEXT, 2), np.float32)
    for block in blocks:
        pending = np.concatenate([pending, block])
        if len(pending) > 4 * _CONTEXT:
            yield _middle(pending, ceiling)
            pending = pending[-2 * _CONTEXT :]
    pending = np.concatenate([pending, np.zeros((_CONTEXT, 2), np.float32)])
    if len(pending) > 2 * _CONTEXT:
        yield _middle(pending, ceiling)


def _middle(sound: Sound, ceiling: float) -> Sound:
    middle = sound[_CONTEXT:-_CONTEXT]
    allowed = _allowed(sound, ceiling)
    if allowed.min() >= 1.0:
        return middle
    from scipy.signal import fftconvolve

    lowest = ndimage.minimum_filter1d(allowed, 2 * LOOK + 1)
    gain = fftconvolve(lowest, _window(), mode="same")[_CONTEXT:-_CONTEXT]
    # The transform leaves a rounding error of 1e-16 where the gain is one.
    return np.where(gain < 1 - 1e-9, middle.T * gain, middle.T).T.astype(np.float32)


@cache
def _window() -> NDArray[np.float64]:
    from scipy.signal.windows import hann

    window = np.asarray(hann(2 * LOOK + 1))
    return np.asarray(window / window.sum())


def _allowed(sound: Sound, ceiling: float) -> NDArray[np.float64]:
    """The gain that brings each sample's true peak to the ceiling, at most 1. Shape (n,)."""
    allowed = np.ones(len(sound))
    for start in range(0, len(sound), _CHUNK):
        left, right = max(0, start - 8), min(len(sound), start + _CHUNK + 8)
        piece = sound[left:right]
        if np.abs(piece).max() <= _HOT * ceiling:
            continue
        fine = np.abs(oversampled(piece))
        fine = np.maximum(fine[:, 0], fine[:, 1])
        fine = np.maximum.reduce([fine[phase::4] for phase in range(4)])
        # A peak after the last sample of one phase belongs to both its neighbours.
        peaks = np.maximum(fine, np.concatenate([[0.0], fine[:-1]]))
        chunk = peaks[start - left : start - left + _CHUNK]
        with np.errstate(divide="ignore"):
            allowed[start : start + len(chunk)] = np.minimum(1.0, ceiling / chunk)
    return allowed
