"""Envelopes: how loud a tone is over time."""

from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE

Curve = NDArray[np.float32]
"""Shape (n,), linear gain."""


def dahdsr(size: int, delay: float, attack: float, hold: float, decay: float, sustain_db: float) -> Curve:
    """Return delay, linear attack, hold, decay in dB and sustain, times in s.

    `decay` is how long a fall of 100 dB would take; it stops at `sustain_db` (<= 0) (SoundFont 2.04, 8.1.3).
    """
    at = [round(SAMPLE_RATE * t) for t in (delay, delay + attack, delay + attack + hold)]
    start, peak, fall = (min(point, size) for point in at)
    curve = np.ones(size, np.float32)
    curve[:start] = 0.0
    if peak > start:
        curve[start:peak] = np.arange(1, peak - start + 1, dtype=np.float32) / np.float32(at[1] - at[0])
    if sustain_db < 0.0 and fall < size:
        step = 100.0 / max(decay * SAMPLE_RATE, 1.0)
        floor = max(sustain_db, -100.0)
        end = min(size, fall + int(-floor / step) + 1)
        fading = np.arange(end - fall, dtype=np.float32) * np.float32(-step * log(10) / 20)
        np.exp(fading, out=curve[fall:end])
        curve[end:] = 10 ** (floor / 20) if floor > -100.0 else 0.0
    return curve


@lru_cache(maxsize=64)
def release(size: int) -> Curve:
    """Return a fall of 70 dB over `size` samples that ends in exact silence."""
    t = np.linspace(0.0, 1.0, size, endpoint=False, dtype=np.float32)
    curve: Curve = np.exp(t * np.float32(-3.5 * log(10))) * (1 - t)
    curve.setflags(write=False)
    return curve


@lru_cache(maxsize=64)
def fade(size: int) -> Curve:
    """Return half a cosine from 1 to 0."""
    curve = (0.5 + 0.5 * np.cos(np.pi * (np.arange(size) + 0.5) / size)).astype(np.float32)
    curve.setflags(write=False)
    return curve
