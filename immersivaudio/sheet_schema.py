"""The shape of a cue sheet on disk: which fields, of which kind, within which bounds."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from immersivaudio.music.instruments import TABLE as INSTRUMENTS
from immersivaudio.music.palettes import PALETTES
from immersivaudio.music.theory import MODES
from immersivaudio.sentences import Telling
from immersivaudio.terms import Feeling
from immersivaudio.values import Cue, CueSheet, HitPoint, MomentKind, SoundCue

_LONGEST = 7200
_MICROSECOND = Decimal("0.000001")
_ROLES = frozenset({"lead", "counter", "pad", "arp", "bass", "drums", "effects"})
_STEMS = frozenset({row.stem for row in INSTRUMENTS.values()} | {"room", "vinyl"})
_SILENCEABLE = _ROLES | set(INSTRUMENTS) | {row.stem for row in INSTRUMENTS.values()}
_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _time(value: Any) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("write a number of seconds")
    if not 0 <= value <= _LONGEST:  # also true of NaN
        raise ValueError(f"write seconds from 0 to {_LONGEST}")
    return Fraction(Decimal(repr(value)).quantize(_MICROSECOND))


def _text(value: str) -> str:
    if any(unicodedata.category(c) in {"Cc", "Cs"} or c in _BIDI for c in value):
        raise ValueError("remove control characters and line breaks from it")
    return value


def _one_of(names: Any, kind: str) -> Any:
    def check(value: str) -> str:
        if value not in names:
            raise ValueError(f"choose a {kind} of: {', '.join(sorted(names))}")
        return value

    return AfterValidator(check)


def _counted(value: list[Any]) -> list[Any]:
    if not isinstance(value[0], str) or type(value[1]) is not int or not 1 <= value[1] <= 10_000:
        raise ValueError("write a word and how many of it")
    return value


def _alias(names: Any, others: Mapping[str, str] = MappingProxyType({})) -> BeforeValidator:
    """Understand names of a table as people write them: "Lo-Fi", "Piano", "minor"."""

    def plain(name: str) -> str:
        return name.strip().lower().replace("-", "_").replace(" ", "_")

    known = {plain(name): name for name in names} | dict(others)

    def understood(value: Any) -> Any:
        return value if not isinstance(value, str) or value in names else known.get(plain(value), value)

    return BeforeValidator(understood)


def _tonic(value: Any) -> Any:
    """Understand B♭, F♯, a lower-case letter, and the German H."""
    if not isinstance(value, str):
        return value
    plain = value.strip().replace("♭", "b").replace("♯", "#")
    plain = plain[:1].upper() + plain[1:].lower()
    return "B" + plain[1:] if plain[:1] == "H" else plain


_MOST_CUTS = 20_000
_TONES = MappingProxyType({"minor": "aeolian", "major": "ionian"})
"""What people call the two common modes."""

Time = Annotated[Fraction, BeforeValidator(_time)]
Share = Annotated[float, Field(ge=0, le=1)]
Signed = Annotated[float, Field(ge=-1, le=1)]
Lean = Annotated[float, Field(ge=-4, le=4)]
Seed = Annotated[int, Field(ge=0, lt=2**63)]
Line = Annotated[str, Field(max_length=2000), AfterValidator(_text)]
Word = Annotated[str, Field(max_length=60), AfterValidator(_text)]
Counted = Annotated[list[Word | int], Field(min_length=2, max_length=2), AfterValidator(_counted)]
_TONICS = frozenset(letter + sign for letter in "ABCDEFG" for sign in ("", "#", "b"))
Player = Annotated[str, _alias(INSTRUMENTS), _one_of(INSTRUMENTS, "player")]
Silenced = Annotated[str, _alias(_SILENCEABLE), _one_of(_SILENCEABLE, "player, stem or role")]
Stem = Annotated[str, _alias(_STEMS), _one_of(_STEMS, "stem")]
Metre = Literal["4/4", "3/4", "6/8", "2/4", "5/4", "7/8", "12/8"]


class _Part(BaseModel):
    """Strict: "90" is no number, and a field nobody knows is a mistake."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class CueModel(_Part):
    """One cue."""

    start: Time
    end: Time
    label: Annotated[str, Field(pattern=r"^[A-Z]$")]
    mood: Line
    valence: Signed
    arousal: Signed
    intensity: Share
    prompt: Line
    scene: Line = ""
    seed: Seed = 0
    lean: Annotated[list[Lean], Field(min_length=3, max_length=3)] | None = None
    own: bool = False
    evidence: Annotated[list[Word], Field(max_length=10)] = []
    theme: Word = ""


