"""Tonal balance and width: one gentle, fixed correction towards what finished music measures.

The bands are those measured on human-made music (docs/decisions/0052): a mix that already lies inside them
is not touched.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from immersivaudio.music.score import SAMPLE_RATE
from immersivaudio.music.timbre.filters import Response
from immersivaudio.music.timbre.tone import Sound

CENTRES = 62.5 * 2.0 ** np.arange(9)
"""Hz, octave bands 62.5 Hz to 16 kHz."""
MOST_TILT_DB, MOST_AIR_DB = 6.0, 11.0
"""The largest corrections: of the body, and of the two top octaves, where little is heard of it."""
MONO_BELOW = 140.0
"""Hz: the bottom stays in the middle."""
WIDEST, NARROWEST = 2.2, 0.6
PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Aim:
    """What a piece should measure; a mix that comes near enough is left alone."""

    slope: float = -2.45
    """dB an octave, 125 Hz to 4 kHz."""
    air: float = -21.0
    """8 kHz band against the strongest, dB."""
    correlation: float = 0.48
    """Left to right."""

    SLOPE_NEAR: ClassVar[float] = 0.25
    AIR_NEAR: ClassVar[float] = 1.5
    CORRELATION_NEAR: ClassVar[float] = 0.08


class Balance:
    """Collects the spectrum and the stereo image of a mix, then says what to do about them."""

    def __init__(self, aim: Aim) -> None:
        self._aim = aim
        self._mid = np.zeros(PIECE // 2 + 1)
        self._side = np.zeros(PIECE // 2 + 1)
        self._window = np.hanning(PIECE).astype(np.float32)

    def add(self, sound: Sound) -> None:
        """Listen to up to PIECE samples, shape (2, n)."""
        size = min(sound.shape[1], PIECE)
        shape = self._window if size == PIECE else np.hanning(size).astype(np.float32)
        self._mid += np.abs(np.fft.rfft(0.5 * (sound[0] + sound[1])[:size] * shape, PIECE)) ** 2
        self._side += np.abs(np.fft.rfft(0.5 * (sound[0] - sound[1])[:size] * shape, PIECE)) ** 2

    def width(self) -> float:
        """Return the gain of the side signal that puts the correlation into its band."""
        mid, side = float(self._mid.sum()), float(self._side.sum())
        if mid <= 0.0 or side <= 1e-9 * mid:
            return 1.0
        # With equal power left and right, correlation = (M - S) / (M + S).
        correlation = (mid - side) / (mid + side)
        wanted = _near(correlation, self._aim.correlation, Aim.CORRELATION_NEAR)
        ratio = (1 - wanted) / (1 + wanted) * mid / side
        return float(min(max(ratio**0.5, NARROWEST), WIDEST))

    def correction_db(self) -> NDArray[np.float64]:
        """Return the gain of each band of CENTRES, dB."""
        bands = octave_bands(self._mid + self._side)
        inner = bands[1:7]
        octaves = np.arange(6) - 2.5
        slope = float((inner - inner.mean()) @ octaves / (octaves @ octaves))
        tilt = _near(slope, self._aim.slope, Aim.SLOPE_NEAR) - slope
        change = np.zeros(len(CENTRES))
        change[1:7] = tilt * octaves
        change[0], change[7:] = change[1], change[6]
        level = bands + change
        air = level[7] - level[:7].max()
        change[7:] += _near(air, self._aim.air, Aim.AIR_NEAR) - air
        most = np.where(CENTRES < 6000, MOST_TILT_DB, MOST_AIR_DB)
        return np.clip(change, -most, most)

    def response(self, size: int) -> tuple[Response, Response]:
        """Return zero-phase responses for mid and side, for an FFT of `size` samples."""
        frequency = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
        octave = np.log2(np.maximum(frequency, 20.0))
        db = np.interp(octave, np.log2(CENTRES), self.correction_db())
        mid = 10 ** (db / 20) / np.sqrt(1 + (18.0 / np.maximum(frequency, 0.1)) ** 8)
        side = mid * self.width() / np.sqrt(1 + (MONO_BELOW / np.maximum(frequency, 0.1)) ** 4)
        return mid.astype(np.complex64), side.astype(np.complex64)


def _near(measured: float, aim: float, tolerance: float) -> float:
    return min(max(measured, aim - tolerance), aim + tolerance)


def octave_bands(power: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the level of each band of CENTRES, dB, from a power spectrum of an FFT of PIECE samples."""
    frequency = np.fft.rfftfreq(PIECE, 1 / SAMPLE_RATE)
    bands = [
        power[(frequency >= centre / 2**0.5) & (frequency < centre * 2**0.5)].sum() for centre in CENTRES
    ]
    levels: NDArray[np.float64] = 10 * np.log10(np.maximum(bands, 1e-20))
    return levels
