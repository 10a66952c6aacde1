"""What every timeline says, before it is written in one format or another."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from immersivaudio.export.frame_rate import FrameRate
from immersivaudio.export.tempo import TempoMap
from immersivaudio.values import Seconds

MarkerKind = Literal["hit", "section", "end"]
Role = Literal["music", "stem", "sounds", "film"]


@dataclass(frozen=True, slots=True)
class TimelineMarker:
    """A named moment."""

    time: Seconds
    name: str
    kind: MarkerKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class SoundClip:
    """A sound file that begins with the film and is as long as it."""

    name: str
    file: str
    """Relative to the timeline, with forward slashes."""
    role: Role
    samples: int
    """At 48 kHz."""
    gain_db: float = 0.0
    """What its track is turned up by in the mix."""
    muted: bool = False
    """Off at first: the stems lie under the finished music."""


@dataclass(frozen=True, slots=True)
class FilmClip:
    """The film itself, untouched."""

    name: str
    file: str
    width: int
    height: int
    channels: int = 0
    """Of its own sound; 0: it has none."""
    sample_rate: int = 48_000
    """Hz, of its own sound."""
    gain_db: float = 0.0
    muted: bool = False
    """Its own sound is replaced by the music."""


@dataclass(frozen=True, slots=True)
class EditTimeline:
    """A film with its music, in pictures of one exact rate."""

    name: str
    rate: FrameRate
    start: int
    """Number of the first picture in timecode."""
    duration: Seconds
    film: FilmClip
    sounds: tuple[SoundClip, ...]
    """In the order of their tracks."""
    markers: tuple[TimelineMarker, ...]
    """In order of time."""
    cuts: tuple[Seconds, ...] = ()
    """Where a shot begins, but for the first."""
    tempo: TempoMap | None = None

    @property
    def added(self) -> tuple[SoundClip, ...]:
        """The sounds for a program that plays the film with its own one."""
        return tuple(sound for sound in self.sounds if sound.role != "film")

    @property
    def frames(self) -> int:
        """Pictures of the timeline."""
        return max(1, self.rate.frame(self.duration))

    def shots(self) -> Iterator[tuple[int, int]]:
        """Yield (first picture, picture after the last) of every shot."""
        edges = sorted({0, self.frames, *(self.placed(cut) for cut in self.cuts)})
        yield from pairwise(edges)

    def placed(self, time: Fraction) -> int:
        """Return the picture of a moment, inside the timeline."""
        return min(max(self.rate.frame(time), 0), self.frames - 1)
