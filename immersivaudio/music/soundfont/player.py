"""A preset as an instrument: tones for any key, stereo pairs and layers included."""

from math import cos, pi, sin

import numpy as np

from immersivaudio.music.score import SAMPLE_RATE
from immersivaudio.music.soundfont.bank import SoundFont
from immersivaudio.music.soundfont.generators import G, seconds
from immersivaudio.music.soundfont.regions import Region
from immersivaudio.music.soundfont.voice import Voice, play
from immersivaudio.music.tones.attack import attack
from immersivaudio.music.tones.filters import Filter
from immersivaudio.music.tones.lengths import length_class
from immersivaudio.music.tones.tone import Sound, Tone

LONGEST_RELEASE = 4.0
"""s for 100 dB: longer ones blur the harmony."""
SHORTEST_RELEASE = 0.05
HEARD = 0.7
"""Share of a release that is kept: 70 dB down nothing is heard."""
LONGEST_DRUM = 2.6
"""s; cymbals are faded out there."""


class SampledPlayer:
    """Plays one preset of a SoundFont."""

    def __init__(self, font: SoundFont, bank: int, program: int, *, rings: bool = False) -> None:
        """`rings`: tones ignore the key's release, as drums do."""
        self._font = font
        self._regions = font.regions(bank, program)
        self._rings = rings

    @property
    def reference(self) -> tuple[int, ...]:
        """Kick and snare tell how loud a kit is."""
        return (36, 38) if self._rings else ()

    def size(self, key: int, velocity: int, duration: int) -> int:
        """Return how many samples of tone a note of `duration` samples needs."""
        if self._rings:
            return length_class(round(LONGEST_DRUM * SAMPLE_RATE))
        return length_class(duration + self._release(key, velocity))

    def tone(self, key: int, velocity: int, size: int, equaliser: tuple[Filter, ...]) -> Tone:
        """Render one tone of `size` samples at most. Raises SoundFontError where the font is damaged."""
        regions = self._sounding(key, velocity)
        voices = [
            play(region, self._font.sample(region.sample), key, velocity, size, equaliser)
            for region in regions
        ]
        sound = _spread(voices)
        choke = max((int(region.generators.get(G.EXCLUSIVE_CLASS, 0)) for region in regions), default=0)
        release = 0 if self._rings else self._release(key, velocity)
        return Tone(sound, *attack(sound), release, choke)

    def _release(self, key: int, velocity: int) -> int:
        """Return the samples a tone takes to fall silent once released."""
        falls = [
            seconds(region.values(key, velocity).get(G.VOL_ENV_RELEASE, -12000))
            for region in self._sounding(key, velocity)
        ]
        fall = min(max(falls, default=0.0), LONGEST_RELEASE) * HEARD
        return max(round(fall * SAMPLE_RATE), round(SHORTEST_RELEASE * SAMPLE_RATE))

    def _sounding(self, key: int, velocity: int) -> list[Region]:
        """Return the regions of a key; a key the font lacks borrows those of its nearest neighbour."""
        for distance in range(128):
            for near in (key - distance, key + distance):
                found = [region for region in self._regions if region.covers(near, velocity)]
                if found:
                    return found
        return []


def _spread(voices: list[Voice]) -> Sound:
    """Sum voices by constant power into (1, n) where all are centred, else (2, n)."""
    size = max((len(voice.sound) for voice in voices), default=0)
    stereo = any(abs(voice.pan) > 0.02 for voice in voices)
    sound = np.zeros((2 if stereo else 1, size), np.float32)
    for voice in voices:
        if not stereo:
            sound[0, : len(voice.sound)] += voice.sound
            continue
        angle = (voice.pan + 1) * pi / 4
        sound[0, : len(voice.sound)] += voice.sound * np.float32(2**0.5 * cos(angle))
        sound[1, : len(voice.sound)] += voice.sound * np.float32(2**0.5 * sin(angle))
    return sound
