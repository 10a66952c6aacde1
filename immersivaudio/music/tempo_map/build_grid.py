"""Lay the grid under a brief: anchors in, bars and knots out."""

from collections.abc import Sequence
from fractions import Fraction

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.brief import Brief, Hit
from immersivaudio.music.palettes import PALETTES
from immersivaudio.music.tempo_map.fit import LARGEST_JUMP, Anchor, fit
from immersivaudio.music.tempo_map.grid import Bar, Grid, GridHit, GridSection
from immersivaudio.music.tempo_map.landing import choose_landing
from immersivaudio.music.tempo_map.metre import SIXTEENTH, Metre
from immersivaudio.music.tempo_map.steady import SLACK, meet

_SAME_MOMENT = 0.25
"""s: a section that begins so near a hit begins at the hit."""
_LAST_BENDS = (0.0, 0.01, -0.01, 0.02, -0.02, 0.03, -0.03, 0.04, -0.04)
"""Shares by which the last stretch may be quicker, so that the last chord falls on a downbeat in time."""
_BENT = 12.0
"""Price, s of ill-placed last chord, of bending it by all."""
_EARLY = 0.3
"""Of a bar by which a groove's section may begin before its cut; else it waits for the next bar line."""
_TOO_NEAR = 0.05
"""s: two hits closer than this are one attack."""


def lay_grid(brief: Brief) -> Grid:
    """Return the tempo map of a brief. It depends on hits, section bounds, tempo, metre and on how the
    palette takes time, and nothing else.
    """
    return _steady(brief) if PALETTES[brief.palette].steady else _elastic(brief)


def _elastic(brief: Brief) -> Grid:
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
    shell, landing = _landed(brief, ticks, samples, openings[-1])
    hits = tuple(_place(hit, shell, 1) for hit in brief.hits)
    sections = _sections(brief, shell, sorted({*openings, landing}))
    return Grid(metre, brief.tempo, length, shell.knot_ticks, shell.knot_samples, sections, hits, landing)


def _landed(brief: Brief, ticks: list[int], samples: list[int], opening: int) -> tuple[Grid, int]:
    """Run on from the last anchor to past the end, at a tempo on which the last chord falls well; where
    nothing was bent before, nothing is bent for it.
    """
    bends = _LAST_BENDS if len(ticks) > 1 else (0.0,)
    ending = PALETTES[brief.palette].ending
    found: list[tuple[float, int, Grid, int]] = []
    for order, bend in enumerate(bends):
        if order and abs(bend - _last_bend(ticks, samples, brief)) > LARGEST_JUMP:
            continue
        shell = _run_on(ticks, samples, brief, brief.tempo * (1 + bend))
        hits = [_place(hit, shell, 1) for hit in brief.hits]
        price, landing = choose_landing(shell, opening, hits, ending)
        found.append((price + _BENT * abs(bend), order, shell, landing))
    _, _, shell, landing = min(found, key=lambda one: one[:2])
    return shell, landing


def _last_bend(ticks: Sequence[int], samples: Sequence[int], brief: Brief) -> float:
    """Return by which share the tempo between the last two anchors is off the nominal one."""
    beats = (ticks[-1] - ticks[-2]) / Metre.of(brief.metre).beat_ticks
    return beats * 60 * SAMPLE_RATE / (samples[-1] - samples[-2]) / brief.tempo - 1


def _steady(brief: Brief) -> Grid:
    """Return a groove's grid: tick 0 is the first downbeat, which may fall a moment after the film's
    start.
    """
    metre = Metre.of(brief.metre)
    length = round(brief.duration * SAMPLE_RATE)
    found = meet(anchors_of(brief), brief.tempo, metre)
    ticks, samples = [0], [round(found.start * SAMPLE_RATE)]
    for steps, at in found.knots:
        if steps:
            ticks.append(steps * SIXTEENTH)
            samples.append(round(at * SAMPLE_RATE))
    shell = _run_on(ticks, samples, brief, brief.tempo)
    hits = tuple(_place(hit, shell, round(SLACK * SAMPLE_RATE)) for hit in brief.hits)
    lines = [_bar_line(shell, section.start) for section in brief.sections]
    _, landing = choose_landing(shell, 0, hits, PALETTES[brief.palette].ending)
    sections = _whole_bars(shell, lines, landing)
    knots = shell.knot_ticks, shell.knot_samples
    return Grid(metre, brief.tempo, length, *knots, sections, hits, landing, steady=True)


