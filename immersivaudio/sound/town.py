"""City hum, traffic, crowd, room tone."""

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.sound.synthesis import (
    Dice,
    Voice,
    arrivals,
    band,
    drift,
    high,
    low,
    noise,
    pink,
    scaled,
    scatter,
    shaped,
    together,
)


def city(dice: Dice, seconds: float) -> Voice:
    """The far hum of a town: dull noise that swells a little, with traffic passing far away."""
    hum = shaped(
        noise(dice, pink(), high(55), low(420, 1)), drift(dice, seconds, period=5.0, bottom=0.7, top=1.0)
    )
    return together(hum, scaled(traffic(dice, seconds), -12))


def traffic(dice: Dice, seconds: float) -> Voice:
    """Cars that pass: each swells, brightens and moves across, and is gone."""
    own = dice.spawn(1)[0]

    def passing(_index: int) -> Sound:
        length = own.uniform(2.5, 6.0)
        size = int(length * SAMPLE_RATE)
        across = np.linspace(-2.2, 2.2, size)
        near = 1 / (1 + across**2 * own.uniform(1.5, 4.0)) - 0.09
        fade = np.sin(np.pi * np.linspace(0, 1, size)) ** 0.5
        tyres = noise(own, pink(), band(500, 2200), width=0.0)(size)[0]
        motor = noise(own, pink(), band(60, 200), width=0.0)(size)[0]
        sound = (1.6 * tyres * np.maximum(near, 0) ** 1.5 + motor * np.maximum(near, 0)) * fade
        angle = (np.clip(across * own.choice([-1, 1]), -1, 1) + 1) * np.pi / 4
        return np.stack([sound * np.cos(angle), sound * np.sin(angle)]).astype(np.float32) * 3

    road = scaled(noise(dice, pink(), high(60), low(700)), -8)
    return together(road, scatter(arrivals(dice, seconds, 0.22), passing))


def crowd(dice: Dice, seconds: float) -> Voice:
    """A murmur of many: formant bands that come and go at the rate of syllables. Quiet: no word is meant."""
    formants = ((220, 480), (420, 820), (850, 1500), (1500, 2500))
    murmurs = [
        shaped(
            noise(dice, pink(), band(bottom, top), width=0.6),
            drift(dice, seconds, period=own, bottom=0.05, top=1.0),
        )
        for bottom, top in formants
        for own in (0.17, 0.23)
    ]
    room = scaled(noise(dice, pink(), high(90), low(900)), -6)
    return together(room, *murmurs)


def room_tone(dice: Dice, seconds: float) -> Voice:
    """The air of a closed room: almost nothing, and missed when it is not there."""
    return shaped(
        noise(dice, pink(), high(60), low(500, 1), width=0.8),
        drift(dice, seconds, period=7.0, bottom=0.85, top=1.0),
    )
