"""The spectrogram that everything else is measured on."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

RATE = 22_050
SIZE, HOP = 2048, 256
"""Samples of a frame, and from one to the next: 93 ms, 11.6 ms."""
FRAMES = RATE / HOP
"""Frames a second."""
_BANDS = 40
Matrix = NDArray[np.float32]
Row = NDArray[np.float64]


@dataclass(frozen=True)
class Spectrogram:
    """Of one channel at `RATE`, its level brought to one."""

    sound: NDArray[np.float32]

    @cached_property
    def magnitudes(self) -> Matrix:
        """Shape (frames, SIZE // 2 + 1)."""
        level = float(np.sqrt(np.mean(self.sound.astype(np.float64) ** 2))) or 1.0
        padded = np.pad(self.sound / np.float32(level), SIZE // 2)
        windows = np.lib.stride_tricks.sliding_window_view(padded, SIZE)[::HOP]
        hann = np.hanning(SIZE).astype(np.float32)
        parts = [
            np.abs(np.fft.rfft(windows[at : at + 512] * hann, axis=1)) for at in range(0, len(windows), 512)
        ]
        return np.concatenate(parts).astype(np.float32)

    @cached_property
    def frequencies(self) -> Row:
        """Hz of each column."""
        return np.asarray(np.fft.rfftfreq(SIZE, 1 / RATE), np.float64)

    @cached_property
    def bands(self) -> Matrix:
        """Logarithmic magnitudes in bands of equal width on a mel scale; shape (frames, 40)."""
        mel = 700 * (10 ** (np.linspace(0.0, 2595 * np.log10(1 + 10_000 / 700), _BANDS + 1) / 2595) - 1)
        edges = np.searchsorted(self.frequencies, mel)
        edges = np.maximum.accumulate(np.maximum(edges, np.arange(_BANDS + 1)))
        sums = np.add.reduceat(self.magnitudes, edges[:-1], axis=1)
        return np.log1p(sums).astype(np.float32)

    @cached_property
    def onsets(self) -> Row:
        """How much begins in each frame: spectral flux over the bands, its slow part taken away."""
        flux = np.maximum(0.0, np.diff(self.bands, axis=0, prepend=self.bands[:1])).mean(axis=1)
        width = round(0.5 * FRAMES) | 1
        slow = np.convolve(flux, np.ones(width) / width, mode="same")
        return np.asarray(np.maximum(0.0, flux - slow), np.float64)
