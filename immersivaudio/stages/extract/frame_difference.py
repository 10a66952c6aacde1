"""How different two pictures are, once motion is taken out: the measure under cut detection.

The later picture is predicted from the earlier one by dense optical flow (DIS, Kroeger et al., 2016), so that
pans, zooms, shakes and things that move cost little. Then small blocks are compared: by zero-mean normalised
cross-correlation where there is texture (it ignores exposure: flashes, fades and lamps cost little), by
colour where there is none (flat cartoons, title grounds). Two pictures of one shot give 0 to 0.4, pictures of
two shots 0.6 to 1.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from immersivaudio.values import Image

Plane = NDArray[np.float32]

LONGEST = 160
"""px, the longer side of the pictures compared: 0.8 ms a pair, and small text still counts."""
_BLOCK = 8
"""px, side of a block; blocks overlap by half."""
_NOISE = 1.0
"""Variance of sensor and coding noise, (0-255)^2, that is not texture."""
_TEXTURE = 4.0
"""Standard deviation (0-255) at which a block counts half as texture, half as flat."""
_NO_GUESS: Plane = np.empty((0, 0), np.float32)
_FAINT = 1.5
"""Mean change (0-255) below which viewers see no jump."""
_SEEN = 3.0
"""Mean change (0-255) from which a jump is looked for. Of the 129 cuts of `benchmarks/cuts.py` the faintest
(in a dark film) makes 5.6, and three pictures in five stay below 3: there the optical flow can be saved.
"""


@dataclass(frozen=True, slots=True)
class ComparableFrame:
    """A small picture, prepared to be compared."""

    ycc: NDArray[np.uint8]
    """Y, Cr, Cb; shape (h, w, 3)."""
    luma: NDArray[np.uint8]
    """Shape (h, w)."""


@dataclass(frozen=True, slots=True)
class Change:
    """From one picture to another."""

    jump: float
    """0 (the same place, moved) to 1 (another place)."""
    raw: float
    """Mean absolute change of luma, motion and all, 0 to 1."""
    pan: float
    """How far the whole picture went to the right, widths; 0 where it was not looked for."""
    moved: float = 0.0
    """How far the whole picture went, widths or heights; 0 where too little changes for a jump."""


def prepare(image: Image) -> ComparableFrame:
    """Make a picture ready for `Comparer`."""
    ycc = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2YCrCb), np.uint8)
    return ComparableFrame(ycc, np.ascontiguousarray(ycc[..., 0]))


class Comparer:
    """Compares pictures of one size; keeps the flow estimator and the pixel grid."""

    def __init__(self) -> None:
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
        self._grid: Plane = np.zeros((0, 0, 2), np.float32)

    def __call__(self, before: ComparableFrame, after: ComparableFrame, *, pan: bool = True) -> Change:
        """Compare two pictures of the same shape, closely only where something is to be found.

        Where too little changes for a cut, `jump` is 0. Without `pan`, that is 0 as well.
        """
        raw = luma_change(before, after)
        if raw < _SEEN and (not pan or _same(before, after, raw)):
            return Change(0.0, raw / 255, 0.0)
        flow = self._motion(before, after)
        moved = -float(np.median(flow[::4, ::4, 0])) / after.luma.shape[1] if pan else 0.0
        if raw < _SEEN:
            return Change(0.0, raw / 255, moved)
        return Change(self._jump(before, after, flow, raw), raw / 255, moved, _distance(flow))

    def jump(self, before: ComparableFrame, after: ComparableFrame) -> float:
        """Return `Change.jump` of two pictures, however little it may be."""
        raw = luma_change(before, after)
        if _same(before, after, raw):
            return 0.0
        return self._jump(before, after, self._motion(before, after), raw)

    def _jump(self, before: ComparableFrame, after: ComparableFrame, flow: Plane, raw: float) -> float:
        height, width = after.luma.shape
        if self._grid.shape[:2] != (height, width):
            self._grid = np.dstack(np.meshgrid(np.arange(width), np.arange(height))).astype(np.float32)
        from_x, from_y = cv2.split(self._grid + flow)
        predicted = np.asarray(
            cv2.remap(before.ycc, from_x, from_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
        )
        return _mismatch(predicted, after.ycc, raw)

    def _motion(self, before: ComparableFrame, after: ComparableFrame) -> Plane:
        """Where each pixel of `after` comes from, px; nothing for pictures too small for the estimator."""
        if min(after.luma.shape) < 16:
            return np.zeros((*after.luma.shape, 2), np.float32)
        return np.asarray(self._flow.calc(after.luma, before.luma, _NO_GUESS), np.float32)


def _distance(flow: Plane) -> float:
    across, down = np.median(flow[::4, ::4].reshape(-1, 2), axis=0)
    return float(np.hypot(across / flow.shape[1], down / flow.shape[0]))


def luma_change(before: ComparableFrame, after: ComparableFrame) -> float:
    """Return the mean absolute change of luma, 0 to 255."""
    return cv2.norm(before.luma, after.luma, cv2.NORM_L1) / after.luma.size


def _same(before: ComparableFrame, after: ComparableFrame, raw: float) -> bool:
    return raw == 0.0 and np.array_equal(before.ycc, after.ycc)


def _mismatch(predicted: NDArray[np.uint8], seen: NDArray[np.uint8], raw: float) -> float:
    mean_p, mean_s = _blocks(predicted), _blocks(seen)
    py, sy = predicted[..., 0].astype(np.float32), seen[..., 0].astype(np.float32)
    squares = _blocks(cv2.merge([py * py, sy * sy, py * sy]))
    var_p = np.maximum(squares[..., 0] - mean_p[..., 0] ** 2, 0)
    var_s = np.maximum(squares[..., 1] - mean_s[..., 0] ** 2, 0)
    shared = squares[..., 2] - mean_p[..., 0] * mean_s[..., 0]
    alike = (shared + _NOISE) / np.sqrt((var_p + _NOISE) * (var_s + _NOISE))
    deviation = np.sqrt(np.maximum(var_p, var_s))
    texture = deviation / (deviation + _TEXTURE)
    shift = np.abs(mean_p - mean_s) @ np.array([0.3, 1, 1], np.float32)
    recoloured = (1 - texture) * np.clip((shift - 6) / 30, 0, 1)
    # Blocks without texture that stay the same say nothing; a few of them must not decide alone, either.
    weight = float((texture + recoloured).mean()) + 0.03
    mismatch = float((texture * np.clip(1 - alike, 0, 1.5) + recoloured).mean()) / weight
    return mismatch * min(1.0, raw / _FAINT)


def _blocks(planes: Plane | NDArray[np.uint8] | cv2.typing.MatLike) -> Plane:
    """Means over blocks, half overlapping; shape (h, w, 3) to (h / 4, w / 4, 3)."""
    half = _BLOCK // 2
    mean = cv2.boxFilter(np.asarray(planes), cv2.CV_32F, (_BLOCK, _BLOCK), borderType=cv2.BORDER_REFLECT)
    return np.asarray(mean[half::half, half::half], np.float32)
