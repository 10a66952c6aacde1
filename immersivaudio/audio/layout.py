"""How sound travels: blocks of a few seconds, channels first."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE

Sound = NDArray[np.float32]
"""Shape (channels, samples), full scale 1; where nothing else is said, two channels at `SAMPLE_RATE`."""

BLOCK = SAMPLE_RATE * 2
"""Samples of a block: 2 s, 768 kB."""


def silence(length: int, channels: int = 2) -> Sound:
    """Return `length` samples of nothing."""
    return np.zeros((channels, length), np.float32)


def filled(blocks: Iterable[Sound], length: int, channels: int = 2) -> Iterator[Sound]:
    """Yield the same sound, cut or followed by silence at `length` samples."""
    for block in blocks:
        yield block[:, :length]
        length -= min(block.shape[1], length)
        if not length:
            return
    while length:
        yield silence(min(length, BLOCK), channels)
        length -= min(length, BLOCK)


def reblocked(pieces: Iterable[Sound], size: int = BLOCK) -> Iterator[Sound]:
    """Yield the same sound in blocks of `size` samples, the last one shorter."""
    held: list[Sound] = []
    count = 0
    for piece in pieces:
        held.append(piece)
        count += piece.shape[1]
        if count >= size:
            joined = np.concatenate(held, axis=1)
            whole = count // size * size
            yield from np.split(joined[:, :whole], whole // size, axis=1)
            held, count = [joined[:, whole:]], count - whole
    if count:
        yield np.concatenate(held, axis=1)
