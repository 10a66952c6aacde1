"""Worn media: the wow of a tape and the surface noise of a record, for palettes that ask for them."""

from math import pi

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.music.mixing.blocks import Block
from immersivaudio.music.timbre.envelopes import fade

WOWS = ((0.55, 0.7), (1.31, 0.3))
"""Rates of the wow, Hz, and their shares of its depth."""
HISS_DB, POP_DB = -60.0, -42.0
"""dBFS of a worn record before mastering: steady noise, and a middling pop."""
POPS = 7.0
"""A second."""
SEAM = round(0.05 * SAMPLE_RATE)


def wow(sound: Sound, start: int, cents: float) -> Sound:
    """Return `sound`, whose first sample is at absolute sample `start`, played on a tape that wavers.

    Every part wavers alike, as on one tape: stems still sum to the mix. Nothing moves by more than 2 ms.
    """
    t = np.arange(start, start + sound.shape[1]) / SAMPLE_RATE
    late = np.zeros(len(t))
    for rate, share in WOWS:
        # A speed error of x sin(wt) is a displacement of -x/w cos(wt).
        speed = 2 ** (cents * share / 1200) - 1
        late -= speed / (2 * pi * rate) * np.cos(2 * pi * rate * t) * SAMPLE_RATE
    place = np.clip(np.arange(sound.shape[1]) + late, 0, sound.shape[1] - 1)
    index = place.astype(np.intp)
    share_after = (place - index).astype(np.float32)
    here, after = sound.take(index, axis=1), sound.take(index + 1, axis=1, mode="clip")
    wavering: Sound = here + (after - here) * share_after
    return wavering


def surface(block: Block, seed: int, wear: float) -> Sound:
    """Return the noise of a record's surface for `block` and a seam after it; `wear` 0 to 1."""
    size = block.end - block.start + SEAM
    chance = np.random.Generator(np.random.PCG64([seed, block.section, block.start - block.since]))
    noise = chance.standard_normal((2, size), np.float32)
    hiss = (noise[:, 1:] + noise[:, :-1]) * np.float32(0.7 * 10 ** (HISS_DB / 20))
    sound = np.pad(hiss, ((0, 0), (1, 0)))
    count = int(chance.poisson(POPS * size / SAMPLE_RATE))
    level = 10 ** ((POP_DB + 5 * chance.standard_normal(count)) / 20)
    click = np.exp(-np.arange(48) / 9.0) * np.cos(np.arange(48) * 0.9)
    for at, gain, side in zip(
        chance.integers(0, size - 48, count), level, chance.uniform(0.3, 1, count), strict=True
    ):
        sound[:, at : at + 48] += (gain * click * np.array([[side], [1.3 - side]])).astype(np.float32)
    sound[:, :SEAM] *= fade(SEAM)[::-1]
    sound[:, -SEAM:] *= fade(SEAM)
    return sound * np.float32(wear)
