"""Leads, arpeggios, plucks and bells."""

from math import log2

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.synths.oscillators import detuned, oscillator
from immersivaudio.music.synths.patch import Mono, ToneRequest
from immersivaudio.music.synths.shaping import decay, filtered, noise, rise, stereo, swept
from immersivaudio.music.timbre.filters import Filter

_SPREAD = (-11.0, -4.0, 4.0, 11.0)


def _vibrato(ask: ToneRequest, cents: float) -> Mono:
    """Return the frequency over time: a vibrato that comes in once the note is established."""
    time = ask.time()
    depth = np.clip((time - 0.25) / 0.4, 0, 1) * np.float32(cents)
    sway: Mono = np.exp2(depth * np.sin(np.float32(2 * np.pi * 5.3) * time) / np.float32(1200))
    return sway * np.float32(ask.frequency)


def saw_lead(ask: ToneRequest) -> Mono:
    """Two pairs of detuned saws, one a side, through a filter that opens with force."""
    time, phases = ask.time(), ask.chance.random(8, np.float32)
    opening = log2(900 + 3500 * ask.force) + 1.1 * decay(time, 0.9)
    sides = [
        swept(detuned("saw", ask.frequency * shift, ask.size, _SPREAD, phases[i::2]), opening, q=1.1)
        for i, shift in enumerate((1.0008, 0.9992))
    ]
    return stereo(*sides) * rise(time, 0.012) * (0.75 + 0.25 * decay(time, 0.6))


def square_lead(ask: ToneRequest) -> Mono:
    """A round square with a late vibrato and a soft octave below."""
    time = ask.time()
    frequency = _vibrato(ask, 14)
    tone = oscillator("square", frequency, ask.size) + 0.25 * oscillator(
        "sine", frequency * np.float32(0.5), ask.size
    )
    opening = log2(1300 + 2600 * ask.force) + 0.8 * decay(time, 0.5)
    return swept(tone, opening) * rise(time, 0.010) * (0.7 + 0.3 * decay(time, 0.5))


def pluck(ask: ToneRequest) -> Mono:
    """A short, bright saw whose filter closes at once."""
    time, phases = ask.time(), ask.chance.random(6, np.float32)
    closing = log2(350 + 250 * ask.force) + (2.6 + 1.2 * ask.force) * decay(time, 0.45)
    sides = [
        swept(detuned("saw", ask.frequency * shift, ask.size, (-6.0, 0.0, 6.0), phases[i::2]), closing, q=1.2)
        for i, shift in enumerate((1.0006, 0.9994))
    ]
    return stereo(*sides) * rise(time, 0.002) * decay(time, 1.4)


def pulse_arp(ask: ToneRequest) -> Mono:
    """A narrow pulse, dry and even."""
    time = ask.time()
    tone = oscillator("pulse", ask.frequency, ask.size) + 0.6 * oscillator(
        "saw", ask.frequency * 1.004, ask.size, 0.3
    )
    closing = log2(700 + 900 * ask.force) + 1.6 * decay(time, 0.35)
    return swept(tone, closing, q=1.3) * rise(time, 0.003) * decay(time, 1.1)


def bell(ask: ToneRequest) -> Mono:
    """Two pairs of frequency-modulated sines at a bell's ratios (Chowning 1973) over a soft fundamental."""
    time = ask.time()
    turn = (2 * np.pi * ask.frequency * np.arange(ask.size) / SAMPLE_RATE).astype(np.float64)
    strike = (1.1 + 2.2 * ask.force) * decay(time, 1.1)
    fall = decay(time, 2.4)
    left = np.sin(turn + strike * np.sin(3.503 * turn)) * fall
    right = np.sin(1.0015 * turn + strike * np.sin(3.497 * turn)) * fall
    high = 0.25 * np.sin(2.756 * turn) * decay(time, 0.9) + 0.12 * np.sin(5.404 * turn) * decay(time, 0.45)
    tick = 0.05 * noise(ask.chance, ask.size) * decay(time, 0.02)
    both = (0.5 * np.sin(turn) * decay(time, 3.2) + high + tick).astype(np.float32)
    return stereo(left.astype(np.float32) * 0.6 + both, right.astype(np.float32) * 0.6 + both) * rise(
        time, 0.0015
    )


def supersaw(ask: ToneRequest) -> Mono:
    """Seven saws, the outer ones far apart and softer, drawn anew for each side: a wall."""
    time = ask.time()
    sides = []
    for _ in range(2):
        phases = ask.chance.random(7, np.float32)
        wall = detuned("saw", ask.frequency, ask.size, (-19.0, -11.0, -4.0, 0.0, 5.0, 12.0, 20.0), phases)
        sides.append(swept(wall, log2(1800 + 5200 * ask.force) + 0.8 * decay(time, 0.5)))
    return stereo(*sides) * rise(time, 0.006)


def cowbell(ask: ToneRequest) -> Mono:
    """Two squares a wide fifth apart through a band, as in the classic drum machine, but tuned."""
    time = ask.time()
    tone = oscillator("square", ask.frequency, ask.size) + 0.8 * oscillator(
        "square", ask.frequency * 1.48, ask.size, 0.2
    )
    band = filtered(tone, Filter("highpass", 0.8 * ask.frequency), Filter("lowpass", 4.5 * ask.frequency))
    return band * (0.6 * decay(time, 0.12) + 0.4 * decay(time, 0.7)) * rise(time, 0.001)
