"""Pictures and sound into one MP4: packets copied, sound coded as AAC, nothing else let through.

The container is written anew, so what the user's file carries beside its pictures stays behind: places
(GPS), telemetry, subtitles, chapters, comments. What belongs to the pictures stays: turning and mirroring,
colour, HDR metadata, pixel shape, the times of variable frame rates, and what an edit list hides.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.config import Settings
from immersivaudio.media.container import opened
from immersivaudio.media.ffmpeg import failure
from immersivaudio.media.packets import Packet, Survey, retimed, survey
from immersivaudio.values import Seconds

_TAGS = {"hevc": "hvc1"}
"""Apple's players want the parameter sets of HEVC out of band."""
_DOLBY = frozenset(("dvh1",))
"""The tag of Dolby Vision without a picture that others can show."""
_WRITTEN = {"movflags": "+faststart", "strict": "unofficial"}
"""Unofficial: the box that says a picture is Dolby Vision's, which FFmpeg takes for no standard."""

_CODER = {"aac_coder": "fast"}
"""FFmpeg's own choice (two loops) takes four times as long, and where sound begins at full level it
overshoots by 6 dB in the first tenth of a second, for which the whole film would be turned down.
"""


@dataclass(frozen=True, slots=True)
class Pictures:
    """A file whose pictures are copied."""

    path: Path
    demuxer: str
    survey: Survey
    end: Seconds | None = None
    """How long the last picture is held, s from the first; None: as its packet says."""


@dataclass(frozen=True, slots=True)
class SoundCoding:
    """How sound is written."""

    bit_rate: int
    """Bits a second of AAC."""
    language: str = ""
    """ISO 639-2; empty: not told."""


def pictures(path: Path, demuxer: str, settings: Settings, end: Seconds | None = None) -> Pictures:
    """Look at the packets of the file's pictures."""
    with opened(path, demuxer, settings) as (container, stream):
        return Pictures(path, demuxer, survey(container.demux(stream)), end)


def write(
    out: Path,
    pictures: Pictures,
    sound: Iterable[Sound],
    settings: Settings,
    *,
    coding: SoundCoding,
    tags: Mapping[str, str] | None = None,
    told: Callable[[float], None] | None = None,
) -> None:
    """Write `out` as a faststart MP4 of the pictures and `sound` (48 kHz stereo), which start together.

    `coding` says how the sound is written; `tags` are of the container. The AAC encoder's delay is told in an
    edit list, so no player shifts the sound. `told` hears how far it is, s. Raises
    `StageFailedError` where the container cannot be written; what goes wrong while `sound` is made passes
    through as it is.
    """
    try:
        with (
            opened(pictures.path, pictures.demuxer, settings) as (source, stream),
            av.open(f"file:{out}", "w", format="mp4", options=_WRITTEN) as target,
        ):
            target.metadata.update(tags or {})
            _interleave(target, source.demux(stream), stream, pictures, sound, coding, told)
    except av.error.FFmpegError as error:
        raise failure(str(error)) from error


def _interleave(
    target: OutputContainer,
    packets: Iterable[Packet],
    template: VideoStream,
    pictures: Pictures,
    sound: Iterable[Sound],
    coding: SoundCoding,
    told: Callable[[float], None] | None,
) -> None:
    """Mux both streams by time, so that the muxer never has to hold much."""
    video = target.add_stream_from_template(template, opaque=True)
    codec = template.codec_context.codec.canonical_name
    if codec in _TAGS and template.codec_context.codec_tag not in _DOLBY:
        video.codec_context.codec_tag = _TAGS[codec]
    if template.sample_aspect_ratio:  # it may be the container alone that tells the shape of the pixels
        video.codec_context.sample_aspect_ratio = template.sample_aspect_ratio
    audio = target.add_stream(
        "aac", rate=SAMPLE_RATE, layout="stereo", bit_rate=coding.bit_rate, options=_CODER
    )
    if coding.language:
        audio.metadata["language"] = coding.language
    coded = _coded(audio, sound)
    ahead = next(coded, None)
    for packet in retimed(packets, pictures.survey, pictures.end):
        now = _seconds(packet)
        while ahead is not None and _seconds(ahead) < now:
            target.mux(ahead)
            ahead = next(coded, None)
        packet.stream = video
        target.mux(packet)
        if told:
            told(now)
    while ahead is not None:
        target.mux(ahead)
        ahead = next(coded, None)


def _coded(stream: AudioStream, sound: Iterable[Sound]) -> "Iterator[av.Packet[AudioStream]]":
    done = 0
    for block in sound:
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, done, Fraction(1, SAMPLE_RATE)
        done += block.shape[1]
        yield from stream.encode(frame)
    yield from stream.encode(None)


def _seconds(packet: "av.Packet[VideoStream] | av.Packet[AudioStream]") -> float:
    """When a packet is decoded, s; good enough to tell which of two goes first."""
    base = packet.time_base or Fraction(0)
    return (packet.dts or 0) * base.numerator / base.denominator
