"""Black bars round a picture: a wide film in a tall frame, or the other way round. They are not the film.

A film whose bars were measured with it would be dark, still and "like a view into space".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import cv2
import numpy as np
from numpy.typing import NDArray

from immersivaudio.values import Image

_BLACK = 20
"""Luma (0 to 255) that a bar stays under in every picture: black, with what a codec leaves on it."""
_LEAST = 0.03
"""Share of the height or width from which a dark edge is a bar."""
_CENTRED = 0.02
"""How much, as a share, the two bars may differ: what is put into a frame is put into its middle."""
_STRAIGHT = 0.7
"""Share of the line beside a bar that is lit at some time: a planet in space has no straight edge."""
_FILM = 0.2
"""Share of the picture that a film between bars fills at least; less is lettering on black."""


@dataclass(frozen=True, slots=True)
class Window:
    """Where the film is within its pictures, px."""

    rows: slice
    columns: slice
    share: float
    """Of the picture's area, over 0 to 1."""

    def of(self, image: Image) -> Image:
        """Cut the film out of one picture."""
        return image[self.rows, self.columns]


def window(images: Sequence[Image]) -> Window:
    """Find the film within `images` (height, width, 3), RGB; all of it where their sizes differ."""
    whole = Window(slice(None), slice(None), 1.0)
    if len({image.shape for image in images}) != 1:
        return whole
    brightest = reduce(np.maximum, (cv2.cvtColor(image, cv2.COLOR_RGB2GRAY) for image in images))
    lit = np.asarray(brightest) > _BLACK
    rows, columns = _span(lit), _span(lit.T)
    share = (rows.stop - rows.start) * (columns.stop - columns.start) / lit.size
    return Window(rows, columns, share) if share >= _FILM else whole


def _span(lit: NDArray[np.bool_]) -> slice:
    """The rows between two bars, or all of them."""
    count = len(lit)
    inside = np.flatnonzero(lit.any(axis=1))
    if not len(inside):
        return slice(0, count)
    first, last = int(inside[0]), int(inside[-1])
    bars = (first, count - 1 - last)
    # Bars on the other two sides darken the ends of the lines: only what lies between them counts.
    across = np.flatnonzero(lit.any(axis=0))
    edges = lit[[first, last], across[0] : across[-1] + 1]
    straight = float(edges.mean(axis=1).min()) >= _STRAIGHT
    centred = abs(bars[0] - bars[1]) <= max(2.0, _CENTRED * count)
    return slice(first, last + 1) if straight and centred and min(bars) >= _LEAST * count else slice(0, count)
