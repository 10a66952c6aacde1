"""Where a sound is heard to begin: spectral flux, and its peaks.

Flux after Böck & Widmer, "Maximum filter vibrato suppression for onset detection" (DAFx 2013): logarithmic
bands, each compared with the strongest of its neighbours a moment before, so that a vibrato is no onset.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound, silence

RATE = 200
"""Values of the flux a second."""
TOLERANCE = 0.025
"""s: a sound that early or late still belongs to what is seen."""

_HOP = SAMPLE_RATE // RATE
_WINDOW = 1024
_LAG = 3
"""Hops between the spectra that are compared: 15 ms."""
_BANDS = 48
_LOWEST, _HIGHEST = 40.0, 16_000.0
_DELAY = 0.004
"""s by which the flux peaks after an attack, for a window taken at its middle."""
_AROUND = 1.5
"""s on each side that say what is usual."""
_ACCENT = 2.0
"""An accent stands out from what is usual by so many times its median absolute deviation."""
_STRONG = 0.3
"""Share of the flux's 99th percentile that an accent has at least. With it, a moment chosen by chance in a
composed piece is within `TOLERANCE` of an accent one time in seven to twelve."""
_AUDIBLE = 3.0
"""The least flux of an accent: a wide vibrato stays below it."""

Flux = NDArray[np.float64]


class FluxMeter:
    """Measures how much new sound there is at each moment, as the sound goes by."""

    def __init__(self) -> None:
        self._filters = _filters()
        self._window = np.hanning(_WINDOW).astype(np.float32)
        self._held = np.zeros(_WINDOW // 2, np.float32)
        self._before = np.zeros((_LAG, _BANDS), np.float32)
        self._rises: list[NDArray[np.float32]] = []

    def push(self, block: Sound) -> None:
        """Take the next block."""
        held = np.concatenate([self._held, (block[0] + block[1]) / 2])
        count = max(0, (len(held) - _WINDOW) // _HOP + 1)
        self._held = held[count * _HOP :]
        if not count:
            return
        frames = np.lib.stride_tricks.sliding_window_view(held, _WINDOW)[::_HOP][:count]
        levels = np.log10(1 + 1000 * np.abs(np.fft.rfft(frames * self._window, axis=1)) @ self._filters)
        joined = np.concatenate([self._before, levels.astype(np.float32)])
        usual = ndimage.maximum_filter1d(joined, 3, axis=1)
        self._rises.append(np.maximum(joined[_LAG:] - usual[:-_LAG], 0).sum(axis=1))
        self._before = joined[-_LAG:]

    def result(self) -> Flux:
        """Return the flux up to the end; value i belongs to i / `RATE` seconds. Nothing may follow."""
        self.push(silence(_WINDOW // 2))
        return np.concatenate(self._rises).astype(np.float64) if self._rises else np.zeros(0)


def flux(blocks: Iterable[Sound]) -> Flux:
    """Return how much new sound there is at each moment: value i belongs to i / `RATE` seconds."""
    meter = FluxMeter()
    for block in blocks:
        meter.push(block)
    return meter.result()


def accents(flux: Flux) -> NDArray[np.float64]:
    """Return the times of the peaks that stand out, s."""
    if not flux.size:
        return np.zeros(0)
    width = round(2 * _AROUND * RATE) | 1
    usual = ndimage.median_filter(flux, width, mode="nearest")
    spread = ndimage.median_filter(np.abs(flux - usual), width, mode="nearest")
    highest = flux == ndimage.maximum_filter1d(flux, round(0.05 * RATE) | 1)
    floor = max(_AUDIBLE, _STRONG * float(np.percentile(flux, 99)))
    out = flux > usual + _ACCENT * spread + floor
    return np.asarray(np.flatnonzero(highest & out) / RATE - _DELAY)


def hit(times: NDArray[np.float64], planned: Sequence[Fraction]) -> int:
    """Return how many of the planned moments (s) have an accent within `TOLERANCE`."""
    if not times.size:
        return 0
    return sum(float(np.abs(times - float(moment)).min()) <= TOLERANCE for moment in planned)


def _filters() -> NDArray[np.float32]:
    """Triangular bands, evenly spaced in pitch; shape (bins, bands)."""
    edges = np.geomspace(_LOWEST, _HIGHEST, _BANDS + 2)
    bins = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE)[:, None]
    rise = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    fall = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    return np.clip(np.minimum(rise, fall), 0, None).astype(np.float32)
