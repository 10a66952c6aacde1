"""Band-limited oscillators: one period written as a sum of sines that stay below hearing's limit."""

from functools import lru_cache
from math import pi
from typing import Literal

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.synths.patch import Mono

Shape = Literal["sine", "saw", "square", "triangle", "pulse"]

TABLE_SIZE = 16_384
HIGHEST = 18_000.0
"""Hz of the highest partial."""


@lru_cache(maxsize=256)
def period(shape: Shape, harmonics: int) -> Mono:
    """Return one period of `shape` with partials 1 to `harmonics`, peak about 1."""
    n = np.arange(1, harmonics + 1)
    if shape == "saw":
        level = 1.0 / n
    elif shape == "square":
        level = (n % 2) / n
    elif shape == "triangle":
        level = (n % 2) * (-1.0) ** ((n - 1) // 2) / n**2
    elif shape == "pulse":  # a quarter of the period up
        level = np.sin(pi * n * 0.25) / n
    else:
        level = (n == 1).astype(float)
    spectrum = np.zeros(TABLE_SIZE // 2 + 1, np.complex128)
    spectrum[n] = -0.5j * level * TABLE_SIZE
    wave = np.fft.irfft(spectrum)
    wave /= np.abs(wave).max()
    return wave.astype(np.float32)


def oscillator(shape: Shape, frequency: float | Mono, size: int, phase: float = 0.0) -> Mono:
    """Return `size` samples at `frequency` (Hz, constant or a curve), starting at `phase` (0 to 1)."""
    highest = frequency if isinstance(frequency, float) else float(frequency.max())
    table = period(shape, max(1, min(int(HIGHEST / highest), TABLE_SIZE // 4)))
    if isinstance(frequency, float):
        turns = np.arange(size, dtype=np.float64) * (frequency / SAMPLE_RATE * TABLE_SIZE)
    else:
        turns = np.cumsum(frequency, dtype=np.float64) * (TABLE_SIZE / SAMPLE_RATE)
    index = (turns + phase * TABLE_SIZE).astype(np.int64)
    index &= TABLE_SIZE - 1
    return table[index]


def detuned(shape: Shape, frequency: float, size: int, cents: tuple[float, ...], phases: Mono) -> Mono:
    """Return the sum of one oscillator for each of `cents` off `frequency`."""
    total = np.zeros(size, np.float32)
    for offset, phase in zip(cents, phases, strict=False):
        total += oscillator(shape, frequency * 2.0 ** (offset / 1200), size, float(phase))
    return total
