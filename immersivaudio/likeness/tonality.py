"""Tonic and mode by profiles of pitch classes (Krumhansl & Kessler 1982), one for each mode."""

import numpy as np
from numpy.typing import NDArray

from immersivaudio.likeness.spectra import RATE

TONICS = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_SIZE, _HOP = 8192, 4096
_LOWEST, _HIGHEST = 40.0, 2500.0
"""Hz between which tones are looked for."""
_NOTES = slice(36, 84)
"""MIDI notes that count: above them are mostly overtones."""
_OVERTONES = {12: 0.15, 19: 0.3, 28: 0.21}
"""Semitones above a tone -> share of it that is heard there, and taken away again."""
_EVEN = 0.3
"""Exponent of magnitudes: who plays loudly has no more say."""
_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
_MODES: dict[str, tuple[tuple[float, ...], tuple[tuple[int, int], ...], float]] = {
    "ionian": (_MAJOR, (), 0.0),
    "lydian": (_MAJOR, ((5, 6),), 0.02),
    "mixolydian": (_MAJOR, ((11, 10),), 0.02),
    "aeolian": (_MINOR, (), 0.0),
    "dorian": (_MINOR, ((8, 9),), 0.02),
    "harmonic minor": (_MINOR, ((10, 11),), 0.02),
    "phrygian": (_MINOR, ((2, 1),), 0.03),
    "phrygian dominant": (_MINOR, ((2, 1), (3, 4)), 0.05),
}
"""Mode -> the nearer of the two profiles, degrees of it that change places, and by how much it must fit
better than an everyday one."""
_SHARP = 4.0
"""A tone is a column that stands so far above its neighbours' median."""
Chroma = NDArray[np.float64]


def key(sound: NDArray[np.float32]) -> tuple[str, str]:
    """Return (tonic, mode) of one channel at `RATE`: "D", and a row of `immersivaudio.music.theory.MODES`."""
    chroma = pitch_classes(sound)
    _, tonic, mode = max(
        (float(np.corrcoef(np.roll(_profile(mode), tonic), chroma)[0, 1]) - _MODES[mode][2], tonic, mode)
        for mode in _MODES
        for tonic in range(12)
    )
    return TONICS[tonic], mode


def _profile(mode: str) -> Chroma:
    plain, swaps, _ = _MODES[mode]
    profile = np.array(plain)
    for one, other in swaps:
        profile[[one, other]] = profile[[other, one]]
    return profile


def pitch_classes(sound: NDArray[np.float32]) -> Chroma:
    """Return how much each pitch class sounds, C first, together 1; shape (12,)."""
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(sound, _SIZE // 2), _SIZE)[::_HOP]
    magnitudes = np.abs(np.fft.rfft(windows * np.hanning(_SIZE).astype(np.float32), axis=1))
    frequencies = np.fft.rfftfreq(_SIZE, 1 / RATE)
    inside = (frequencies >= _LOWEST) & (frequencies <= _HIGHEST)
    peaks = np.zeros_like(magnitudes)
    middle = magnitudes[:, 1:-1]
    tops = (middle > magnitudes[:, :-2]) & (middle >= magnitudes[:, 2:])
    floor = _SHARP * np.median(magnitudes[:, inside], axis=1, keepdims=True)
    peaks[:, 1:-1] = np.where(tops & (middle > floor), middle, 0.0)
    pitch = 12 * np.log2(np.maximum(frequencies, 1.0) / 440.0) + 69
    notes = np.clip(np.rint(pitch).astype(int), 0, 127)
    tuned = np.clip(1 - 2 * np.abs(pitch - np.rint(pitch)), 0, 1)
    heard = np.bincount(notes, ((peaks**_EVEN) * tuned * inside).sum(axis=0), minlength=128)
    sung = np.array(heard, np.float64)
    for above, share in _OVERTONES.items():  # a loud tone is also heard an octave, a twelfth... above itself
        sung[above:] -= share * heard[:-above]
    chroma = np.zeros(12)
    np.add.at(chroma, np.arange(_NOTES.start, _NOTES.stop) % 12, np.maximum(sung, 0.0)[_NOTES])
    return np.asarray(chroma / max(float(chroma.sum()), 1e-9))
