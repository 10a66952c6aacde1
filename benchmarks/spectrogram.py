"""A log-frequency spectrogram as a small picture."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.hearing import RATE, Sound

WIDTH, HEIGHT = 900, 160
LOWEST, HIGHEST = 40.0, 16_000.0
"""Hz, bottom and top row."""
RANGE_DB = 72.0
FRAME = 4096
INKS = np.array(
    [(11, 14, 26), (38, 27, 84), (112, 36, 116), (196, 62, 92), (243, 132, 66), (252, 236, 166)], np.float64
)
"""From silence to full scale."""


def draw(sound: Sound, out: Path) -> None:
    """Draw `sound`, shape (samples, 2), to a PNG: time to the right, frequency upwards."""
    level = _levels(sound.mean(axis=1))
    share = np.clip(1 + (level - level.max()) / RANGE_DB, 0, 1) * (len(INKS) - 1)
    low = np.minimum(share.astype(int), len(INKS) - 2)
    part = (share - low)[..., None]
    pixels = INKS[low] * (1 - part) + INKS[low + 1] * part
    picture = Image.fromarray(pixels[::-1].round().astype(np.uint8))
    picture.quantize(64).save(out, optimize=True)


def _levels(mono: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return dB, shape (HEIGHT, WIDTH), lowest row first."""
    padded = np.pad(mono, FRAME // 2)
    starts = np.linspace(0, len(padded) - FRAME, WIDTH).astype(int)
    window = np.hanning(FRAME).astype(np.float32)
    power = np.abs(np.fft.rfft(np.stack([padded[s : s + FRAME] for s in starts]) * window)) ** 2
    # A row is the mean over its band, or the nearest bin where bands are narrower than bins.
    edges = np.geomspace(LOWEST, HIGHEST, HEIGHT + 1) * FRAME / RATE
    total = np.pad(np.cumsum(power, axis=1), ((0, 0), (1, 0)))
    first = np.floor(edges[:-1]).astype(int)
    last = np.maximum(np.ceil(edges[1:]).astype(int), first + 1)
    rows = (total[:, last] - total[:, first]) / (last - first)
    return 10 * np.log10(rows.T + 1e-9)
