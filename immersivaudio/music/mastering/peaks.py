"""True peaks: four times oversampled, as BS.1770-4 annex 2 asks, one value a millisecond."""

import numpy as np
from numpy.typing import NDArray

from immersivaudio.music.mastering.loudness import HOP
from immersivaudio.music.timbre.tone import Sound

TAPS = 12
STRETCH = 12
"""Samples interpolated by one row of the matrix, a divisor of HOP."""
BATCH = 64
"""Milliseconds a multiplication: small enough that the linear algebra library starts no threads for it."""


def _between() -> NDArray[np.float32]:
    """Return windowed-sinc interpolators for 1/4, 1/2 and 3/4 of a sample; shape (12, 3)."""
    offsets = np.arange(TAPS)[:, None] - (TAPS // 2 - 1) - np.array([0.25, 0.5, 0.75])
    window = np.cos(np.pi * offsets / (TAPS + 1)) ** 2
    kernel = np.sinc(offsets) * window
    taps: NDArray[np.float32] = (kernel / kernel.sum(axis=0)).astype(np.float32)
    return taps


def _toeplitz(kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the matrix that interpolates STRETCH samples from the STRETCH + TAPS - 1 around them."""
    matrix = np.zeros((STRETCH + TAPS - 1, STRETCH, 3), np.float32)
    for i in range(STRETCH):
        matrix[i : i + TAPS, i] = kernel
    return matrix.reshape(STRETCH + TAPS - 1, STRETCH * 3)


_KERNEL = _between()
_MATRIX = _toeplitz(_KERNEL)
_OVERSHOOT = float(np.abs(_KERNEL).sum(axis=0).max())


def true_peaks(sound: Sound, interesting: float) -> NDArray[np.float32]:
    """Return the highest true peak of each millisecond of `sound`; its length is a multiple of HOP.

    Milliseconds that cannot reach `interesting` whatever lies between their samples keep their sample peak:
    most of the work is saved, and nothing that matters to a limiter is lost.
    """
    size = sound.shape[1] // HOP
    peaks: NDArray[np.float32] = np.abs(sound).reshape(len(sound), size, HOP).max(axis=2)
    margin = TAPS // 2
    padded = np.pad(sound, ((0, 0), (margin - 1, margin)))
    for channel, row in enumerate(padded):
        near = np.pad(peaks[channel], 1)
        highest = np.maximum(np.maximum(near[:-2], near[2:]), near[1:-1])
        hot = np.flatnonzero(highest * _OVERSHOOT > interesting)
        if not len(hot):
            continue
        stretches = np.lib.stride_tricks.sliding_window_view(row, STRETCH + TAPS - 1)[::STRETCH]
        stretches = stretches.reshape(size, HOP // STRETCH, -1)
        for first in range(0, len(hot), BATCH):
            some = hot[first : first + BATCH]
            between = np.abs(stretches[some].reshape(-1, STRETCH + TAPS - 1) @ _MATRIX)
            peaks[channel, some] = np.maximum(
                peaks[channel, some], between.reshape(len(some), -1).max(axis=1)
            )
    highest_of_all: NDArray[np.float32] = peaks.max(axis=0)
    return highest_of_all
