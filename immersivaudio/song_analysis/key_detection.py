"""Tonic and mode: how well pitch classes fit the profile of a mode, and what the bass and the ending say.

The profiles are those of Albrecht & Shanahan (2013), one for each of our modes. Neighbouring keys share six
notes of seven, so a profile alone takes many a piece for the key a fifth away; its ending does not. How much
each sign counts was fitted to 132 pieces of our own, whole and as excerpts, none of which is in
`benchmarks/likeness.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from immersivaudio.song_analysis.spectrogram import RATE

TONICS = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_SIZE, _HOP = 16_384, 4096
_LOWEST, _HIGHEST = 27.0, 3000.0
"""Hz between which tones are looked for."""
_NOTES = slice(36, 84)
"""MIDI notes that count: above them are mostly overtones."""
_BASS = slice(28, 60)
_LOUD = 0.5
"""The bass is the lowest note that has such a share of the loudest of its range."""
_OVERTONES = {12: 0.15, 19: 0.3, 28: 0.21}
"""Semitones above a tone -> share of it that is heard there, and taken away again."""
_EVEN = 0.3
"""Exponent of magnitudes: evens out loud and soft parts."""
_MAJOR = (0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081)
_MINOR = (0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052)
_MODES: dict[str, tuple[tuple[float, ...], tuple[tuple[int, int], ...], float]] = {
    "ionian": (_MAJOR, (), 0.0),
    "lydian": (_MAJOR, ((5, 6),), 0.025),
    "mixolydian": (_MAJOR, ((11, 10),), 0.025),
    "aeolian": (_MINOR, (), 0.0),
    "dorian": (_MINOR, ((8, 9),), 0.025),
    "harmonic minor": (_MINOR, ((10, 11),), 0.025),
    "phrygian": (_MINOR, ((2, 1),), 0.04),
    "phrygian dominant": (_MINOR, ((2, 1), (3, 4)), 0.07),
}
"""Mode -> the nearer of the two profiles, degrees of it that change places, and by how much it must fit
better than an everyday one."""
_SHARP = 4.0
"""A tone is a column that stands so far above its neighbours' median."""
_ENDING = 1.5
"""s"""
_AFTER, _RUNG = 0.1, 0.05
"""s at the end of the sound, and the share of its level that is left there when all has rung out."""
_SILENT = 0.15
"""Share of the median level under which a frame is before the piece, or after it."""
_FINAL_BASS, _FINAL, _FINAL_FIFTH = 0.8, 0.75, 0.6
_ANY_BASS = 0.4
"""Of a song that goes on: how often the bass has the tonic."""
_THIRD = 1.5
Chroma = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HeardTones:
    """What sounds when, as far as a key is concerned; each a chroma, C first, together 1 or nothing."""

    all: Chroma
    bass: Chroma
    """How long each has been the lowest note."""
    last: Chroma
    """What sounds in the last second and a half."""
    last_bass: Chroma


def key(sound: NDArray[np.float32]) -> tuple[str, str]:
    """Return (tonic, mode) of one channel at `RATE`: "D", and a row of `immersivaudio.music.theory.MODES`."""
    heard, ends = tones(sound), _rings_out(sound)
    _, tonic, mode = max(
        (_fit(heard, tonic, mode, ends), tonic, mode) for mode in _MODES for tonic in range(12)
    )
    return TONICS[tonic], mode


def _rings_out(sound: NDArray[np.float32]) -> bool:
    """Whether a piece comes to its end, which then says most, and is not cut off in its course."""
    power = sound.astype(np.float64) ** 2
    return bool(np.sqrt(power[-round(_AFTER * RATE) :].mean()) < _RUNG * np.sqrt(power.mean()))


def _fit(heard: HeardTones, tonic: int, mode: str, ends: bool) -> float:
    plain, swaps, handicap = _MODES[mode]
    profile = np.array(plain)
    for one, other in swaps:
        profile[[one, other]] = profile[[other, one]]
    fit = float(np.corrcoef(np.roll(profile, tonic), heard.all)[0, 1]) - handicap
    minor, major = heard.all[(tonic + 3) % 12], heard.all[(tonic + 4) % 12]
    fit += _THIRD * float(minor - major if profile[3] > profile[4] else major - minor)
    if not ends:
        return fit + _ANY_BASS * float(heard.bass[tonic])
    fit += _FINAL_BASS * float(heard.last_bass[tonic])
    return fit + float(_FINAL * heard.last[tonic] + _FINAL_FIFTH * heard.last[(tonic + 7) % 12])


