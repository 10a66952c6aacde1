"""Making the result fit a size: the sound's bit rate first, then the pictures', then their size."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from immersivaudio.errors import UserError
from immersivaudio.media.encode import Quality, shown_size
from immersivaudio.values import Clip

SOUND = 256_000
"""bits a second of the sound where size is no matter."""
_LOWER_SOUND = (192_000, 160_000, 128_000)
"""Steps down that are hard to hear, taken before the pictures are touched."""
_POOR_SOUND = (96_000, 64_000, 48_000)
"""For a size that asks for sacrifices everywhere: at most a quarter of the bits are sound."""
_LONGEST = (None, 1920, 1280, 960, 720, 480, 320)
_GOOD = 0.05
"""Bits a pixel from which x264's picture is acceptable; below it, fewer pixels look better."""
_WORST = 0.02
_SLACK = 0.96
"""Share of the room that is planned for: two-pass encoding misses by a few per cent."""


@dataclass(frozen=True, slots=True)
class SizeFit:
    """One way to make it fit."""

    sound: int
    """bits a second"""
    pictures: Quality | None = None
    """None: the pictures that are there."""

    def note(self, clip: Clip, limit: int) -> str:
        """Return what it cost, in words."""
        size = f"to fit {limit / 1e6:.1f} MB"
        if self.pictures is None:
            return f"sound at {self.sound // 1000} kbit/s {size}"
        width, height = shown_size(clip, self.pictures.longest)
        rate = (self.pictures.bit_rate or 0) // 1000
        pictures = f"pictures coded anew at {width}x{height}, {rate} kbit/s"
        return f"{pictures}, sound at {self.sound // 1000} kbit/s, {size}"


def ways(clip: Clip, pictures: int, count: int, limit: int | None) -> Iterator[SizeFit]:
    """Yield what to try, best first, for `count` pictures of `pictures` bytes. Only the last may disappoint.

    Raises `UserError` after the last, when no quality worth watching fits `limit` bytes.
    """
    if limit is None:
        yield SizeFit(SOUND)
        return
    seconds = float(clip.duration)
    index = 6000 + 20 * count + 10 * round(47 * seconds)
    for sound in (SOUND, *_LOWER_SOUND):
        if pictures + index + sound * seconds / 8 * 1.02 <= limit:
            yield SizeFit(sound)
    room = (limit - index) * 8 / seconds
    for share in (_SLACK, 0.9 * _SLACK, 0.75 * _SLACK):
        found = _smaller(clip, room * share)
        if found:
            yield found
    least = index + (_POOR_SOUND[-1] + _WORST * _rate(clip, _LONGEST[-1])) * seconds / 8 / _SLACK
    raise UserError(
        f"the clip does not fit {limit / 1e6:.2f} MB",
        f"allow at least {ceil(1.1 * max(least, limit) / 1e4) / 100:.2f} MB, or send a shorter clip",
        stage="reconstruct",
    )


def _smaller(clip: Clip, room: float) -> SizeFit | None:
    """The largest pictures that look acceptable in `room` bits a second, sound included."""
    sound = next((rate for rate in (*_LOWER_SOUND[2:], *_POOR_SOUND) if rate <= room / 4), _POOR_SOUND[-1])
    left = int(room - sound * 1.02)
    for longest in _LONGEST:
        worst = _WORST if longest == _LONGEST[-1] else _GOOD
        if left >= worst * _rate(clip, longest):
            return SizeFit(sound, Quality(longest, left))
    return None


def _rate(clip: Clip, longest: int | None) -> float:
    """Pixels a second."""
    width, height = shown_size(clip, longest)
    return width * height * float(clip.frame_rate)
