"""Tonal balance and width: one gentle, fixed correction towards what finished music measures.

The bands are those measured on human-made music (docs/decisions/0052): a mix that already lies inside them
is not touched.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.audio.loudness import Response
from immersivaudio.music.brief import DYNAMICS_RATE
from immersivaudio.music.mastering.gain import FURTHEST_RIDE, RIDDEN
from immersivaudio.music.timbre.spectra import spectrum

CENTRES = 62.5 * 2.0 ** np.arange(9)
"""Hz, octave bands 62.5 Hz to 16 kHz."""
MOST_TILT_DB, MOST_AIR_DB = 6.0, 11.0
"""The largest corrections: of the body, and of the two top octaves, where little is heard of it."""
MONO_BELOW = 140.0
"""Hz: the bottom stays in the middle."""
FOLDED = 500.0, 8000.0
"""Hz between which folding down to mono loses at most 2 dB."""
SIDE_AT_MOST = 0.33
"""Of the middle's power, the side's in such a band: 1.2 dB are lost, a little more where bands meet."""
WIDEST, NARROWEST = 2.6, 0.6
RUMBLE = 18.0
"""Hz below which nothing is kept."""
KEPT_RANGE = 9.0
"""dB: what the master's slow hand leaves of a wider range."""
PIECE = 65_536
Bands = NDArray[np.float64]
_FREQUENCY = np.fft.rfftfreq(PIECE, 1 / SAMPLE_RATE)


@dataclass(frozen=True, slots=True)
class Aim:
    """What a piece should measure; a mix that comes near enough is left alone."""

    slope: float = -2.3
    """dB an octave, 125 Hz to 4 kHz."""
    air: float = -20.5
    """8 kHz band against the strongest, dB."""
    correlation: float = 0.48
    """Left to right."""
    crest: float = 12.6
    """dB of true peak over loudness."""
    ride: tuple[float, ...] = ()
    """dB, `DYNAMICS_RATE` samples a second, that the loudness should follow; empty: the mix's own course."""

    SLOPE_NEAR: ClassVar[float] = 0.1
    AIR_NEAR: ClassVar[float] = 0.7
    CORRELATION_NEAR: ClassVar[float] = 0.08


