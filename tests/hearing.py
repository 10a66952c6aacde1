"""Judges of sound that share nothing with the code they judge: onsets, spectrum, stereo image.

Onsets: spectral flux in half-octave bands (Bello et al. 2005, "A tutorial on onset detection in music
signals"); whatever a detector adds of its own is measured on clicks, and taken off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

RATE = 48_000
HOP = 96
"""2 ms."""
WINDOW = 1024
BANDS = np.geomspace(40, 18_000, 25)

Sound = NDArray[np.float32]


def load(path: Path) -> Sound:
    """Return (samples, 2) at 48 kHz."""
    sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    assert rate == RATE
    return sound


def novelty(sound: Sound) -> NDArray[np.float64]:
    """Return how much louder the bands have become at each hop: sums of rises in log level."""
    mono = np.pad(sound.mean(axis=1), (WINDOW // 2, WINDOW // 2))
    window = np.hanning(WINDOW).astype(np.float32)
    frequency = np.fft.rfftfreq(WINDOW, 1 / RATE)
    membership = np.stack([(frequency >= a) & (frequency < b) for a, b in pairwise(BANDS)])
    levels = []
    frames = np.lib.stride_tricks.sliding_window_view(mono, WINDOW)[::HOP]
    for part in np.array_split(frames, max(1, len(frames) // 2000)):
        power = np.abs(np.fft.rfft(part * window)) ** 2 @ membership.T.astype(np.float32)
        levels.append(np.log10(1e-7 * WINDOW**2 + power))
    level = np.concatenate(levels)
    lag = 5
    rises = np.maximum(level[lag:] - level[:-lag], 0).sum(axis=1)
    return np.pad(rises, (lag, 0))


def onsets(sound: Sound, *, sensitivity: float = 1.0) -> NDArray[np.float64]:
    """Return the samples at which something is heard to begin, the detector's own delay not yet taken off."""
    flux = novelty(sound)
    reach = 15
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(flux, reach), 2 * reach + 1)
    usual = np.lib.stride_tricks.sliding_window_view(np.pad(flux, 250, mode="reflect"), 501)[:, ::5]
    threshold = np.median(usual, axis=1) + sensitivity * (0.6 + 0.08 * flux.max())
    peaks = np.flatnonzero((flux == windows.max(axis=1)) & (flux > threshold))
    return peaks.astype(float) * HOP


@cache
def bias() -> float:
    """Return the detector's delay in samples, measured on clicks."""
    times = RATE // 4 + np.arange(40) * 12_007
    sound = np.zeros((times[-1] + RATE, 2), np.float32)
    decay = np.exp(-np.arange(600) / 80).astype(np.float32)
    for time in times:
        sound[time : time + 600] += 0.5 * decay[:, None] * np.where(np.arange(600) % 2, 1, -1)[:, None]
    found = onsets(sound)
    return float(np.median([found[np.abs(found - time).argmin()] - time for time in times]))


def misses(sound: Sound, planned: Sequence[int]) -> NDArray[np.float64]:
    """Return how far from each planned sample the nearest onset is heard, ms, early is negative."""
    found = onsets(sound) - bias()
    if not len(found):
        return np.full(len(planned), np.inf)
    return np.array([found[np.abs(found - time).argmin()] - time for time in planned]) / (RATE / 1000)


@dataclass(frozen=True)
class Picture:
    """The measures of shared/design/music.md, the same code for every piece."""

    slope: float
    """dB an octave, octave bands 125 Hz to 4 kHz."""
    air: float
    """8 kHz band against the strongest, dB."""
    correlation: float
    """Left to right."""
    level_range: float
    """p95 - p10 of the level in 400 ms windows, dB."""
    dc: float
    """Mean, dBFS."""
    peak: float
    """Sample peak, dBFS."""


def picture(sound: Sound) -> Picture:
    """Measure one piece."""
    size = 8192
    frames = np.lib.stride_tricks.sliding_window_view(sound.mean(axis=1), size)[:: size // 2]
    power = np.mean([np.abs(np.fft.rfft(f * np.hanning(size))) ** 2 for f in frames], axis=0)
    frequency = np.fft.rfftfreq(size, 1 / RATE)
    centres = 62.5 * 2.0 ** np.arange(9)
    bands = np.array([power[(frequency >= c / 2**0.5) & (frequency < c * 2**0.5)].sum() for c in centres])
    db = 10 * np.log10(bands + 1e-20)
    slope = float(np.polyfit(np.arange(6), db[1:7], 1)[0])
    window = int(0.4 * RATE)
    level = np.sqrt(np.mean(sound[: len(sound) // window * window].reshape(-1, window * 2) ** 2, axis=1))
    level_db = 20 * np.log10(level + 1e-9)
    heard = level_db[level_db > level_db.max() - 60]
    low, high = np.percentile(heard, (10, 95))
    return Picture(
        slope=slope,
        air=float(db[7] - db.max()),
        correlation=float(np.corrcoef(sound.T)[0, 1]),
        level_range=float(high - low),
        dc=20 * float(np.log10(np.abs(sound.mean(axis=0)).max() + 1e-12)),
        peak=20 * float(np.log10(np.abs(sound).max() + 1e-12)),
    )
