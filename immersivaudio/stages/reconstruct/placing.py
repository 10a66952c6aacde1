"""Where a voice stands between the loudspeakers, and how it is brought to the middle.

A clip-on microphone fills one channel and leaves the other to the camera, or to nothing; a cable with
crossed wires makes the right channel the opposite of the left one, so that a phone, which adds them up,
plays nothing.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.stages.reconstruct.levels import Stretches

_ONE_SIDE = 1 / 20
"""The weaker channel's share of the stronger one's power (-13 dB) below which it is not the voice's."""
_OPPOSITE = -0.8
"""Correlation of the channels from which they cancel each other."""


class Placing:
    """Listens while the clip's own sound goes by, in the stretches of speech if there are any."""

    def __init__(self, speech: Stretches) -> None:
        self._speech = [(round(start * SAMPLE_RATE), round(end * SAMPLE_RATE)) for start, end in speech]
        self._products = np.zeros((2, 2))

    def watched(self, blocks: Iterable[Sound]) -> Iterator[Sound]:
        """Yield the same blocks."""
        begun = 0
        for block in blocks:
            spans = self._speech or [(0, begun + block.shape[1])]
            for start, end in spans:
                part = block[:, max(0, start - begun) : max(0, end - begun)].astype(np.float64)
                self._products += part @ part.T
            begun += block.shape[1]
            yield block

    @property
    def off_centre(self) -> bool:
        """Whether it has to be brought to the middle."""
        return self._lopsided or self._opposed

    def centred(self, blocks: Iterable[Sound]) -> Iterator[Sound]:
        """Yield the sound with its voice in the middle."""
        for block in blocks:
            if self._lopsided:
                yield np.repeat(block.sum(axis=0, keepdims=True), 2, axis=0)
            else:
                yield block * np.array([[1], [-1]], np.float32)

    @property
    def _lopsided(self) -> bool:
        left, right = self._products.diagonal()
        return bool(min(left, right) < _ONE_SIDE * max(left, right))

    @property
    def _opposed(self) -> bool:
        left, right = self._products.diagonal()
        return bool(self._products[0, 1] < _OPPOSITE * np.sqrt(left * right) < 0)