class Balance:
    """Collects the spectrum and the stereo image of a mix, then says what to do about them."""

    def __init__(self, aim: Aim) -> None:
        self._aim = aim
        self._pieces: list[Bands] = []
        self._wanted: list[float] = []

    def add(self, sound: Sound, start: int = 0) -> None:
        """Listen to up to PIECE samples, shape (2, n), that begin at sample `start` of the piece."""
        ride = self._aim.ride
        self._wanted.append(
            ride[min((start + PIECE // 2) * DYNAMICS_RATE // SAMPLE_RATE, len(ride) - 1)] if ride else 0.0
        )
        size = min(sound.shape[1], PIECE)
        heard = sound[:, :size] * _window(size)
        spectra = spectrum(np.stack((heard[0] + heard[1], heard[0] - heard[1])) * np.float32(0.5), PIECE)
        self._pieces.append(np.stack([octave_powers(np.abs(one) ** 2) for one in spectra]))

    def correction_db(self) -> Bands:
        """Return the gain of each band of CENTRES, dB."""
        bands = 10 * np.log10(np.maximum(self._powers().sum(axis=0), 1e-20))
        octaves = np.arange(6) - 2.5
        slope = float((bands[1:7] - bands[1:7].mean()) @ octaves / (octaves @ octaves))
        tilt = _near(slope, self._aim.slope, Aim.SLOPE_NEAR) - slope
        change = np.zeros(len(CENTRES))
        change[1:7] = tilt * octaves
        change[0], change[7:] = change[1], change[6]
        level = bands + change
        air = float(level[7] - level[:7].max())
        change[7:] += _near(air, self._aim.air, Aim.AIR_NEAR) - air
        most = np.where(CENTRES < 6000, MOST_TILT_DB, MOST_AIR_DB)
        return np.clip(change, -most, most)

    def width(self) -> float:
        """Return the gain of the side signal that puts the corrected mix's correlation into its band."""
        mid, side = np.asarray(self._powers() * 10 ** (self.correction_db() / 10), np.float64)
        bottom = _mono_bottom(CENTRES.astype(np.float64))
        m, s = float(mid.sum()), float((side * bottom**2).sum())
        if m <= 0.0 or s <= 1e-9 * m:
            return 1.0
        # With equal power left and right, correlation = (M - S) / (M + S).
        correlation = (m - s) / (m + s)
        wanted = _near(correlation, self._aim.correlation, Aim.CORRELATION_NEAR)
        if wanted == correlation:
            return 1.0
        return float(min(max(((1 - wanted) / (1 + wanted) * m / s) ** 0.5, NARROWEST), WIDEST))

    def _sides(self) -> Bands:
        """Return the gain of the side in each band: the width, less where one loudspeaker would lose too
        much.

        A telephone hears the sum of both sides: what of a band is all side is gone.
        """
        mid, side = self._powers()
        most = np.sqrt(SIDE_AT_MOST * mid / np.maximum(side, 1e-20))
        heard = (FOLDED[0] <= CENTRES) & (FOLDED[1] >= CENTRES)
        gain: Bands = np.where(heard, np.minimum(self.width(), most), self.width())
        return gain

    def response(self, size: int) -> tuple[Response, Response]:
        """Return zero-phase responses for mid and side, for an FFT of `size` samples."""
        frequency = np.maximum(np.fft.rfftfreq(size, 1 / SAMPLE_RATE), 0.1)
        octaves, places = np.log2(frequency), np.log2(CENTRES)
        db = np.interp(octaves, places, self.correction_db())
        mid = 10 ** (db / 20) / np.sqrt(1 + (RUMBLE / frequency) ** 8)
        side = mid * np.interp(octaves, places, self._sides()) * _mono_bottom(frequency)
        return mid.astype(np.complex64), side.astype(np.complex64)

    def _powers(self) -> Bands:
        """Return the power of mid and side in each band, (2, bands), over the piece.

        Soft stretches count for what they will be once the master has drawn them towards the loud ones, or
        has ridden them to where the film wants them.
        """
        pieces = np.array(self._pieces)
        level = 10 * np.log10(np.maximum(pieces.sum(axis=(1, 2)), 1e-20))
        if self._aim.ride:
            off = np.array(self._wanted) - np.maximum(level, level.max() - 20.0)
            off = RIDDEN * np.clip(off - np.median(off), -FURTHEST_RIDE, FURTHEST_RIDE)
            ridden: Bands = np.tensordot(10 ** (off / 10), pieces, axes=1)
            return ridden
        low, high = np.percentile(level, (10, 95))
        share = 1 - min(1.0, KEPT_RANGE / max(float(high - low), 1e-9))
        weights = 10 ** (-share * np.maximum(level - high, -20.0) / 10)
        powers: Bands = np.tensordot(weights, pieces, axes=1)
        return powers


def octave_powers(power: Bands) -> Bands:
    """Return the power in each band of CENTRES, from a power spectrum of an FFT of PIECE samples."""
    edges = np.searchsorted(_FREQUENCY, [centre * 2**0.5 for centre in (CENTRES[0] / 2, *CENTRES)])
    return np.array([power[low:high].sum() for low, high in pairwise(edges)])


def _mono_bottom(frequency: Bands) -> Bands:
    """Return the gain of the side signal that leaves the bottom in the middle."""
    gain: Bands = 1 / np.sqrt(1 + (MONO_BELOW / frequency) ** 4)
    return gain


@lru_cache(maxsize=2)
def _window(size: int) -> NDArray[np.float32]:
    return np.hanning(size).astype(np.float32)


def _near(measured: float, aim: float, tolerance: float) -> float:
    return min(max(measured, aim - tolerance), aim + tolerance)
