"""Sound through fixed filters, block by block (overlap-add): short transforms stay in the processor's cache.

Four blocks or more are transformed at a time, because numpy then works on four at once. No block knows of
another, so a longer sound begins with exactly the samples of a shorter one, as long as both are whole blocks.
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio.layout import Sound
from immersivaudio.audio.loudness import Response
from immersivaudio.music.timbre.filters import Filter, response
from immersivaudio.music.timbre.spectra import Spectrum, spectrum, waveform

SIZE = 16_384
RINGING = 4096
"""Samples after which filters have rung out."""
BLOCK = SIZE - RINGING
LANES = 4
"""Rows that numpy transforms at once."""
AT_A_TIME = 4
"""Blocks of each channel."""


def whole_blocks(samples: int) -> int:
    """Return `samples`, rounded up to whole blocks."""
    return -(-samples // BLOCK) * BLOCK


def passed(parts: Mapping[tuple[Filter, ...], Sound]) -> Sound:
    """Return the sum of `parts`, shapes (channels, n) alike, each through its own filters; (channels, n)."""
    channels, size = next(iter(parts.values())).shape
    length = whole_blocks(size)
    out = np.zeros((channels, length + RINGING), np.float32)
    for first in range(0, length, AT_A_TIME * BLOCK):
        last = min(first + AT_A_TIME * BLOCK, length)
        total: Spectrum | None = None
        for filters, sound in parts.items():
            if not sound[:, first:last].any():
                continue
            found = transformed(sound[:, first:last])
            found *= _response(filters)
            total = found if total is None else np.add(total, found, out=total)
        if total is not None:
            _overlap(total, out[:, first : last + RINGING])
    return out[:, :size]


def transformed(sound: Sound) -> Spectrum:
    """Return the spectra of the blocks of `sound`, (channels, n), a row each: what `heard_through` takes."""
    channels, size = sound.shape
    count = -(-size // BLOCK)
    used = channels * count
    # Two rows more are quicker than two rows alone.
    rows = np.zeros((used + (-used % LANES if used % LANES > 1 else 0), SIZE), np.float32)
    for row, channel in enumerate(sound):
        whole = size // BLOCK
        place = rows[row * count : (row + 1) * count]
        place[:whole, :BLOCK] = channel[: whole * BLOCK].reshape(whole, BLOCK)
        place[whole:, : size - whole * BLOCK] = channel[whole * BLOCK :]
    return spectrum(rows, SIZE)


def heard_through(filters: tuple[Filter, ...], rows: Spectrum, size: int) -> NDArray[np.float32]:
    """Return `size` samples of the one channel whose transform is `rows`, through `filters`."""
    out = np.zeros((1, whole_blocks(size) + RINGING), np.float32)
    _overlap(rows * _response(filters), out)
    return out[0, :size]


def _overlap(rows: Spectrum, out: Sound) -> None:
    """Add the blocks back to `out`: each, and its ringing into the next one."""
    blocks = waveform(rows, SIZE)
    count = (out.shape[1] - RINGING) // BLOCK
    for row, channel in enumerate(out):
        for i in range(count):
            channel[i * BLOCK : i * BLOCK + SIZE] += blocks[row * count + i]


@lru_cache(maxsize=128)
def _response(filters: tuple[Filter, ...]) -> Response:
    return response(filters, SIZE)
