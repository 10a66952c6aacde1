"""Whether two pictures show one place, however far the camera turned between them, in whatever light.

Both are reduced to their edges, every region weighted alike (difference of a picture from its own blur, over
the local deviation), so that lamps, clouds and exposure cost nothing and black bars weigh no more than their
area. Then the shift at which the two agree best is looked for, by normalised cross-correlation over the part
that they share (masked FFT, Padfield 2012). Unlike `frame_difference`, it finds shifts
of more than half the picture.
"""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import fft

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]

_LONGER = 64
"""px, the longer side of what is compared."""
_NOISE = 3.0
"""Deviation (0-255) that is not structure."""
_RADIUS = 2.5
"""px, of the blur that is taken away."""
_SHARED = 0.3
"""Share of the picture that both must show."""


SAME = 0.55
"""Agreement from which two pictures show one place. In the films of `benchmarks/cuts.py` a cut has 0.5 at
most; pictures that follow one another in a shot have 0.62 in 95 of 100, however the camera shakes.
"""
_CLOSE = 0.15
"""Share of the picture that it may be off by without a doubt."""
_SCROLLED = 0.75
"""Agreement that tells a page scrolled along one side from a camera set up anew."""
_BAR = 24
"""Luma below which a row or column at the border is a black bar."""
_INSET = 2
"""px beside a bar that its edge reaches."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Structure of a picture, and its spectra."""

    shape: tuple[int, int]
    plain: NDArray[np.complex64]
    squared: NDArray[np.complex64]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well two pictures agree: about 0.2 by chance, 1 for the same picture."""

    near: float
    """At the best small shift, or at a larger one along one side of the picture if very good."""
    far: float
    """At the best shift of all."""
    shift: tuple[int, int]
    """The best small shift: how far down and to the right the first shows what the second shows, px of
    `_LONGER`.
    """


def edges(luma: NDArray[np.uint8]) -> Edges:
    """Prepare the luma (h, w) of a picture."""
    scale = _LONGER / max(luma.shape)
    size = (max(8, round(luma.shape[1] * scale)), max(8, round(luma.shape[0] * scale)))
    small = np.asarray(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), np.float32)
    fine = small - np.asarray(cv2.GaussianBlur(small, (0, 0), _RADIUS), np.float32)
    local = np.sqrt(np.asarray(cv2.GaussianBlur(fine * fine, (0, 0), 2 * _RADIUS), np.float32)) + _NOISE
    normal = _without_bars(np.asarray(fine / local, np.float32), small)
    padded = (2 * size[1], 2 * size[0])
    return Edges((size[1], size[0]), *fft.rfft2(np.stack([normal, normal * normal]), padded))


def agreement(one: Edges, other: Edges) -> Agreement:
    """Compare two pictures of the same shape at every shift that leaves enough of both."""
    height, width = one.shape
    size = (2 * height, 2 * width)
    allowed, close, along, mask = _shifts(height, width)
    spectra = np.stack(
        [one.plain * np.conj(other.plain), one.squared * np.conj(mask), mask * np.conj(other.squared)]
    )
    cross, energy_one, energy_other = fft.irfft2(spectra, size)
    power = np.sqrt(np.maximum(energy_one, 0.0) * np.maximum(energy_other, 0.0)) + 0.02 * height * width
    found = cross / power
    best = int(np.where(close, found, -1).argmax())
    down, across = divmod(best, size[1])
    shift = ((down + height) % size[0] - height, (across + width) % size[1] - width)
    near, scrolled = float(found.flat[best]), float(found[along].max())
    return Agreement(
        max(near, scrolled if scrolled >= _SCROLLED else 0.0), float(found[allowed].max()), shift
    )


@cache
def _shifts(height: int, width: int) -> tuple[Mask, Mask, Mask, NDArray[np.complex64]]:
    """Which shifts count at all, are small, go along one side; and the spectrum of a full picture."""
    down = np.abs(np.fft.fftfreq(2 * height, 1 / (2 * height)))[:, None]
    across = np.abs(np.fft.fftfreq(2 * width, 1 / (2 * width)))[None]
    shared = np.maximum(height - down, 0) * np.maximum(width - across, 0)
    allowed = shared >= _SHARED * height * width
    close = (down <= _CLOSE * height) & (across <= _CLOSE * width)
    along = allowed & ((down == 0) | (across == 0))
    return allowed, close, along, fft.rfft2(np.ones((height, width), np.float32), (2 * height, 2 * width))


def _without_bars(normal: Plane, small: Plane) -> Plane:
    """Blank what letterbox and pillarbox have in common with every other picture: the edge of their bars."""
    for axis in (0, 1):
        lit = np.flatnonzero(small.max(axis=1 - axis) >= _BAR)
        if not len(lit):
            continue
        lines = normal if axis == 0 else normal.T
        if lit[0] > 0:
            lines[: lit[0] + _INSET] = 0
        if lit[-1] < len(lines) - 1:
            lines[lit[-1] + 1 - _INSET :] = 0
    return normal
