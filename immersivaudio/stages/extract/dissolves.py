"""Dissolves and wipes, found afterwards in the tiny pictures of `fades`.

Half-way through, the picture agrees (see `place_recognition`) with what was before and with what comes after,
although these two do not agree: in a dissolve everywhere a little, in a wipe one here, the other there. A
camera that turns shows nothing of the kind: as long as its middle agrees with both ends, they overlap, too.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.extract import place_recognition, screen_changes
from immersivaudio.stages.extract.fades import Soft
from immersivaudio.values import Seconds

_SPANS = (14, 8, 4)
"""Half lengths that are tried, in pictures: 1.2, 0.7 and 0.3 s."""
_ELSEWHERE = 0.2
"""Agreement near by from which both ends are of one place. In 1,600 windows of drawn films and real clips
without a transition it was 0.25 or more in 95 of 100, in 900 around one 0.19 or less.
"""
_BOTH = 0.2
"""Agreement that the middle has with each end, or more; in a dissolve, one that it has with either."""
_DIFFERENT = 14.0
"""Root mean square change (0-255) from end to end."""
_PLAIN = 6.0
"""Standard deviation (0-255) below which a picture is blank: that is a fade."""
_SHARE = 0.25
"""Weight that each end has half-way through a dissolve, or more."""
_MISFIT = 0.05
"""Share of the change that a weighted mean of both ends leaves unexplained in a dissolve: 0.03 in most."""
_UNEXPLAINED = 0.25
"""The same of pictures put together from parts of both ends, in a wipe: less in 9 of 10."""
_PART = 0.15
"""Share of the picture that each end has half-way through a wipe."""
_STEP = 0.05
"""By how much that share moves on in a quarter of the window, or more."""
_SLACK = 0.25
"""How far the weights may be from 1 in sum."""
_SMALLEST = 8
"""px that must be left of a picture once it is laid over another."""
_APART = Fraction(11, 10)
"""s between two of them."""

Picture = NDArray[np.uint8]
Plane = NDArray[np.float32]
Found = tuple[float, int, Literal["dissolve", "wipe"]]


@dataclass(slots=True)
class Mixing:
    """Looks for mixed pictures among `pictures`, taken at `times`; `jumps` are cuts, flashes and fades."""

    times: Sequence[Seconds]
    pictures: Sequence[Picture]
    jumps: Sequence[Seconds]
    _jumps: list[Seconds] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._jumps = sorted(self.jumps)

    def transitions(self) -> list[Soft]:
        """Return dissolves and wipes in order of time."""
        edges = _Recent(self.pictures)
        ranked = []
        for middle in range(len(self.times)):
            spans = _SPANS if middle % 2 == 0 else _SPANS[-1:]  # what lasts longer need not be asked so often
            ranked += [found for span in spans if (found := self._at(middle, span, edges))]
        mixed: list[Soft] = []
        for _, middle, kind in sorted(ranked, reverse=True):
            time = self.times[middle]
            if all(abs(time - soft.time) >= _APART for soft in mixed):
                mixed.append(Soft(time, kind, 0.6))
        return sorted(mixed, key=lambda soft: soft.time)

    def _at(self, middle: int, span: int, edges: "_Recent") -> Found | None:
        """Judge the window of `span` pictures on each side of `middle`."""
        first, last = middle - span, middle + span
        if not self._differ(first, last) or edges.agreement(first, last).near >= _ELSEWHERE:
            return None
        old, new = edges.agreement(first, middle), edges.agreement(middle, last)
        least, most = sorted((old.near, new.near))
        if most < _BOTH:
            return None
        ends = (self.pictures[first], self.pictures[middle], self.pictures[last])
        laid = _laid_over(ends, old.shift, new.shift)
        if laid is None or _alike(laid[0], laid[2]):
            return None
        if _mean(*laid):
            return (least, middle, "dissolve")
        return (least, middle, "wipe") if least >= _BOTH and self._moves_on(middle, span) else None

    def _moves_on(self, middle: int, span: int) -> bool:
        """Whether the picture is put together from parts of both ends, less and less of the old one."""
        before, after = (self.pictures[i].astype(np.float32) for i in (middle - span, middle + span))
        whole = np.asarray(cv2.blur(np.abs(before - after), (3, 3)))
        shares = []
        for index in (middle - span // 2, middle, middle + span // 2):
            now = self.pictures[index].astype(np.float32)
            old, new = (np.asarray(cv2.blur(np.abs(now - end), (3, 3))) for end in (before, after))
            if index == middle and np.minimum(old, new).sum() > _UNEXPLAINED * whole.sum():
                return False
            shares.append(float((old < new).mean()))
        first, here, last = shares
        return _PART < here < 1 - _PART and first > here + _STEP and here > last + _STEP

    def _differ(self, one: int, other: int) -> bool:
        """Whether two pictures are different, neither blank, of no screen, with no jump between."""
        if one < 0 or other >= len(self.times):
            return False
        following = bisect_left(self._jumps, self.times[one])
        if following < len(self._jumps) and self._jumps[following] <= self.times[other]:
            return False
        before, after = self.pictures[one], self.pictures[other]
        changed = cv2.norm(before, after, cv2.NORM_L2) >= _DIFFERENT * np.sqrt(before.size)
        if not changed or min(before.std(), after.std()) < _PLAIN:
            return False
        return screen_changes.ground(before, after) is None


class _Recent:
    """The structure of the pictures around, prepared when it is first asked for."""

    def __init__(self, pictures: Sequence[Picture]) -> None:
        self._pictures = pictures
        self._edges: dict[int, place_recognition.Edges] = {}

    def agreement(self, one: int, other: int) -> place_recognition.Agreement:
        """Compare two of the pictures."""
        return place_recognition.agreement(self._of(one), self._of(other))

    def _of(self, index: int) -> place_recognition.Edges:
        if index not in self._edges:
            self._edges[index] = place_recognition.edges(self._pictures[index])
            self._edges.pop(index - 2 * _SPANS[0] - 1, None)
        return self._edges[index]


def _laid_over(
    pictures: tuple[Picture, Picture, Picture], old: tuple[int, int], new: tuple[int, int]
) -> tuple[Plane, Plane, Plane] | None:
    """Shift both ends to where the middle shows them, and return the part that all three show."""
    parts = []
    for axis in (0, 1):
        shifts = (old[axis], 0, -new[axis])
        low, high = max(-shift for shift in shifts), pictures[1].shape[axis] - max(shifts)
        if high - low < _SMALLEST:
            return None
        parts.append([slice(low + shift, high + shift) for shift in shifts])
    rows, columns = parts
    a, m, b = (
        picture[row, column].astype(np.float32)
        for picture, row, column in zip(pictures, rows, columns, strict=True)
    )
    return a, m, b


def _alike(one: Plane, other: Plane) -> bool:
    """Whether both ends, laid over the middle, show one place after all: only a camera moved."""
    a, b = (place_recognition.edges(np.ascontiguousarray(x, np.uint8)) for x in (one, other))
    return place_recognition.agreement(a, b).near >= _ELSEWHERE


def _mean(before: Plane, now: Plane, after: Plane) -> bool:
    """Whether a picture is the weighted mean of two others."""
    change = float(((before - after) ** 2).mean())
    if change < _DIFFERENT**2:
        return False
    terms = np.stack([before.ravel(), after.ravel(), np.ones(now.size, np.float32)], axis=1)
    weights = np.linalg.lstsq(terms, now.ravel(), rcond=None)[0]
    misfit = float(((now.ravel() - terms @ weights) ** 2).mean()) / change
    return misfit < _MISFIT and min(weights[:2]) > _SHARE and abs(weights[0] + weights[1] - 1) < _SLACK
