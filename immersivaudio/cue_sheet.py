"""The cue sheet: the plan of a soundtrack, and what is said of its fields, once.

`immersivaudio.sheet_schema` derives from the annotations how a sheet is read, `immersivaudio.sheets` how it
is written. A bare `str` is a line of text. Bounds hold where a sheet is read: the library's own code may
construct any value. `immersivaudio.values` holds these values with the others.
"""

import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field

from immersivaudio.sentences.telling import Telling
from immersivaudio.terms import Feeling, Key

Seconds = Fraction
_NO_TIME = Seconds(0)
MomentKind = Literal["cut", "motion", "flash", "title", "end", "user"]

SELDOM: Final = "seldom"
"""Marks a field that is written only where there is something to say."""
LONGEST: Final = 7200
"""Seconds of a sheet, at most."""
_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Named:
    """Marks a name out of a table of the composer: "palette", "player", "stem"..."""

    table: str


@dataclass(frozen=True, slots=True)
class WrittenAs:
    """Marks a field whose JSON is of another type than its value."""

    kind: Any


def _text(value: str) -> str:
    if any(unicodedata.category(c) in {"Cc", "Cs"} or c in _BIDI for c in value):
        raise ValueError("remove control characters and line breaks from it")
    return value


UnitInterval = Annotated[float, Field(ge=0, le=1)]
Signed = Annotated[float, Field(ge=-1, le=1)]
Lean = Annotated[float, Field(ge=-4, le=4)]
Seed = Annotated[int, Field(ge=0, lt=2**63)]
Line = Annotated[str, Field(max_length=2000), AfterValidator(_text)]
Word = Annotated[str, Field(max_length=60), AfterValidator(_text)]
Evidence = Annotated[tuple[Word, ...], Field(max_length=10)]
Player = Annotated[str, Named("player")]
Silenced = Annotated[str, Named("player, stem or role")]
Stem = Annotated[str, Named("stem")]
Gain = Annotated[float, Field(ge=-60, le=12)]
"""dB."""
Metre = Annotated[str, WrittenAs(Literal["4/4", "3/4", "6/8", "2/4", "5/4", "7/8", "12/8"])]


@dataclass(frozen=True, slots=True)
class HitPoint:
    """A moment the music must land on."""

    time: Seconds
    strength: UnitInterval
    """0 to 1; strong ones fall on beats."""
    kind: MomentKind = "cut"


@dataclass(frozen=True, slots=True)
class Cue:
    """The music for one stretch of the clip."""

    start: Seconds
    end: Seconds
    label: Annotated[str, Field(pattern=r"^[A-Z]$")]
    """The form's letter: a later "A" brings the first "A" back."""
    mood: str
    valence: Signed
    arousal: Signed
    intensity: UnitInterval
    """How full the orchestration is, 0 to 1."""
    prompt: str
    """What a text-to-music model is told for this stretch."""
    scene: str = ""
    """What is seen, in words."""
    seed: Seed = 0
    """Changed alone, it changes this cue alone; 0 follows the sheet's seed."""
    lean: tuple[Lean, Lean, Lean] | None = None
    """How far valence, arousal and intensity are from the whole piece's: what a remix holds on to."""
    own: bool = False
    """Its mood was changed alone."""
    evidence: Evidence = ()
    """What is seen, in a few words: the prompt speaks of it."""
    theme: Annotated[Word, SELDOM] = ""
    """Name of the motif, such as a character's: cues of one name share one motif, whatever their letters. ""
    leaves it to the letter.
    """


