"""Filters as frequency responses: Bristow-Johnson's biquads ("Audio EQ Cookbook", W3C note 2021).

A tone is short and rendered once, so it is filtered by one multiplication between two FFTs: there is no
state to carry, and any number of filters cost the same.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin, sqrt
from typing import Literal

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.loudness import Response


@dataclass(frozen=True, slots=True)
class Filter:
    """One biquad."""

    kind: Literal["lowpass", "highpass", "peak", "lowshelf", "highshelf"]
    frequency: float
    """Hz."""
    q: float = sqrt(0.5)
    gain_db: float = 0.0
    """Of peaks and shelves."""


def response(filters: tuple[Filter, ...], size: int) -> Response:
    """Return the product of all `filters` for an FFT of `size` samples."""
    total = np.ones(size // 2 + 1, np.complex64)
    z = _delay(size)
    z2 = z * z
    for one in filters:
        b, a = coefficients(one)
        total *= (b[0] + b[1] * z + b[2] * z2) / (a[0] + a[1] * z + a[2] * z2)
    return total


@lru_cache(maxsize=6)
def cached_response(filters: tuple[Filter, ...], size: int) -> Response:
    """Return `response`, remembered: for filters that many tones share."""
    return response(filters, size)


@lru_cache(maxsize=3)
def _delay(size: int) -> Response:
    delay: Response = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size).astype(np.complex64)
    return delay


def coefficients(one: Filter, rate: int = SAMPLE_RATE) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return (b, a) of the cookbook for `one`."""
    w = 2 * pi * min(one.frequency, 0.49 * rate) / rate
    alpha, c = sin(w) / (2 * one.q), cos(w)
    gain = 10 ** (one.gain_db / 40)
    if one.kind == "lowpass":
        return ((1 - c) / 2, 1 - c, (1 - c) / 2), (1 + alpha, -2 * c, 1 - alpha)
    if one.kind == "highpass":
        return ((1 + c) / 2, -1 - c, (1 + c) / 2), (1 + alpha, -2 * c, 1 - alpha)
    if one.kind == "peak":
        return (1 + alpha * gain, -2 * c, 1 - alpha * gain), (1 + alpha / gain, -2 * c, 1 - alpha / gain)
    sign, root = (1 if one.kind == "lowshelf" else -1), 2 * sqrt(gain) * alpha
    high, low = gain + 1 + sign * (gain - 1) * -c, gain + 1 + sign * (gain - 1) * c
    b = (gain * (high + root), sign * 2 * gain * (gain - 1 - sign * (gain + 1) * c), gain * (high - root))
    return b, (low + root, -sign * 2 * (gain - 1 + sign * (gain + 1) * c), low - root)
