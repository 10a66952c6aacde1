"""Sounds with a moment of their own: impact, whoosh, footsteps, heartbeat."""

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.sound.synthesis import (
    Dice,
    Voice,
    band,
    burst,
    noise,
    pink,
    place,
    ring,
    scatter,
    steady,
)

HEART_RATE = 66.0
"""Beats a minute of a person at rest."""


def impact(dice: Dice, seconds: float) -> Voice:
    """A low boom that falls, a crack on top of it, and debris; it begins at once."""
    length = min(max(seconds, 0.4), 2.5)
    size = int(length * SAMPLE_RATE)
    boom = ring(dice.uniform(52, 64), length, length, glide=-0.35)[:size]
    crack = burst(dice, 200, 3000, 0.18, attack=0.0005)
    debris = burst(dice, 80, 700, length * 0.6)
    sound = 0.8 * boom
    sound[: len(crack)] += 0.5 * crack[:size]
    sound[: len(debris)] += 0.35 * debris[:size]
    return scatter(np.zeros(1), lambda _index: place(sound * _ending(size), 0.0))


def whoosh(dice: Dice, seconds: float) -> Voice:
    """Air torn by something that passes: swells to the middle, brightens there, and crosses the stage."""
    size = int(max(seconds, 0.15) * SAMPLE_RATE)
    time = np.linspace(0, 1, size)
    swell = np.sin(np.pi * time**1.4) ** 2
    dull = noise(dice, pink(), band(180, 700), width=0.0)(size)[0]
    bright = noise(dice, pink(), band(700, 3800), width=0.0)(size)[0]
    sound = swell * (dull + 1.6 * bright * swell)
    angle = time * np.pi / 2
    across = np.stack([sound * np.cos(angle), sound * np.sin(angle)]).astype(np.float32) * 2
    return scatter(np.zeros(1), lambda _index: across)


def footsteps(dice: Dice, seconds: float) -> Voice:
    """Someone walks: heel, then the scuff of the sole, left and right in turn, about 108 a minute."""
    own = dice.spawn(1)[0]

    def step(index: int) -> Sound:
        size = int(0.2 * SAMPLE_RATE)
        heel = ring(own.uniform(85, 120), 0.09, 0.2)[:size] * 0.6
        scuff = burst(own, 700, 3200, 0.09, attack=0.012)
        sound = heel
        sound[: len(scuff)] += 0.22 * own.uniform(0.6, 1.0) * scuff
        return place(sound * own.uniform(0.7, 1.0), 0.18 * (-1) ** index)

    return scatter(steady(dice, seconds, 60 / 108, 0.05), step)


def heartbeat(dice: Dice, seconds: float) -> Voice:
    """Lub-dub: the valves close twice a beat, the second time 0.3 s later, shorter and higher."""
    own = dice.spawn(1)[0]

    def beat(_index: int) -> Sound:
        gap = int(0.30 * SAMPLE_RATE * own.uniform(0.96, 1.04))
        lub, dub = ring(own.uniform(46, 58), 0.2, 0.22), ring(own.uniform(60, 74), 0.14, 0.18)
        both = np.zeros(gap + len(dub))
        both[: len(lub)] += lub
        both[gap:] += 0.7 * dub
        rise = np.minimum(np.arange(len(both)) / (0.012 * SAMPLE_RATE), 1.0)
        return place(both * rise * own.uniform(0.8, 1.0), 0.0)

    return scatter(steady(dice, seconds, 60 / HEART_RATE, 0.035), beat)


def _ending(size: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Fade the last tenth to nothing."""
    return np.asarray(np.clip((size - np.arange(size)) / (0.1 * size), 0, 1))
