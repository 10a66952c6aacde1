"""What a sentence says, in words of no language: each language composes its own from it."""

from dataclasses import dataclass

Counted = tuple[str, int]
"""A label and how many of it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Things first, then where, then light and movement. All words are keys of the languages' tables."""

    subjects: tuple[Counted, ...] = ()
    """Subjects; all people are "person"."""
    action: str = ""
    """What they do; empty: they are only there."""
    objects: tuple[Counted, ...] = ()
    """What they do it with, or on."""
    places: tuple[str, ...] = ()
    """At most two."""
    light: str = ""
    """"night", "daylight", "dim", or of a picture of nothing known "very dark" to "very bright"."""
    colours: tuple[str, ...] = ()
    """Of a picture of nothing known: at most two."""
    grey: bool = False
    """It is in black and white."""
    motion: str = ""
    pace: str = ""
    shots: int = 1
    flashing: bool = False
    photo: bool = False
