"""Choose how many sixteenths lie between the moments that matter: a beam search over a Viterbi lattice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from immersivaudio.music.tempo_map.metre import Metre

LARGEST_DEVIATION = 0.049
"""Of the local tempo from the nominal one. Listeners notice steps of 3 to 6 % (Drake & Botte, 1993)."""

LARGEST_JUMP = 0.0498
"""Of the local tempo from one stretch to the next."""

# Prices, in units of "a stretch of four seconds that is 2 % off".
_OFF_TEMPO = 1.8
_JUMP = 0.15
_ODD_BAR = 2.2
_EIGHTH = (0.6, 3.5)  # for a hit of strength 0, and how much more at strength 1
_SIXTEENTH_NOTE = (5.0, 7.0)
_FREE = (11.0, 11.0)
_NO_DOWNBEAT = 40.0
_SKIPPED_AT_MOST = 6
_ALWAYS_WITHIN = 3.0  # s: so far apart, some number of sixteenths always fits


@dataclass(frozen=True, slots=True)
class Anchor:
    """A moment the grid should meet."""

    time: float
    """s"""
    strength: float
    opens: bool = False
    """Opens a section: wants a downbeat."""


@dataclass(frozen=True, slots=True)
class _State:
    cost: float
    anchor: int
    phase: int
    """Sixteenths since the section's start, in its last bar."""
    deviation: float
    steps: int
    """Sixteenths from the previous state."""
    before: "_State | None"


_Column = dict[tuple[int, int], _State]
"""The cheapest state of an anchor for each (phase, deviation)."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How the anchors are met."""

    path: list[tuple[int, int]]
    """The gridded anchors in order: (index, sixteenths since the previous one)."""
    cost: float


def fit(anchors: Sequence[Anchor], tempo: float, metre: Metre, *, beam: int = 24) -> Fit:
    """Return how the anchors are met: those on the grid, and what it costs.

    `anchors` rise in time and the first, at 0 s, opens the first section. Minimised are the deviation from
    `tempo` (beats a minute), its jumps, strong anchors off the beat, bars of another metre, and anchors left
    out. At every anchor the `beam` cheapest states go on.
    """
    sixteenth = 60 / tempo / metre.sixteenths
    lattice: list[_Column] = [{} for _ in anchors]
    lattice[0][0, 0] = _State(0.0, 0, 0, 0.0, 0, None)
    left_out = [0.0]
    for anchor in anchors:
        left_out.append(left_out[-1] + _price_of_leaving_out(anchor))
    for index in range(len(anchors)):
        kept = sorted(lattice[index].values(), key=lambda state: state.cost)[:beam]
        for later in _reach(anchors, index):
            options = _options(anchors[index], anchors[later], sixteenth, metre)
            skipped = left_out[later] - left_out[index + 1]
            for state in kept if options else ():
                _extend(lattice[later], state, later, anchors[later], options, skipped, metre)
    ends = [
        (state.cost + left_out[-1] - left_out[index + 1], state)
        for index, column in enumerate(lattice)
        for state in column.values()
    ]
    cost, last = min(ends, key=lambda end: end[0])
    return Fit(_trace(last), cost)


def _reach(anchors: Sequence[Anchor], index: int) -> Iterator[int]:
    """Yield the anchors that may come next on the grid."""
    for later in range(index + 1, len(anchors)):
        near = later - index <= 1 + _SKIPPED_AT_MOST
        if not near and anchors[later - 1].time - anchors[index].time > _ALWAYS_WITHIN:
            return
        yield later


def _options(here: Anchor, there: Anchor, sixteenth: float, metre: Metre) -> list[tuple[int, float, float]]:
    """Return (sixteenths, deviation, price) for every number of sixteenths this stretch can hold."""
    length = there.time - here.time
    plain = length / sixteenth
    span = min(plain * LARGEST_DEVIATION, metre.bar)
    weight = _OFF_TEMPO * (0.5 + length / 8) / 0.02**2
    numbers = range(max(1, ceil(plain - span)), floor(plain + span) + 1)
    return [(n, n / plain - 1, weight * (n / plain - 1) ** 2) for n in numbers]


def _extend(
    column: _Column,
    state: _State,
    later: int,
    anchor: Anchor,
    options: list[tuple[int, float, float]],
    skipped: float,
    metre: Metre,
) -> None:
    """Add to an anchor's column whatever can be reached from `state` and is cheaper than what is there."""
    for steps, deviation, price in options:
        phase = (state.phase + steps) % metre.bar
        if anchor.opens and phase % metre.sixteenths:
            continue
        cost = state.cost + skipped + price + _placement(anchor, phase, metre)
        if state.before:
            if abs(deviation - state.deviation) > LARGEST_JUMP * (1 + min(deviation, state.deviation)):
                continue
            cost += _JUMP * ((deviation - state.deviation) / 0.02) ** 2
        phase = 0 if anchor.opens else phase
        key = phase, round(deviation * 200)
        if key not in column or cost < column[key].cost:
            column[key] = _State(cost, later, phase, deviation, steps, state)


def _placement(anchor: Anchor, phase: int, metre: Metre) -> float:
    """Return the price of an anchor at this place of the bar."""
    if anchor.opens:
        return _ODD_BAR * bool(phase)
    if phase % metre.sixteenths == 0:
        return 0.0
    least, more = _EIGHTH if phase % 2 == 0 else _SIXTEENTH_NOTE
    return least + more * anchor.strength


def _price_of_leaving_out(anchor: Anchor) -> float:
    return _NO_DOWNBEAT if anchor.opens else _FREE[0] + _FREE[1] * anchor.strength


def _trace(state: _State) -> list[tuple[int, int]]:
    path: list[tuple[int, int]] = []
    at: _State | None = state
    while at:
        path.append((at.anchor, at.steps))
        at = at.before
    return path[::-1]
