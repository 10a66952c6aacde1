"""Which pictures of a large film, or of a high frame rate, are decoded to be looked at.

Pictures that no other is predicted from (most often every second one) are left out by the decoder, and of
the rest those closer together than 1/30 s by the reader. The packets are asked first: around a key frame,
or one far larger than its neighbours, all are decoded, so that a cut is seen where it is and a flash of one
picture is not missed. Where more than one in a row is left out and the rest comes too seldom, all are decoded
from there on.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fractions import Fraction

import av
from av.video.stream import VideoStream

from immersivaudio.media.packets import Packet
from immersivaudio.values import Clip, Seconds

_MANY = 49
"""Pictures a second from which half of them are enough: 50 and 60, as cameras call them."""
_FEW = 23
"""The same of a large film: 24, as cameras call it."""
_LARGE_FILM = 1280 * 720
"""px from which decoding is most of the work."""
_STEP = Fraction(95, 100) / 30
"""s between two pictures that are looked at."""
_AROUND = 3
"""Packets on each side of a large one that are decoded, too: about as many as may be shown between two that
others are predicted from."""
_LARGE = 1.6
"""Times its neighbours (all but the largest tenth of them) from which a packet is large."""
_NEIGHBOURS = 60
_SAMPLED, _OFTEN = 2, 15
"""So many packets of so many are decoded in any case: most often a picture between two others, which tells
what is not seen where it is left out."""
_SELDOM = Fraction(7, 100)
"""s between two pictures from which they come too seldom, if it is not only every second one."""
_INDEXED = frozenset(("mov", "matroska"))
"""Demuxers that find a moment again."""


def worth(clip: Clip) -> bool:
    """Whether a film has more pictures than need to be looked at."""
    least = _FEW if clip.width * clip.height >= _LARGE_FILM else _MANY
    return clip.frame_rate >= least and clip.demuxer in _INDEXED and not clip.interlaced


class Sparse:
    """Tells the decoder, packet by packet, what to leave out, and which of its pictures to look at."""

    def __init__(self, stream: VideoStream, rate: Fraction) -> None:
        self._context = stream.codec_context
        self._longest = max(_SELDOM, Fraction(5, 2) / rate)
        self._all = False
        self._close: set[int] = set()
        """When the pictures are shown that are looked at however close they are."""
        self._last: Seconds | None = None

    def packets(self, packets: Iterable[Packet]) -> Iterator[Packet]:
        """Yield the same packets, the decoder being told before each one."""
        sizes: deque[int] = deque(maxlen=_NEIGHBOURS)
        ahead: deque[Packet] = deque()
        since = 0
        for place, packet in enumerate(_readable(packets)):
            ahead.append(packet)
            usual = sorted(sizes)[9 * len(sizes) // 10] if sizes else 0
            sizes.append(packet.size)
            if packet.is_keyframe or packet.size > _LARGE * usual:
                since = len(ahead) + _AROUND  # those ahead are before it
            if len(ahead) > _AROUND:
                since -= 1
                yield self._told(ahead.popleft(), whole=since >= 0 or place % _OFTEN < _SAMPLED)
        while ahead:
            yield self._told(ahead.popleft(), whole=True)

    def _told(self, packet: Packet, *, whole: bool) -> Packet:
        if whole and packet.pts is not None:
            self._close.add(packet.pts)
        self._context.skip_frame = "DEFAULT" if whole or self._all else "NONREF"
        return packet

    def wants(self, stamp: int | None, time: Seconds, *, hurt: bool) -> bool:
        """Whether to look at the picture with this time stamp, shown at `time` s.

        After a `hurt` one none is left out by the decoder: what is predicted from it is hurt, too.
        """
        close = hurt or stamp in self._close
        self._close.discard(stamp if stamp is not None else -1)
        self._all |= hurt
        wanted = close or self._last is None or time - self._last >= _STEP
        if wanted:
            self._all |= self._last is not None and time - self._last > self._longest
            self._last = time
        return wanted


def _readable(packets: Iterable[Packet]) -> Iterator[Packet]:
    """Yield packets until the end or the damage that stops the demuxer."""
    with suppress(av.error.FFmpegError):
        yield from packets
