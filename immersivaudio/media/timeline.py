"""When the pictures of a stream are shown, told from its packets without decoding them."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import av
from av.container import InputContainer
from av.stream import Stream
from av.video.stream import VideoStream

from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError, MediaTooLargeError
from immersivaudio.media.guard import EXPORT, SEND_AGAIN, check_duration, check_frames
from immersivaudio.values import Seconds

_TOLD = frozenset(("mov", "matroska", "avi", "asf", "flv"))
"""Demuxers that read the length from a header, so that a file cut short is noticed."""
_MOST_PACKETS = 5_000_000
"""Of sound and pictures: half an hour with sixteen tracks has three million; empty ones take time, too."""
_KEPT = Fraction(9, 10)
"""The share of the promised length that must be there, or it is told."""
_ENOUGH = 2
"""s from which a part of a clip is worth scoring."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture stream, as shown."""

    count: int
    """Pictures."""
    duration: Seconds
    """From the first picture until the last one goes, s."""
    frame_rate: Fraction
    """Average pictures a second."""
    promised: Seconds | None = None
    """How long the file says it is, where it was cut off before."""


def measure(container: InputContainer, stream: VideoStream, demuxer: str, settings: Settings) -> Timeline:
    """Walk over all packets and return what is shown and for how long.

    The container's own `duration` counts sound and start offsets, too, so it is not used: packets tell
    the time of each picture after edit lists (those cut away are marked "discard"), and the last one its
    own length. A file cut short is accepted if at least nine tenths of the promised length are there (a
    download that lost its last second is still worth scoring), or two seconds, which is told; else it is
    refused as damaged.
    """
    promised = Fraction(container.duration or 0, av.time_base)
    check_duration(float(promised), settings)
    times: list[int] = []
    last = (-1 << 62, 0)
    reach = Fraction(0)
    base = stream.time_base or Fraction(1, 90_000)
    start = Fraction(container.start_time or 0, av.time_base)
    for packet in _packets(container):
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is None:
            continue
        reach = max(reach, (stamp + (packet.duration or 0)) * packet.time_base - start)
        if packet.stream_index != stream.index or packet.is_discard:
            continue
        if packet.has_sidedata("encryption_info"):
            raise BadMediaError("the video is encrypted", "send a copy without copy protection")
        times.append(stamp)
        check_frames(len(times), settings)
        last = max(last, (stamp, packet.duration or 0))
    if not times:
        raise BadMediaError("the video holds no picture", SEND_AGAIN)
    duration = _length(last[0] - min(times), last[1], len(times), base, stream)
    if demuxer == "matroska":
        reach += max(start, Fraction(0))  # its length counts from 0, not from where it begins
    cut = demuxer in _TOLD and reach < promised * _KEPT
    if cut and duration < _ENOUGH:
        raise BadMediaError("a part of the file is missing", SEND_AGAIN)
    check_duration(float(duration), settings)
    return Timeline(len(times), duration, _rate(len(times), duration, stream), promised if cut else None)


def _packets(container: InputContainer) -> Iterator["av.Packet[Stream]"]:
    """Every packet of sound and pictures, until the end or the first damage that stops the demuxer."""
    streams = (*container.streams.video, *container.streams.audio)
    try:
        for count, packet in enumerate(container.demux(*streams)):
            if count >= _MOST_PACKETS:
                raise MediaTooLargeError("the file is cut into far too many pieces", EXPORT)
            if packet.size:
                yield packet
    except av.error.FFmpegError:
        return


def _length(span: int, last: int, count: int, base: Fraction, stream: VideoStream) -> Seconds:
    """Seconds from the first time stamp to the end of the last picture.

    Where the container does not say how long the last one is shown, it is as long as the average.
    """
    if last > 0:
        return (span + last) * base
    if count > 1 and span > 0:
        return span * base * count / (count - 1)
    rate = stream.average_rate or stream.guessed_rate
    if not rate:
        raise BadMediaError("the video does not say how long it is shown", EXPORT)
    return 1 / rate


def _rate(count: int, duration: Seconds, stream: VideoStream) -> Fraction:
    """The rate the container tells if it agrees with what was counted, else what was counted."""
    told = stream.average_rate
    if told and abs(told * duration - count) <= 1:
        return told
    return (count / duration).limit_denominator(100_000)
