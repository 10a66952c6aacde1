"""Steel strings as a pickup hears them: what is sent into a guitar amplifier.

A plucked string is a sum of partials: those with a node at the pick are missing, those with a node at the
pickup are not heard, high ones die sooner, and stiffness sharpens them (Fletcher & Rossing, The Physics of
Musical Instruments, 1998, ch. 9).
"""

from collections.abc import Callable
from math import pi, sin

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.synths.patch import Mono, ToneRequest
from immersivaudio.music.synths.shaping import decay, filtered, noise, rise
from immersivaudio.music.timbre.filters import Filter

_STIFFNESS = 0.00006
_HIGHEST = 7000.0
"""Hz: above it no magnetic pickup hears anything."""


def string(
    *, pick: float, pickup: float, ring: float, damping: float, thump: float = 0.0
) -> Callable[[ToneRequest], Mono]:
    """Return a patch. `pick`, `pickup`: places on the string, 0 to 0.5; `ring`: s the fundamental takes to
    fall by 60 dB; `damping`: how much sooner high partials do; `thump`: the palm's share.
    """

    def make(ask: ToneRequest) -> Mono:
        time = ask.time()
        total = np.zeros(ask.size, np.float32)
        turns = np.arange(ask.size, dtype=np.float64) * (2 * pi / SAMPLE_RATE)
        for n in range(1, 48):
            frequency = ask.frequency * n * (1 + _STIFFNESS * n * n) ** 0.5
            if frequency > _HIGHEST:
                break
            level = sin(n * pi * pick) * sin(n * pi * pickup) / n * (0.45 + 0.55 * ask.force) ** (n / 9)
            phase = float(ask.chance.random())
            seconds = ring / (1 + damping * (n - 1) * (frequency / 1000) ** 0.5)
            # What has fallen by 80 dB is not worth its sines.
            last = min(ask.size, round(1.4 * seconds * SAMPLE_RATE))
            wave = np.sin(turns[:last] * frequency + 2 * pi * phase).astype(np.float32)
            total[:last] += np.float32(level) * wave * decay(time[:last], seconds)
        scrape = filtered(noise(ask.chance, ask.size) * decay(time, 0.018), Filter("highpass", 1200))
        body = total + np.float32(0.03 + 0.05 * ask.force) * scrape
        if thump:
            low = np.sin(turns * 95.0).astype(np.float32) * decay(time, 0.09)
            body += np.float32(thump) * low
        return body * rise(time, 0.0012)

    return make


open_string = string(pick=0.13, pickup=0.17, ring=5.5, damping=0.16)
muted_string = string(pick=0.10, pickup=0.17, ring=0.55, damping=0.35, thump=0.25)
lead_string = string(pick=0.16, pickup=0.24, ring=9.0, damping=0.10)
