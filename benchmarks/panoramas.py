"""Views into panoramas: what a camera would take that stands where the panorama was taken.

A room, a street or a wood in one equirectangular picture gives several photographs of it.
"""

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

_FIELD = 90.0
"""Degrees from the left edge of a view to the right."""
_SIZE = (480, 360)
_MIDDLE, _DARK = 0.18, 0.02
"""Luminance to which the median is brought; and under which it is night, and stays darker."""


def view(file: Path, heading: float) -> NDArray[np.uint8]:
    """Return the RGB picture, (360, 480, 3), seen `heading` degrees to the right of the middle."""
    shown = _developed(file)
    height, width = shown.shape[:2]
    across = (np.arange(_SIZE[0]) + 0.5) / _SIZE[0] - 0.5
    down = ((np.arange(_SIZE[1]) + 0.5) - _SIZE[1] / 2) / _SIZE[0]
    x, y = np.meshgrid(across, down)
    depth = 0.5 / np.tan(np.radians(_FIELD) / 2)
    turned = np.arctan2(x, depth) + np.radians(heading)
    tilted = np.arcsin(y / np.sqrt(x * x + y * y + depth * depth))
    columns = ((turned / (2 * np.pi) + 0.5) % 1 * width).astype(np.float32)
    rows = ((tilted / np.pi + 0.5) * height).astype(np.float32)
    taken = cv2.remap(shown, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    return np.ascontiguousarray(taken[..., ::-1]).astype(np.uint8)


@lru_cache(maxsize=1)
def _developed(file: Path) -> NDArray[np.uint8]:
    """Read the whole of it, BGR; kept for its other views, which are asked for one after the other."""
    whole = cv2.imread(str(file), cv2.IMREAD_COLOR | cv2.IMREAD_ANYDEPTH)
    if whole is None:
        raise ValueError(f"no picture: {file}")
    developed = whole if whole.dtype == np.uint8 else _exposed(np.asarray(whole, np.float32))
    return np.asarray(developed, np.uint8)


def _exposed(light: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Develop linear light as a camera does: the middle to grey, highlights rolled off."""
    median = float(np.median(light[light.shape[0] // 4 : 3 * light.shape[0] // 4]))
    scaled = light * (_MIDDLE / median if median > _DARK else 3.0)
    return np.asarray(255 * np.clip(1.3 * scaled / (1 + scaled), 0, 1) ** (1 / 2.2), np.uint8)
