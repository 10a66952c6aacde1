"""How a piece of minutes travels: what each section is for, in which key it stands, and how it is led to.

A minute can live in one place; ten cannot. What a letter means follows from the letter, from where it stands
and from the palette's `journey`, and from no section's mood, so that a section can still be changed alone: B
contrasts, C is the bridge in a related key, later letters go further, breakdowns build into drops, and the
last return of A has more of everything, raised by `Palette.key_change` where the style does that. Human
pieces of 3 minutes were counted by `benchmarks/journey.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from immersivaudio.music.moods import MODE_VALENCE, is_dark
from immersivaudio.music.palette import Journey, Palette

Kind = Literal["", "contrast", "bridge", "breakdown", "drop", "last chorus"]

LONG = 100.0
"""s from which a piece travels; builds and drops need only `_A_DROP`."""
_A_DROP = 24.0
_SECTIONS = 3
"""Fewest sections of a journey."""
_RELATIVE = 99
"""A shift that stands for the relative key."""
_KEYS: dict[Journey, dict[str, int]] = {
    "song": {"C": _RELATIVE, "D": 5, "E": 0, "F": _RELATIVE, "G": 10, "H": 5},
    "drop": {"C": _RELATIVE, "D": 0, "E": 5, "F": _RELATIVE, "G": 10, "H": 0},
    "arc": {"B": _RELATIVE, "C": 8, "D": 5, "E": _RELATIVE, "F": 3, "G": 10, "H": 7},
    "still": {"C": 5, "D": _RELATIVE, "E": 10, "F": 5, "G": 7, "H": _RELATIVE},
}
"""Letter -> semitones from home; what is not named stays there."""
_MORE, _LESS = 0.2, -0.3
"""Energy that a last chorus gains, and a breakdown loses."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a section is for."""

    kind: Kind = ""
    shift: int = 0
    """Semitones from home."""
    turned: bool = False
    """Its mode is of the other kind: minor where the piece is major, or major where it is minor."""
    energy: float = 0.0
    """Added to the section's own."""
    builds: bool = False
    """Its last bars build into a drop."""


PLAIN = Stage()


def stages(labels: Sequence[str], seconds: float, palette: Palette, mode: str) -> tuple[Stage, ...]:
    """Return a stage for every section; a short piece has plain ones."""
    drops = palette.journey == "drop" and seconds >= _A_DROP and len(labels) > 1
    if not drops and (seconds < LONG or len(labels) < _SECTIONS):
        return (PLAIN,) * len(labels)
    long = seconds >= LONG and len(labels) >= _SECTIONS
    last = max((i for i, label in enumerate(labels) if label == labels[0]), default=0)
    last = last if last >= len(labels) // 2 and last else -1
    found = []
    for index, label in enumerate(labels):
        shift, turned = _key(label, palette, mode) if long else (0, False)
        kind = _kind(index, labels, drops, last)
        if kind == "last chorus" and long:
            shift = (shift + palette.key_change) % 12
        energy = _MORE if kind == "last chorus" else _LESS if kind == "breakdown" else 0.0
        following = _kind(index + 1, labels, drops, last) if index + 1 < len(labels) else ""
        builds = drops and following in {"drop", "last chorus"}
        found.append(Stage(kind, shift, turned, energy, builds))
    return tuple(found)


def sings_with_more(stage: Stage, palette: Palette) -> bool:
    """Return whether the melody is doubled at the octave: in the last chorus of a song, and where a film's
    arc comes home.
    """
    return stage.kind == "last chorus" and palette.journey in {"song", "arc"}


def _kind(index: int, labels: Sequence[str], drops: bool, last: int) -> Kind:
    label = labels[index]
    if index == last:
        return "last chorus"
    if drops:
        # Nobody goes home in a breakdown: the last section keeps its beat.
        inner = 0 < index < len(labels) - 1
        breaks = inner and label != labels[0] and label != labels[index - 1]
        return "breakdown" if breaks else "drop" if index else ""
    return "bridge" if label == "C" else "contrast" if label != labels[0] else ""


def _key(label: str, palette: Palette, mode: str) -> tuple[int, bool]:
    """Return semitones from home, and whether the mode turns."""
    shift = _KEYS[palette.journey].get(label, 0)
    if shift != _RELATIVE:
        return shift, False
    if not any(is_dark(other) != is_dark(mode) for other in palette.modes):
        return 5, False  # a style that knows one kind of key goes to the subdominant
    return (3 if is_dark(mode) else 9), True


def turned(mode: str, palette: Palette) -> str:
    """Return the palette's mode of the other kind that is nearest in mood."""
    others = [other for other in palette.modes if is_dark(other) != is_dark(mode)]
    return min(others, key=lambda other: abs(MODE_VALENCE.get(other, 0.0)), default=mode)
