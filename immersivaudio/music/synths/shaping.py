"""What patches share: decays, swept filters, noise bands, drive."""

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.synths.patch import Chance, Mono
from immersivaudio.music.timbre.filters import Filter
from immersivaudio.music.timbre.overlap_add import heard_through, passed, transformed


def decay(time: Mono, seconds: float) -> Mono:
    """Return an exponential fall of 60 dB in `seconds`."""
    curve: Mono = np.exp(time * np.float32(-6.9078 / seconds))
    return curve


def rise(time: Mono, seconds: float) -> Mono:
    """Return a rounded rise from 0 to 1 within `seconds`."""
    curve: Mono = np.sin(np.minimum(time / np.float32(seconds), 1.0) * np.float32(np.pi / 2)) ** 2
    return curve


def noise(chance: Chance, size: int) -> Mono:
    """Return white noise, RMS 1."""
    return chance.standard_normal(size, np.float32)


def filtered(sound: Mono, *filters: Filter) -> Mono:
    """Return `sound` through fixed filters."""
    through: Mono = passed({filters: sound[None]})[0]
    return through


def swept(sound: Mono, octaves: Mono, *, q: float = 0.8, step: float = 1.0) -> Mono:
    """Return `sound` through a lowpass whose cutoff moves: 2 ** `octaves` Hz, shape (n,).

    The sweep is a crossfade between fixed filters `step` octaves apart: no state, no loop over samples.
    """
    low, high = float(octaves.min()), float(octaves.max())
    places = np.linspace(low, high, max(2, round((high - low) / step) + 1))
    whole = transformed(sound[None])
    where = (octaves - np.float32(low)) * np.float32((len(places) - 1) / max(high - low, 1e-6))
    total = np.zeros_like(sound)
    for i, place in enumerate(places):
        near = np.maximum(0.0, 1.0 - np.abs(where - np.float32(i)))
        lowpass = Filter("lowpass", min(float(2.0**place), 20_000.0), q)
        total += heard_through((lowpass,), whole, len(sound)) * near
    return total


def driven(sound: Mono, amount: float) -> Mono:
    """Return `sound` pushed into a soft clipper."""
    bent: Mono = np.tanh(sound * np.float32(amount))
    bent /= np.float32(np.tanh(amount))
    return bent


def stereo(left: Mono, right: Mono) -> Mono:
    """Return (2, n)."""
    return np.stack((left, right))


def seconds(size: float) -> int:
    """Return `size` s in samples."""
    return round(size * SAMPLE_RATE)
