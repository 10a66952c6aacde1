"""Basses: mono, solid, quick to speak."""

from math import log2

import numpy as np

from immersivaudio.music.synths.oscillators import detuned, oscillator
from immersivaudio.music.synths.patch import Ask, Mono
from immersivaudio.music.synths.shaping import decay, driven, rise, swept


def sub(ask: Ask) -> Mono:
    """A sine, warmed enough to be heard on small speakers, with a short knock at the front."""
    time = ask.time()
    drop = np.float32(ask.frequency) * (1 + 0.8 * decay(time, 0.05))
    body = driven(oscillator("sine", drop.astype(np.float32), ask.size), 1.7)
    return (body + 0.12 * oscillator("triangle", 2 * ask.frequency, ask.size)) * rise(time, 0.004)


def saw(ask: Ask) -> Mono:
    """Detuned saws over a sine, the filter plucked open by each note."""
    time, phases = ask.time(), ask.chance.random(3, np.float32)
    tone = detuned("saw", ask.frequency, ask.size, (-7.0, 0.0, 7.0), phases)
    opening = log2(140 + 260 * ask.force) + (1.6 + 1.2 * ask.force) * decay(time, 0.5)
    body = 0.9 * oscillator("sine", ask.frequency, ask.size)
    return driven(0.5 * swept(tone, opening, q=1.2) + body, 1.2) * rise(time, 0.003)


def square(ask: Ask) -> Mono:
    """A hollow square, short and rubbery."""
    time = ask.time()
    tone = oscillator("square", ask.frequency, ask.size)
    opening = log2(180 + 300 * ask.force) + 2.0 * decay(time, 0.35)
    body = 0.5 * oscillator("sine", ask.frequency, ask.size)
    return (swept(tone, opening, q=1.0) + body) * rise(time, 0.003) * (0.55 + 0.45 * decay(time, 0.8))
