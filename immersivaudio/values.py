"""What travels between the stages: frozen values, exact times.

Times are `fractions.Fraction` seconds from the first picture shown. A time that a person may read or
edit (everything in a `CueSheet`) is a whole number of microseconds, so that JSON keeps it exactly:
pass it through `exact` once, where it is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from immersivaudio.clip import AudioTrack as AudioTrack  # noqa: PLC0414 - told on: it stands among the values
from immersivaudio.clip import Clip as Clip  # noqa: PLC0414
from immersivaudio.cue_sheet import DYNAMICS_RATE as DYNAMICS_RATE  # noqa: PLC0414
from immersivaudio.cue_sheet import SILENT_DB as SILENT_DB  # noqa: PLC0414
from immersivaudio.cue_sheet import Cue as Cue  # noqa: PLC0414
from immersivaudio.cue_sheet import CueSheet as CueSheet  # noqa: PLC0414
from immersivaudio.cue_sheet import HitPoint as HitPoint  # noqa: PLC0414
from immersivaudio.cue_sheet import MomentKind as MomentKind  # noqa: PLC0414
from immersivaudio.cue_sheet import Seconds as Seconds  # noqa: PLC0414
from immersivaudio.cue_sheet import SoundCue as SoundCue  # noqa: PLC0414
from immersivaudio.sentences.telling import Counted, Telling
from immersivaudio.situations import UNREAD, Reading
from immersivaudio.sync_figure import SyncFigure as SyncFigure  # noqa: PLC0414

Image = NDArray[np.uint8]
"""One picture: shape (height, width, 3), RGB, 0-255, upright, SDR."""
Curve = NDArray[np.float32]

Transition = Literal["start", "cut", "fade", "dissolve", "wipe"]
DetectionKind = Literal["thing", "face", "scene", "class"]


def exact(time: Fraction | float | str) -> Seconds:
    """Return `time` (s) as the nearest whole microsecond, the precision of a cue sheet."""
    return Fraction(round(Fraction(time) * 1_000_000), 1_000_000)


@dataclass(frozen=True, slots=True)
class Frame:
    """One sampled picture."""

    time: Seconds
    shot: int
    """Index into `Footage.shots`."""
    image: Image = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Shot:
    """A stretch of film between two transitions."""

    index: int
    start: Seconds
    """Time of the first picture of the shot."""
    end: Seconds
    opening: Transition = "cut"
    """How the shot begins; the first one begins with "start"."""
    strength: float = 1.0
    """How different the pictures on both sides of `start` are, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something sudden that is seen inside a shot: a peak of motion, a flash."""

    time: Seconds
    kind: MomentKind
    strength: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class CutList:
    """What an editor says of the film: where it cuts, and which moments matter."""

    cuts: tuple[tuple[Seconds, Transition], ...] = ()
    """In order, inside the film; empty: the film's own cuts are looked for."""
    markers: tuple[tuple[Seconds, str], ...] = ()
    """(time, name), in order: each is a hit point."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Curves:
    """What is seen over time, sampled evenly: sample i is the mean over [i, i+1) / rate seconds."""

    rate: Fraction
    """Samples a second."""
    motion: Curve = field(compare=False, repr=False)
    """0 (still) to 1 (frantic): mean absolute change of luma, compressed; cuts are left out. Shape (n,)."""
    brightness: Curve = field(compare=False, repr=False)
    """Mean luma, 0 to 1. Shape (n,)."""
    saturation: Curve = field(compare=False, repr=False)
    """Mean HSV saturation, 0 to 1. Shape (n,)."""
    warmth: Curve = field(compare=False, repr=False)
    """-1 (blue) to 1 (orange). Shape (n,)."""
    pan: Curve = field(compare=False, repr=False)
    """Horizontal speed of the whole picture, widths a second; to the right is positive. Shape (n,)."""


@dataclass(frozen=True, slots=True)
class Footage:
    """What frame extraction found in one decode pass."""

    clip: Clip
    frames: tuple[Frame, ...]
    shots: tuple[Shot, ...]
    moments: tuple[Moment, ...]
    curves: Curves
    speech: tuple[tuple[Seconds, Seconds], ...] = ()
    """Stretches of the clip's own sound in which someone speaks."""
    notes: tuple[str, ...] = ()
    """What the user should know of the clip's pictures."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in shares of the picture's size: 0 is left or top, 1 is right or bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """Share of the picture that it covers."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)

    def shared(self, other: "Box") -> float:
        """Return the share of the picture that both cover."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)


@dataclass(frozen=True, slots=True)
class Detection:
    """Something seen in one frame: a thing in its box, or a word for the whole picture."""

    label: str
    """As its kind says: "person", "face", "beach", "candle"."""
    confidence: float
    """0 to 1."""
    box: Box
    """Of a scene or a class: the whole picture."""
    frame: int
    """Index into `Footage.frames`."""
    kind: DetectionKind = "thing"
    """"thing": a COCO class name; "face"; "scene": a scene word that holds for the whole picture;
    "class": an ImageNet class in plain English, of which somewhere in the picture is one."""

    @property
    def placed(self) -> bool:
        """Whether it has a place of its own in the picture, and can be counted, drawn and panned."""
        return self.kind in ("thing", "face")


@dataclass(frozen=True, slots=True)
class Selection:
    """The most representative frames, as indices into `Footage.frames`."""

    clip: int
    shots: tuple[int, ...]
    """One a shot, in the order of `Footage.shots`."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a shot (or, with `shot` None, the whole clip) looks and feels like."""

    text: str
    """One sentence a person would accept. Claims nothing that was not measured."""
    valence: float
    """Unpleasant -1 to pleasant 1."""
    arousal: float
    """Calm -1 to excited 1."""
    scenes: tuple[str, ...] = ()
    """Scene words, most certain first: "night", "sea", "portrait"."""
    shot: int | None = None
    people: float = 0.0
    """Share of the looked-at frames in which a person or face was detected, 0 to 1."""
    telling: Telling | None = None
    """What `text` says, for other languages; None where a model wrote it."""
    things: tuple[Counted, ...] = ()
    """(label, how many at once), the most telling first."""
    actions: tuple[str, ...] = ()
    """What happens: of `immersivaudio.situations.ACTIONS`."""
    reading: Reading = UNREAD
    """What kind of clip it is, and what decided the feeling."""


