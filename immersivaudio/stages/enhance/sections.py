"""Where one section of music ends and the next begins.

Method: candidates are the openings of shots and, inside long shots, whole seconds. Each has a merit: how
much the looks change there, how strong the transition is, and whether the film itself breathes (a fade, a
dissolve). Dynamic programming picks the set that best trades merit against lengths near a target, which
grows with the square root of the clip, from 9 to 20 s: a longer film has more sections, and longer ones.
Limits: the sections know nothing of the story; in one long unchanging shot they are simply even.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from immersivaudio.stages.enhance.feature_matrix import Looks
from immersivaudio.values import Seconds, Shot, exact

SHORTEST = Fraction(4)
"""s"""
_LONGEST = Fraction(32)
_ALONE = Fraction(10)
"""A clip shorter than this, s, is one section."""
_SHORT_TARGET, _LONG_TARGET = 9.0, 20.0
_GROWTH = 2.1
_OPENING = {"cut": 0.25, "fade": 0.55, "dissolve": 0.45, "wipe": 0.45, "start": 0.25}
_UNMOTIVATED = -0.15
"""A boundary where the film shows none must be worth it."""
_MERIT = 0.7
"""What a unit of merit is worth in units of squared relative deviation from the target length."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    time: Seconds
    merit: float


def target(duration: Seconds) -> float:
    """Return the length that sections of a clip of `duration` tend to, s."""
    return min(_LONG_TARGET, max(_SHORT_TARGET, _GROWTH * math.sqrt(duration)))


def divide(looks: Looks) -> tuple[tuple[Seconds, Seconds], ...]:
    """Return (start, end) of every section, s: whole microseconds, back to back, all of the clip."""
    duration = exact(looks.duration)
    if duration < _ALONE:
        return ((Fraction(0), duration),)
    points = [_Candidate(Fraction(0), 0.0), *_candidates(looks, duration), _Candidate(duration, 0.0)]
    return tuple(pairwise(point.time for point in _cheapest(points, target(duration))))


def _candidates(looks: Looks, duration: Seconds) -> list[_Candidate]:
    """Return possible boundaries in order, at most one a second: the most merited."""
    openings = {shot.index: exact(shot.start) for shot in looks.shots}
    taken = {int(time) for time in openings.values()}
    found = [_opening(looks, shot, openings[shot.index]) for shot in looks.shots]
    found += [
        _Candidate(Fraction(second), _UNMOTIVATED + looks.change(Fraction(second)))
        for second in range(int(SHORTEST), int(duration - SHORTEST) + 1)
        if not {second - 1, second} & taken
    ]
    best: dict[int, _Candidate] = {}
    for point in sorted(found, key=lambda point: point.merit):
        if SHORTEST <= point.time <= duration - SHORTEST:
            best[int(point.time)] = point
    return sorted(best.values(), key=lambda point: point.time)


def _opening(looks: Looks, shot: Shot, time: Seconds) -> _Candidate:
    merit = _OPENING.get(shot.opening, 0.25) + 0.25 * min(1.0, max(0.0, shot.strength)) + looks.change(time)
    return _Candidate(time, merit)


def _cheapest(points: list[_Candidate], wanted: float) -> list[_Candidate]:
    """Return the best chain from the first point to the last whose links are as long as sections may be.

    One exists, because no two candidates are more than a few seconds apart.
    """
    costs, origins = [0.0], [0]
    for point in points[1:]:
        best, origin = math.inf, 0
        for there in range(len(costs) - 1, -1, -1):
            length = point.time - points[there].time
            if length > _LONGEST:
                break
            if length >= SHORTEST:
                cost = costs[there] + (float(length) / wanted - 1) ** 2
                best, origin = min((best, origin), (cost, there))
        costs.append(best - _MERIT * point.merit)
        origins.append(origin)
    chain = [len(points) - 1]
    while chain[-1]:
        chain.append(origins[chain[-1]])
    return [points[i] for i in reversed(chain)]