def tones(sound: NDArray[np.float32]) -> HeardTones:
    """Measure the tones of one channel at `RATE`."""
    notes = _notes(sound)
    level = notes.sum(axis=1)
    live = np.nonzero(level > _SILENT * np.median(level))[0]
    first, last = (int(live[0]), int(live[-1]) + 1) if len(live) else (0, len(notes))
    tail = slice(max(first, last - round(_ENDING * RATE / _HOP)), last)
    return HeardTones(
        all=_chroma(notes), bass=_bass(notes),
        last=_chroma(notes[tail]), last_bass=_bass(notes[tail]),
    )  # fmt: skip


def _notes(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return how much each MIDI note sounds in each frame, its overtones taken away; shape (frames, 128)."""
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(sound, _SIZE // 2), _SIZE)[::_HOP]
    hann = np.hanning(_SIZE).astype(np.float32)
    magnitudes = np.abs(np.fft.rfft(windows * hann, axis=1))
    place, frame, weight = _peaks(magnitudes)
    pitch = 12 * np.log2(place * RATE / _SIZE / 440.0) + 69
    pitch -= np.angle(np.sum(weight * np.exp(2j * np.pi * pitch))) / (2 * np.pi)  # how the song is tuned
    note = np.rint(pitch).astype(int)
    weight = weight * np.clip(1 - 2 * np.abs(pitch - note), 0, 1)
    places = frame * 128 + np.clip(note, 0, 127)
    counts = np.bincount(places, weight, minlength=128 * len(magnitudes))
    heard = np.asarray(counts, np.float64).reshape(-1, 128)
    sung = heard.copy()
    for above, share in _OVERTONES.items():  # a loud tone is also heard an octave, a twelfth... above itself
        sung[:, above:] -= share * heard[:, :-above]
    return np.asarray(np.maximum(sung, 0.0))


def _peaks(
    magnitudes: NDArray[np.float32],
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """Return column (between two, by a parabola through its neighbours), frame and weight of every tone."""
    columns = np.arange(magnitudes.shape[1]) * RATE / _SIZE
    inside = (columns > _LOWEST) & (columns < _HIGHEST)
    floor = _SHARP * np.median(magnitudes[:, inside], axis=1, keepdims=True)
    left, middle, right = magnitudes[:, :-2], magnitudes[:, 1:-1], magnitudes[:, 2:]
    tops = (middle > left) & (middle >= right) & (middle > floor) & inside[1:-1]
    frame, column = np.nonzero(tops)
    a, b, c = (np.log(np.maximum(each[tops], 1e-9)).astype(np.float64) for each in (left, middle, right))
    curve = a - 2 * b + c
    shift = np.where(np.abs(curve) > 1e-9, 0.5 * (a - c) / np.where(curve == 0, 1.0, curve), 0.0)
    place = np.asarray(column + 1 + shift, np.float64)
    return place, np.asarray(frame, np.int64), middle[tops].astype(np.float64) ** _EVEN


def _chroma(notes: NDArray[np.float64]) -> Chroma:
    return _folded(range(_NOTES.start, _NOTES.stop), notes[:, _NOTES].sum(axis=0))


def _bass(notes: NDArray[np.float64]) -> Chroma:
    low = notes[:, _BASS]
    loudest = low.max(axis=1, initial=0.0)
    lowest = np.argmax(low > _LOUD * loudest[:, None], axis=1)[loudest > 0]
    return _folded(_BASS.start + lowest, np.ones(len(lowest)))


def _folded(pitches: "Sequence[int] | NDArray[np.int64]", weights: NDArray[np.float64]) -> Chroma:
    found = np.bincount(np.asarray(pitches, int) % 12, weights, minlength=12)
    return np.asarray(found / max(float(found.sum()), 1e-9))
