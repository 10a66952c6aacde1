"""The sound chips of the eighties: pulse, triangle and noise channels, band-limited."""

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.synths.oscillators import Shape, oscillator
from immersivaudio.music.synths.patch import Mono, ToneRequest
from immersivaudio.music.synths.shaping import decay, rise


def square(ask: ToneRequest) -> Mono:
    """A pulse a quarter wide when played hard, a plain square else, with the chips' stepped envelope."""
    shape: Shape = "pulse" if ask.velocity >= 84 else "square"
    time = ask.time()
    steps: Mono = np.ceil(15 * (0.55 + 0.45 * decay(time, 0.5)))
    steps /= np.float32(15)
    vibrato = 1 + 0.003 * np.sin(2 * np.pi * 6 * time) * (time > 0.2)
    return (
        oscillator(shape, (ask.frequency * vibrato).astype(np.float32), ask.size) * steps * rise(time, 0.001)
    )


def triangle(ask: ToneRequest) -> Mono:
    """The bass channel: no envelope at all."""
    return oscillator("triangle", ask.frequency, ask.size) * rise(ask.time(), 0.001)


_NOISE_KEYS = {36: (0, 0.16), 35: (0, 0.18), 38: (9_000, 0.18), 40: (9_000, 0.2), 39: (7_000, 0.14)}
"""Drum key -> rate of the noise, Hz (0: a falling pulse), and s to fall by 60 dB."""


def drums(ask: ToneRequest) -> Mono:
    """Kicks are falling squares, the rest is held noise at the chip's rates."""
    time = ask.time()
    rate, length = _NOISE_KEYS.get(ask.key, (24_000, 0.35 if ask.key in {46, 49, 51, 55, 57} else 0.06))
    if not rate or ask.key in {41, 43, 45, 47, 48, 50}:
        start = 320.0 if not rate else 180.0 + 40 * (ask.key - 40)
        fall = (45 + start * decay(time, 0.18)).astype(np.float32)
        return oscillator("triangle", fall, ask.size) * decay(time, 0.3)
    held = ask.chance.choice(np.array([-1.0, 1.0], np.float32), ask.size * rate // SAMPLE_RATE + 2)
    index = (np.arange(ask.size) * (rate / SAMPLE_RATE)).astype(np.int64)
    return held[index] * decay(time, length) * rise(time, 0.0005)
