"""Fades and dissolves, found afterwards in tiny grey pictures, about twelve a second.

A fade passes through a blank picture (black or white) without a jump. In a dissolve, the pictures between two
different places are their weighted mean, with a weight that moves evenly from one to the other; a pan or a
thing that moves is never that.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.extract.look import ComparableFrame
from immersivaudio.values import Seconds

_SIZE = (32, 18)
"""px, width and height."""
_STEP = 1 / 12
"""s between the pictures kept."""
_BLANK = 5.0
"""Standard deviation (0-255) of a picture without content."""
_BLACK, _WHITE = 30.0, 225.0
"""Mean luma (0-255) of blank pictures."""
_SPANS = (4, 8, 14)
"""Half lengths of a dissolve that are tried, in pictures kept: 0.3, 0.7 and 1.2 s."""
_DIFFERENT = 14.0
"""Root mean square change (0-255) over a dissolve."""
_UNLIKE = 0.5
"""Correlation below which the pictures on both sides are of different places."""
_MISFIT = 0.1
"""Share of that change that the blend may leave unexplained."""


@dataclass(frozen=True, slots=True)
class Soft:
    """A gradual transition."""

    time: Seconds
    """When the new shot is first seen (fade) or stronger than the old one (dissolve)."""
    kind: Literal["fade", "dissolve"]
    strength: float


@dataclass(slots=True)
class Thumbnails:
    """Collects tiny pictures; 576 bytes each."""

    _times: list[Seconds] = field(default_factory=list)
    _pictures: list[NDArray[np.uint8]] = field(default_factory=list)
    _due: float = 0.0

    def push(self, time: Seconds, look: ComparableFrame) -> None:
        """Take the next picture, if one is due."""
        if float(time) + 1e-6 < self._due:
            return
        self._due = float(time) + _STEP - 0.01
        self._times.append(time)
        self._pictures.append(
            np.asarray(cv2.resize(look.luma, _SIZE, interpolation=cv2.INTER_AREA), np.uint8)
        )

    def transitions(self, jumps: list[Seconds]) -> list[Soft]:
        """Find the fades and dissolves between `jumps` (hard cuts and flashes), in order of time."""
        if len(self._times) < 3:
            return []
        pictures = np.stack(self._pictures).reshape(len(self._pictures), -1).astype(np.float32)
        fades = _fades(self._times, pictures, jumps)
        taken = jumps + [fade.time for fade in fades]
        return sorted(fades + _dissolves(self._times, pictures, taken), key=lambda soft: soft.time)


def _fades(times: list[Seconds], pictures: NDArray[np.float32], cuts: list[Seconds]) -> list[Soft]:
    mean = pictures.mean(axis=1)
    blank = (pictures.std(axis=1) < _BLANK) & ((mean < _BLACK) | (mean > _WHITE))
    found = []
    for index in np.flatnonzero(blank[:-1] & ~blank[1:]):
        time = times[index + 1]
        seen_before = bool((~blank[:index]).any())
        if seen_before and not _near(time, cuts, Fraction(1, 4)) and _brightens(pictures, int(index)):
            found.append(Soft(time, "fade", 0.7))
    return found


def _brightens(pictures: NDArray[np.float32], index: int) -> bool:
    """Whether the content after a blank picture comes by degrees: contrast grows for a while."""
    contrast = pictures[index : index + 7].std(axis=1)
    return bool(contrast[-1] > 2 * _BLANK and contrast[1] < 0.6 * contrast[-1])


def _dissolves(times: list[Seconds], pictures: NDArray[np.float32], taken: list[Seconds]) -> list[Soft]:
    ranked: list[tuple[float, int, int]] = []
    for span in _SPANS:
        for middle in range(span, len(times) - span):
            fit = _blend(pictures, middle, span)
            if fit is not None:
                ranked.append((fit, middle, span))
    found: list[Soft] = []
    for _, middle, span in sorted(ranked):
        time = times[middle]
        room = times[min(len(times) - 1, middle + span)] - time + Fraction(1, 10)
        others = taken + [soft.time for soft in found]
        if not _near(time, taken, room) and not _near(time, others, max(room, Fraction(1))):
            found.append(Soft(time, "dissolve", 0.6))
    return found


def _blend(pictures: NDArray[np.float32], middle: int, span: int) -> float | None:
    """Return how far the pictures around `middle` are from a blend (0 is perfect), or None if too far."""
    before, after = pictures[middle - span], pictures[middle + span]
    across = before - after
    power = float(across @ across)
    if min(before.std(), after.std()) < 2 * _BLANK:
        return None  # a fade
    if power < _DIFFERENT**2 * across.size or _alike(before, after) > _UNLIKE:
        return None
    half = span // 2
    between = pictures[[middle - half, middle, middle + half]] - after
    share = between @ across / power
    if not (0.3 < share[1] < 0.7 and share[0] > share[1] + 0.08 and share[1] > share[2] + 0.08):
        return None
    misfit = ((between - share[:, None] * across) ** 2).sum(axis=1) / power
    worst = float(misfit.max())
    return worst if worst < _MISFIT else None


def _alike(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    a, b = one - one.mean(), other - other.mean()
    return float(a @ b) / float(np.sqrt(a @ a) * np.sqrt(b @ b) + 1e-6)


def _near(time: Seconds, others: list[Seconds], room: Fraction) -> bool:
    return any(abs(time - other) < room for other in others)
