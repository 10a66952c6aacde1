"""Pairs that travel through every room, by name."""

from typing import NamedTuple


class Feeling(NamedTuple):
    """Where music or pictures stand on the two axes of feeling (Russell's circumplex)."""

    valence: float
    """Unpleasant -1 to pleasant 1."""
    arousal: float
    """Calm -1 to excited 1."""


class Key(NamedTuple):
    """A tonic and a mode; as text "D dorian"."""

    tonic: str
    """"C", "F#", "Bb"..."""
    mode: str
    """A row of `music.theory.MODES`."""

    def __str__(self) -> str:
        return f"{self.tonic} {self.mode}"
