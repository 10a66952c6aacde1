"""The sea and the stream."""

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.sound.synthesis import (
    Dice,
    Mono,
    Voice,
    arrivals,
    band,
    curve,
    heavy,
    high,
    low,
    noise,
    pink,
    place,
    ring,
    scaled,
    scatter,
    shaped,
    together,
)

SWELL = (6.0, 14.0)
"""Seconds between two waves on an open beach: the period of ocean swell."""


def sea(dice: Dice, seconds: float) -> Voice:
    """Waves: a rumble that gathers, a break, and foam that hisses back later and longer."""
    times, heights = _waves(dice.spawn(1)[0], seconds)
    body = shaped(noise(dice, pink(), high(45), low(420)), curve(times, 0.12 + 0.88 * heights))
    crash = shaped(scaled(noise(dice, pink(), band(350, 2600)), 3), curve(times, 0.05 + heights**2))
    foam = shaped(
        scaled(noise(dice, high(2500), low(8000, 1)), -27),
        curve(times + 1.1 * SAMPLE_RATE, 0.08 + heights**1.5),
    )
    return together(body, crash, foam)


def _waves(dice: Dice, seconds: float) -> tuple[Mono, Mono]:
    """Return sample positions and heights (0 to 1) of an irregular swell: slow rise, faster fall."""
    times, heights, now = [0.0], [0.2], dice.uniform(0, 4)
    while now < seconds + SWELL[1]:
        length, height = dice.triangular(SWELL[0], 8.5, SWELL[1]), dice.uniform(0.6, 1.0)
        times += [now + length * share for share in (0.1, 0.4, 0.52, 0.7, 0.95)]
        heights += [0.06, height * 0.6, height, height * 0.4, 0.08]
        now += length
    return np.array(times) * SAMPLE_RATE, np.array(heights)


def stream(dice: Dice, seconds: float) -> Voice:
    """Bubbles: each rings at its own note and glides up as it nears the surface (Minnaert 1933)."""
    own = dice.spawn(1)[0]

    def bubble(_index: int) -> Sound:
        note = 450 * 2 ** own.uniform(0, 2.6)
        sound = ring(note, own.uniform(0.02, 0.07), 0.06, glide=own.uniform(0.05, 0.4))
        return place(sound * 0.35 * heavy(own, cap=4), own.uniform(-0.8, 0.8))

    flow = scaled(noise(dice, pink(), band(500, 4500)), 3)
    return together(flow, scatter(arrivals(dice, seconds, 55.0), bubble))
