"""Film effects: risers and swells that fill exactly their note, and impacts that ring out."""

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.synths.oscillators import oscillator
from immersivaudio.music.synths.patch import Mono, ToneRequest
from immersivaudio.music.synths.shaping import decay, driven, filtered, noise, rise, stereo, swept
from immersivaudio.music.timbre.filters import Filter


def _progress(ask: ToneRequest) -> Mono:
    return np.arange(ask.size, dtype=np.float32) / np.float32(max(ask.size, 1))


def riser(ask: ToneRequest) -> Mono:
    """Noise and two voices that climb two octaves and grow until the note ends."""
    x = _progress(ask)
    opening = np.float32(8.2) + np.float32(4.6) * x
    air = [swept(noise(ask.chance, ask.size), opening, q=1.6) for _ in range(2)]
    climb = np.float32(ask.frequency / 2) * np.exp2(2 * x**1.5)
    voices = [oscillator("saw", (climb * shift).astype(np.float32), ask.size) for shift in (1.004, 0.996)]
    beat = 0.85 + 0.15 * np.sin(2 * np.pi * np.cumsum(4 + 12 * x**2) / SAMPLE_RATE).astype(np.float32)
    sides = [a + 0.35 * swept(v, opening, q=1.0) for a, v in zip(air, voices, strict=True)]
    return stereo(*sides) * (x**2.2 * beat)


def reverse_swell(ask: ToneRequest) -> Mono:
    """A cymbal backwards: metal and air that grow to the note's end and stop."""
    x = _progress(ask)
    left_over = (np.float32(1) - x) * np.float32(ask.size / SAMPLE_RATE)
    growth = decay(left_over, max(1.2, ask.size / SAMPLE_RATE)) * x**0.7
    opening = np.float32(9.5) + np.float32(3.4) * x
    sides = []
    for _ in range(2):
        metal = sum(
            oscillator("square", float(f), ask.size, float(ask.chance.random()))
            for f in (ask.frequency * r for r in (4.1, 5.43, 6.79, 8.21, 9.73))
        )
        sides.append(swept(noise(ask.chance, ask.size) + 0.3 * np.asarray(metal, np.float32), opening))
    return stereo(*[filtered(side, Filter("highpass", 350)) for side in sides]) * growth


def impact(ask: ToneRequest) -> Mono:
    """A boom, a crack and a long dark tail: the big hit of a trailer."""
    time = ask.time()
    fall = (np.float32(ask.frequency * 0.8) + 90 * decay(time, 0.12)).astype(np.float32)
    boom = driven(oscillator("sine", fall, ask.size) * decay(time, 2.6), 1.8)
    crack = filtered(noise(ask.chance, ask.size), Filter("lowpass", 3500)) * decay(time, 0.16)
    tails = [
        swept(noise(ask.chance, ask.size), 6.8 + 2.6 * decay(time, 0.8)) * decay(time, 2.2) for _ in range(2)
    ]
    return stereo(*[boom + 0.5 * crack + 0.5 * tail for tail in tails]) * rise(time, 0.0008)
