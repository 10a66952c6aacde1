"""Which moments the music lands on.

Method: every hard cut, flash, title and peak of motion is weighed; fades and dissolves are not (they
swell, they do not strike). The strongest are taken first, and each needs room from those already taken:
the weaker, the more. So a strong cut is hit wherever it falls, and of a montage the ear gets the pulse,
not every splice: accenting every cut is tiring. A cut that opens a section, or the last shot, counts for
more.
Limits: strength is how different the pictures are, not what the cut means.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from fractions import Fraction

from immersivaudio.values import Footage, HitPoint, MomentKind, Seconds, exact

SPACING = Fraction(7, 20)
"""s: no two hits are closer."""
_ROOM: dict[MomentKind, float] = {
    "cut": 0.9,
    "motion": 2.5,
    "flash": 0.9,
    "title": 0.9,
    "end": 0.0,
    "user": 0.0,
}
"""s that the weakest moment of a kind needs beyond `SPACING`."""
_WEAKEST: dict[MomentKind, float] = {"motion": 0.45, "flash": 0.2}
"""Strength under which a kind is left alone."""
_FIRST, _LAST = Fraction(1, 10), Fraction(1, 4)
"""s from the start and the end: an accent needs time to speak and to ring."""
_END_SHOT = (Fraction(6, 5), Fraction(6))
"""s: a last shot this long is an end card, and the piece closes on it."""
_MOST_A_MINUTE = 40


def choose(footage: Footage, openings: Collection[Seconds]) -> tuple[HitPoint, ...]:
    """Return the hit points in order, whole microseconds; `openings` are the starts of sections, s."""
    duration = exact(footage.clip.duration)
    moments = [hit for hit in _moments(footage, duration) if _FIRST <= hit.time <= duration - _LAST]
    moments.sort(key=lambda hit: (-_weight(hit, openings), hit.time))
    most = max(4, int(duration * _MOST_A_MINUTE / 60))
    taken: list[HitPoint] = []
    for hit in moments:
        room = SPACING + exact(_ROOM[hit.kind] * (1 - min(1.0, _weight(hit, openings))))
        place = bisect_left(taken, hit.time, key=lambda other: other.time)
        neighbours = taken[max(0, place - 1) : place + 1]
        if len(taken) < most and all(abs(hit.time - other.time) >= room for other in neighbours):
            taken.insert(place, hit)
    return tuple(taken)


def _moments(footage: Footage, duration: Seconds) -> Iterable[HitPoint]:
    cuts = [shot for shot in footage.shots if shot.opening == "cut" and shot.start > 0]
    for shot in cuts:
        closing = shot is footage.shots[-1] and _END_SHOT[0] <= duration - shot.start <= _END_SHOT[1]
        yield HitPoint(exact(shot.start), _bounded(shot.strength), "end" if closing else "cut")
    for moment in footage.moments:
        if moment.strength >= _WEAKEST.get(moment.kind, 0.0):
            yield HitPoint(exact(moment.time), _bounded(moment.strength), moment.kind)


def _bounded(strength: float) -> float:
    return round(min(1.0, max(0.05, strength)), 3)


def _weight(hit: HitPoint, openings: Collection[Seconds]) -> float:
    """Return how much a moment wants to be hit: a cut more than a peak of motion of the same strength."""
    liking = {"user": 2.0, "end": 0.5, "cut": 0.25, "title": 0.25, "flash": 0.2}.get(hit.kind, 0.0)
    return hit.strength + liking + (0.3 if hit.time in openings else 0.0)
