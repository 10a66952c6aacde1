"""Pads: slow, wide, warm. Spectra of many blurred partials (the PADsynth algorithm, Paul Nasca 2003).

Each partial becomes a narrow band of noise, so one inverse FFT gives the sound of a whole section of players:
it never beats in step, repeats only every 5 s, and loops without a seam.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.synths.patch import Mono, ToneRequest
from immersivaudio.music.synths.shaping import rise
from immersivaudio.music.timbre.filters import Filter, cached_response
from immersivaudio.music.timbre.spectra import waveform

CYCLE = 262_144
"""Samples after which a pad repeats, 5.5 s."""
SPREAD = 0.35
"""How far the phases of the sides part, in turns: wide, yet solid in mono."""


@lru_cache(maxsize=4)
def _cycle(
    frequency: float, partials: tuple[float, ...], blur: float, seed: int, equaliser: tuple[Filter, ...]
) -> Mono:
    """Return (2, CYCLE), RMS 1 before `equaliser`. `partials`: levels of 1, 2, 3...; `blur`: cents."""
    chance = np.random.Generator(np.random.PCG64(seed))
    bins = np.fft.rfftfreq(CYCLE, 1 / SAMPLE_RATE)
    power = np.zeros_like(bins)
    for n, level in enumerate(partials, 1):
        centre = n * frequency
        if centre > 16_000 or level <= 0:
            continue
        width = centre * (2 ** (blur / 1200) - 1) * n**-0.1 + 0.15
        near = slice(*np.searchsorted(bins, (centre - 4 * width, centre + 4 * width)))
        power[near] += level**2 / width * np.exp(-(((bins[near] - centre) / width) ** 2))
    heard = np.flatnonzero(power > power.max() * 1e-10)
    # The right side's phases are the left's, turned by what has nothing to do with them: they stay uniform.
    # Phases drawn to one place would let all partials meet at the loop's join, a click of 20 to 40 dB.
    phases = chance.uniform(0, 2 * np.pi, (2, len(heard)))
    phases[1] = phases[0] + SPREAD * (phases[1] - chance.uniform(0, 2 * np.pi, len(heard)))
    found = np.zeros((2, len(bins)), np.complex64)
    # As many times CYCLE in each bin's power as the cycle has samples: RMS 1 (Parseval).
    levels = np.sqrt(power[heard] * (0.5 * CYCLE / power[heard].sum()))
    found[:, heard] = levels * np.exp(1j * phases)
    if equaliser:
        found *= cached_response(equaliser, CYCLE)
    return waveform(found, CYCLE)


def _looped(cycle: Mono, size: int) -> Mono:
    turns = -(-size // CYCLE)
    return np.tile(cycle, turns)[:, :size] if turns > 1 else cycle[:, :size].copy()


def pad(
    level: Callable[[int, float], float],
    *,
    blur: float,
    attack: float,
    bright: float = 0.0,
    partials: int = 40,
) -> Callable[[ToneRequest], Mono]:
    """Return a patch: `level(n, frequency)` of partial n; `bright`: how much force adds to high ones."""

    def make(ask: ToneRequest) -> Mono:
        seed = int(ask.chance.integers(2**31))
        tilt = bright * (ask.force - 0.6)
        levels = tuple(level(n, ask.frequency) * n**tilt for n in range(1, partials + 1))
        sound = _looped(_cycle(ask.frequency, levels, blur, seed, ask.equaliser), ask.size)
        time = ask.time()
        # A slow breath keeps long chords alive.
        breath = np.sin(time * np.float32(2 * np.pi * 0.17) + np.float32(seed % 7))
        breath *= np.float32(0.08)
        breath += np.float32(1.0)
        sound *= breath
        growing = rise(time[: round(2 * attack * SAMPLE_RATE)], attack * (1.2 - 0.4 * ask.force))
        sound[:, : len(growing)] *= growing
        return sound

    return make


def _warm(n: int, frequency: float) -> float:
    return float(n**-1.2 / (1 + (n * frequency / 1800) ** 2))


def _glass(n: int, frequency: float) -> float:
    odd = 1.0 if n in {1, 3, 4, 6, 9} else 0.12
    return float(odd * n**-0.9 / (1 + (n * frequency / 6000) ** 2))


def _dark(n: int, frequency: float) -> float:
    return float(n**-1.0 / (1 + (n * frequency / 700) ** 2.5))


def _saw(n: int, frequency: float) -> float:
    return float(n**-1.0 / (1 + (n * frequency / 4200) ** 2))


def _drone(n: int, frequency: float) -> float:
    return float((1.0 if n in {1, 2, 3, 5} else 0.3) * n**-0.8 / (1 + (n * frequency / 900) ** 2))


def _breath(n: int, frequency: float) -> float:
    return float(2.0 ** -((abs(n * frequency / 7000 - 1) * 1.5) ** 2) + (0.02 if n < 3 else 0.0))


warm = pad(_warm, blur=14, attack=0.35, bright=0.8)
glass = pad(_glass, blur=6, attack=0.25, bright=0.6, partials=16)
dark = pad(_dark, blur=16, attack=0.5, bright=0.8)
saw = pad(_saw, blur=18, attack=0.12, bright=0.9, partials=80)
drone = pad(_drone, blur=8, attack=0.9, bright=0.6)
breath = pad(_breath, blur=160, attack=0.7)
"""The noise of a bow, of felt, of breath: air above a chord, with hardly a tone in it."""
