"""What is seen and felt over time, as one small matrix that means and differences are read from."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from immersivaudio.values import DYNAMICS_RATE, Curve, Description, Footage, Seconds, Shot

COLUMNS = ("valence", "arousal", "brightness", "motion", "warmth")
_WEIGHTS = np.array([0.5, 0.5, 1.0, 1.0, 0.5])
"""How far a change in each counts as a change of scene; valence, arousal and warmth span 2, the others 1."""


class Looks:
    """Valence, arousal, brightness, motion and warmth, `DYNAMICS_RATE` samples a second."""

    def __init__(self, footage: Footage, descriptions: Sequence[Description]) -> None:
        self.duration = footage.clip.duration
        self.shots = whole(footage)
        self.size = samples(self.duration)
        curves = footage.curves
        columns = [
            *self._felt(descriptions),
            resample(curves.brightness, curves.rate, self.size),
            resample(curves.motion, curves.rate, self.size),
            resample(curves.warmth, curves.rate, self.size),
        ]
        self.table = np.column_stack(columns)
        """Shape (size, 5), in the order of `COLUMNS`."""
        self._sums = np.vstack([np.zeros(len(COLUMNS)), np.cumsum(self.table, axis=0)])

    def column(self, name: str) -> NDArray[np.float64]:
        """Return one column, shape (size,)."""
        return self.table[:, COLUMNS.index(name)]

    def mean(self, start: Seconds, end: Seconds) -> NDArray[np.float64]:
        """Return the mean of every column over [start, end) s, shape (5,)."""
        first = min(self.size - 1, max(0, int(start * DYNAMICS_RATE)))
        last = min(self.size, max(first + 1, round(end * DYNAMICS_RATE)))
        mean: NDArray[np.float64] = (self._sums[last] - self._sums[first]) / (last - first)
        return mean

    def change(self, time: Seconds, reach: Seconds = Fraction(5)) -> float:
        """Return how different the `reach` seconds after `time` are from those before, about 0 to 1."""
        before, after = self.mean(time - reach, time), self.mean(time, time + reach)
        return distance(before, after)

    def _felt(self, descriptions: Sequence[Description]) -> list[NDArray[np.float64]]:
        by_shot = {d.shot: (d.valence, d.arousal) for d in descriptions}
        whole_clip = by_shot.get(None, (0.0, 0.0))
        felt = np.tile(np.array(whole_clip, dtype=np.float64), (self.size, 1))
        for shot in self.shots:
            if shot.index in by_shot:
                first = int(shot.start * DYNAMICS_RATE)
                felt[first : max(first + 1, samples(shot.end))] = by_shot[shot.index]
        return [np.clip(np.nan_to_num(felt[:, axis]), -1, 1) for axis in (0, 1)]


def distance(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return how different two rows of looks are."""
    return float(np.linalg.norm((one - other) * _WEIGHTS))


def samples(duration: Seconds) -> int:
    """Return how many samples of `CueSheet.dynamics` cover `duration`."""
    return max(1, -int(-duration * DYNAMICS_RATE // 1))


def whole(footage: Footage) -> tuple[Shot, ...]:
    """Return the shots inside the clip; one over all of it where none was found."""
    duration = footage.clip.duration
    shots = tuple(shot for shot in footage.shots if shot.start < duration)
    return shots or (Shot(0, Fraction(0), duration, "start"),)


def resample(curve: Curve, rate: Fraction, size: int) -> NDArray[np.float64]:
    """Return `curve` as `size` means at `DYNAMICS_RATE`; beyond its end it keeps its last value."""
    if not len(curve):
        return np.zeros(size)
    values = np.nan_to_num(np.asarray(curve, dtype=np.float64))
    sums = np.concatenate([[0.0], np.cumsum(values)])
    edges = np.arange(size + 1) * float(rate) / DYNAMICS_RATE
    area = np.interp(edges, np.arange(len(sums)), sums)
    area += np.clip(edges - len(values), 0, None) * values[-1]
    means: NDArray[np.float64] = np.diff(area) / np.diff(edges)
    return means
