"""Find the key of sound that a model made.

Correlation of its pitch classes with the profiles of Krumhansl and Kessler ("Tracing the dynamic changes in
perceived tonal organization", 1982), all 24 turns of them.
"""

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.theory import NAMES_FLAT, NAMES_SHARP, pitch_class
from immersivaudio.terms import Key

_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
_FFT, _HOP = 16_384, 8192
_LOWEST, _HIGHEST = 55.0, 2000.0
"""Hz between which fundamental tones and their first partials lie."""
_SURE = 0.6
"""Correlation under which a piece has no key that one could name."""
_FLAT = 0.2
"""Spread of the pitch classes, over their mean, under which no note is heard more than another."""
_AHEAD = 0.08
"""By how much the best key must beat the one that was asked for."""


def name(key: Key) -> str:
    """Return a key as models are told it: "D major", "Bb minor". Modes count by their third."""
    from immersivaudio.music.theory import MODES

    return f"{key.tonic} {'major' if 4 in MODES.get(key.mode, (4,)) else 'minor'}"


def contrary(sound: NDArray[np.float32], asked: str) -> str:
    """Return the key that 48 kHz `sound` (n, 2) is in, if it is surely another than `asked`, or "".

    Keys that share all notes with it, or all but one, are not told from it: a piece visits them.
    """
    scores = _scores(sound)
    if scores is None:
        return ""
    tonic, _, kind = asked.partition(" ")
    root = pitch_class(tonic)
    best = max(scores, key=lambda key: scores[key])
    major = root if kind == "major" else root + 3
    near = {
        ((major + step + lower) % 12, name)
        for step in (0, 5, 7)
        for lower, name in ((0, "major"), (9, "minor"))
    }
    if scores[best] < _SURE or scores[best] < max(scores[key] for key in near) + _AHEAD:
        return ""
    names = NAMES_FLAT if "b" in tonic else NAMES_SHARP
    return f"{names[best[0]]} {best[1]}"


def _scores(sound: NDArray[np.float32]) -> dict[tuple[int, str], float] | None:
    """Return the correlation with every key, (pitch class, "major" or "minor"), or None for silence."""
    mono = sound.mean(axis=1)
    if len(mono) < _FFT:
        return None
    windows = np.lib.stride_tricks.sliding_window_view(mono, _FFT)[::_HOP]
    hann = np.hanning(_FFT).astype(np.float32)
    heard = np.zeros(_FFT // 2 + 1)
    for window in windows:
        heard += np.sqrt(np.abs(np.fft.rfft(window * hann)))  # the loudest bass note is not everything
    pitches = np.fft.rfftfreq(_FFT, 1 / SAMPLE_RATE)
    inside = (pitches >= _LOWEST) & (pitches <= _HIGHEST)
    classes = np.round(69 + 12 * np.log2(pitches[inside] / 440)).astype(int) % 12
    # Each class has more bins the higher it lies: their mean, not their sum.
    chroma = np.bincount(classes, heard[inside] ** 2, 12) / np.bincount(classes, minlength=12)
    if chroma.std() <= _FLAT * chroma.mean():
        return None
    return {
        (tonic, kind): float(np.corrcoef(np.roll(chroma, -tonic), profile)[0, 1])
        for kind, profile in (("major", _MAJOR), ("minor", _MINOR))
        for tonic in range(12)
    }
