"""Birds, forest, insects at night, fire."""

from collections.abc import Callable

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.sound.synthesis import (
    Dice,
    Mono,
    Voice,
    arrivals,
    band,
    burst,
    drift,
    heavy,
    high,
    low,
    noise,
    pink,
    place,
    scaled,
    scatter,
    shaped,
    steady,
    together,
)


def birds(dice: Dice, seconds: float) -> Voice:
    """Phrases of three to eight whistled syllables; each bird keeps its voice and its branch."""
    own = dice.spawn(1)[0]
    voices = [(own.uniform(2300, 4800), own.uniform(-0.8, 0.8), own.uniform(0.3, 1.0)) for _ in range(4)]

    def phrase(_index: int) -> Sound:
        note, pan, near = voices[own.integers(len(voices))]
        song = [_syllable(own, note * own.uniform(0.92, 1.08)) for _ in range(own.integers(3, 9))]
        return place(np.concatenate(song) * 0.3 * near, pan)

    air = scaled(noise(dice, pink(), high(300), low(3000)), -22)
    return together(air, scatter(arrivals(dice, seconds, 0.55), phrase))


def _syllable(dice: Dice, note: float) -> Mono:
    """One whistled sweep and the breath after it."""
    size = int(dice.uniform(0.05, 0.14) * SAMPLE_RATE)
    time = np.linspace(0, 1, size)
    sweep = note * 2 ** (
        dice.uniform(-0.3, 0.3) * time + 0.08 * np.sin(2 * np.pi * dice.uniform(0.5, 3) * time)
    )
    tone = np.sin(2 * np.pi * np.cumsum(sweep) / SAMPLE_RATE)
    return np.concatenate(
        [tone * np.sin(np.pi * time) ** 2, np.zeros(int(dice.uniform(0.02, 0.09) * SAMPLE_RATE))]
    )


def forest(dice: Dice, seconds: float) -> Voice:
    """Leaves that move in soft gusts, and birds further off."""
    leaves = shaped(
        noise(dice, pink(), high(700), low(6500, 1)), drift(dice, seconds, period=3.0, bottom=0.25, top=1.0)
    )
    return together(scaled(leaves, 3), scaled(birds(dice, seconds), -7))


def night_insects(dice: Dice, seconds: float) -> Voice:
    """Field crickets: three or four pulses of a pure tone near 4.5 kHz to a chirp, a few chirps a second."""
    own = dice.spawn(1)[0]
    crickets = [
        scatter(
            steady(dice, seconds, own.uniform(0.35, 0.62), 0.06),
            _chirps(own.spawn(1)[0], own.uniform(-0.9, 0.9)),
        )
        for _ in range(5)
    ]
    air = scaled(noise(dice, pink(), high(150), low(1500)), -20)
    return together(air, *crickets)


def _chirps(dice: Dice, pan: float) -> Callable[[int], Sound]:
    """One cricket: the same note every time, within what a wing can hold."""
    note, near, pulses = dice.uniform(4100, 5200), dice.uniform(0.05, 0.2), int(dice.integers(3, 5))

    def chirp(_index: int) -> Sound:
        size = int(0.017 * SAMPLE_RATE)
        time = np.arange(size) / SAMPLE_RATE
        hertz = note * dice.uniform(0.985, 1.015)
        pulse = np.sin(2 * np.pi * hertz * time + dice.uniform(0, 6)) * np.sin(np.pi * np.arange(size) / size)
        one = np.concatenate([pulse, np.zeros(int(0.02 * SAMPLE_RATE))])
        return place(np.tile(one, pulses) * near, pan)

    return chirp


def fire(dice: Dice, seconds: float) -> Voice:
    """A low roar, a hiss of gas, and crackles of heavy-tailed loudness."""
    own = dice.spawn(1)[0]

    def crackle(_index: int) -> Sound:
        snap = burst(
            own, own.uniform(700, 2200), own.uniform(3500, 9000), own.uniform(0.003, 0.02), attack=0.0002
        )
        return place(snap * 0.8 * heavy(own, cap=8, shape=1.6), own.uniform(-0.5, 0.5))

    roar = shaped(
        scaled(noise(dice, pink(), band(60, 280), width=0.5), 6),
        drift(dice, seconds, period=1.2, bottom=0.4, top=1.0),
    )
    hiss = shaped(
        scaled(noise(dice, high(2500), low(9000)), -30), drift(dice, seconds, period=2.0, bottom=0.2, top=1.0)
    )
    return together(roar, hiss, scatter(arrivals(dice, seconds, 11.0), crackle))
