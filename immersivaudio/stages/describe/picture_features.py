"""What is measured in one picture: light, colour, texture, where things lie. Pure numbers, no words."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from immersivaudio.values import Image

Plane = NDArray[np.float32]

COLOURS = ("red", "orange", "yellow", "green", "teal", "blue", "violet", "pink")
_HUE_EDGES = (-15, 32, 68, 98, 160, 215, 292, 325, 345)
"""Degrees in CIE Lab's a-b plane where one name gives way to the next."""
_COLOURED = 14.0
"""CIE Lab chroma from which a person names a hue."""
_SIZE = 192


@dataclass(frozen=True, slots=True)
class PictureFeatures:
    """Shares are of the picture's area, 0 to 1, unless said otherwise."""

    light: float
    """Mean luma, 0 to 1."""
    contrast: float
    """Standard deviation of luma, 0 to 0.5."""
    dark: float
    """Share with luma under 0.13."""
    black: float
    """Share with luma under 0.05."""
    white: float
    """Share that is bright (luma over 0.85) and colourless."""
    pale: float
    """Share that is colourless and between dark and white."""
    chroma: float
    """Mean CIE Lab chroma, 0 to about 1 (100 units)."""
    saturation: float
    """Mean HSV saturation, 0 to 1, counting dark pixels less."""
    warmth: float
    """-1 (blue) to 1 (orange)."""
    colours: dict[str, float]
    """Share of each name in `COLOURS`."""
    top: dict[str, float]
    """The same within the upper third, and "light", "rough", "pale"."""
    bottom: dict[str, float]
    """The same within the lower third."""
    rough: float
    """Share of the 6 by 6 px blocks that hold visible texture."""
    flat: float
    """Share of the blocks that are one even colour."""
    straight: float
    """Share of the strong edges that run level or upright."""
    specks: int
    """Number of small bright spots on dark ground."""
    grain: float
    """Mean strength of the edges, 0 to 1."""


def look(image: Image) -> PictureFeatures:
    """Measure one picture (height, width, 3), RGB."""
    picture = _reduced(image)
    lab = np.asarray(cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
    hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV)
    luma = (np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)) / 255).astype(np.float32)
    chroma = np.asarray(np.hypot(lab[..., 1], lab[..., 2]), np.float32)
    named = _named(lab, chroma)
    noise = _deviation(luma)
    colourless = chroma < _COLOURED * 0.7
    third = max(1, luma.shape[0] // 3)
    strong, straight = _edges(luma)
    lit = float((hsv[..., 2] / 255.0).sum())
    return PictureFeatures(
        light=float(luma.mean()),
        contrast=float(luma.std()),
        dark=float((luma < 0.13).mean()),
        black=float((luma < 0.05).mean()),
        white=float(((luma > 0.85) & colourless).mean()),
        pale=float(((luma > 0.25) & (luma <= 0.85) & colourless).mean()),
        chroma=float(chroma.mean() / 100),
        saturation=float((hsv[..., 1] / 255.0 * (hsv[..., 2] / 255.0)).sum() / max(lit, 1.0)),
        warmth=float(np.clip(lab[..., 2].mean() / 40, -1, 1)),
        colours=_shares(named),
        top=_zone(named, luma, noise, colourless, slice(0, third)),
        bottom=_zone(named, luma, noise, colourless, slice(-third, None)),
        rough=float((noise > 0.03).mean()),
        flat=float((noise < 0.004).mean()),
        straight=straight,
        specks=_specks(luma),
        grain=strong,
    )


def _reduced(image: Image) -> Image:
    height, width = image.shape[:2]
    factor = min(1.0, _SIZE / max(height, width))
    size = (max(12, round(width * factor)), max(12, round(height * factor)))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _named(lab: Plane, chroma: Plane) -> NDArray[np.int64]:
    """Index into `COLOURS` for each pixel, -1 where there is no hue to name."""
    hue = np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))
    hue = np.where(hue < _HUE_EDGES[0], hue + 360, hue)
    index = np.digitize(hue, _HUE_EDGES) - 1
    return np.where(chroma < _COLOURED, -1, index % len(COLOURS))


def _shares(named: NDArray[np.int64]) -> dict[str, float]:
    return {name: float((named == i).mean()) for i, name in enumerate(COLOURS)}


def _zone(
    named: NDArray[np.int64], luma: Plane, noise: Plane, colourless: NDArray[np.bool_], rows: slice
) -> dict[str, float]:
    return _shares(named[rows]) | {
        "light": float(luma[rows].mean()),
        "rough": float((noise[rows] > 0.03).mean()),
        "pale": float((colourless[rows] & (luma[rows] > 0.35)).mean()),
    }


def _deviation(luma: Plane) -> Plane:
    """Local standard deviation of luma in a window of 6 px."""
    mean = cv2.blur(luma, (6, 6))
    square = cv2.blur(luma * luma, (6, 6))
    return np.asarray(np.sqrt(np.maximum(square - mean * mean, 0)), np.float32)


def _edges(luma: Plane) -> tuple[float, float]:
    """Mean edge strength, and the share of strong edges within 6 degrees of level or upright."""
    across, down = cv2.Sobel(luma, cv2.CV_32F, 1, 0), cv2.Sobel(luma, cv2.CV_32F, 0, 1)
    strength = np.hypot(across, down)
    strong = strength > 0.4
    if strong.sum() < 0.002 * luma.size:
        return float(strength.mean()), 0.0
    angle = np.degrees(np.arctan2(down[strong], across[strong])) % 90
    return float(strength.mean()), float(((angle < 6) | (angle > 84)).mean())


def _specks(luma: Plane) -> int:
    """Bright spots of at most a two-hundredth of the picture that stand out from dark surroundings."""
    ground = cv2.blur(luma, (25, 25))
    spots = ((luma > ground + 0.18) & (ground < 0.4)).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(spots, connectivity=8)
    sizes = stats[1:count, cv2.CC_STAT_AREA]
    return int((sizes <= luma.size / 200).sum())
