"""A tempo map for music that is there already: which beat lands on which hit point.

Between two anchors the music is played a little faster or slower, by 6 % at most: about what listeners
accept as the same tempo (Drake & Botte 1993 found steps of 3-6 % noticeable). A search over hits and beats
takes the strongest set of hits that can be reached so, and among equals the one that stretches least.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST = 0.06
"""How much faster or slower, at most."""
HEAD = 1.0
"""s that may be cut off at the beginning to start on a beat."""
_DEAR = 2.0
"""What a stretch of one percent, for all of the piece, costs in units of hit strength: little, but not
nothing."""
_SURE = 1e6
"""The strength of what must be reached."""


@dataclass(frozen=True, slots=True)
class WarpAnchor:
    """This moment of the music falls on that moment of the film, s."""

    source: float
    target: float


def needed(length: float) -> float:
    """Return how much music (s) must be there for `length` seconds of film, whatever is chosen."""
    return length * (1 + MOST) + HEAD


def anchors(
    beats: NDArray[np.float64], hits: Sequence[tuple[float, float]], length: float
) -> list[WarpAnchor]:
    """Return the anchors of a piece `length` s long, the first at target 0 and the last at `length`.

    `hits` are (target s, strength 0 to 1), in order. Without a beat near the beginning there are none: the
    music is left alone.
    """
    starts = beats[beats <= HEAD]
    if not len(starts):
        return []
    inner = [(target, strength, _near(beats, target)) for target, strength in _inner(hits, length)]
    chosen = _best([(0.0, 1.0, starts), *inner], length)
    last = chosen[-1]
    return [*chosen, WarpAnchor(last.source + length - last.target, length)]


def held(beats: NDArray[np.float64], hits: Sequence[tuple[float, float]], length: float) -> list[WarpAnchor]:
    """Return the anchors of a piece that is `length` s long already, and begins and ends where it does.

    For music that was made to this length, whose own ending must be heard, or that goes over into other music
    on both sides. `hits` are as for `anchors`.
    """
    inner = [(target, strength, _near(beats, target)) for target, strength in _inner(hits, length)]
    fixed = np.array([0.0]), np.array([length])
    return _best([(0.0, 1.0, fixed[0]), *inner, (length, _SURE, fixed[1])], length)


def _inner(hits: Sequence[tuple[float, float]], length: float) -> list[tuple[float, float]]:
    return [hit for hit in hits if 0.2 < hit[0] < length - 0.2]


def _best(marks: Sequence[tuple[float, float, NDArray[np.float64]]], length: float) -> list[WarpAnchor]:
    """Viterbi over (target, source): the best score of a chain that ends there, and where it came from.

    `marks` are (target, strength, the moments of the music that may fall on it); the first one begins every
    chain.
    """
    states: list[tuple[float, float, float, int]] = []  # target, source, score, state before
    for index, (target, strength, sources) in enumerate(marks):
        for source in sources:
            if index == 0:
                states.append((target, float(source), strength - 1e-3 * float(source), -1))
            else:
                before, score = _reachable(states, target, float(source), length)
                if before >= 0:
                    states.append((target, float(source), score + strength, before))
    number = max(range(len(states)), key=lambda one: states[one][2])
    chain: list[WarpAnchor] = []
    while number >= 0:
        target, source, _, before = states[number]
        chain.append(WarpAnchor(source, target))
        number = before
    return chain[::-1]


def _near(beats: NDArray[np.float64], target: float) -> NDArray[np.float64]:
    near = (beats >= target * (1 - MOST)) & (beats <= target * (1 + MOST) + HEAD)
    return beats[near]


def _reachable(
    states: Sequence[tuple[float, float, float, int]], target: float, source: float, length: float
) -> tuple[int, float]:
    """Return the best state before, and its score less what the stretch costs; (-1, 0) if there is none."""
    best, most = -1, -math.inf
    for number, (before, played, score, _) in enumerate(states):
        if target - before < 0.2 or source <= played:
            continue
        rate = (target - before) / (source - played)
        if abs(rate - 1) > MOST:
            continue
        value = score - _DEAR * abs(rate - 1) * (target - before) / length
        if value > most:
            best, most = number, value
    return best, most if best >= 0 else 0.0


def heard(beats: NDArray[np.float64], map_: Sequence[WarpAnchor]) -> NDArray[np.float64]:
    """Return where the beats of the music fall in the film, s."""
    return np.interp(beats, [anchor.source for anchor in map_], [anchor.target for anchor in map_])
