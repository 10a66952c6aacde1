"""What goes wrong with generated music: silence in the middle, and a loop that never ends."""

import numpy as np

from immersivaudio.stages.generate.neural.engine import Sound

_SILENT_DB = -50.0
"""Below the loudest second, dB."""
_SILENT_FOR = 0.8
"""s"""
_STUCK = 0.995
"""Correlation of a stretch with itself one period later, from which it is a copy."""
_STUCK_FOR = 4.0
"""s"""
_SHORTEST, _LONGEST = 0.02, 0.4
"""s: periods of a stuck model; a bar that is played again is longer, and wanted."""


def flaw(sound: Sound, rate: int) -> str:
    """Return what is wrong with `sound`, in words, or ""."""
    mono = sound.mean(0)
    if _longest_silence(mono, rate) > _SILENT_FOR:
        return "silence"
    if _stuck(mono[-round(_STUCK_FOR * rate) :], rate):
        return "a loop"
    return ""


def _longest_silence(mono: Sound, rate: int) -> float:
    """s"""
    hop = max(rate // 20, 1)
    count = len(mono) // hop
    if not count:
        return 0.0
    power = mono[: count * hop].reshape(count, hop).astype(np.float64).var(1)
    quiet = power <= max(power.max(), 1e-12) * 10 ** (_SILENT_DB / 10)
    longest = run = 0
    for one in quiet:
        run = run + 1 if one else 0
        longest = max(longest, run)
    return longest * hop / rate


def _stuck(tail: Sound, rate: int) -> bool:
    """Whether the end repeats itself exactly, several times a second.

    The autocorrelation by FFT (Wiener-Khinchin), over the energy of both stretches.
    """
    tail = tail - tail.mean() if len(tail) else tail
    if len(tail) < 2 * _LONGEST * rate or not tail.any():
        return False
    size = 1 << (2 * len(tail) - 1).bit_length()
    spectrum = np.fft.rfft(tail, size)
    together = np.fft.irfft(np.abs(spectrum) ** 2, size)
    energy = np.concatenate([[0.0], np.cumsum(np.square(tail, dtype=np.float64))])
    lags = np.arange(round(_SHORTEST * rate), round(_LONGEST * rate))
    early, late = energy[len(tail) - lags], energy[-1] - energy[lags]
    return bool(
        (together[lags] / np.sqrt(early * late + 1e-12)).max() > _STUCK and _changes_nothing(tail, rate)
    )


def _changes_nothing(tail: Sound, rate: int) -> bool:
    """Whether the level stands still as well: a held chord is periodic, too, but swells or dies away."""
    hop = rate // 10
    levels = np.square(tail[: len(tail) // hop * hop].reshape(-1, hop), dtype=np.float64).mean(1)
    return bool(levels.std() < 0.02 * levels.mean())
