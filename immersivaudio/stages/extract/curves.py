"""What is seen over time: motion, brightness, saturation, warmth and pan, evenly sampled."""

import math
from collections import deque
from dataclasses import dataclass, field
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.extract.frame_difference import Change, ComparableFrame, luma_change
from immersivaudio.values import Curve, Curves, Image, Seconds

RATE = Fraction(8)
"""Samples a second: finer than a listener follows, coarse enough to keep."""
_SENSITIVITY = 1.2
"""s: luma that changes by its whole range once a second counts as 0.7 of frantic."""
_MEMORY = 1.0
"""s over which pictures tell of the motion that is not seen between others."""
_MOST_STEPS = 4
"""Pictures between which it is reckoned."""
_JUMPED = 0.3
"""Jump from which a change tells nothing of motion."""
_LONGEST_STEP = 0.1
"""s: in films of unequal delays a change takes an instant, not the whole wait before it."""


@dataclass(slots=True)
class UnseenMotion:
    """What changed in pictures that were left out: light that goes and comes back between two others.

    Of a lens that shakes, the change from one picture to the next but one is less than the two changes from
    picture to picture. By how much, the last pictures tell between which none was left out.
    """

    rate: Fraction
    """Pictures a second of the film."""
    _recent: deque[tuple[float, ComparableFrame, float]] = field(default_factory=lambda: deque(maxlen=2))
    """When the last ones were shown, and how they differ from those before (mean change of luma, 0 to 1)."""
    _known: list[tuple[float, float, float]] = field(default_factory=list)
    """Times of pictures between two others; change from picture to picture, and over both steps."""
    _gaps: list[tuple[int, float, int]] = field(default_factory=list)
    """Pictures before which some were left out: place, time, steps."""
    _count: int = 0

    def push(self, time: Seconds, look: ComparableFrame, change: Change) -> None:
        """Take the next picture and how it differs from the one before."""
        now = float(time)
        if self._recent and (steps := round((now - self._recent[-1][0]) * self.rate)) > 1:
            self._gaps.append((self._count, now, min(steps, _MOST_STEPS)))
        elif len(self._recent) > 1 and now - self._recent[0][0] < 2.5 / self.rate and change.jump < _JUMPED:
            (_, before, _), (_, _, last) = self._recent
            self._known.append((now, last + change.raw, luma_change(before, look) / 255))
        self._recent.append((now, look, change.raw))
        self._count += 1

    def factors(self) -> NDArray[np.float64]:
        """Return for each picture by how much its change must be multiplied: 1 to 4."""
        found = np.ones(self._count)
        if self._known and self._gaps:
            times, singly, together = np.array(self._known).T
            for place, time, steps in self._gaps:
                weights = np.exp(-np.abs(times - time) / _MEMORY)
                ratio = float(weights @ singly) / max(float(weights @ together), 1e-9)
                found[place] = min(2.0, max(1.0, ratio)) ** math.log2(steps)
        return found


@dataclass(slots=True)
class FrameMeasures:
    """Collects measures of every picture, some 300 bytes each."""

    unseen: UnseenMotion | None = None
    """Where pictures are left out."""
    times: list[Seconds] = field(default_factory=list)
    _colour: list[tuple[float, float, float]] = field(default_factory=list)
    _change: list[tuple[float, float]] = field(default_factory=list)

    def push(self, time: Seconds, image: Image, look: ComparableFrame, change: Change) -> None:
        """Take the next picture and how it differs from the one before."""
        now = float(time)
        if self.unseen:
            self.unseen.push(time, look, change)
        step = min(max(now - float(self.times[-1]), 1e-3), _LONGEST_STEP) if self.times else _LONGEST_STEP
        self.times.append(time)
        self._colour.append(colour(image))
        self._change.append((change.raw / step, change.pan / step))

    @property
    def brightness(self) -> NDArray[np.float64]:
        """Mean luma of every picture, 0 to 1."""
        return np.array([luma for luma, _, _ in self._colour])

    def curves(self, duration: Seconds, jumps: list[Seconds]) -> Curves:
        """Resample to `RATE` over `duration`, leaving out the change that `jumps` (cuts, flashes) make."""
        times = np.array([float(time) for time in self.times])
        motion = np.array(self._change)
        if self.unseen:
            motion[:, 0] *= self.unseen.factors()
        motion[:, 0] = 1 - np.exp(-_SENSITIVITY * motion[:, 0])
        here = np.isin(times, [float(t) for t in jumps])
        here[0] = True
        if here.all():
            motion[:] = 0
        else:
            kept = np.flatnonzero(~here)
            nearest = np.searchsorted(kept, np.arange(len(times))).clip(0, len(kept) - 1)
            motion = motion[kept[nearest]]
        columns = np.column_stack([motion, np.array(self._colour)])
        moved, panned, bright, saturated, warm = (_resample(times, c, duration) for c in columns.T)
        return Curves(RATE, moved, bright, saturated, warm, panned)


def still(image: Image, duration: Seconds) -> Curves:
    """Curves of a photo that is held."""
    count = max(1, math.ceil(duration * RATE))
    none, bright, saturated, warm = (_sealed(np.full(count, v)) for v in (0.0, *colour(image)))
    return Curves(RATE, none, bright, saturated, warm, none)


def colour(image: Image) -> tuple[float, float, float]:
    """Mean brightness (luma, 0 to 1), HSV saturation (0 to 1) and warmth (-1 to 1) of a picture.

    Warmth is the balance of red over blue, (R - B) / (R + B), stretched so that candle light reaches 1.
    """
    red, green, blue, _ = (v / 255 for v in cv2.mean(image))
    saturation = cv2.mean(np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2HSV)))[1] / 255
    luma = 0.299 * red + 0.587 * green + 0.114 * blue
    warmth = 2.5 * (red - blue) / max(red + blue, 0.05)
    return luma, saturation, max(-1.0, min(1.0, warmth))


def _resample(times: NDArray[np.float64], values: NDArray[np.float64], duration: Seconds) -> Curve:
    """Means over equal steps of values that each hold until the next: differences of the exact integral."""
    end = max(float(duration), times[-1] + 1e-6)
    knots = np.append(times, end)
    integral = np.concatenate([[0.0], np.cumsum(values * np.diff(knots))])
    count = max(1, math.ceil(duration * RATE))
    edges = np.minimum(np.arange(count + 1) / float(RATE), end)
    width = np.maximum(np.diff(edges), 1e-9)
    return _sealed(np.diff(np.interp(edges, knots, integral)) / width)


def _sealed(values: NDArray[np.float64]) -> Curve:
    curve = values.astype(np.float32)
    curve.setflags(write=False)
    return curve
