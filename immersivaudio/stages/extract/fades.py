"""Fades, found afterwards in tiny grey pictures, about twelve a second; dissolves and wipes: see `dissolves`.

A fade passes through a blank picture (black, white, a colour) without a jump.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.extract import place_recognition
from immersivaudio.stages.extract.frame_difference import ComparableFrame
from immersivaudio.values import Seconds

_SIZE = (64, 36)
"""px, width and height."""
_STEP = 1 / 12
"""s between the pictures kept."""
_BLANK = 5.0
"""Standard deviation (0-255) of a picture without content."""
_BLACK, _WHITE = 30.0, 225.0
"""Mean luma (0-255) of blank pictures."""
_HELD = Fraction(3, 2)
"""s of blank picture from which a cut into it and a fade out of it are two."""
_CLEAR = Fraction(1, 10)
"""s: the grain of the pictures kept."""


@dataclass(frozen=True, slots=True)
class Soft:
    """A gradual transition."""

    time: Seconds
    """When the new shot is first seen (fade) or stronger than the old one (dissolve)."""
    kind: Literal["fade", "dissolve", "wipe"]
    strength: float


@dataclass(slots=True)
class Thumbnails:
    """Collects tiny pictures; 2.3 kB each."""

    times: list[Seconds] = field(default_factory=list)
    pictures: list[NDArray[np.uint8]] = field(default_factory=list)
    """Shape (36, 64)."""
    _due: float = 0.0

    def push(self, time: Seconds, look: ComparableFrame) -> None:
        """Take the next picture, if one is due."""
        if float(time) + 1e-6 < self._due:
            return
        self._due = float(time) + _STEP - 0.01
        self.times.append(time)
        self.pictures.append(np.asarray(cv2.resize(look.luma, _SIZE, interpolation=cv2.INTER_AREA), np.uint8))

    def fades(self, jumps: list[Seconds]) -> list[Soft]:
        """Find the fades between `jumps` (hard cuts and flashes), in order of time."""
        if len(self.times) < 3:
            return []
        mean = np.array([picture.mean() for picture in self.pictures])
        contrast = np.array([picture.std() for picture in self.pictures])
        blank = (contrast < _BLANK) & ((mean < _BLACK) | (mean > _WHITE))
        found = []
        for index in (int(i) for i in np.flatnonzero(blank[:-1] & ~blank[1:])):
            opened = index
            while opened >= 0 and blank[opened]:
                opened -= 1
            if opened >= 0 and self._fades(opened, index, contrast, jumps):
                found.append(Soft(self.times[index + 1], "fade", 0.7))
        return found

    def _fades(self, before: int, blank: int, contrast: NDArray[np.float64], jumps: list[Seconds]) -> bool:
        """Whether what follows the blank pictures `before` + 1 to `blank` comes by degrees and is new."""
        after = self.times[blank + 1]
        if any(abs(after - jump) < Fraction(1, 4) for jump in jumps):
            return False
        into = self.times[before + 1]
        if after - into < _HELD and any(into - _CLEAR <= jump <= after + _CLEAR for jump in jumps):
            return False
        rising = contrast[blank : blank + 7]
        if rising[-1] <= 2 * _BLANK or rising[1] >= 0.6 * rising[-1]:
            return False
        return not self._same(before, blank + len(rising) - 1)

    def _same(self, before: int, after: int) -> bool:
        """Whether the light only went out and on again: half a second before and after show one place."""
        one, other = (place_recognition.edges(self.pictures[i]) for i in (max(0, before - 6), after))
        return place_recognition.agreement(one, other).near >= place_recognition.SAME
