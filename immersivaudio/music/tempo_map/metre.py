"""Metres: how sixteenths group into beats and beats into bars."""

from dataclasses import dataclass

SIXTEENTH = 12
"""Ticks in a sixteenth note: enough for triplets and for thirty-seconds."""


@dataclass(frozen=True, slots=True)
class Metre:
    """A time signature as it is felt: 6/8 has two beats of three eighths."""

    beats: int
    """Beats in a bar."""
    sixteenths: int
    """Sixteenths in a beat."""

    @classmethod
    def of(cls, signature: tuple[int, int]) -> "Metre":
        """Return the metre of a signature such as (4, 4) or (6, 8)."""
        count, unit = signature
        if unit == 8 and count % 3 == 0:
            return cls(count // 3, 6)
        return cls(count, max(16 // unit, 1))

    @property
    def bar(self) -> int:
        """Sixteenths in a bar."""
        return self.beats * self.sixteenths

    @property
    def beat_ticks(self) -> int:
        """Ticks in a beat."""
        return self.sixteenths * SIXTEENTH

    @property
    def compound(self) -> bool:
        """Whether a beat has three eighths."""
        return self.sixteenths == 6

    def signature(self, beats: int) -> tuple[int, int]:
        """Return the time signature of a bar of so many of this metre's beats."""
        if self.compound:
            return beats * 3, 8
        return beats, 16 // self.sixteenths

    def bars(self, beats: int) -> list[int]:
        """Divide a stretch into bars: each entry is a number of beats, and only the last may be odd.

        One beat too many lengthens the last bar (5/4); more of them make a short bar of their own (2/4, 3/4).
        """
        whole, rest = divmod(beats, self.beats)
        bars = [self.beats] * whole
        if rest == 1 and bars:
            bars[-1] += 1
        elif rest:
            bars.append(rest)
        return bars
