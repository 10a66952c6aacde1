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
    chosen = _best(beats, [(0.0, 1.0), *(hit for hit in hits if 0.2 < hit[0] < length - 0.2)], length)
    last = chosen[-1]
    return [*chosen, WarpAnchor(last.source + length - last.target, length)]


def _best(beats: NDArray[np.float64], hits: Sequence[tuple[float, float]], length: float) -> list[WarpAnchor]:
    """Viterbi over (hit, beat): the best score of a chain that ends there, and where it came from."""
    states: list[tuple[float, float, float, int]] = []  # target, source, score, state before
    for index, (target, strength) in enumerate(hits):
        near = beats[(beats <= HEAD)] if index == 0 else _near(beats, target)
        for source in near:
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
