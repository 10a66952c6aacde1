"""Basses: mono, solid, quick to speak."""

from math import log2

import numpy as np

from immersivaudio.music.synths.oscillators import detuned, oscillator
from immersivaudio.music.synths.patch import Mono, ToneRequest
from immersivaudio.music.synths.shaping import decay, driven, rise, swept


def sub(ask: ToneRequest) -> Mono:
    """A sine, warmed enough to be heard on small speakers, with a short knock at the front."""
    time = ask.time()
    drop = np.float32(ask.frequency) * (1 + 0.8 * decay(time, 0.05))
    body = driven(oscillator("sine", drop.astype(np.float32), ask.size), 1.7)
    return (body + 0.12 * oscillator("triangle", 2 * ask.frequency, ask.size)) * rise(time, 0.004)


def saw(ask: ToneRequest) -> Mono:
    """Detuned saws over a sine, the filter plucked open by each note."""
    time, phases = ask.time(), ask.chance.random(3, np.float32)
    tone = detuned("saw", ask.frequency, ask.size, (-7.0, 0.0, 7.0), phases)
    opening = log2(140 + 260 * ask.force) + (1.6 + 1.2 * ask.force) * decay(time, 0.5)
    body = 0.9 * oscillator("sine", ask.frequency, ask.size)
    return driven(0.5 * swept(tone, opening, q=1.2) + body, 1.2) * rise(time, 0.003)


def square(ask: ToneRequest) -> Mono:
    """A hollow square, short and rubbery."""
    time = ask.time()
    tone = oscillator("square", ask.frequency, ask.size)
    opening = log2(180 + 300 * ask.force) + 2.0 * decay(time, 0.35)
    body = 0.5 * oscillator("sine", ask.frequency, ask.size)
    return (swept(tone, opening, q=1.0) + body) * rise(time, 0.003) * (0.55 + 0.45 * decay(time, 0.8))


def long_808(ask: ToneRequest) -> Mono:
    """A kick drum's tone held for as long as the note: tuned, warm, with a knock in front and a slow fall."""
    time = ask.time()
    falling = (np.float32(ask.frequency) * (1 + 1.6 * decay(time, 0.07))).astype(np.float32)
    body = driven(oscillator("sine", falling, ask.size) * (0.35 + 0.65 * decay(time, 3.2)), 2.6)
    return body * rise(time, 0.002)


def clipped_808(ask: ToneRequest) -> Mono:
    """The same, pushed until it is nearly square: heard on a telephone."""
    time = ask.time()
    falling = (np.float32(ask.frequency) * (1 + 1.2 * decay(time, 0.06))).astype(np.float32)
    body = driven(oscillator("sine", falling, ask.size), 9.0)
    return swept(body, log2(1500) + 0.6 * decay(time, 0.4)) * rise(time, 0.002)


def reese(ask: ToneRequest) -> Mono:
    """Saws far out of tune that beat against each other under a dark filter, over a clean sine."""
    time, phases = ask.time(), ask.chance.random(4, np.float32)
    tone = detuned("saw", ask.frequency, ask.size, (-23.0, -9.0, 11.0, 21.0), phases)
    moving = log2(260 + 380 * ask.force) + np.float32(0.7) * np.sin(np.float32(2 * np.pi * 0.45) * time)
    body = 0.9 * oscillator("sine", ask.frequency, ask.size)
    return driven(0.45 * swept(tone, moving.astype(np.float32), q=1.3) + body, 1.5) * rise(time, 0.006)


_WOBBLES = ((40, 2.33), (64, 4.67), (84, 7.0), (108, 9.33), (128, 9.33))
"""Velocities below which the filter opens so many times a second: quarters, eighths, triplets and sixteenths
at 140 beats a minute."""


def wobble(ask: ToneRequest) -> Mono:
    """Saw and square through a filter that opens and closes in time: the harder, the faster."""
    time, phases = ask.time(), ask.chance.random(3, np.float32)
    rate = next(hertz for below, hertz in _WOBBLES if ask.velocity < below)
    tone = detuned("saw", 2 * ask.frequency, ask.size, (-8.0, 0.0, 9.0), phases)
    tone += 0.8 * oscillator("square", ask.frequency, ask.size)
    swing = 0.5 - 0.5 * np.cos(np.float32(2 * np.pi * rate) * time)
    opening = np.float32(log2(140)) + np.float32(4.2) * swing.astype(np.float32)
    body = 0.9 * oscillator("sine", ask.frequency, ask.size)
    return driven(0.5 * swept(tone, opening, q=2.2) + body, 2.2) * rise(time, 0.004)
