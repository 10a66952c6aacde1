"""Programme loudness: ITU-R BS.1770-5 and EBU R 128, Tech 3341 and 3342.

Everything is built on the K-weighted power of short hops: a tenth of a second where levels are decided, so
that ten minutes are six thousand numbers and any stretch can be asked for afterwards; a millisecond where a
master's gain is planned.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

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

_STATES = 2 * len(_K_WEIGHTING)
_STRETCH = 96
"""Samples that are weighted at once."""


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
    """The K filter, block after block: as products of matrices, a stretch of samples at a time.

    Within a stretch every sample is a sum over those before it; what came before the stretch is told by the
    filter's state. `scipy.signal.sosfilt` gives the same to a part in 10^11 and takes two thirds of the time,
    but importing it takes as long as metering several minutes of sound.
    """

    def __init__(self) -> None:
        self._state = np.zeros((2, _STATES))

    def __call__(self, block: Sound) -> NDArray[np.float64]:
        """Return the weighted block, shape (2, n)."""
        filters = _stretch_filter()
        whole = block.shape[1] // _STRETCH * _STRETCH
        stretches = block[:, :whole].reshape(2, -1, _STRETCH).astype(np.float64)
        # The state before each stretch: what each one enters, passed on by all between, in doubling steps.
        states = np.concatenate([self._state[:, None], stretches @ filters.entering], axis=1)
        passing, reach = filters.passing, 1
        while reach < states.shape[1]:
            states[:, reach:] += states[:, :-reach] @ passing
            passing, reach = passing @ passing, 2 * reach
        self._state = states[:, -1]
        states = states[:, :-1]
        weighted = (stretches @ filters.response + states @ filters.leaving).reshape(2, whole)
        return np.concatenate([weighted, self._rest(block[:, whole:].astype(np.float64))], axis=1)

    def _rest(self, block: NDArray[np.float64]) -> NDArray[np.float64]:
        """The last samples, fewer than a stretch."""
        filters, size = _stretch_filter(), block.shape[1]
        weighted = block @ filters.response[:size, :size] + self._state @ filters.leaving[:, :size]
        passing = np.linalg.matrix_power(filters.step, size)
        self._state = self._state @ passing + block @ filters.entering[_STRETCH - size :]
        return weighted


@dataclass(frozen=True, slots=True)
class _StretchFilter:
    """What the K filter makes of `_STRETCH` samples, all to be multiplied from the right."""

    response: NDArray[np.float64]
    """From samples to samples."""
    entering: NDArray[np.float64]
    """From samples to the state after them."""
    leaving: NDArray[np.float64]
    """From the state before them to samples."""
    passing: NDArray[np.float64]
    """From state to state."""
    step: NDArray[np.float64]
    """The same over one sample."""


@cache
def _stretch_filter() -> _StretchFilter:
    """Run the filter once for each value of its state, and once over a single 1."""
    states, sounds = np.eye(_STATES), np.zeros((_STATES + 1, _STRETCH))
    states, entered = np.vstack([states, np.zeros(_STATES)]), []
    for place in range(_STRETCH):
        sample = np.array([0.0] * _STATES + [float(place == 0)])
        sounds[:, place], states = _sample(sample, states)
        entered.append(states[-1])
        if place == 0:
            step = states[:-1]
    impulse = np.concatenate([np.zeros(_STRETCH - 1), sounds[-1]])
    response = np.lib.stride_tricks.sliding_window_view(impulse, _STRETCH)[::-1].copy()
    return _StretchFilter(response, np.array(entered[::-1]), sounds[:-1], states[:-1], step)


def _sample(
    sample: NDArray[np.float64], states: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Run one sample through both sections (transposed direct form II) of several filters at once."""
    after = []
    for place, (b0, b1, b2, _, a1, a2) in enumerate(_K_WEIGHTING):
        first, second = states[:, 2 * place], states[:, 2 * place + 1]
        out = b0 * sample + first
        after += [b1 * sample - a1 * out + second, b2 * sample - a2 * out]
        sample = out
    return sample, np.stack(after, axis=1)


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
