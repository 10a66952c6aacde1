"""Trains and engines."""

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.sound.synthesis import (
    Dice,
    Voice,
    band,
    burst,
    drift,
    high,
    low,
    noise,
    pink,
    place,
    ring,
    scaled,
    scatter,
    shaped,
    steady,
    together,
)

HARMONICS = 14


def train(dice: Dice, seconds: float) -> Voice:
    """Rumble, and the double knock of two axles over each rail joint."""
    own = dice.spawn(1)[0]

    def joint(_index: int) -> Sound:
        pause = int(own.uniform(0.13, 0.16) * SAMPLE_RATE)
        knock = _knock(own)
        pair = np.zeros(pause + len(knock))
        pair[: len(knock)] += knock
        pair[pause:] += 0.8 * _knock(own)
        return place(1.4 * pair, own.uniform(-0.2, 0.2))

    rumble = shaped(
        scaled(noise(dice, pink(), band(45, 320), width=0.7), 4),
        drift(dice, seconds, period=2.5, bottom=0.7, top=1.0),
    )
    return together(rumble, scatter(steady(dice, seconds, 0.82, 0.05), joint))


def _knock(dice: Dice) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    size = int(0.12 * SAMPLE_RATE)
    return ring(dice.uniform(75, 95), 0.12, 0.12)[:size] * 0.5 + burst(dice, 300, 1500, 0.12)[:size] * 0.3


def engine(dice: Dice, seconds: float) -> Voice:
    """A motor: harmonics of a firing rate that never stands still, roughened by its own exhaust."""
    own = dice.spawn(1)[0]
    rate = drift(dice, seconds, period=1.6, bottom=44.0, top=58.0)
    weights = own.uniform(0.5, 1.0, HARMONICS) / np.arange(1, HARMONICS + 1) ** 1.1
    phases = own.uniform(0, 2 * np.pi, HARMONICS)
    turned = 0.0

    def tone(size: int) -> Sound:
        nonlocal turned
        turns = turned + np.cumsum(rate(size)) / SAMPLE_RATE
        turned = float(turns[-1]) if size else turned
        angles = 2 * np.pi * np.outer(turns, np.arange(1, HARMONICS + 1)) + phases
        return place(np.sin(angles) @ weights * 0.12, 0.0)

    exhaust = shaped(
        noise(dice, pink(), high(70), low(900), width=0.4),
        drift(dice, seconds, period=0.35, bottom=0.3, top=1.0),
    )
    return together(tone, exhaust)
