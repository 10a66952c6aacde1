"""Pictures, one after the other, with exact times: one pass, bounded memory."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream

from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError
from immersivaudio.media import frame_skipping, orientation, tone_mapping
from immersivaudio.media.container import opened
from immersivaudio.media.downscale import reduced
from immersivaudio.media.guard import SEND_AGAIN, check_frames
from immersivaudio.media.packets import Packet
from immersivaudio.values import Clip, Image, Seconds

Seen = TypeVar("Seen")

_UNSPECIFIED = 2
"""AVCOL_SPC_UNSPECIFIED"""
_CONVERTED = frozenset((0, 1, 2, 4, 5, 6, 7, 9))
"""AVCOL_SPC_ of the matrices that libswscale converts; it refuses a picture with another."""
_HD = 720
"""Lines from which untagged video is taken for BT.709, as players do."""

_HDR = frozenset((tone_mapping.PQ, tone_mapping.HLG))
_MUCH = 2
"""By how much a picture must shrink for its block edges to be lost: an edge of blocks is one pixel wide."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One decoded picture. Let go of it before long: the decoder's memory hangs on it."""

    time: Seconds
    """From the first picture shown, s."""
    frame: VideoFrame


def pictures(
    clip: Clip, settings: Settings, *, longest: int | None = None, thinned: bool = False
) -> Iterator[Picture]:
    """Yield every shown picture of a video in order; times rise strictly.

    `thinned`: only those that `frame_skipping` wants.

    Where they will only be looked at much smaller, with a longer side of at most `longest` px, they are
    decoded a little more quickly.

    Damaged packets are skipped. Raises `BadMediaError` if not one picture can be decoded.
    """
    rough = longest is not None and max(clip.width, clip.height) >= _MUCH * longest
    with opened(clip.path, clip.demuxer, settings, rough=rough, many=True) as (container, stream):
        base = stream.time_base or Fraction(1, 90_000)
        origin = time = Fraction(0)
        count = 0
        few = frame_skipping.Sparse(stream, clip.frame_rate) if thinned else None
        for frame in frames(container, stream, few.packets if few else iter):
            stamp = frame.pts * base if frame.pts is not None else origin + time + 1 / clip.frame_rate
            if count == 0:
                origin = stamp
            elif stamp - origin <= time:
                continue  # no time is left for it: it is never shown
            time = stamp - origin
            count += 1
            check_frames(count, settings)
            if few is None or few.wants(frame.pts, time, hurt=frame.is_corrupt):
                yield Picture(time, frame)
    if not count:
        raise BadMediaError("the pictures of the video cannot be decoded", SEND_AGAIN)


def between(
    clip: Clip, settings: Settings, spans: Sequence[tuple[Seconds, Seconds]], see: Callable[[Picture], Seen]
) -> Iterator[list[tuple[Seconds, Seen]]]:
    """Yield what `see` makes of all pictures of each span, both ends included, s, with their times.

    The list is empty where a span cannot be found again. The spans are in order and do not overlap. What
    comes before a span is decoded only as far as its pictures are predicted from it. One picture is held.
    """
    with opened(clip.path, clip.demuxer, settings) as (container, stream):
        base = stream.time_base or Fraction(1, 90_000)
        origin = next((frame.pts or 0 for frame in frames(container, stream)), 0)
        quickly = _Quickly(stream)
        running: Iterator[VideoFrame] = iter(())
        at: int | None = None
        for place, (start, end) in enumerate(spans):
            quickly.low, high = origin + round(start / base), origin + round(end / base)
            if place == 0 or _key_frame_between(stream, at, quickly.low):
                container.seek(quickly.low, stream=stream)
                running = frames(container, stream, quickly.through)
            found: list[tuple[Seconds, Seen]] = []
            for frame in running:
                at = frame.pts
                if at is not None and at >= quickly.low:
                    time = (at - origin) * base
                    found.append((time, see(Picture(time, frame))))
                if at is None or at >= high:
                    break
            yield found if found and found[0][0] == (quickly.low - origin) * base else []


