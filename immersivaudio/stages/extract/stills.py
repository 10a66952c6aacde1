"""Which pictures are kept: a few from all over the clip, and at least one from every shot."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from immersivaudio.values import Frame, Image, Seconds, Shot

LONGEST = 640
"""px, the longer side of a kept picture."""
_MEMORY = 150 * 2**20
"""Bytes that all kept pictures may take; beyond it, every one is halved in size."""
_SETTLE = 0.3
"""s after a jump until a shot is taken to have settled: past the blur and the decoder's worst picture."""


def wanted(duration: Seconds) -> int:
    """How many pictures are looked at: floor(10 log10 seconds), at least 2.

    The seed's rule. What later stages learn from another picture falls with the number they have, since
    neighbours look alike: ten times the length brings ten more pictures, not ten times as many. Two seconds
    give 3, ten 10, a minute 17, ten minutes 27. Shots come on top: each has at least one.
    """
    return max(2, math.floor(10 * math.log10(max(1.0, float(duration)))))


@dataclass(slots=True)
class _Still:
    time: Seconds
    image: Image
    planned: bool
    """From the even grid, not for the sake of a shot."""


class Stills:
    """Decides, picture by picture, which to keep, before the shots are known for certain."""

    def __init__(self, duration: Seconds) -> None:
        self._step = duration / wanted(duration)
        self._due = self._step / 2
        self._kept: list[_Still] = []
        self._jumped: Seconds | None = None
        self._bytes = 0
        self._scale = 1.0

    def wants(self, time: Seconds, *, jumped: bool) -> bool:
        """Whether the picture at `time` should be kept; `jumped` if it may open a shot.

        The opening picture is kept in case the shot is very short, another once it has settled.
        """
        if jumped or not self._kept:
            self._jumped = time
            return True
        settled = self._jumped is not None and float(time - self._jumped) >= _SETTLE
        return settled or time >= self._due

    def keep(self, time: Seconds, image: Image) -> None:
        """Keep a picture that was wanted."""
        if self._jumped is not None and float(time - self._jumped) >= _SETTLE:
            self._jumped = None
        planned = time >= self._due
        while self._due <= time:
            self._due += self._step
        if self._scale < 1:
            image = _shrunk(image, self._scale)
        self._kept.append(_Still(time, image, planned))
        self._bytes += image.nbytes
        if self._bytes > _MEMORY:
            self._scale /= 2
            for still in self._kept:
                still.image = _shrunk(still.image, 0.5)
            self._bytes = sum(still.image.nbytes for still in self._kept)

    def frames(self, shots: tuple[Shot, ...]) -> tuple[Frame, ...]:
        """Return the planned pictures, and for a shot without any the one nearest to its middle."""
        frames: list[Frame] = []
        for shot in shots:
            inside = [s for s in self._kept if shot.start <= s.time < shot.end]
            chosen = [s for s in inside if s.planned]
            if not chosen:
                middle = (shot.start + shot.end) / 2
                pool = inside or self._kept
                chosen = [min(pool, key=lambda s: abs(s.time - middle))]
            frames += [Frame(s.time, shot.index, _sealed(s.image)) for s in chosen]
        return tuple(frames)


def _shrunk(image: Image, scale: float) -> Image:
    height, width = (max(1, round(side * scale)) for side in image.shape[:2])
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _sealed(image: Image) -> Image:
    image.setflags(write=False)
    return image
