"""A soundtrack in which no music plays, for whoever asked for none."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.media import audio
from immersivaudio.media.loudness import Sound
from immersivaudio.values import CueSheet, Soundtrack

_BLOCK = SAMPLE_RATE


def soundtrack(sheet: CueSheet, folder: Path) -> Soundtrack:
    """Write silence as long as `sheet` into `folder`, and return it."""
    path = folder / "music.wav"
    audio.write(path, _blocks(round(sheet.duration * SAMPLE_RATE)))
    return Soundtrack(path, "silence")


def _blocks(length: int) -> Iterator[Sound]:
    for start in range(0, length, _BLOCK):
        yield np.zeros((min(_BLOCK, length - start), 2), dtype=np.float32)
