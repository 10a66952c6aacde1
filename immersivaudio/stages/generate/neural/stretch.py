"""Time-stretching by Rubber Band, in the ffmpeg program: the pitch stays.

Its option "transients" was measured with chords and clicks at 0.95 and 1.03: "smooth" keeps 55 to 69 dB
between a chord and what is added to it, and clicks within 2 ms; the default, "crisp", takes a chord apart
(-3 to 9 dB).
"""

import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.media import ffmpeg
from immersivaudio.stages.generate.neural.conform import WarpAnchor

_AROUND = 0.25
"""s of music on each side that the stretcher sees, so that a piece begins and ends as the whole would."""
_FADE = 0.012
"""s of the cross-fade between two pieces."""
_EXACT = 2e-4
"""A rate this near to 1 is 1."""


def conformed(
    sound: NDArray[np.float32], map_: Sequence[WarpAnchor], *, timeout: float = 120.0
) -> NDArray[np.float32]:
    """Return 48 kHz `sound` (n, 2) played by the tempo map, as many samples as its last anchor says.

    What the map asks for beyond the end of the music is silent.
    """
    length = round(map_[-1].target * SAMPLE_RATE)
    out = np.zeros((length + SAMPLE_RATE, sound.shape[1]), np.float32)
    fade = round(_FADE * SAMPLE_RATE)
    rise = np.linspace(0, 1, fade, dtype=np.float32)[:, None]
    for before, after in pairwise(map_):
        start, stop = round(before.target * SAMPLE_RATE), round(after.target * SAMPLE_RATE)
        piece = _piece(sound, before, after, stop - start + fade, timeout)
        if start:
            out[start : start + fade] *= 1 - rise
            piece[:fade] *= rise
        out[start : start + len(piece)] += piece[: len(out) - start]
    return out[:length]


def _piece(
    sound: NDArray[np.float32], before: WarpAnchor, after: WarpAnchor, count: int, timeout: float
) -> NDArray[np.float32]:
    """Return `count` samples from `before` on."""
    rate = (after.target - before.target) / (after.source - before.source)
    first = max(0, round((before.source - _AROUND) * SAMPLE_RATE))
    last = round((after.source + _AROUND) * SAMPLE_RATE)
    part = sound[first:last]
    if abs(rate - 1) > _EXACT and len(part):
        part = _stretched(part, rate, timeout)
    begin = round((before.source - first / SAMPLE_RATE) * rate * SAMPLE_RATE)
    part = part[begin : begin + count].copy()
    return np.pad(part, ((0, count - len(part)), (0, 0)))


def _stretched(part: NDArray[np.float32], rate: float, timeout: float) -> NDArray[np.float32]:
    """Return `part` made `rate` times as long."""
    import soundfile

    with tempfile.TemporaryDirectory(prefix="immersivaudio-") as folder:
        before, after = Path(folder) / "before.wav", Path(folder) / "after.wav"
        soundfile.write(before, part, SAMPLE_RATE, subtype="FLOAT")
        ffmpeg.run(
            [
                *ffmpeg.source("wav", before),
                "-af",
                f"rubberband=transients=smooth:tempo={1 / rate:.9f}",
                "-c:a",
                "pcm_f32le",
                str(after),
            ],
            timeout=timeout,
        )
        result: NDArray[np.float32] = soundfile.read(after, dtype="float32", always_2d=True)[0]
    return result
