"""Rain, wind, snow."""

import numpy as np

from immersivaudio.audio.layout import Sound
from immersivaudio.sound.synthesis import (
    Dice,
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
    ring,
    scaled,
    scatter,
    shaped,
    together,
)

DROPS = 70.0
"""Single drops heard a second; the rest melt into the wash."""


def rain(dice: Dice, seconds: float) -> Voice:
    """A broadband wash, near pink above 500 Hz, under single drops of heavy-tailed loudness."""
    wash = noise(dice, pink(), high(350), low(11_000, 1))
    own = dice.spawn(1)[0]

    def drop(_index: int) -> Sound:
        loudness, pan = heavy(own), own.uniform(-0.9, 0.9)
        tick = burst(own, 1800, own.uniform(4000, 9000), own.uniform(0.004, 0.012), attack=0.0003)
        if own.random() < 0.2:  # a drop into a puddle: the bubble's note rises as it closes
            tick = np.concatenate([tick, np.zeros(960)])[:960]
            tick += 0.25 * ring(own.uniform(1200, 3200), 0.03, 0.02, glide=0.3)
        return place(tick * loudness * 1.4, pan)

    falling = drift(dice, seconds, period=4.0, bottom=0.8, top=1.0)
    return together(shaped(scaled(wash, 5), falling), scatter(arrivals(dice, seconds, DROPS), drop))


def wind(dice: Dice, seconds: float) -> Voice:
    """Low rumble and three whistling bands, each led by gusts of its own."""
    bands = ((110, 260, 3.5), (260, 520, 2.6), (520, 950, 2.0))
    whistles = [
        shaped(
            noise(dice, pink(), band(bottom, top), width=0.7),
            drift(dice, seconds, period=period, bottom=0.0, top=1.0),
        )
        for bottom, top, period in bands
    ]
    rumble = shaped(
        noise(dice, pink(), high(45), low(160)), drift(dice, seconds, period=5.0, bottom=0.1, top=1.0)
    )
    return together(rumble, *(scaled(whistle, 3) for whistle in whistles))


def snow_hush(dice: Dice, seconds: float) -> Voice:
    """What falling snow leaves of the world: a far, dull air, and hardly a tick."""
    air = shaped(
        noise(dice, pink(), high(90), low(650)), drift(dice, seconds, period=6.0, bottom=0.5, top=0.8)
    )
    own = dice.spawn(1)[0]

    def flake(_index: int) -> Sound:
        return place(burst(own, 2500, 6000, 0.006) * 0.04 * heavy(own), own.uniform(-0.8, 0.8))

    return together(air, scatter(arrivals(dice, seconds, 3.0), flake))
