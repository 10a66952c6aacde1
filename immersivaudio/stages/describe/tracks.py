"""The same thing from frame to frame: boxes of one label joined by where they are, with their speed.

Kept frames lie a second or two apart, so only what is alone or hardly moves can be followed; nothing is said
of the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from immersivaudio.values import Box, Detection

_REACH = 0.35
"""Widths of the picture a box may have moved between two frames."""
_ALIKE = (0.55, 1.8)
"""How much higher or lower it may have become."""


@dataclass(frozen=True, slots=True)
class TrackStep:
    """One box, and the same box a frame later."""

    seconds: float
    before: Box
    after: Box

    @property
    def across(self) -> float:
        """How far its middle went sideways, widths of the picture; to the right is positive."""
        return (self.after.left + self.after.right - self.before.left - self.before.right) / 2

    @property
    def height(self) -> float:
        """Mean height of the box, share of the picture's."""
        return max(1e-3, (self.after.bottom - self.after.top + self.before.bottom - self.before.top) / 2)

    @property
    def growth(self) -> float:
        """Height after over height before."""
        return (self.after.bottom - self.after.top) / max(1e-3, self.before.bottom - self.before.top)


def steps(
    frames: Sequence[Sequence[Detection]], times: Sequence[float], shots: Sequence[int]
) -> list[TrackStep]:
    """Join the boxes of one label in neighbouring frames of a shot: the nearest of like size, each once."""
    joined: list[TrackStep] = []
    for (here, start, shot), (there, end, other_shot) in pairwise(zip(frames, times, shots, strict=True)):
        left = list(there) if shot == other_shot else []
        for one in here:
            fitting = [other for other in left if _alike(one.box, other.box)]
            if fitting and end > start:
                nearest = min(fitting, key=lambda other: abs(_middle(other.box) - _middle(one.box)))
                left.remove(nearest)
                joined.append(TrackStep(end - start, one.box, nearest.box))
    return joined


def _alike(one: Box, other: Box) -> bool:
    low, high = _ALIKE
    growth = (other.bottom - other.top) / max(1e-3, one.bottom - one.top)
    return low <= growth <= high and abs(_middle(other) - _middle(one)) <= _REACH


def _middle(box: Box) -> float:
    return (box.left + box.right) / 2


def apart(boxes: Sequence[Box], covered: float) -> int:
    """Return how many of the `boxes`, the surest first, share less than `covered` with those before them.

    Shared is what lies in the other, of the smaller of the two: a part is no second thing, nor is the whole.
    """
    kept: list[Box] = []
    for box in boxes:
        if sum(max(overlap(box, other), overlap(other, box)) for other in kept) < covered:
            kept.append(box)
    return len(kept)


def overlap(inner: Box, outer: Box) -> float:
    """Share of `inner` that lies within `outer`, 0 to 1."""
    both = inner.shared(outer)
    return both / inner.area if both else 0.0