def _bar_line(grid: Grid, start: Fraction) -> int:
    """Return the tick of the bar line with which a groove's section begins: rather after the cut than
    before.
    """
    bar = grid.metre.bar * SIXTEENTH
    whole, inside = divmod(grid.tick(round(start * SAMPLE_RATE)), bar)
    return max((whole + (inside > _EARLY * bar)) * bar, 0)


def _whole_bars(grid: Grid, lines: Sequence[int], landing: int) -> tuple[GridSection, ...]:
    """Give every section its bars, all of them whole; the last chord may fall into the last one."""
    openings = [0]
    for line in lines[1:]:
        openings.append(line if openings[-1] < line < landing else openings[-1])
    found: list[GridSection] = []
    count = 0
    for index, opening in enumerate(openings):
        ends = next((other for other in openings[index + 1 :] if other > opening), landing)
        if opening in openings[index + 1 :]:  # the next one begins at the same line: this one has no bars
            found.append(GridSection(count, (), opening, opening))
            continue
        bars = _bars(opening, ends, count, grid.metre, whole=True)
        found.append(GridSection(count, bars, opening, ends))
        count += len(bars)
    return tuple(found)


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


def _run_on(ticks: Sequence[int], samples: Sequence[int], brief: Brief, tempo: float) -> Grid:
    """Return a grid without sections that goes on from the last anchor to past the end, at `tempo`."""
    metre, length = Metre.of(brief.metre), round(brief.duration * SAMPLE_RATE)
    tick_samples = 60 / tempo * SAMPLE_RATE / metre.beat_ticks
    beats = int((length - samples[-1]) / tick_samples / metre.beat_ticks) + 1 + metre.beats
    last = samples[-1] + round(beats * metre.beat_ticks * tick_samples)
    knots = (*ticks, ticks[-1] + beats * metre.beat_ticks), (*samples, last)
    return Grid(metre, brief.tempo, length, *knots, (), (), 0)


def _place(hit: Hit, grid: Grid, slack: int) -> GridHit:
    """Find a hit on the grid, at most `slack` samples off. Its sample is the asked one, gridded or not."""
    sample = min(max(round(hit.time * SAMPLE_RATE), 0), grid.length - 1)
    sixteenth = round(grid.tick(sample) / SIXTEENTH) * SIXTEENTH
    if sixteenth >= 0 and abs(grid.sample(sixteenth) - sample) <= slack:
        return GridHit(Fraction(hit.time), sample, sixteenth, hit.strength, gridded=True)
    return GridHit(Fraction(hit.time), sample, max(grid.tick(sample), 0), hit.strength, gridded=False)


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
        bars = _bars(at, lines[used + 1], count, grid.metre, whole=False)
        found.append(GridSection(count, bars, at, lines[used + 1]))
        count, used = count + len(bars), used + 1
    return tuple(found)


def _bars(start: int, end: int, first: int, metre: Metre, *, whole: bool) -> tuple[Bar, ...]:
    """Return the bars from `start` on; where `end` is no bar line the last one is odd, or, if all are to be
    `whole` or it is no beat either, goes beyond it.
    """
    beats = -(-(end - start) // metre.beat_ticks)
    lengths = [metre.beats] * -(-beats // metre.beats) if whole else metre.bars(beats)
    bars: list[Bar] = []
    for count in lengths:
        tick = bars[-1].end if bars else start
        bars.append(Bar(first + len(bars), tick, count, count * metre.beat_ticks))
    return tuple(bars)
