"""A groove's grid: one tempo and whole bars. Cuts are met by the choice of tempo and of where the first bar
begins.

A dancer notices what a listener to film music does not: so the tempo strays by half a per cent at most, and
what an elastic map would bend is left to luck that is looked for: of all usable tempos that one is taken on
which most cuts lie within 20 ms of an eighth, where what is played on it moves on to the cut unheard.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from immersivaudio.music.tempo_map.fit import Anchor
from immersivaudio.music.tempo_map.metre import Metre

STRAYS = 0.005
"""Of the local tempo from the nominal one."""
SLACK = 0.02
"""s by which a hit may lie off the sixteenth that plays it: what is nearer is heard as one attack."""
_START_SHARE = 0.025
"""Of a short clip that may pass before the first bar."""
LATEST_START = 0.4
"""s after which the first bar has begun: until then there is a lead-in, or nothing."""

_PLACES = np.linspace(-0.95 * SLACK, 0.95 * SLACK, 5)
"""s from a hit at which its sixteenth may fall."""
_LOOK_BACK = 9
"""Hits among which the one before is looked for: one further back stays left out."""

# Prices, in units of "a weak hit on an eighth that is no beat".
_EIGHTH = (0.6, 1.4)  # for a hit of strength 0, and how much more at strength 1
_SIXTEENTH_NOTE = (4.0, 4.0)
_FREE = (6.0, 6.0)
_OFF_THE_BAR = 1.6
"""A section's first cut that is no downbeat."""
_STRAYING, _OFF_PLACE, _LATE_START = 0.3, 0.3, 1.2
_BEAM = 16


@dataclass(frozen=True, slots=True)
class Steady:
    """How a groove meets its anchors."""

    start: float
    """s at which the first downbeat falls."""
    knots: list[tuple[int, float]]
    """(sixteenths since the first downbeat, s) of the anchors that are met, in order."""
    cost: float


@dataclass(frozen=True, slots=True)
class _SteadyState:
    cost: float
    anchor: int
    steps: int
    """Sixteenths since the first downbeat."""
    at: float
    """s of that sixteenth: within `SLACK` of the anchor."""
    start: float
    before: "_SteadyState | None"


def meet(anchors: Sequence[Anchor], tempo: float, metre: Metre) -> Steady:
    """Return how anchors that rise in time are met at `tempo`; the first one, at 0 s, is where the film
    begins.
    """
    sixteenth = 60 / tempo / metre.sixteenths
    hits = [anchor for anchor in anchors if anchor.time > 0]
    latest = min([LATEST_START, *(_START_SHARE * hit.time for hit in hits[-1:])])
    left_out = np.concatenate(([0.0], np.cumsum([_FREE[0] + _FREE[1] * hit.strength for hit in hits])))
    nothing = _SteadyState(0.0, -1, 0, 0.0, 0.0, None)
    columns: list[list[_SteadyState]] = []
    for index, hit in enumerate(hits):
        found = [
            _later(state, float(left_out[index]), index, hit, metre)
            for state in _first(hit, index, sixteenth, latest)
        ]
        for back in range(max(0, index - _LOOK_BACK), index):
            skipped = float(left_out[index] - left_out[back + 1])
            for before in columns[back]:
                found += [
                    _later(state, skipped, index, hit, metre)
                    for state in _next(before, hit, index, sixteenth)
                ]
        columns.append(_kept(found, metre))
    ends = [(s.cost + float(left_out[-1] - left_out[s.anchor + 1]), s) for column in columns for s in column]
    cost, last = min([*ends, (float(left_out[-1]), nothing)], key=lambda end: end[0])
    return Steady(last.start, _trace(last), cost)


def _first(hit: Anchor, index: int, sixteenth: float, latest: float) -> Iterator[_SteadyState]:
    """Yield the ways in which the first anchor that is met may be met: the piece begins at 0 s, or a little
    later.
    """
    for place in _PLACES:
        at = hit.time + float(place)
        steps = round(at / sixteenth)
        if steps > 0 and abs(steps * sixteenth / at - 1) <= STRAYS:
            yield _SteadyState(_priced(place, steps * sixteenth / at - 1), index, steps, at, 0.0, None)
    for steps in range(int(hit.time / sixteenth), -1, -1):
        start = hit.time - steps * sixteenth
        if start > latest:
            return
        yield _SteadyState(_LATE_START * (0.3 + start / LATEST_START), index, steps, hit.time, start, None)


def _next(before: _SteadyState, hit: Anchor, index: int, sixteenth: float) -> Iterator[_SteadyState]:
    for place in _PLACES:
        at = hit.time + float(place)
        length = at - before.at
        steps = round(length / sixteenth)
        if steps > 0 and abs(off := steps * sixteenth / length - 1) <= STRAYS:
            cost = before.cost + _priced(place, off)
            yield _SteadyState(cost, index, before.steps + steps, at, before.start, before)


def _priced(place: float, off: float) -> float:
    return _OFF_PLACE * (place / SLACK) ** 2 + _STRAYING * (off / STRAYS) ** 2


def _later(state: _SteadyState, skipped: float, index: int, hit: Anchor, metre: Metre) -> _SteadyState:
    """Add what it costs where in the bar the hit falls, and whom it left out."""
    cost = state.cost + skipped
    if state.steps % metre.sixteenths:
        least, more = _EIGHTH if state.steps % 2 == 0 else _SIXTEENTH_NOTE
        cost += least + more * hit.strength
    cost += _OFF_THE_BAR * (hit.opens and state.steps % metre.bar != 0)
    return _SteadyState(cost, index, state.steps, state.at, state.start, state.before)


def _kept(found: list[_SteadyState], metre: Metre) -> list[_SteadyState]:
    """Return the cheapest state for every place in the bar and beside the hit, the cheapest few of them."""
    best: dict[tuple[int, float], _SteadyState] = {}
    for state in sorted(found, key=lambda state: state.cost):
        best.setdefault((state.steps % metre.bar, state.at), state)
    return list(best.values())[:_BEAM]


def _trace(state: _SteadyState) -> list[tuple[int, float]]:
    knots: list[tuple[int, float]] = []
    at: _SteadyState | None = state if state.anchor >= 0 else None
    while at:
        knots.append((at.steps, at.at))
        at = at.before
    return knots[::-1]


def share_met(anchors: Sequence[Anchor], tempos: NDArray[np.float64], metre: Metre) -> NDArray[np.float64]:
    """Return for each tempo the weight of the anchors that eighths can meet, 0 to 1; all tempos at once."""
    hits = [anchor for anchor in anchors if anchor.time > 0]
    weights = np.array([1.0 + 0.5 * hit.strength for hit in hits])
    eighth = 60 / tempos / metre.sixteenths * 2
    best = np.full((len(hits), len(tempos), len(_PLACES)), -np.inf)
    for index, hit in enumerate(hits):
        best[index] = weights[index]  # the first that is met decides where the first bar begins
        for back in range(max(0, index - _LOOK_BACK), index):
            lengths = hit.time - hits[back].time + _PLACES[None, :] - _PLACES[:, None]
            steps = np.round(lengths[None] / eighth[:, None, None])
            met = (steps > 0) & (np.abs(steps * eighth[:, None, None] / lengths[None] - 1) <= STRAYS)
            through = np.where(met, best[back][:, :, None] + weights[index], -np.inf).max(axis=1)
            best[index] = np.maximum(best[index], through)
    shares: NDArray[np.float64] = best.max(axis=(0, 2)) / weights.sum()
    return shares
