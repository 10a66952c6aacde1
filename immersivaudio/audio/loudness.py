"""Programme loudness: ITU-R BS.1770-5 and EBU R 128, Tech 3341 and 3342.

Everything is built on the K-weighted power of short hops: a tenth of a second where levels are decided, so
that ten minutes are six thousand numbers and any stretch can be asked for afterwards; a millisecond where a
master's gain is planned.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.audio.peaks import TruePeaks

Power = NDArray[np.float64]
"""K-weighted mean square, summed over the channels, of each hop. Shape (hops,)."""
Response = NDArray[np.complex64]
"""Shape (n // 2 + 1,), for an FFT of n samples."""

HOP = SAMPLE_RATE // 10
"""Samples between two gating blocks of 400 ms (75 % overlap)."""
SILENCE = -70.0
"""LUFS: the absolute gate."""

# BS.1770-5, tables 1 and 2, at 48 kHz: the shelf of the head, then the high pass.
_K_WEIGHTING = np.array(
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)


def decibels(power: float) -> float:
    """Return the loudness of a K-weighted mean square, LUFS; silence is -inf."""
    return -0.691 + 10 * float(np.log10(power)) if power > 0 else float("-inf")


def integrated(power: Power, rate: int) -> float:
    """Return gated loudness, LUFS, of `power` with `rate` hops a second; silence is -inf.

    What is shorter than a gating block of 400 ms counts as one.
    """
    blocks = _windows(power, 2 * rate // 5, rate // 10)
    loud = blocks[lufs(blocks) > SILENCE]
    if not loud.size:
        return float("-inf")
    return float(lufs(loud[lufs(loud) > lufs(loud.mean()) - 10.0].mean()))


def loudness_range(power: Power, rate: int) -> float:
    """Return the loudness range, LU: 10th to 95th percentile of the gated loudness of 3 s; 0 if too short."""
    blocks = _windows(power, 3 * rate, rate // 10)
    loud = blocks[lufs(blocks) > SILENCE]
    if loud.size < 2:
        return 0.0
    levels = lufs(loud[lufs(loud) > lufs(loud.mean()) - 20.0])
    low, high = np.percentile(levels, (10, 95))
    return float(high - low)


def _windows(power: Power, length: int, step: int) -> Power:
    """Return the mean power of windows of `length` hops every `step` hops; one, if there are fewer."""
    length = max(1, min(length, len(power)))
    total = np.concatenate(([0.0], np.cumsum(power)))
    starts = np.arange(0, len(power) - length + 1, step)
    return np.asarray(np.maximum(total[starts + length] - total[starts], 0.0) / length)


def lufs(power: "Power | np.float64") -> Power:
    """Return the loudness of each K-weighted mean square, LUFS; silence is -200."""
    return np.asarray(-0.691 + 10.0 * np.log10(np.maximum(power, 1e-20)))


def hops_inside(stretches: Iterable[tuple[Fraction, Fraction]], count: int) -> NDArray[np.bool_]:
    """Return which of `count` hops have their middle in one of the stretches (s). Shape (count,)."""
    middle = (np.arange(count) + 0.5) * HOP / SAMPLE_RATE
    inside = np.zeros(count, dtype=bool)
    for start, end in stretches:
        inside |= (middle >= float(start)) & (middle < float(end))
    return inside


@dataclass(frozen=True, slots=True)
class Loudness:
    """What a meter saw."""

    power: Power
    """Of each `HOP`."""
    peak: float = 0.0
    """True peak, full scale is 1."""

    @property
    def integrated(self) -> float:
        """Gated loudness of the whole, LUFS; silence is -inf."""
        return integrated(self.power, SAMPLE_RATE // HOP)

    @property
    def range(self) -> float:
        """Loudness range, LU."""
        return loudness_range(self.power, SAMPLE_RATE // HOP)

    @property
    def peak_dbtp(self) -> float:
        """True peak, dBTP."""
        return 20 * float(np.log10(self.peak)) if self.peak > 0 else float("-inf")

    def over(self, stretches: Iterable[tuple[Fraction, Fraction]]) -> float:
        """Return the ungated loudness of some stretches (s) together, LUFS."""
        inside = hops_inside(stretches, self.power.size)
        return decibels(float(self.power[inside].mean())) if inside.any() else float("-inf")


class KWeighting:
    """The K filter, block after block."""

    def __init__(self) -> None:
        from scipy.signal import sosfilt  # half a second of imports: when there is sound to measure

        self._filter = sosfilt
        self._state = np.zeros((len(_K_WEIGHTING), 2, 2))

    def __call__(self, block: Sound) -> NDArray[np.float64]:
        """Return the weighted block, shape (2, n)."""
        weighted, self._state = self._filter(_K_WEIGHTING, block, axis=1, zi=self._state)
        return np.asarray(weighted)


def k_weighting(size: int) -> Response:
    """Return the frequency response of the K filter for an FFT of `size` samples."""
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    total = np.ones_like(z)
    for section in _K_WEIGHTING:
        total *= np.polyval(section[2::-1], z) / np.polyval(section[:2:-1], z)
    weighting: Response = total.astype(np.complex64)
    return weighting


class HopMeans:
    """Averages a value per sample over each hop, across block borders."""

    def __init__(self, hop: int = HOP) -> None:
        self._hop = hop
        self._means: list[NDArray[np.float64]] = []
        self._rest = np.empty(0)

    def push(self, values: NDArray[np.float64]) -> None:
        """Take values per sample, shape (n,)."""
        joined = np.concatenate([self._rest, values]) if self._rest.size else values
        whole = joined.size // self._hop
        self._means.append(joined[: whole * self._hop].reshape(whole, self._hop).mean(axis=1))
        self._rest = joined[whole * self._hop :]

    def means(self) -> Power:
        """Return the mean of each hop; a last one of less than half a hop is left out."""
        tail = [np.array([self._rest.mean()])] if self._rest.size >= self._hop / 2 else []
        return np.concatenate([*self._means, *tail]) if self._means or tail else np.empty(0)


class Meter:
    """Measures as the sound goes by."""

    def __init__(self, *, peaks: bool = True) -> None:
        self._weighting = KWeighting()
        self._means = HopMeans()
        self._peaks = TruePeaks() if peaks else None

    def push(self, block: Sound) -> None:
        """Take the next block."""
        self._means.push(np.square(self._weighting(block)).sum(axis=0))
        if self._peaks:
            self._peaks.push(block, self._peaks.highest)

    def result(self) -> Loudness:
        """Return what was seen. Nothing more may be pushed."""
        if self._peaks:
            self._peaks.result()
        return Loudness(self._means.means(), self._peaks.highest if self._peaks else 0.0)


def measure(blocks: Iterable[Sound], *, peaks: bool = True) -> Loudness:
    """Return the loudness of a sound that comes in blocks."""
    meter = Meter(peaks=peaks)
    for block in blocks:
        meter.push(block)
    return meter.result()
