"""Small sounds of things: a clock, keys, a freewheel, glasses, a hum, edges on snow, an airplane far off."""

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


def clock(dice: Dice, seconds: float) -> Voice:
    """An escapement: tick and tock in turn, two a second, the wood around them answering."""
    own = dice.spawn(1)[0]

    def tick(index: int) -> Sound:
        size = int(0.09 * SAMPLE_RATE)
        case = ring((430, 380)[index % 2] * own.uniform(0.97, 1.03), 0.16, 0.09)[:size] * 0.4
        click = burst(own, 1800, 5200, 0.05, attack=0.002)
        case[: len(click)] += 0.3 * own.uniform(0.8, 1.0) * click
        return place(case, 0.0)

    air = scaled(noise(dice, pink(), band(120, 900)), -16)
    return together(air, scatter(steady(dice, seconds, 0.5, 0.03), tick))


def typing(dice: Dice, seconds: float) -> Voice:
    """Keys: short clicks in runs, with rests to think, a heavier one now and then."""
    own = dice.spawn(1)[0]
    times = arrivals(dice, seconds, 5.5)
    thinking = np.sin(2 * np.pi * times / own.uniform(5.0, 7.0) + own.uniform(0, 6)) < 0.45

    def key(_index: int) -> Sound:
        heavy_one = own.random() < 0.12
        size = int(0.07 * SAMPLE_RATE)
        body = ring(own.uniform(170, 240) if heavy_one else own.uniform(280, 420), 0.1, 0.07)[:size] * 0.4
        click = burst(own, 1500, 6000, 0.05, attack=0.002)
        body[: len(click)] += own.uniform(0.2, 0.35) * click
        return place(body, own.uniform(-0.25, 0.25))

    air = scaled(noise(dice, pink(), band(120, 900)), -14)
    return together(air, scatter(times[thinking], key))


def bicycle(dice: Dice, seconds: float) -> Voice:
    """A freewheel that ticks about fifteen times a second, and tyres on the road under it."""
    own = dice.spawn(1)[0]

    def pawl(_index: int) -> Sound:
        return place(0.5 * own.uniform(0.5, 1.0) * burst(own, 2500, 7000, 0.012, attack=0.0003), 0.0)

    road = shaped(
        scaled(noise(dice, pink(), band(300, 2400), width=0.6), -4),
        drift(dice, seconds, period=1.3, bottom=0.5, top=1.0),
    )
    return together(road, scatter(steady(dice, seconds, 1 / 15, 0.12), pawl))


def hum(dice: Dice, seconds: float) -> Voice:
    """A household motor: the mains and its harmonics, never quite still, in a little air."""
    own = dice.spawn(1)[0]
    rate = drift(dice, seconds, period=0.9, bottom=96.0, top=104.0)
    weights = own.uniform(0.6, 1.0, 5) / np.arange(1, 6) ** 1.3
    turned = 0.0

    def tone(size: int) -> Sound:
        nonlocal turned
        turns = turned + np.cumsum(rate(size)) / SAMPLE_RATE
        turned = float(turns[-1]) if size else turned
        return place(np.sin(2 * np.pi * np.outer(turns, np.arange(1, 6))) @ weights * 0.1, 0.0)

    return together(tone, scaled(noise(dice, pink(), low(1500), width=0.8), -8))


def airplane(dice: Dice, seconds: float) -> Voice:
    """Jets far off: a low roar that comes and goes with the wind."""
    roar = noise(dice, pink(), band(50, 260), low(900), width=0.8)
    tear = scaled(noise(dice, pink(), band(350, 1100), width=0.9), -12)
    swell = drift(dice, seconds, period=5.0, bottom=0.45, top=1.0)
    return shaped(together(scaled(roar, 5), tear), swell)


def swish(dice: Dice, seconds: float) -> Voice:
    """Edges carving snow: a turn every second and a half, hissing to one side and to the other."""
    own = dice.spawn(1)[0]

    def turn(index: int) -> Sound:
        size = int(own.uniform(0.9, 1.3) * SAMPLE_RATE)
        shape: Mono = np.sin(np.pi * np.linspace(0, 1, size) ** 0.8) ** 1.5
        hiss = noise(own, band(1200, 7000), width=0.0)(size)[0]
        return place(shape * hiss * own.uniform(0.3, 0.5), 0.5 * (-1) ** index)

    wind = scaled(noise(dice, pink(), band(150, 900)), -10)
    return together(wind, scatter(steady(dice, seconds, 1.5, 0.12), turn))


def glasses(dice: Dice, seconds: float) -> Voice:
    """Glass touching glass now and then: a few high partials that ring briefly."""
    own = dice.spawn(1)[0]

    def clink(_index: int) -> Sound:
        first = own.uniform(2300, 3600)
        parts = [
            ring(first * ratio, decay, 0.4) * level
            for ratio, decay, level in ((1.0, 0.6, 0.3), (1.52, 0.4, 0.15), (2.32, 0.2, 0.08))
        ]
        return place(np.sum(parts, axis=0) * own.uniform(0.4, 1.0), own.uniform(-0.4, 0.4))

    air = scaled(noise(dice, pink(), band(150, 1200)), -10)
    return together(air, scatter(arrivals(dice, seconds, 0.9), clink))
