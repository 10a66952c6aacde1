"""What the composer is told: the music's side of a cue sheet, in types of its own."""

from dataclasses import dataclass
from fractions import Fraction

DYNAMICS_RATE = 4
"""Samples a second of `Brief.dynamics`."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of music with one character."""

    start: Fraction
    """s"""
    end: Fraction
    label: str
    """The form's letter: the same letter brings the same material back, varied."""
    valence: float
    """-1 to 1."""
    arousal: float
    """-1 to 1."""
    intensity: float
    """How full the orchestration is, 0 to 1."""
    seed: int = 0
    """Changed alone, it changes this section alone."""
    theme: str = ""
    """Name of its theme: sections of one name have one motif, whatever their letters. "": the letter's."""

    @property
    def subject(self) -> str:
        """What its material is known by: its theme's name, else its letter."""
        return f"theme {self.theme}" if self.theme else self.label


@dataclass(frozen=True, slots=True)
class Hit:
    """A moment the music must land on."""

    time: Fraction
    """s"""
    strength: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that decides a piece; the same brief always gives the same piece."""

    duration: Fraction
    """s; the last sample of the tail falls inside it."""
    palette: str
    tempo: float
    """Nominal, beats a minute."""
    tonic: str
    """"C", "F#", "Bb"..."""
    mode: str
    """A row of `immersivaudio.music.theory.MODES`: "ionian", "dorian", "harmonic minor"..."""
    metre: tuple[int, int]
    sections: tuple[Section, ...]
    """Back to back from 0 to `duration`."""
    hits: tuple[Hit, ...] = ()
    dynamics: tuple[float, ...] = ()
    """0 to 1, `DYNAMICS_RATE` samples a second: what loudness follows. Empty: the composer shapes it."""
    speech: tuple[tuple[Fraction, Fraction], ...] = ()
    """Stretches to leave room in: no lead, sparse, soft transients."""
    instruments: tuple[str, ...] = ()
    """Names from `immersivaudio.music.instruments` to prefer; empty: the palette's own."""
    without: tuple[str, ...] = ()
    """What must not play: instruments, stems ("strings") or roles ("drums")."""
    valence: float | None = None
    """-1 to 1, of the whole piece, whose mode it has: a section is shaded by how far it leans from it. None:
    the mode's own home."""
    fade: Fraction = Fraction(0)
    """How long the film's pictures take to fade away at its end, s: the music fades with them."""
    levels: tuple[tuple[str, float], ...] = ()
    """(stem, dB): by how much a group of players, or the room, is turned up or down."""
    seed: int = 0
    take: int = 1
