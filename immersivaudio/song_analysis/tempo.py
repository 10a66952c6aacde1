"""Tempo by autocorrelation of the onsets, each lag with its multiples, weighed by where people tap.

Percival & Tzanetakis (2014) and Ellis (2007) in their simplest form. What is off by a factor of two
stays so.
"""

import numpy as np

from immersivaudio.song_analysis.spectrogram import FRAMES, Row

_SLOWEST, _FASTEST = 50.0, 200.0
_TAPPED, _SPREAD = 105.0, 0.9
"""bpm at which people tap most, and octaves within which they still do (a log-normal prior)."""
_STEP = 0.1
"""bpm between two candidates."""
_MULTIPLES = 8
"""Beats over which a candidate has to fit."""


def tempo(onsets: Row) -> float:
    """Return beats a minute; 0 where nothing recurs."""
    centred = onsets - onsets.mean()
    size = 1 << (2 * len(centred) - 1).bit_length()
    spectrum = np.fft.rfft(centred, size)
    found = np.fft.irfft(spectrum * spectrum.conj(), size)[: len(centred)]
    if found[0] <= 0:
        return 0.0
    similar = found / found[0] * len(centred) / np.arange(len(centred), 0, -1)
    candidates = np.arange(_SLOWEST, _FASTEST, _STEP)
    lags = 60 * FRAMES / candidates
    total, weight = np.zeros(len(candidates)), np.zeros(len(candidates))
    for multiple in range(1, _MULTIPLES + 1):
        at = lags * multiple
        there = at < 0.75 * len(similar)
        share = 1 / np.sqrt(multiple)
        total += np.where(there, np.interp(at, np.arange(len(similar)), similar), 0.0) * share
        weight += there * share
    fit = total / np.maximum(weight, 1e-9)
    prior = np.exp(-0.5 * (np.log2(candidates / _TAPPED) / _SPREAD) ** 2)
    return round(float(candidates[int(np.argmax(fit * prior))]), 1)
