"""Voices of synthesised drums: each is a membrane, metal or noise with a few numbers."""

from dataclasses import dataclass, replace

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.synths.oscillators import oscillator
from immersivaudio.music.synths.patch import Mono, ToneRequest
from immersivaudio.music.synths.shaping import decay, driven, filtered, noise, rise
from immersivaudio.music.timbre.filters import Filter
from immersivaudio.music.timbre.lengths import length_class


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


USUAL = 96 / 127
"""Force at which a drum sounds as it is written."""
_HARDER_DB = 11.0
"""dB at the top of a drum's sound between no force and all of it."""
_CENTS, _SHADE, _LENGTH = 14.0, 0.05, 0.06
"""How far strokes of a drum differ, standard deviations: in pitch, in its noise's edges, in decay."""


def met(drum: Drum, ask: ToneRequest, looseness: float) -> Drum:
    """Return the drum as this stroke meets it: a soft one has less rattle and rings shorter, and each take
    lies a little off (`looseness` 1: a hand; near 0: a machine's circuits).
    """
    hard = ask.force - USUAL
    pitch, shade, length, edge = np.zeros(4)
    if ask.take:
        pitch, shade, length, edge = looseness * ask.chance.standard_normal(4).clip(-1.5, 1.5)
    tune, ring = 2.0 ** (_CENTS * float(pitch) / 1200), 1 + _LENGTH * float(length)
    shift = 1 + _SHADE * float(shade)
    return replace(
        drum,
        pitch=drum.pitch * tune,
        tone_time=drum.tone_time * ring,
        noise=drum.noise * (1 + 0.5 * hard),
        noise_time=drum.noise_time * ring * (1 + 0.25 * hard),
        band=(drum.band[0] * shift, drum.band[1] * shift),
        metal_time=drum.metal_time * ring * (1 + 0.25 * hard),
        click=drum.click * (1 + 0.2 * float(edge)),
    )


def _long(drum: Drum, size: int) -> int:
    """Return how many of `size` samples are heard: what has fallen by 100 dB is over."""
    times = [
        time * bool(level)
        for level, time in (
            (drum.tone, drum.tone_time),
            (drum.noise, drum.noise_time + 0.011 * drum.claps + drum.gate),
            (drum.metal, drum.metal_time),
        )
    ]
    driven_up = 1.0 + 0.2 * (drum.drive > 1)
    return min(length_class(round(SAMPLE_RATE * max(0.05, 1.7 * driven_up * max(times)))), size)


def strike(drum: Drum, ask: ToneRequest, looseness: float = 1.0) -> Mono:
    """Return the sound of `drum`, shape (n,), n at most `ask.size`."""
    drum = met(drum, ask, looseness)
    ask = replace(ask, size=_long(drum, ask.size))
    total = _voices(drum, ask)
    db = round(_HARDER_DB * (ask.force - USUAL), 2)
    if db:
        total = filtered(total, Filter("highshelf", min(max(2500.0, 1.5 * drum.band[0]), 12_000.0), 0.7, db))
    return total * rise(ask.time(), 0.0006)


def _voices(drum: Drum, ask: ToneRequest) -> Mono:
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
        phase = 0.1 + 0.07 * ask.take
        ring = sum(oscillator("square", f * 2.7, ask.size, phase * i) for i, f in enumerate(_METAL))
        bright = filtered(np.asarray(ring, np.float32), Filter("highpass", 7000), Filter("highpass", 6000))
        total += drum.metal * bright * decay(time, drum.metal_time)
    if drum.click:
        edge = filtered(noise(ask.chance, ask.size) * decay(time, 0.008), Filter("highpass", 1500))
        total += drum.click * (0.5 + ask.force) * edge
    if drum.drive > 1:
        total = driven(total, drum.drive)
    return total


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