@dataclass(frozen=True, slots=True)
class SoundCue:
    """One sound of the scene: an ambience over a stretch, or an effect at a moment."""

    name: Word
    start: Seconds
    end: Seconds
    gain_db: Annotated[float, Field(ge=-60, le=24)] = 0.0
    pan: Signed = 0.0
    """-1 left to 1 right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueSheet:
    """The editable plan of a soundtrack, and the prompt of the whole system. Plain JSON on disk.

    Fields are written in this order: what a person wants to change stands first.
    """

    version: int = 1
    scene: str = ""
    """What was seen, in one sentence."""
    mood: str
    """The mood in one or two words, as understood."""
    palette: Annotated[str, Named("palette")]
    """Name of a table in `immersivaudio.music.palettes`."""
    tempo: Annotated[float, Field(ge=40, le=240)]
    """Nominal beats a minute; the tempo map may stretch it by up to 5 % to land the hits."""
    tonic: Annotated[str, Named("tonic")]
    """"C", "F#", "Bb"..."""
    mode: Annotated[str, Named("mode")]
    """A row of `immersivaudio.music.theory.MODES`: "ionian", "dorian", "harmonic minor"..."""
    metre: Metre
    """"4/4", "3/4", "6/8"."""
    instruments: Annotated[tuple[Player, ...], Field(max_length=40)]
    without: Annotated[tuple[Silenced, ...], Field(max_length=80)] = ()
    """What must not play, as asked: instruments, stems ("strings") or roles ("drums")."""
    levels: Annotated[
        tuple[tuple[str, float], ...], WrittenAs(dict[Stem, Gain]), Field(max_length=40), SELDOM
    ] = ()
    """(stem, dB): by how much an instrument group, or the "room", is turned up or down in the mix."""
    fade: Annotated[Seconds, SELDOM] = _NO_TIME
    """How long the film's own pictures take to fade to black at its end; the music fades with them."""
    loop: Annotated[bool, SELDOM] = False
    """The music ends where it begins: what is played beyond the film is laid over its beginning."""
    music_gain_db: Annotated[Gain, SELDOM] = 0.0
    """How much louder the music was asked for in words, dB; -60: none plays."""
    sounds_asked: Annotated[bool, SELDOM] = False
    """The words asked for `sounds`: they are heard even where the request does not."""
    prompt: str
    """The whole clip in the vocabulary text-to-music models were trained on."""
    seed: Seed
    take: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    duration: Annotated[Seconds, Field(gt=0)]
    cues: Annotated[tuple[Cue, ...], Field(min_length=1, max_length=1000)]
    """Back to back from 0 to `duration`."""
    hits: Annotated[tuple[HitPoint, ...], Field(max_length=10_000)]
    sounds: Annotated[tuple[SoundCue, ...], Field(max_length=10_000)] = ()
    speech: Annotated[tuple[tuple[Seconds, Seconds], ...], Field(max_length=10_000)] = ()
    """Stretches in which someone speaks: no lead, thin arrangement."""
    dynamics: Annotated[tuple[UnitInterval, ...], Field(max_length=4 * LONGEST)]
    """Four samples a second: what the music's loudness follows."""
    notes: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    """What the reader should know: a mood not understood, a default taken."""
    feeling: Feeling | None = None
    """Of the whole piece; its cues lean from it."""
    evidence: Evidence = ()
    """What was seen that decided the mood; empty where the user asked for another."""
    telling: Telling | None = None
    """What `scene` says, for other languages."""
    cuts: Annotated[tuple[Seconds, ...], Field(max_length=20_000), SELDOM] = ()
    """Every hard cut of the film, whether it is hit or not; changes no sound."""
    clip: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    """SHA-256 of the clip the sheet was made for."""
    seal: Annotated[str, Field(pattern=r"^[0-9a-f]{0,32}$")] = ""
    """Of the sheet as it was planned; it no longer fits once the sheet is edited. See `share.fingerprint`."""

    @property
    def key(self) -> Key:
        """Tonic and mode."""
        return Key(self.tonic, self.mode)


SILENT_DB = -60.0
"""`CueSheet.music_gain_db` of a sheet without music."""
DYNAMICS_RATE = 4
"""Samples a second of `CueSheet.dynamics`."""
