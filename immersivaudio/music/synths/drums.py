"""Voices of synthesised drums: each is a membrane, metal or noise with a few numbers."""

from dataclasses import dataclass

import numpy as np

from immersivaudio.music.synths.oscillators import oscillator
from immersivaudio.music.synths.patch import Mono, ToneRequest
from immersivaudio.music.synths.shaping import decay, driven, filtered, noise, rise
from immersivaudio.music.timbre.filters import Filter


@dataclass(frozen=True, slots=True)
class Drum:
    """One drum: a falling tone, a burst of noise, a choir of metal, each with its level and decay."""

    pitch: float = 0.0
    """Hz where the tone settles."""
    drop: float = 0.0
    """How far above it begins, in multiples of the pitch."""
    drop_time: float = 0.06
    """s, for 60 dB of the drop."""
    tone: float = 0.0
    tone_time: float = 0.3
    """s, for a fall of 60 dB."""
    noise: float = 0.0
    noise_time: float = 0.15
    band: tuple[float, float] = (200.0, 16_000.0)
    """Hz, of the noise."""
    metal: float = 0.0
    metal_time: float = 0.3
    click: float = 0.0
    drive: float = 1.0
    gate: float = 0.0
    """s for which the noise stays at one level, to stop at once: a gated room. 0: none."""
    claps: int = 1
    """Bursts of noise, 11 ms apart."""


_METAL = (205.3, 304.4, 369.6, 522.7, 635.0, 800.0)
"""Hz: the six squares of the classic analogue cymbal."""


def strike(drum: Drum, ask: ToneRequest) -> Mono:
    """Return the sound of `drum`, shape (n,)."""
    time = ask.time()
    total = np.zeros(ask.size, np.float32)
    if drum.tone:
        # Harder strokes bend the skin further.
        sweep = drum.pitch * (1 + drum.drop * (0.7 + 0.5 * ask.force) * decay(time, drum.drop_time))
        total += (
            drum.tone * oscillator("sine", sweep.astype(np.float32), ask.size) * decay(time, drum.tone_time)
        )
        second = oscillator("sine", (sweep * 1.59).astype(np.float32), ask.size)
        total += 0.18 * drum.tone * second * decay(time, drum.tone_time * 0.4)
    if drum.noise:
        total += drum.noise * _burst(drum, ask, time)
    if drum.metal:
        ring = sum(oscillator("square", f * 2.7, ask.size, 0.1 * i) for i, f in enumerate(_METAL))
        bright = filtered(np.asarray(ring, np.float32), Filter("highpass", 7000), Filter("highpass", 6000))
        total += drum.metal * bright * decay(time, drum.metal_time)
    if drum.click:
        edge = filtered(noise(ask.chance, ask.size) * decay(time, 0.008), Filter("highpass", 1500))
        total += drum.click * (0.5 + ask.force) * edge
    if drum.drive > 1:
        total = driven(total, drum.drive)
    return total * rise(time, 0.0006)


def _burst(drum: Drum, ask: ToneRequest, time: Mono) -> Mono:
    low, high = drum.band
    burst = filtered(noise(ask.chance, ask.size), Filter("highpass", low), Filter("lowpass", high))
    shape = np.zeros(ask.size, np.float32)
    for i in range(drum.claps):
        since = time - np.float32(0.011 * i)
        length = drum.noise_time if i == drum.claps - 1 else 0.03
        shape = np.maximum(shape, np.where(since >= 0, decay(np.maximum(since, 0), length), 0))
    if drum.gate:
        shape = np.where(time < drum.gate, np.maximum(shape, np.float32(0.45)), shape * decay(time, 0.05))
    return burst * shape
