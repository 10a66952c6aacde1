"""What is done to generated sound before it is a track: stereo at the house's rate, level, accents, an
ending."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.values import DYNAMICS_RATE, CueSheet

Stereo = NDArray[np.float32]

_LEVEL_DB = -18.0
"""RMS of the track: where mastering takes over."""
_PEAK = 0.95
_DYNAMICS_DB = 5.0
"""Between the quietest and the loudest that the sheet asks for."""
_ENDING = 2.0
"""s of the last fade, at most."""
_LOWEST = 25.0
"""Hz: below it there is only offset and rumble."""
_BEFORE, _AFTER = 0.12, 0.5
"""s of an accent: the level gives way before it, and swells at it."""


def stereo(sound: NDArray[np.float32], rate: int) -> Stereo:
    """Return sound of shape (1 or 2, n) at `rate` Hz as (m, 2) at 48 kHz, without offset."""
    step = Fraction(SAMPLE_RATE, rate)
    both = np.repeat(sound, 2, axis=0) if sound.shape[0] == 1 else sound[:2]
    high = signal.resample_poly(both, step.numerator, step.denominator, axis=1) if step != 1 else both
    sections = signal.butter(2, _LOWEST, "highpass", fs=SAMPLE_RATE, output="sos")
    return np.ascontiguousarray(signal.sosfilt(sections, high, axis=1).T, np.float32)


def fall(count: int) -> NDArray[np.float32]:
    """Return `count` gains from 1 to 0, of shape (count, 1): a quarter of a cosine, equal power."""
    return np.cos(np.linspace(0, np.pi / 2, count), dtype=np.float32)[:, None]


def accent(track: Stereo, sample: int, strength: float) -> None:
    """Give the music an accent at `sample`, in place: it gives way just before, and comes back louder.

    For a hit that no beat could be stretched to. `strength`, 0 to 1, goes up to 9 dB down and 4 dB up.
    """
    before = min(sample, round(_BEFORE * SAMPLE_RATE))
    after = min(len(track) - sample, round(_AFTER * SAMPLE_RATE))
    if before <= 0 or after <= 0:
        return
    dip = np.sin(np.linspace(0, np.pi / 2, before)) * -9 * strength
    swell = np.linspace(1, 0, after) ** 2 * 4 * strength
    track[sample - before : sample + after] *= _gain(np.concatenate([dip, swell]))


def finished(track: Stereo, sheet: CueSheet) -> Stereo:
    """Return the track with the sheet's dynamics, an ending that fades to nothing, and level."""
    if sheet.dynamics:
        times = np.arange(len(track)) / SAMPLE_RATE
        marks = (np.arange(len(sheet.dynamics)) + 0.5) / DYNAMICS_RATE
        curve = np.interp(times, marks, sheet.dynamics) - np.mean(sheet.dynamics)
        track = track * _gain(_DYNAMICS_DB * curve)
    ending = min(round(_ENDING * SAMPLE_RATE), len(track) // 3)
    if ending:
        track[-ending:] *= fall(ending)
    power = float(np.sqrt(np.mean(np.square(track, dtype=np.float64))))
    if power < 1e-6:
        return track
    gain = 10 ** (_LEVEL_DB / 20) / power
    return _limited(track * np.float32(gain))


def settled(*parts: Stereo) -> list[Stereo]:
    """Return the parts of a track at the level where mastering takes over; what they sum to stays under the
    peak.
    """
    whole = np.sum(parts, axis=0)
    power = float(np.sqrt(np.mean(np.square(whole, dtype=np.float64))))
    if power < 1e-6:
        return list(parts)
    gain = 10 ** (_LEVEL_DB / 20) / power
    whole = whole * np.float32(gain)
    limits = np.divide(_limited(whole), whole, out=np.ones_like(whole), where=np.abs(whole) > 1e-9)
    return [np.asarray(part * np.float32(gain) * limits, np.float32) for part in parts]


def _limited(track: Stereo) -> Stereo:
    """Round off what is over the peak: tanh above the knee leaves everything below it as it is."""
    knee = 0.7 * _PEAK
    size = np.abs(track)
    over = np.maximum(size - knee, 0) / (_PEAK - knee)
    soft = np.where(size > knee, knee + (_PEAK - knee) * np.tanh(over), size)
    return np.asarray(np.copysign(soft, track), np.float32)


def _gain(decibels: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(10 ** (decibels / 20), np.float32)[:, None]
