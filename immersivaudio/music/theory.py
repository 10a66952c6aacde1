"""Pitch classes, modes and scales: the arithmetic under everything that is written."""

from bisect import bisect_left
from functools import lru_cache

_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_ACCIDENTALS = {"#": 1, "♯": 1, "b": -1, "♭": -1}

MODES: dict[str, tuple[int, ...]] = {
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "phrygian dominant": (0, 1, 4, 5, 7, 8, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
    "aeolian": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "ionian": (0, 2, 4, 5, 7, 9, 11),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
}
"""Semitones above the tonic, darkest mode first."""
SHADES = ("phrygian", "aeolian", "dorian", "mixolydian", "ionian", "lydian")
"""The modes that differ from their neighbour by one note: a mood may move from one to the next."""

SCALES: dict[str, tuple[int, ...]] = {
    "blues": (0, 3, 5, 6, 7, 10),
    "major blues": (0, 2, 3, 4, 7, 9),
    "minor pentatonic": (0, 3, 5, 7, 10),
    "major pentatonic": (0, 2, 4, 7, 9),
    "hirajoshi": (0, 2, 3, 7, 8),
    "ukrainian dorian": (0, 2, 3, 6, 7, 9, 10),
}
"""What a melody may be sung in whatever the chords under it are made of; semitones above the tonic."""

FLAT_TONICS = frozenset({5, 10, 3, 8, 1})
NAMES_SHARP = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
NAMES_FLAT = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")


def pitch_class(name: str) -> int:
    """Return 0 to 11 for "C", "F#", "Bb"...; raises ValueError for anything else."""
    letter, accidentals = name[:1].upper(), name[1:]
    if letter not in _LETTERS or any(sign not in _ACCIDENTALS for sign in accidentals):
        raise ValueError(f"{name!r} is no note name. Write a letter from A to G, then # or b.")
    return (_LETTERS[letter] + sum(_ACCIDENTALS[sign] for sign in accidentals)) % 12


def signature(text: str) -> tuple[int, int]:
    """Return "3/4" as beats and unit; raises ValueError for anything else."""
    beats, line, unit = text.partition("/")
    if not (line and beats.isdecimal() and unit.isdecimal()):
        raise ValueError(f"{text!r} is no metre. Write beats and unit, like 3/4.")
    return int(beats), int(unit)


def note_name(pitch: int, *, flats: bool = False) -> str:
    """Return the name of a pitch class or MIDI note, without its octave."""
    return (NAMES_FLAT if flats else NAMES_SHARP)[pitch % 12]


@lru_cache(maxsize=256)
def scale_pitches(tonic: int, mode: str) -> tuple[int, ...]:
    """Return every MIDI note of the scale, rising. `mode` is a row of `MODES` or of `SCALES`."""
    classes = {(tonic + step) % 12 for step in (MODES | SCALES)[mode]}
    return tuple(pitch for pitch in range(128) if pitch % 12 in classes)


def step(pitch: int, steps: int, scale: tuple[int, ...]) -> int:
    """Return the note `steps` scale steps from `pitch`; a note between two steps counts as the upper one."""
    index = bisect_left(scale, pitch) + steps
    return scale[min(max(index, 0), len(scale) - 1)]


def nearest(target: float, classes: frozenset[int] | tuple[int, ...]) -> int:
    """Return the MIDI note of one of the pitch `classes` that is nearest to `target`; the lower one of
    two.
    """
    centre = round(target)
    offsets = ((pc - centre + 6) % 12 - 6 for pc in classes)
    return min((centre + offset for offset in offsets), key=lambda pitch: (abs(pitch - target), pitch))


def into_range(pitch: int, low: int, high: int) -> int:
    """Return `pitch` moved by octaves into low..high; a range under an octave takes the nearest octave."""
    while pitch < low:
        pitch += 12
    while pitch > high:
        pitch -= 12
    return pitch