class HitModel(_Part):
    """One hit point."""

    time: Time
    strength: Share
    kind: MomentKind = "cut"


class SoundModel(_Part):
    """One sound of the scene."""

    name: Annotated[str, Field(max_length=60), AfterValidator(_text)]
    start: Time
    end: Time
    gain_db: Annotated[float, Field(ge=-60, le=24)] = 0.0
    pan: Signed = 0.0


class TellingModel(_Part):
    """What the scene's sentence says; a word that no language knows is said as it stands."""

    subjects: Annotated[list[Counted], Field(max_length=10)] = []
    action: Word = ""
    objects: Annotated[list[Counted], Field(max_length=10)] = []
    places: Annotated[list[Word], Field(max_length=10)] = []
    light: Word = ""
    colours: Annotated[list[Word], Field(max_length=10)] = []
    grey: bool = False
    motion: Word = ""
    pace: Word = ""
    shots: Annotated[int, Field(ge=1, le=100_000)] = 1
    flashing: bool = False
    photo: bool = False

    def value(self) -> Telling:
        """Return the value."""
        lists = ("subjects", "objects", "places", "colours")
        parts: dict[str, Any] = dict(self)
        parts |= {name: tuple(parts[name]) for name in lists}
        for name in ("subjects", "objects"):
            parts[name] = tuple((label, count) for label, count in parts[name])
        return Telling(**parts)


class SheetModel(_Part):
    """The sheet."""

    version: Literal[1]
    duration: Annotated[Time, Field(gt=0)]
    mood: Line
    palette: Annotated[str, _alias(PALETTES), _one_of(PALETTES, "palette")]
    tempo: Annotated[float, Field(ge=40, le=240)]
    tonic: Annotated[str, BeforeValidator(_tonic), _one_of(_TONICS, "tonic")]
    mode: Annotated[str, _alias(MODES, _TONES), _one_of(MODES, "mode")]
    metre: Metre
    instruments: Annotated[list[Player], Field(max_length=40)]
    cues: Annotated[list[CueModel], Field(min_length=1, max_length=1000)]
    hits: Annotated[list[HitModel], Field(max_length=10_000)]
    dynamics: Annotated[list[Share], Field(max_length=4 * _LONGEST)]
    prompt: Line
    seed: Seed
    take: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    speech: Annotated[
        list[Annotated[list[Time], Field(min_length=2, max_length=2)]], Field(max_length=10_000)
    ] = []
    sounds: Annotated[list[SoundModel], Field(max_length=10_000)] = []
    scene: Line = ""
    telling: TellingModel | None = None
    evidence: Annotated[list[Word], Field(max_length=10)] = []
    notes: Annotated[list[Line], Field(max_length=100)] = []
    clip: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    cuts: Annotated[list[Time], Field(max_length=_MOST_CUTS)] = []
    without: Annotated[list[Silenced], Field(max_length=80)] = []
    levels: Annotated[dict[Stem, Annotated[float, Field(ge=-60, le=12)]], Field(max_length=40)] = {}
    feeling: Annotated[list[Signed], Field(min_length=2, max_length=2)] | None = None
    music_gain_db: Annotated[float, Field(ge=-60, le=12)] = 0.0
    sounds_asked: bool = False
    fade: Time = Fraction(0)
    loop: bool = False
    seal: Annotated[str, Field(pattern=r"^[0-9a-f]{0,32}$")] = ""

    def sheet(self) -> CueSheet:
        """Return the value; hits come in order of time, however they were written."""
        parts: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        parts["cues"] = tuple(
            Cue(
                **{
                    **dict(cue),
                    "lean": tuple(cue.lean) if cue.lean else None,
                    "evidence": tuple(cue.evidence),
                }
            )
            for cue in self.cues
        )
        parts["hits"] = tuple(sorted((HitPoint(**dict(hit)) for hit in self.hits), key=lambda h: h.time))
        parts["sounds"] = tuple(SoundCue(**dict(sound)) for sound in self.sounds)
        parts["speech"] = tuple((start, end) for start, end in self.speech)
        parts["telling"] = self.telling.value() if self.telling else None
        for name in ("instruments", "dynamics", "notes", "without", "evidence", "cuts"):
            parts[name] = tuple(parts[name])
        silent = set(self.without)
        parts["instruments"] = tuple(
            name for name in self.instruments if not {name, INSTRUMENTS[name].stem} & silent
        )
        parts["levels"] = tuple(self.levels.items())
        parts["feeling"] = Feeling(*self.feeling) if self.feeling else None
        return CueSheet(**parts)