@dataclass(slots=True)
class _Quickly:
    """Lets a decoder leave out what nothing is predicted from before a moment."""

    stream: VideoStream
    low: int = 0
    """The moment, in units of the stream's time base."""

    def through(self, packets: Iterable[Packet]) -> Iterator[Packet]:
        """Yield the same packets, the decoder being told before each one."""
        for packet in packets:
            early = packet.pts is not None and packet.pts < self.low
            self.stream.codec_context.skip_frame = "NONREF" if early else "DEFAULT"
            yield packet


def _key_frame_between(stream: VideoStream, at: int | None, low: int) -> bool:
    """Whether decoding may begin anew after the picture shown `at`, and before one shown at `low`."""
    place = stream.index_entries.search_timestamp(low, backward=True)
    return at is None or (place >= 0 and stream.index_entries[place].timestamp > at)


def frames(
    container: InputContainer,
    stream: VideoStream,
    through: Callable[[Iterator[Packet]], Iterator[Packet]] = iter,
) -> Iterator[VideoFrame]:
    """Yield the decoded frames of a stream, skipping what is damaged. Packets go `through` that first.

    AVI stamps packets in the order they are decoded. Pictures come out in the order they are shown, so there
    each takes the earliest stamp that is left.
    """
    packets = through(container.demux(stream))
    stamps: deque[int] | None = deque() if container.format.name == "avi" else None
    while True:
        try:
            packet = next(packets, None)
        except av.error.FFmpegError:
            packet = None
        if stamps is not None and packet is not None and packet.size and packet.dts is not None:
            stamps.append(packet.dts)
        try:
            for frame in stream.decode(packet):
                if stamps:
                    frame.pts = stamps.popleft()
                yield frame
        except av.error.EOFError:
            return
        except av.error.FFmpegError:
            pass  # damage has many names: "not permitted", "out of memory"; the last call can meet it, too
        if packet is None or packet.size == 0:
            return


class FrameScaler:
    """Shows pictures small: upright, square pixels, SDR, RGB.

    Large pictures are brought near their size by `reduced`; the rest is done by libswscale, bilinear (which
    averages when it shrinks), with one context kept for all pictures.
    """

    def __init__(self, clip: Clip, longest: int) -> None:
        scale = min(1.0, longest / max(clip.width, clip.height))
        self.width = max(1, round(clip.width * scale))
        self.height = max(1, round(clip.height * scale))
        self._reformatter = VideoReformatter()
        self._upright: orientation.Upright | None = None

    def __call__(self, picture: Picture) -> Image:
        """Return the picture; shape (height, width, 3)."""
        frame = picture.frame
        turned = self._turned(frame)
        width, height = (self.height, self.width) if turned.swaps else (self.width, self.height)
        hdr = frame.color_trc in _HDR
        scaled = self._reformatter.reformat(
            reduced(frame, width, height),
            width,
            height,
            "rgb48le" if hdr else "rgb24",
            src_colorspace=colorspace(frame),
            interpolation=Interpolation.BILINEAR,
            threads=1,
        ).to_ndarray()
        pixels = (
            tone_mapping.to_sdr(scaled.astype(np.uint16), frame.color_trc) if hdr else scaled.astype(np.uint8)
        )
        return turned.apply(pixels)

    def sdr(self, picture: Picture) -> tuple[VideoFrame, orientation.Upright]:
        """Return the frame as it is coded and how it is to be turned; one of HDR shown small, and upright."""
        if picture.frame.color_trc in _HDR:
            return VideoFrame.from_ndarray(self(picture), format="rgb24"), orientation.Upright()
        return picture.frame, self._turned(picture.frame)

    def _turned(self, frame: VideoFrame) -> orientation.Upright:
        # Asked of the first picture only: the matrix is the track's, and asking ties the frame into a
        # reference cycle, which would pile up hundreds of full-size pictures until the next collection.
        self._upright = self._upright or orientation.of_frame(frame)
        return self._upright


def colorspace(frame: VideoFrame) -> Colorspace | None:
    """Return the matrix, where the frame tells none, or one that nothing here converts (YCgCo, damage)."""
    converted = frame.colorspace in _CONVERTED
    if converted and frame.colorspace != _UNSPECIFIED:
        return None
    if frame.height >= _HD:
        return Colorspace.ITU709
    return None if converted else Colorspace.ITU601
