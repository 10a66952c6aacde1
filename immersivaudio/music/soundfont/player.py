"""A preset as an instrument: tones for any key, stereo pairs and layers included."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.music.soundfont.bank import SoundFont
from immersivaudio.music.soundfont.generators import G, seconds
from immersivaudio.music.soundfont.regions import Region
from immersivaudio.music.soundfont.strokes import detuned, stroke
from immersivaudio.music.soundfont.voice import Bench, Voice, ready
from immersivaudio.music.timbre.attack import LATEST, attack
from immersivaudio.music.timbre.filters import Filter
from immersivaudio.music.timbre.overlap_add import passed, whole_blocks
from immersivaudio.music.timbre.tone import RenderedTone

LONGEST_RELEASE = 4.0
"""s for 100 dB: longer ones blur the harmony."""
SHORTEST_RELEASE = 0.05
HEARD = 0.7
"""Share of a release that is kept: 70 dB down nothing is heard."""
CENTRED = 0.02
"""A pan nearer to the middle than this is none."""
LONGEST_DRUM = 2.6
"""s; cymbals are faded out there."""
KIT = -1
"""Stands for a program of the drum bank."""
FIXES: dict[str, dict[int, tuple[Filter, ...]]] = {
    "TimGM6mb": {
        # Its grand piano is closed at 2.5 kHz: nothing is left of the hammers.
        0: (Filter("highshelf", 2200, 0.7, 6.0), Filter("highshelf", 5000, 0.7, 9.0)),
        # Its upright bass is a fundamental and little else: below 60 Hz was more than half of a band's power.
        32: (Filter("lowshelf", 75, 0.7, -6.0), Filter("highshelf", 350, 0.7, 6.0)),
    },
    "MuseScore_General": {
        # Its basses are all bottom: above 250 Hz, where a small loudspeaker hears which note it is, they have
        # 6 to 13 dB less than others at one loudness, and so what is left is heavy.
        32: (Filter("highshelf", 420, 0.7, 9.0),),
        33: (Filter("highshelf", 420, 0.7, 6.0),),
        35: (Filter("highshelf", 420, 0.7, 6.0),),
        58: (Filter("highshelf", 420, 0.7, 7.0),),
        # Its kit is boxy: 8 dB more than others about 350 Hz.
        KIT: (Filter("peak", 350, 0.8, -6.0),),
    },
}
"""What particular fonts do badly, and what mends it: beginning of the file's name -> General MIDI program, or
`KIT` -> filters. `benchmarks/fonts.py` measures it."""


class SampledPlayer:
    """Plays one preset of a SoundFont."""

    grows = True

    def __init__(self, font: SoundFont, bank: int, program: int, *, rings: bool = False) -> None:
        """`rings`: tones ignore the key's release, as drums do."""
        self._font = font
        self._regions = font.regions(bank, program)
        self._rings = rings
        self._releases: dict[tuple[int, int], int] = {}
        self._touch = fixes_for(font.path, KIT if bank else program)

    @property
    def reference(self) -> tuple[int, ...]:
        """Kick and snare tell how loud a kit is."""
        return (36, 38) if self._rings else ()

    def size(self, key: int, velocity: int, duration: int) -> int:
        """Return how many samples of tone a note of `duration` samples needs, wherever it is entered."""
        if self._rings:
            return round(LONGEST_DRUM * SAMPLE_RATE)
        return LATEST + duration + self._release(key, velocity)

    def tone(
        self, key: int, velocity: int, size: int, equaliser: tuple[Filter, ...], take: int = 0
    ) -> RenderedTone:
        """Render one tone of `size` samples at most; a drum's stroke number `take`. Raises SoundFontError
        where the font is damaged.
        """
        regions = self._sounding(key, velocity)
        touch = self._touch
        if take or self._rings:
            cents, shelf = stroke(key, velocity, take)
            regions = [detuned(region, cents) for region in regions] if take else regions
            touch = (*touch, *shelf)
        whole = whole_blocks(size)
        voices = [ready(region, self._font.sample(region.sample), key, velocity, whole) for region in regions]
        sound = _together(voices, whole, equaliser + touch)[:, :size]
        choke = max((int(region.generators.get(G.EXCLUSIVE_CLASS, 0)) for region in regions), default=0)
        release = 0 if self._rings else self._release(key, velocity)
        return RenderedTone(sound, *attack(sound), release, choke)

    def _release(self, key: int, velocity: int) -> int:
        """Return the samples a tone takes to fall silent once released."""
        if (key, velocity) not in self._releases:
            falls = [
                seconds(region.values(key, velocity).get(G.VOL_ENV_RELEASE, -12000))
                for region in self._sounding(key, velocity)
            ]
            fall = min(max(falls, default=0.0), LONGEST_RELEASE) * HEARD
            self._releases[key, velocity] = round(max(fall, SHORTEST_RELEASE) * SAMPLE_RATE)
        return self._releases[key, velocity]

    def _sounding(self, key: int, velocity: int) -> list[Region]:
        """Return the regions of a key; a key the font lacks borrows those of its nearest neighbour."""
        for distance in range(128):
            for near in (key - distance, key + distance):
                found = [region for region in self._regions if region.covers(near, velocity)]
                if found:
                    return found
        return []


def _together(voices: Sequence[Voice], size: int, equaliser: tuple[Filter, ...]) -> Sound:
    """Sum by constant power into (1, n) where all are centred, else (2, n); n is `size` at most.

    What shares a filter is summed first: one transform for each filter, one back.
    """
    if not voices:
        return np.zeros((1, 1), np.float32)
    channels = 2 if any(abs(voice.pan) > CENTRED for voice in voices) else 1
    lowpasses = dict.fromkeys(lowpass for voice in voices for lowpass in voice.lowpasses)
    sums = {lowpass: np.zeros((channels, size), np.float32) for lowpass in lowpasses}
    bench, end = Bench(), 1
    for voice in voices:
        end = max(end, voice.play(sums, bench))
    length = whole_blocks(end)
    parts = {
        ((lowpass,) if lowpass else ()) + equaliser: sound[:, :length] for lowpass, sound in sums.items()
    }
    return passed(parts)[:, :end]


def fixes_for(font: Path, program: int) -> tuple[Filter, ...]:
    """Return the filters for `program` of `font`; none for fonts without known faults."""
    return next((rows.get(program, ()) for name, rows in FIXES.items() if font.name.startswith(name)), ())
