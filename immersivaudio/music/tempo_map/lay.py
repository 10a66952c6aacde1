"""Lay the grid under a brief: anchors in, bars and knots out."""

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction

from immersivaudio.music.brief import Brief, Hit
from immersivaudio.music.score import SAMPLE_RATE
from immersivaudio.music.tempo_map.fit import Anchor, fit
from immersivaudio.music.tempo_map.grid import Bar, Grid, GridHit, GridSection
from immersivaudio.music.tempo_map.landing import choose_landing
from immersivaudio.music.tempo_map.metre import SIXTEENTH, Metre

_SAME_MOMENT = 0.25
"""s: a section that begins so near a hit begins at the hit."""
_TOO_NEAR = 0.05
"""s: two hits closer than this are one attack."""


def lay_grid(brief: Brief) -> Grid:
    """Return the tempo map of a brief. It depends on hits, section bounds, tempo and metre, and nothing
    else.
    """
    metre = Metre.of(brief.metre)
    length = round(brief.duration * SAMPLE_RATE)
    anchors = anchors_of(brief)
    path = fit(anchors, brief.tempo, metre).path
    ticks, samples, openings = [], [], []
    tick = 0
    for index, steps in path:
        tick += steps * SIXTEENTH
        ticks.append(tick)
        samples.append(round(anchors[index].time * SAMPLE_RATE))
        if anchors[index].opens:
            openings.append(tick)
    _run_on(ticks, samples, length, brief.tempo, metre)
    shell = Grid(metre, brief.tempo, length, tuple(ticks), tuple(samples), (), (), 0)
    hits = tuple(_place(hit, shell) for hit in brief.hits)
    landing = choose_landing(shell, openings[-1], hits)
    sections = _sections(brief, shell, sorted({*openings, landing}))
    return Grid(metre, brief.tempo, length, tuple(ticks), tuple(samples), sections, hits, landing)


def anchors_of(brief: Brief) -> list[Anchor]:
    """Merge section starts and hits that mean the same moment; 0 s always opens."""
    end = float(brief.duration)
    hits = _apart([hit for hit in brief.hits if 0 < hit.time < end - 0.2])
    times = [float(hit.time) for hit in hits]
    opening: dict[float, float] = {}
    for section in brief.sections[1:]:
        start = float(section.start)
        if not 0 < start < end - 0.2:
            continue
        near = [i for i, time in enumerate(times) if abs(time - start) <= _SAME_MOMENT]
        at = times[min(near, key=lambda i: abs(times[i] - start))] if near else start
        if not any(abs(at - other) < _TOO_NEAR for other in (0.0, *opening)):
            opening[at] = 1.0
    found = [Anchor(0.0, 1.0, opens=True)]
    found += [Anchor(time, 1.0, opens=True) for time in opening]
    found += [
        Anchor(time, hit.strength)
        for time, hit in zip(times, hits, strict=True)
        if time not in opening and time > _TOO_NEAR
    ]
    return sorted(found, key=lambda anchor: anchor.time)


def _apart(hits: Sequence[Hit]) -> list[Hit]:
    """Leave out the weaker of two hits that are one attack."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: hit.time):
        if kept and hit.time - kept[-1].time < _TOO_NEAR:
            if hit.strength > kept[-1].strength:
                kept[-1] = hit
            continue
        kept.append(hit)
    return kept


def _run_on(ticks: list[int], samples: list[int], length: int, tempo: float, metre: Metre) -> None:
    """Continue from the last anchor to past the end, at the nominal tempo."""
    tick_samples = 60 / tempo * SAMPLE_RATE / metre.beat_ticks
    beats = int((length - samples[-1]) / tick_samples / metre.beat_ticks) + 1 + metre.beats
    ticks.append(ticks[-1] + beats * metre.beat_ticks)
    samples.append(samples[-1] + round(beats * metre.beat_ticks * tick_samples))


def _place(hit: Hit, grid: Grid) -> GridHit:
    """Find a hit on the grid. Its sample is the asked one, gridded or not."""
    sample = min(max(round(hit.time * SAMPLE_RATE), 0), grid.length - 1)
    sixteenth = round(grid.tick(sample) / SIXTEENTH) * SIXTEENTH
    if abs(grid.sample(sixteenth) - sample) <= 1:
        return GridHit(Fraction(hit.time), sample, sixteenth, hit.strength, gridded=True)
    return GridHit(Fraction(hit.time), sample, grid.tick(sample), hit.strength, gridded=False)


def _sections(brief: Brief, grid: Grid, lines: list[int]) -> tuple[GridSection, ...]:
    """Give every section of the brief its bars; `lines` are the openings and the landing."""
    found: list[GridSection] = []
    count = 0
    used = 0
    for section in brief.sections:
        at = lines[used] if used < len(lines) - 1 else lines[-1]
        opens = (
            abs(grid.sample(at) - round(section.start * SAMPLE_RATE)) <= (_SAME_MOMENT + 0.01) * SAMPLE_RATE
        )
        if not opens or used >= len(lines) - 1:  # it lost its downbeat: it has no bars of its own
            tick = min(grid.tick(round(section.start * SAMPLE_RATE)), lines[-1])
            found.append(GridSection(count, (), tick, tick))
            continue
        bars = _bars(at, lines[used + 1], count, grid.metre)
        found.append(GridSection(count, bars, at, lines[used + 1]))
        count, used = count + len(bars), used + 1
    return tuple(found)


def _bars(start: int, end: int, first: int, metre: Metre) -> tuple[Bar, ...]:
    bars: list[Bar] = []
    for beats in metre.bars((end - start) // metre.beat_ticks):
        tick = bars[-1].end if bars else start
        bars.append(Bar(first + len(bars), tick, beats, beats * metre.beat_ticks))
    return tuple(bars)


def bar_at(bars: Sequence[Bar], tick: int) -> int:
    """Return the index in `bars` of the bar that holds `tick`."""
    return max(bisect_left([bar.end for bar in bars], tick + 1), 0)
