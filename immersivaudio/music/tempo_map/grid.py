"""The finished grid: bars, and the exact sample of every tick."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.score import Beat
from immersivaudio.music.tempo_map.metre import SIXTEENTH, Metre


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar."""

    index: int
    tick: int
    beats: int
    ticks: int

    @property
    def end(self) -> int:
        """Tick of the next bar line."""
        return self.tick + self.ticks


@dataclass(frozen=True, slots=True)
class GridHit:
    """A hit point on the grid, in the order of the brief."""

    time: Fraction
    sample: int
    tick: int
    strength: float
    gridded: bool
    """False: a free accent between the sixteenths, at `sample` exactly; `tick` is the nearest."""


@dataclass(frozen=True, slots=True)
class GridSection:
    """A section's bars. The last chord is struck where the last one ends, or inside it."""

    first_bar: int
    bars: tuple[Bar, ...]
    start: int
    """Tick; a section with no bars starts and ends here."""
    end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Bars and time. Between two knots the tempo is steady."""

    metre: Metre
    tempo: float
    length: int
    """Samples of the whole piece."""
    knot_ticks: tuple[int, ...]
    knot_samples: tuple[int, ...]
    sections: tuple[GridSection, ...]
    hits: tuple[GridHit, ...]
    landing: int
    """Tick of the last chord: it is struck here and rings to the end."""
    steady: bool = False
    """A groove: see `tempo_map.steady`."""

    def sample(self, tick: float) -> int:
        """Return the sample at which `tick` falls."""
        at = min(max(bisect_right(self.knot_ticks, tick) - 1, 0), len(self.knot_ticks) - 2)
        first, second = self.knot_ticks[at : at + 2]
        start, end = self.knot_samples[at : at + 2]
        return round(start + (tick - first) * (end - start) / (second - first))

    def tick(self, sample: int) -> int:
        """Return the tick nearest to `sample`."""
        at = min(max(bisect_right(self.knot_samples, sample) - 1, 0), len(self.knot_samples) - 2)
        first, second = self.knot_ticks[at : at + 2]
        start, end = self.knot_samples[at : at + 2]
        return round(first + (sample - start) * (second - first) / (end - start))

    def seconds(self, ticks: int) -> float:
        """Return how long so many ticks last at the nominal tempo, s."""
        return ticks / self.metre.beat_ticks * 60 / self.tempo

    @property
    def end(self) -> int:
        """The first tick past the piece."""
        return self.tick(self.length)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Every bar that begins before the landing."""
        return tuple(bar for section in self.sections for bar in section.bars)

    def beats(self) -> Iterator[Beat]:
        """Yield every beat inside the piece; a groove's first one may come a moment after its start."""
        bars = self.bars
        for bar in bars:
            for position in range(bar.beats):
                if self.sample(bar.tick + position * self.metre.beat_ticks) >= self.length:
                    return
                yield Beat(self.sample(bar.tick + position * self.metre.beat_ticks), bar.index, position)
        tick, count = (bars[-1].end if bars else self.landing), 0
        while (sample := self.sample(tick)) < self.length:
            yield Beat(sample, len(bars) + count // self.metre.beats, count % self.metre.beats)
            tick, count = tick + self.metre.beat_ticks, count + 1

    def deviations(self) -> list[tuple[float, float]]:
        """Return (seconds, share by which the tempo is off the nominal one) for every stretch."""
        nominal = 60 / self.tempo * SAMPLE_RATE / self.metre.beat_ticks
        found = []
        for i in range(len(self.knot_ticks) - 1):
            ticks = self.knot_ticks[i + 1] - self.knot_ticks[i]
            samples = self.knot_samples[i + 1] - self.knot_samples[i]
            found.append((samples / SAMPLE_RATE, ticks * nominal / samples - 1))
        return found


def on_eighth(hit: GridHit, metre: Metre) -> bool:
    """Say whether a hit lies on a beat or an eighth."""
    return hit.gridded and hit.tick % (2 * SIXTEENTH) == 0 if metre.sixteenths % 2 == 0 else hit.gridded
