"""What the composer writes and the renderer plays: notes with exact sample positions."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

SLIDE = 0.11
"""s a slide takes, or half the note where that is shorter."""

Role = Literal["lead", "counter", "pad", "arp", "bass", "drums", "effects"]


@dataclass(frozen=True, slots=True)
class Note:
    """One note of one part."""

    beat: Fraction
    """Written position, beats from the start of the piece."""
    length: Fraction
    """Written length, beats."""
    pitch: int
    """MIDI note number; for drums, the General MIDI percussion key."""
    velocity: int
    """1 to 127."""
    onset: int
    """Where the sound must be *heard* to begin, in samples: tempo map and humanising included.
    The renderer starts slow-speaking instruments earlier so that this holds."""
    duration: int
    """Until the key is released, samples."""
    accent: bool = False
    """Lands a hit point: never humanised, never masked."""
    slide: int = 0
    """Semitones from its pitch at which it is struck, to glide into it within `SLIDE`; under 0 from below."""
    take: int = 0
    """Which of a drum's own sounds it has (a sampler's round robin): no two strokes on end have the same."""


@dataclass(frozen=True, slots=True)
class Part:
    """One player."""

    name: str
    role: Role
    instrument: str
    """A name in `immersivaudio.music.instruments`."""
    notes: tuple[Note, ...]
    """In order of onset."""
    stem: str = ""
    """The instrument group it is mixed into: "strings", "keys", "drums"... Empty: its instrument's."""


@dataclass(frozen=True, slots=True)
class Beat:
    """One beat of the tempo map."""

    sample: int
    bar: int
    """0-based."""
    position: int
    """0 is the downbeat."""


@dataclass(frozen=True, slots=True)
class PlacedHit:
    """Where a hit point of the brief really fell."""

    asked: Fraction
    """s"""
    sample: int
    beat: Fraction
    """Beats from the start; whole on a beat, halves on an eighth."""


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """Where a section of the brief begins and ends once on the grid."""

    label: str
    start: int
    """samples"""
    end: int
    first_bar: int
    bars: int


@dataclass(frozen=True, slots=True)
class Chord:
    """A harmony and how long it lasts."""

    beat: Fraction
    length: Fraction
    root: int
    """Pitch class, 0 is C."""
    pitches: tuple[int, ...]
    """Pitch classes, root first."""
    name: str
    """"Dm7", "G/B"..."""


@dataclass(frozen=True, slots=True)
class Score:
    """A finished composition."""

    palette: str
    length: int
    """samples, exactly as long as the brief's duration."""
    metre: tuple[int, int]
    tonic: str
    mode: str
    beats: tuple[Beat, ...]
    sections: tuple[PlacedSection, ...]
    hits: tuple[PlacedHit, ...]
    chords: tuple[Chord, ...]
    parts: tuple[Part, ...]
    dynamics: tuple[float, ...]
    """Gain curve for the renderer, dB, `immersivaudio.music.brief.DYNAMICS_RATE` samples a second."""
    arousal: float = 0.0
    """-1 to 1, over the whole piece: how bright it is mastered."""
    ride: tuple[float, ...] = ()
    """What the loudness of the finished mix should follow, dB, at the same rate; empty: nothing."""
    seated: tuple[Part, ...] = ()
    """All parts that may play, without notes. They decide the panning, so that a part that joins moves no
    other; empty: the parts that play decide it."""
    levels: tuple[tuple[str, float], ...] = ()
    """(stem, dB), as `Brief.levels`."""
    seed: int = 0
    """The renderer's own chance (noise, round-robins) draws from it."""
