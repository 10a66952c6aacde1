"""Frame rates and timecode, exact: fractions of a second, drop frame included.

Drop frame after SMPTE ST 12-1: at 30000/1001 the numbers 00 and 01 (at 60000/1001: 00 to 03) are left out at
the start of every minute but each tenth, so that timecode keeps up with the clock. No picture is dropped.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

STANDARD = tuple(
    Fraction(*rate)
    for rate in (
        (24000, 1001),
        (24, 1),
        (25, 1),
        (30000, 1001),
        (30, 1),
        (48, 1),
        (50, 1),
        (60000, 1001),
        (60, 1),
    )
)
"""Pictures a second that editing programs know."""
_CLOSE = Fraction(1, 2000)
"""How far a rate told by a file may be from the one that is meant: 23.976 and 24 are a thousandth apart."""
_NEAR = Fraction(1, 100)
_TIMECODE = re.compile(r"(\d{1,2})[:.;](\d{2})[:.;](\d{2})([:.;,])(\d{2})")


@dataclass(frozen=True, slots=True)
class FrameRate:
    """Pictures a second, and how they are numbered."""

    rate: Fraction
    drop: bool = False
    """Number them in drop frame; only at 30000/1001 and 60000/1001."""

    @property
    def nominal(self) -> int:
        """Numbers in a second of timecode: 30 at 29.97."""
        return -int(-self.rate // 1)

    @property
    def ntsc(self) -> bool:
        """Whether the rate is a thousandth below a whole number."""
        return self.rate.denominator == 1001

    def frame(self, time: Fraction) -> int:
        """Return the number, from 0, of the picture whose start is nearest to `time` (s)."""
        return int(time * self.rate + Fraction(1, 2))

    def seconds(self, frame: int) -> Fraction:
        """Return when a picture starts, s."""
        return frame / self.rate

    def timecode(self, frame: int) -> str:
        """Return "01:02:03:04", or in drop frame "01:02:03;04"; after 24 hours it begins again."""
        frame %= 24 * 3600 * self.nominal if not self.drop else self._dropped_day()
        if self.drop:
            frame += self._left_out(frame)
        seconds, picture = divmod(frame, self.nominal)
        mark = ";" if self.drop else ":"
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{picture:02}"

    def parse(self, text: str) -> int:
        """Return the number of a picture from its timecode; raises `ValueError` where there is none such."""
        match = _TIMECODE.fullmatch(text.strip())
        if not match:
            raise ValueError(text)
        hours, minutes, seconds = (int(match[place]) for place in (1, 2, 3))
        picture = int(match[5])
        if minutes > 59 or seconds > 59 or picture >= self.nominal:
            raise ValueError(text)
        frame = (hours * 3600 + minutes * 60 + seconds) * self.nominal + picture
        if self.drop or (match[4] in ";," and self.drops):
            whole = hours * 60 + minutes
            frame -= self._skipped * (whole - whole // 10)
        return frame

    @property
    def drops(self) -> bool:
        """Whether drop frame is defined at this rate."""
        return self.rate in {Fraction(30000, 1001), Fraction(60000, 1001)}

    @property
    def _skipped(self) -> int:
        return self.nominal // 15

    def _dropped_day(self) -> int:
        return 24 * 6 * (10 * 60 * self.nominal - 9 * self._skipped)

    def _left_out(self, frame: int) -> int:
        """How many numbers were skipped up to a picture."""
        minute = 60 * self.nominal - self._skipped
        tens, rest = divmod(frame, 10 * minute + self._skipped)
        ones = max(0, rest - self._skipped) // minute
        return self._skipped * (9 * tens + ones)


def standard(rate: Fraction) -> Fraction:
    """Return the rate of the timeline for a film of `rate` pictures a second.

    The standard one that is meant, else the lowest that shows each picture for a whole number of its own
    (15 becomes 30), else the nearest.
    """
    nearest = min(STANDARD, key=lambda known: abs(known - rate))
    if abs(nearest / rate - 1) <= _CLOSE:
        return nearest
    for times in range(1, 7):
        for known in STANDARD:
            if abs(known / (rate * times) - 1) <= _CLOSE:
                return known
    if abs(nearest / rate - 1) <= _NEAR:
        return nearest
    return next((known for known in STANDARD if known >= rate), STANDARD[-1])
