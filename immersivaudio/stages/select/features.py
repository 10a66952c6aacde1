"""What a frame looks like, as a vector, and how fit it is to be shown, as a number."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from immersivaudio.values import Image

Vector = NDArray[np.float64]

_SIZE = 128
_GRID = 3
_BINS = (8, 4, 4)
_RANGES = (0, 256, 0, 256, 0, 256)


@dataclass(frozen=True, slots=True)
class Features:
    """One frame."""

    vector: Vector
    """Square roots of histograms and edge energies: distances between them are Hellinger distances."""
    quality: float
    """0 (black, blank or blurred) to 1."""


def features(image: Image) -> Features:
    """Measure one picture (height, width, 3), RGB."""
    height, width = image.shape[:2]
    factor = min(1.0, _SIZE / max(height, width))
    size = (max(_GRID * 4, round(width * factor)), max(_GRID * 4, round(height * factor)))
    picture = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    lab = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2LAB), np.uint8)
    luma = (np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)) / 255).astype(np.float32)
    strength = np.hypot(cv2.Sobel(luma, cv2.CV_32F, 1, 0), cv2.Sobel(luma, cv2.CV_32F, 0, 1))
    cells = [(lab[c], strength[c]) for c in _cells(*luma.shape)]
    histograms = [_histogram(part) for part, _ in cells]
    texture = [min(1.0, float(edge.mean())) for _, edge in cells]
    vector = np.concatenate([*histograms, np.sqrt(texture)]) / _GRID
    return Features(vector, _quality(luma))


def _cells(height: int, width: int) -> list[tuple[slice, slice]]:
    rows = np.linspace(0, height, _GRID + 1, dtype=int)
    columns = np.linspace(0, width, _GRID + 1, dtype=int)
    return [
        (slice(rows[i], rows[i + 1]), slice(columns[j], columns[j + 1]))
        for i in range(_GRID)
        for j in range(_GRID)
    ]


def _histogram(lab: Image) -> Vector:
    counts = cv2.calcHist([np.ascontiguousarray(lab)], [0, 1, 2], None, list(_BINS), list(_RANGES))
    # Neighbouring bins share, so that a slow change of light moves the vector slowly.
    soft = cv2.GaussianBlur(counts.reshape(_BINS[0], -1), (1, 3), 0.8).ravel()
    return np.asarray(np.sqrt(soft / soft.sum()), np.float64)


def _quality(luma: NDArray[np.float32]) -> float:
    """Product of exposure, contrast and sharpness, each 0 to 1.

    Sharpness is the variance of the Laplacian (Pech-Pacheco and others, 2000) set against the variance of the
    picture itself, so that a calm picture is not taken for a blurred one. A dissolve shows two pictures at
    once and loses contrast and sharpness both.
    """
    deviation = float(luma.std())
    exposure = float(np.clip(luma.mean() / 0.12, 0, 1) * np.clip((1 - luma.mean()) / 0.06, 0, 1))
    contrast = float(np.clip(deviation / 0.15, 0, 1))
    detail = float(cv2.Laplacian(luma, cv2.CV_32F).std())
    sharpness = float(np.clip(detail / max(deviation, 0.02) / 0.35, 0, 1))
    return (0.05 + 0.95 * exposure) * (0.2 + 0.8 * contrast) * (0.3 + 0.7 * sharpness)
