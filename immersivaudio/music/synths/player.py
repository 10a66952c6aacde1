"""A patch as an instrument."""

from zlib import crc32

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.errors import UnknownInstrumentError
from immersivaudio.music.synths.patch import ToneRequest
from immersivaudio.music.synths.table import PATCHES
from immersivaudio.music.timbre.attack import LATEST, attack
from immersivaudio.music.timbre.envelopes import fade
from immersivaudio.music.timbre.filters import Filter
from immersivaudio.music.timbre.lengths import length_class
from immersivaudio.music.timbre.overlap_add import passed
from immersivaudio.music.timbre.tone import RenderedTone

EDGE = 64
"""Samples faded where a timed or struck tone is cut: no clicks."""


class SynthPlayer:
    """Plays one patch of `PATCHES`."""

    def __init__(self, name: str) -> None:
        if name not in PATCHES:
            raise UnknownInstrumentError(f"There is no synthesiser patch called {name!r}. See music.synths.")
        self._name, self._patch = name, PATCHES[name]

    @property
    def grows(self) -> bool:
        """Whether a longer tone begins with exactly the samples of a shorter one."""
        return self._patch.shapes_itself

    @property
    def reference(self) -> tuple[int, ...]:
        """Keys that tell how loud it is."""
        return self._patch.reference

    def size(self, _key: int, _velocity: int, duration: int) -> int:
        """Return how many samples of tone a note of `duration` samples needs."""
        if self._patch.kind == "timed":
            return max(duration, 2 * EDGE)
        ringing = round(self._patch.release * SAMPLE_RATE)
        if self.grows:
            return LATEST + duration + ringing
        return length_class(ringing if self._patch.kind == "struck" else duration + ringing)

    def tone(
        self, key: int, velocity: int, size: int, equaliser: tuple[Filter, ...], take: int = 0
    ) -> RenderedTone:
        """Render one tone of `size` samples at most; `take` is which stroke of a drum."""
        drawn = [crc32(self._name.encode()), key, *([take] if take else [])]
        chance = np.random.Generator(np.random.PCG64(drawn))
        asked = ToneRequest(key, velocity, size, chance, equaliser, take)
        sound = np.atleast_2d(self._patch.make(asked))
        if not self._patch.shapes_itself:
            sound = passed({equaliser: sound})
        held = self._patch.kind == "held"
        if not held and sound.shape[1] > EDGE:
            sound[:, -EDGE:] *= fade(EDGE)
        heard, spoken = (0, 0) if self._patch.kind == "timed" else attack(sound)
        release = max(round(self._patch.release * SAMPLE_RATE), 480) if held else 0
        return RenderedTone(sound, heard, spoken, release, 1 if key in self._patch.chokes else 0)
