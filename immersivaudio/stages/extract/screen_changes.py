"""Whether a frozen picture changes as a screen does: a menu, a dialogue over a dimmed page, another page.

A viewer of a recorded screen sees one place all the time. What stays tells: parts that are the same to the
last value, lettering that is only dimmed, and the ground on which all of it stands.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.extract.frame_difference import ComparableFrame

Plane = NDArray[np.float32]

_BLOCK = 8
"""px"""
_UNSEEN = 1.5
"""Mean change of a block (0-255) that coding makes where nothing happens."""
_BLACK = 8.0
"""Luma (0-255) of the black that all films share."""
_KEPT = 0.18
"""Share of the picture that a step leaves as it was, or more."""
_LETTERING = 6.0
"""Standard deviation (0-255) of a block with something drawn in it."""
_SAME = 0.8
"""Correlation from which what is drawn is the same."""
_DRAWN = 0.4
"""Share of what is drawn that a step leaves there, or more."""
_GROUND = 0.35
"""Share of both pictures that the ground has, or more."""
_EVEN = 2.0
"""By how much (0-255) the colour of a ground varies."""


def stays(before: ComparableFrame, after: ComparableFrame) -> bool:
    """Whether one of two frozen pictures is a step away from the other."""
    one, other = before.ycc.astype(np.float32), after.ycc.astype(np.float32)
    return (
        _kept(one, other) >= _KEPT or _drawn(one[..., 0], other[..., 0]) >= _DRAWN or _same_ground(one, other)
    )


def _kept(one: Plane, other: Plane) -> float:
    changed = _blocks(np.abs(one - other)).max(axis=2)
    lit = _blocks(np.maximum(one, other))[..., 0] >= _BLACK
    return float((changed[lit] < _UNSEEN).mean()) if lit.any() else 0.0


def _drawn(one: Plane, other: Plane) -> float:
    """Share of the blocks with something in them, in either picture, that hold the same in any light."""
    mean_one, mean_other = _blocks(one), _blocks(other)
    var_one = np.maximum(_blocks(one * one) - mean_one**2, 0)
    var_other = np.maximum(_blocks(other * other) - mean_other**2, 0)
    shared = _blocks(one * other) - mean_one * mean_other
    drawn = np.maximum(var_one, var_other) >= _LETTERING**2
    if not drawn.any():
        return 0.0
    return float((shared[drawn] >= _SAME * np.sqrt(var_one[drawn] * var_other[drawn]) + 1e-3).mean())


def _same_ground(one: Plane, other: Plane) -> bool:
    level = ground(one[..., 0], other[..., 0])
    if level is None:
        return False
    tints = [
        np.median(picture[np.abs(picture[..., 0] - level) <= _EVEN, 1:], axis=0) for picture in (one, other)
    ]
    return bool((np.abs(tints[0] - tints[1]) <= _EVEN).all())


def ground(one: NDArray[np.generic], other: NDArray[np.generic]) -> int | None:
    """Return the luma (0-255) of the even ground that both pictures stand on; None: there is none."""
    level = int(np.bincount(one.astype(np.uint8).ravel(), minlength=256).argmax())
    shares = [float((np.abs(picture.astype(np.float32) - level) <= _EVEN).mean()) for picture in (one, other)]
    return level if level >= _BLACK and min(shares) >= _GROUND else None


def _blocks(plane: Plane) -> Plane:
    half = _BLOCK // 2
    return np.asarray(cv2.blur(plane, (_BLOCK, _BLOCK))[half::half, half::half], np.float32)