@dataclass(frozen=True, slots=True)
class Soundtrack:
    """Generated sound on disk: 48 kHz stereo float32 WAV, exactly as long as the sheet says."""

    path: Path
    backend: str
    hits: tuple[Seconds, ...] = ()
    """Where an accent was really placed for each `CueSheet.hits`."""
    stems: Mapping[str, Path] = field(default_factory=dict)
    """By instrument group, 48 kHz stereo float32 WAV; they sum to the mix before mastering."""
    midi: Path | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was measured on the delivered file, and what it took."""

    loudness_lufs: float
    """Integrated, BS.1770."""
    true_peak_dbtp: float
    length_error: Seconds
    """Sound length minus picture length, s."""
    hits_planned: int
    hits_hit: int
    """Hit points with an audible accent within 25 ms, found in the rendered sound."""
    video_copied: bool
    """The video packets are the clip's own."""
    original: Literal["keep", "mix", "replace"]
    """What was done with the clip's own sound."""
    size_bytes: int
    speech_gap_lu: float | None = None
    """Speech over everything else, LU; None without speech."""
    sync: SyncFigure | None = None
    """How well the delivered sound lands on the cuts; None for a film without a cut."""
    gains_db: Mapping[str, float] = field(default_factory=dict)
    """What "music", "sounds" and "original" were turned up by where nothing ducks them, dB."""
    backends: Mapping[str, str] = field(default_factory=dict)
    """Stage -> backend."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    """Stage -> wall seconds."""
    notes: tuple[str, ...] = ()
    share: str = ""
    """A short code from which the same build renders the same soundtrack for the same clip."""
    dropped: tuple[str, ...] = ()
    """Kinds of what the clip carried beside pictures and sound that the result does not: "place", "camera",
    "subtitles", "chapters", "data tracks", "other tags"."""
    evidence: tuple[str, ...] = ()
    """What was seen that decided the mood, the strongest first; empty where the user asked for one."""
    power: tuple[float, ...] = field(default=(), compare=False, repr=False)
    """K-weighted mean square of the delivered sound, one value a tenth of a second."""
    before_lufs: float | None = None
    """Loudness of the clip's own sound as it came, -inf for silence; None where it was not decoded."""


@dataclass(frozen=True, slots=True)
class ScoredClip:
    """The result: a playable file, the sheet it was made from, and the receipt."""

    path: Path
    clip: Clip
    sheet: CueSheet
    receipt: Receipt
    tracks: tuple[Soundtrack, ...]
    """The music, then the sounds if there are any; their files live as long as the caller's folder."""
