"""A preset as an instrument: tones for any key, stereo pairs and layers included."""

import numpy as np

from immersivaudio.music.score import SAMPLE_RATE
from immersivaudio.music.soundfont.bank import SoundFont
from immersivaudio.music.soundfont.generators import G, seconds
from immersivaudio.music.soundfont.regions import Region
from immersivaudio.music.soundfont.touch import touch_up
from immersivaudio.music.soundfont.voice import Strand, play
from immersivaudio.music.timbre.attack import attack
from immersivaudio.music.timbre.filters import Filter, cached_response
from immersivaudio.music.timbre.lengths import PADDING, length_class
from immersivaudio.music.timbre.spectra import spectrum
from immersivaudio.music.timbre.tone import Sound, Tone, constant_power

LONGEST_RELEASE = 4.0
"""s for 100 dB: longer ones blur the harmony."""
SHORTEST_RELEASE = 0.05
HEARD = 0.7
"""Share of a release that is kept: 70 dB down nothing is heard."""
CENTRED = 0.02
"""A pan nearer to the middle than this is none."""
LONGEST_DRUM = 2.6
"""s; cymbals are faded out there."""


class SampledPlayer:
    """Plays one preset of a SoundFont."""

    def __init__(self, font: SoundFont, bank: int, program: int, *, rings: bool = False) -> None:
        """`rings`: tones ignore the key's release, as drums do."""
        self._font = font
        self._regions = font.regions(bank, program)
        self._rings = rings
        self._touch = () if bank else touch_up(font.path, program)

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
        strands = [
            strand
            for region in regions
            for strand in play(region, self._font.sample(region.sample), key, velocity, size)
        ]
        sound = _mixed(strands, equaliser + self._touch)
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


def _mixed(strands: list[Strand], equaliser: tuple[Filter, ...]) -> Sound:
    """Filter and sum by constant power into (1, n) where all are centred, else (2, n).

    What shares a filter is summed first, and everything else as spectra: one FFT for each filter, one back.
    """
    length = max((len(strand.sound) for strand in strands), default=1)
    size = length_class(length) + PADDING
    channels = 2 if any(abs(strand.pan) > CENTRED for strand in strands) else 1
    sums: dict[Filter | None, Sound] = {}
    for strand in strands:
        total = sums.setdefault(strand.lowpass, np.zeros((channels, length), np.float32))
        for row, side in zip(total, constant_power(strand.pan) if channels == 2 else (1.0,), strict=True):
            row[: len(strand.sound)] += strand.sound * np.float32(side)
    mixed = np.zeros((channels, size // 2 + 1), np.complex64)
    for lowpass, total in sums.items():
        passed = spectrum(total, size)
        mixed += passed if lowpass is None else passed * cached_response((lowpass,), size)
    mixed *= cached_response(equaliser, size)
    return np.fft.irfft(mixed, size)[:, :length].astype(np.float32, copy=False)
