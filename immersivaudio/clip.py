"""The first value of all: a file that passed the guard. `immersivaudio.values` holds it with the others."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class AudioTrack:
    """The clip's own sound: what the container says of it, before anything is decoded."""

    codec: str
    sample_rate: int
    """Hz"""
    channels: int
    streams: tuple[int, ...] = ()
    """The tracks that are added up, as indices into the container's streams; the first is told of above.
    None: there is sound, and it cannot be read.
    """
    scene: bool = False
    """The tracks are the channels of one ambisonic recording."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A file that passed the guard: a video, or a photo that will be held for `duration`."""

    path: Path
    kind: Literal["video", "photo"]
    demuxer: str
    """The demuxer forced by the file's own magic bytes; "pillow" for photos."""
    duration: Fraction
    """How long the pictures are shown, s. For a photo: what the caller chose."""
    width: int
    """As shown: after rotation and sample aspect ratio, px."""
    height: int
    frame_rate: Fraction
    """Average pictures a second; for a photo, the rate it will be rendered at."""
    codec: str
    stream: int = 0
    """Which of the container's streams holds the pictures: a cover or a still may stand before it."""
    pixel_format: str = ""
    rotation: int = 0
    """Degrees the coded picture is turned clockwise to be shown: 0, 90, 180 or 270."""
    hdr: bool = False
    interlaced: bool = False
    """Its pictures are two fields each, of different times."""
    audio: AudioTrack | None = None
    sha256: str = ""
    """Of the file's bytes: the key of every cache."""
    notes: tuple[str, ...] = ()
    """What of the file cannot be shown or heard as it is, in words."""
