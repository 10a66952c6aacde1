"""The sound of the result, block by block: parts under their curves, added, limited."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.audio.limiter import Grid, under_gain
from immersivaudio.media import decode_audio
from immersivaudio.stages.reconstruct.levels import CONTROL, Curve, Levels, Name

_FADE = SAMPLE_RATE // 100
"""Samples of fade at the very end: 10 ms, so that a sound which is cut off does not click."""


def mixed(files: Mapping[Name, Path], levels: Levels, length: int, *, fades: bool = True) -> Iterator[Sound]:
    """Yield the sum of the parts, `length` samples, not yet limited. A loop does not fade at its end."""
    streams = [part(files[name], curve, length, fades=fades) for name, curve in levels.curves.items()]
    for blocks in zip(*streams, strict=True):
        yield np.sum(blocks, axis=0, dtype=np.float32)


def halves(files: Mapping[Name, Path], levels: Levels, length: int) -> Iterator[tuple[Sound, Sound]]:
    """Yield the clip's own sound and, beside it, all that is added to it."""
    added: dict[Name, Curve] = {n: curve for n, curve in levels.curves.items() if n != "original"}
    own = part(files["original"], levels.curves["original"], length)
    yield from zip(own, mixed(files, Levels(added, levels.target), length), strict=True)


def mastered(
    files: Mapping[Name, Path], levels: Levels, length: int, gain: Grid, *, fades: bool = True
) -> Iterator[Sound]:
    """Yield the finished sound: the sum of the parts under the master's gain."""
    done = 0
    for block in mixed(files, levels, length, fades=fades):
        yield under_gain(block, done, gain)
        done += block.shape[1]


def part(file: Path, curve: Curve, length: int, *, fades: bool = True) -> Iterator[Sound]:
    """Yield one part under its curve."""
    gains = 10 ** (curve / 20)
    points = np.arange(gains.size) * (SAMPLE_RATE / CONTROL)
    steady = float(np.ptp(curve)) < 1e-9
    done = 0
    for block in decode_audio.read(file, length):
        size = block.shape[1]
        times = np.arange(done, done + size)
        gain = np.full(size, gains[0]) if steady else np.interp(times, points, gains)
        if fades and done + size > length - _FADE:
            gain *= np.clip((length - times) / _FADE, 0.0, 1.0)
        yield (block * gain).astype(np.float32)
        done += size
