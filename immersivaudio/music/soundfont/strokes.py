"""Strokes of a sampled drum: one recording, yet no two strokes alike, and a harder one is brighter.

Fonts of General MIDI have one sample a drum. What makes it a machine is that every stroke has the same bytes;
a skin and a cymbal ring a little higher or lower, brighter or duller, by where they are met, and brighter the
harder they are (Rossing, "Science of Percussion Instruments", 2000).
"""

from dataclasses import replace

import numpy as np

from immersivaudio.music.soundfont.generators import G
from immersivaudio.music.soundfont.regions import Region
from immersivaudio.music.timbre.filters import Filter

CENTS, SHADE_DB = 9.0, 1.0
"""How far strokes differ, standard deviations: in pitch, and above `SHELF`."""
SHELF = 3500.0
"""Hz"""
USUAL = 96
"""Velocity at which a font's own sound is left as it is."""
HARDER_DB = 9.0
"""dB above `SHELF` between the softest stroke and the hardest."""


def stroke(key: int, velocity: int, take: int) -> tuple[int, tuple[Filter, ...]]:
    """Return by how many cents a stroke on `key` is off, and the filter that makes it this one."""
    db = HARDER_DB * (velocity - USUAL) / 127
    if not take:
        return 0, (_shelf(db),) if db else ()
    pitch, shade = np.random.Generator(np.random.PCG64([key, take])).standard_normal(2).clip(-1.5, 1.5)
    return round(CENTS * float(pitch)), (_shelf(db + SHADE_DB * float(shade)),)


def detuned(region: Region, cents: int) -> Region:
    """Return a region that sounds `cents` higher."""
    tuned = region.generators.get(G.FINE_TUNE, 0) + cents
    return replace(region, generators={**region.generators, G.FINE_TUNE: tuned})


def _shelf(db: float) -> Filter:
    return Filter("highshelf", SHELF, 0.7, round(db, 2))
