"""What comes back: the reference of the scored clip and what a reply says about it, or why there is none."""

import zlib
from typing import Literal, Self

import orjson
from pydantic import BaseModel, ConfigDict, Field

from immersivaudio.sentences.telling import Telling

_LIMIT = 16 * 2**20
"""Bytes of the longest value that is read."""

Blame = Literal["user", "operator", "us"]


class ResultModel(BaseModel):
    """What a row holds besides its request."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    def to_json(self) -> bytes:
        """As deflated JSON: a cue sheet shrinks to a fifth, and Redis keeps it for days."""
        return zlib.compress(orjson.dumps(self.model_dump(mode="json", exclude_defaults=True)))

    @classmethod
    def from_json(cls, sealed: bytes) -> Self:
        """Return the value in `sealed`; raises `ValueError` where it is none, or too long."""
        inflater = zlib.decompressobj()
        try:
            text = inflater.decompress(sealed, _LIMIT)
        except zlib.error as error:
            raise ValueError("not a sealed value") from error
        if inflater.unconsumed_tail:
            raise ValueError("a sealed value is too long")
        return cls.model_validate(orjson.loads(text))


class Artifact(ResultModel):
    """One file in the store."""

    ref: str
    name: str
    """What to call it when it is sent: ours, never the user's."""
    bytes: int = 0


class ShotBox(ResultModel):
    """Where a thing is in a shot's best frame, as shares of the tile that shows it."""

    label: str
    left: float
    top: float
    right: float
    bottom: float


class ShotSummary(ResultModel):
    """One shot of the clip, as it was seen."""

    start: float = 0.0
    end: float = 0.0
    at: float = 0.0
    """s, the time of its best frame."""
    text: str = ""
    telling: Telling | None = None
    """What `text` says, for other languages."""
    labels: tuple[str, ...] = ()
    boxes: tuple[ShotBox, ...] = ()
    """The surest last: it is drawn over the others."""


class Difference(ResultModel):
    """One thing in which a piece differs from the one before, as `immersivaudio.i18n` says it."""

    kind: str
    """"slower", "faster", "key", "mood", "with", "without", "instead", "section"; of what is heard "lead",
    "higher", "lower", "brighter", "warmer", "denser", "airier", "more-drums", "fewer-drums",
    "full.0" to "full.2", "slightly"; "piece" where nothing stands out."""
    value: str = ""
    other: str = ""


class Portrait(ResultModel):
    """What a piece sounds like, as `worker.rendering.music_features` measures it; 0 or empty: not known."""

    lead: str = ""
    """The instrument with the highest note most of the time."""
    pitch: float = 0.0
    """Of that line, in the mean; a MIDI note."""
    pace: float = 0.0
    """Notes a second, without drums."""
    strokes: float = 0.0
    """Of drums, a second."""
    brightness: float = 0.0
    """Centre of the spectrum, Hz."""
    fullest: int = 0
    """The third in which most begins: 0, 1 or 2."""


class Summary(ResultModel):
    """What was seen and decided, for the two lines of a reply."""

    prompt: str = ""
    scene: str = ""
    telling: Telling | None = None
    """What `scene` says, for other languages."""
    evidence: tuple[str, ...] = ()
    """What was seen that decided the mood."""
    mood: str = ""
    tempo: float = 0.0
    key: str = ""
    instruments: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    """Of the scene, each once."""
    hits: int = 0
    """Hit points with an audible accent."""
    hits_planned: int = 0
    original: str = ""
    """What was done with the clip's own sound."""
    duration: float = 0.0
    width: int = 0
    """Of the scored clip as shown, px."""
    height: int = 0
    loudness_lufs: float | None = None
    true_peak_dbtp: float | None = None
    length_error: float = 0.0
    """Sound length minus picture length, s."""
    video_copied: bool = False
    speech_gap_lu: float | None = None
    speech: bool = True
    """Whether speech was found in the clip: then the voice can be raised over the music."""
    backends: dict[str, str] = Field(default_factory=dict)
    seconds: dict[str, float] = Field(default_factory=dict)
    batch: int = 1
    """Clips whose music was made in one pass, this one included."""
    stem_kbps: int = 0
    """kbit/s of each stem, where they had to be made small; 0: they are lossless."""
    film_left: str = ""
    """Of an export without its film, which was too large to send: what its timelines call it."""
    notes: tuple[str, ...] = ()
    made_by: str = ""
    """Of the music: the backend, or its model."""
    by_model: bool = False
    """Whether a trained model made any of the sound."""
    licence: str = ""
    """Of what made the music."""
    share: str = ""
    """A code from which the same build makes the same soundtrack; it may be sent in place of a mood."""
    sections: int = 0
    """Of the film, as its cue sheet has them."""
    differences: tuple[Difference, ...] = ()
    """How it differs from the piece that it was made from."""
    portrait: Portrait | None = None
    shots: tuple[ShotSummary, ...] = ()
    """Where `ScoreOptions.explain`: those of the extra "frames", a tile each."""
    motion: tuple[float, ...] = ()
    """Where `ScoreOptions.explain`: how much moves, 0 to 1, four values a second."""
    loudness: tuple[float, ...] = ()
    """Where `ScoreOptions.explain`: momentary, of the scored clip, LUFS, four values a second."""
    before_lufs: float | None = None
    """Where `ScoreOptions.explain`: how loud the clip was as it came, integrated; None: it was silent."""


class Result(ResultModel):
    """A finished piece of work."""

    media: Artifact
    """The scored clip, or the zip of stems."""
    extras: dict[str, Artifact] = Field(default_factory=dict)
    """By name: "audio", "midi", "thumbnail", "receipt", and "part-2" and so on where the media are several
    files; where `ScoreOptions.explain`, "frames" (a tile a shot, in one column) and "plan"."""
    summary: Summary = Summary()
    sheet: str = ""
    """The cue sheet as JSON text: what a remix starts from."""
    sha256: str = ""
    """Of the clip's bytes."""

    @property
    def files(self) -> tuple[Artifact, ...]:
        """What is sent: the media, and the rest of them where they are several files."""
        more = [name for name in self.extras if name.startswith("part-")]
        return (self.media, *(self.extras[name] for name in sorted(more, key=lambda name: int(name[5:]))))


class StepHandoff(ResultModel):
    """What one role hands to the next: the planned sheet, and the seconds and backends so far."""

    sheet: str
    """As JSON text."""
    sha256: str = ""
    """Of the clip's bytes."""
    seconds: dict[str, float] = Field(default_factory=dict)
    backends: dict[str, str] = Field(default_factory=dict)
    batch: int = 1


class Failure(ResultModel):
    """Why there is no result, in words anyone may read."""

    problem: str
    remedy: str = ""
    blame: Blame = "us"
    stage: str = ""

    def __str__(self) -> str:
        return f"{self.problem}; {self.remedy}." if self.remedy else f"{self.problem}."
