"""Pictures whose content is known, and the footage that holds them: drawn, or installed by scikit-learn."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_sample_image

from immersivaudio.values import Clip, Curves, Footage, Frame, Shot, Transition

Pixels = NDArray[np.uint8]
RATE = Fraction(8)

ODD_SHAPES = ((1, 1), (1, 300), (300, 1), (2, 2), (7, 4000), (4000, 7), (127, 63), (128, 64))
"""(height, width) of pictures that nobody films and somebody sends."""


def plain(level: int = 128, size: tuple[int, int] = (180, 320)) -> Pixels:
    """One grey all over."""
    return np.full((*size, 3), level, np.uint8)


def noise(seed: int = 0, size: tuple[int, int] = (180, 320)) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (*size, 3), dtype=np.uint8)


@cache
def photo(name: str) -> Pixels:
    """ "temple" (outdoors, by day) or "flower": photographs without people, CC-BY 2.0."""
    pixels = np.array(load_sample_image({"temple": "china.jpg", "flower": "flower.jpg"}[name]))
    pixels.setflags(write=False)
    return pixels


def grey(pixels: Pixels) -> Pixels:
    return np.repeat(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)


def darker(pixels: Pixels, share: float) -> Pixels:
    return (pixels * share).astype(np.uint8)


def blurred(pixels: Pixels, px: int = 41) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (px, px), 0), np.uint8)


def lettering(text: str = "THE END") -> Pixels:
    """White letters on black."""
    pixels = plain(0, (270, 480))
    cv2.putText(pixels, text, (120, 150), cv2.FONT_HERSHEY_SIMPLEX, 2, (240, 240, 240), 5)
    return pixels


def grass(seed: int = 0) -> Pixels:
    """Blades of every green."""
    rng = np.random.default_rng(seed)
    pixels = np.full((270, 480, 3), (60, 130, 40), np.uint8)
    for _ in range(1500):
        x, y = int(rng.integers(480)), int(rng.integers(270))
        end = (x + int(rng.integers(-8, 9)), y - int(rng.integers(10, 40)))
        colour = (int(rng.integers(30, 110)), int(rng.integers(110, 210)), int(rng.integers(10, 60)))
        cv2.line(pixels, (x, y), end, colour, 2)
    return pixels


def dunes() -> Pixels:
    """Smooth yellow ground under a pale sky."""
    pixels = plain(0, (270, 480))
    pixels[:130] = (170, 180, 190)
    pixels[130:] = (190, 150, 70)
    return blurred(pixels, 9)


def city_night(seed: int = 0) -> Pixels:
    """Dark blue towers with lit windows under a black-blue sky."""
    rng = np.random.default_rng(seed)
    pixels = np.full((270, 480, 3), (14, 20, 48), np.uint8)
    for x in range(10, 470, 40):
        top = int(rng.integers(60, 120))
        cv2.rectangle(pixels, (x, top), (x + 30, 270), (22, 34, 62), -1)
        for row in range(top + 6, 266, 12):
            for column in range(x + 4, x + 28, 9):
                if rng.random() < 0.7:
                    cv2.rectangle(pixels, (column, row), (column + 3, row + 4), (180, 235, 230), -1)
    return pixels


def footage(
    shots: Sequence[Sequence[Pixels]],
    *,
    seconds: Sequence[float] | None = None,
    openings: Sequence[Transition] | None = None,
    motion: float = 0.1,
    pan: float = 0.0,
    kind: str = "video",
) -> Footage:
    """Footage of shots given by their kept frames; each lasts 2 s unless `seconds` says otherwise."""
    lengths = [Fraction(s) for s in (seconds or [2] * len(shots))]
    starts = [sum(lengths[:i], Fraction(0)) for i in range(len(shots))]
    total = sum(lengths, Fraction(0))
    opened = openings or ["start", *["cut"] * (len(shots) - 1)]
    frames = tuple(
        Frame(start + length * Fraction(2 * i + 1, 2 * len(pictures)), shot, picture)
        for shot, (pictures, start, length) in enumerate(zip(shots, starts, lengths, strict=True))
        for i, picture in enumerate(pictures)
    )
    count = max(1, int(total * RATE))
    shown = [min(frames, key=lambda f, t=Fraction(i) / RATE: abs(f.time - t)) for i in range(count)]
    light = np.array([frame.image.mean() / 255 for frame in shown], np.float32)

    def flat(value: float) -> NDArray[np.float32]:
        return np.full(count, value, np.float32)

    clip = Clip(
        Path("film.mp4"),
        "photo" if kind == "photo" else "video",
        "mov",
        total,
        320,
        180,
        Fraction(25),
        "h264",
    )
    return Footage(
        clip=clip,
        frames=frames,
        shots=tuple(
            Shot(i, start, start + length, opening)
            for i, (start, length, opening) in enumerate(zip(starts, lengths, opened, strict=True))
        ),
        moments=(),
        curves=Curves(RATE, flat(motion), light, flat(0.3), flat(0.0), flat(pan)),
    )


class Progress:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[float] = []

    def __call__(self, done: float, /) -> None:
        self.told.append(done)

    def is_honest(self) -> bool:
        """Never falling, within 0 to 1, and whole at the end."""
        return (
            self.told == sorted(self.told) and self.told[0] >= 0 and round(self.told[-1], 6) == 1
            if self.told
            else False
        )
