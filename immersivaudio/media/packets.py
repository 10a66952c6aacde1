"""The coded pictures of a clip, bytes untouched, with times that begin with the first picture shown."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

import av
from av.video.stream import VideoStream

Packet: TypeAlias = "av.Packet[VideoStream]"


@dataclass(frozen=True, slots=True)
class Survey:
    """What a walk over the packets of a stream tells."""

    size: int
    """bytes"""
    first: int
    """When the first picture is shown, in units of the stream's time base."""
    last: int
    """When the last picture is shown, in the same units."""
    decoding: "array[int]" = field(repr=False)
    """When each packet is decoded, in the same units."""
    sound: bool
    """Every packet says when it is shown, and decoding times rise: it can be muxed as it is."""

    @property
    def count(self) -> int:
        """Packets."""
        return len(self.decoding)


def survey(packets: Iterable[Packet]) -> Survey:
    """Walk over the packets of one stream, without decoding them."""
    size = 0
    first: int | None = None
    last = 0
    shown: list[int | None] = []
    decoding: list[int | None] = []
    step = 1
    kept = 0
    for place, packet in enumerate(playable(packets), 1):
        size += packet.size
        decoding.append(packet.dts)
        step = packet.duration or step
        shown.append(packet.pts)
        kept = kept if packet.is_discard else place
        if packet.pts is not None and not packet.is_discard:
            first = packet.pts if first is None else min(first, packet.pts)
            last = packet.pts if first == packet.pts else max(last, packet.pts)
    # What an edit list hides at the end would be shown again, and nothing before needs it.
    shown = shown[:kept]
    times = array("q", _dated(decoding[:kept], step))
    rising = all(before < after for before, after in pairwise(times))
    # MP4 may store that a picture is shown before it is decoded (offsets below 0, as in an iPhone's Dolby
    # Vision), and FFmpeg hands that on; what is written must not: all is decoded that much earlier.
    late = max((at - when for at, when in zip(times, shown, strict=True) if when is not None), default=0)
    if late > 0:
        times = array("q", (at - late for at in times))
    return Survey(size, first or 0, last, times, None not in shown and rising and first is not None)


def retimed(packets: Iterable[Packet], known: Survey, end: Fraction | None = None) -> Iterator[Packet]:
    """Yield the packets that were surveyed, the first shown picture at 0, each with a decoding time.

    What an edit list cuts away at the start keeps its place before 0: it is needed to decode what follows.
    With `end` (s), the last picture is held until then, if it is also the last that is sent: MP4 has no
    other place to say it.
    """
    for place, (packet, decoded) in enumerate(zip(playable(packets), known.decoding, strict=False), 1):
        if end is not None and place == known.count and packet.pts == known.last and packet.time_base:
            packet.duration = max(1, round(end / packet.time_base) - packet.pts + known.first)
        if packet.pts is not None:
            packet.pts -= known.first
        packet.dts = decoded - known.first
        yield packet


def playable(packets: Iterable[Packet]) -> Iterator[Packet]:
    """Leave out what comes before the first key frame, which nothing can decode, and the empty end mark."""
    started = False
    try:
        for packet in packets:
            started |= packet.is_keyframe
            if started and packet.size:
                yield packet
    except av.error.FFmpegError:
        return  # a clip cut short: what is there is there


def _dated(decoding: list[int | None], step: int) -> Iterator[int]:
    """Fill in missing decoding times: Matroska stores none, and libavformat can tell all but a few."""
    unknown = next((place for place, time in enumerate(decoding) if time is not None), len(decoding))
    base = decoding[unknown] if unknown < len(decoding) else 0
    last = (base or 0) - step * (unknown + 1)
    for place, time in enumerate(decoding):
        last = time if time is not None else last + (step if place < unknown else 1)
        yield last
