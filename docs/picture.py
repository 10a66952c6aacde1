"""Draw the little film of the README's picture, score it, and draw its cue sheet.

python docs/picture.py
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT, RATE = 640, 360, 24
Picture = NDArray[np.float64]
Y, X = np.mgrid[0:HEIGHT, 0:WIDTH] / np.array([HEIGHT, HEIGHT]).reshape(2, 1, 1)


def sky(top: tuple[int, int, int], bottom: tuple[int, int, int]) -> Picture:
    """A gradient."""
    return np.array(top) + (np.array(bottom) - np.array(top)) * np.clip(Y * 1.3, 0, 1)[..., np.newaxis]


def disc(picture: Picture, x: float, y: float, size: float, colour: tuple[int, int, int]) -> Picture:
    """A sun or a moon, with its glow."""
    far = np.hypot(X - x, Y - y)[..., np.newaxis]
    glow = np.exp(-((far / (size * 3)) ** 2)) * 0.6
    return np.where(far < size, np.array(colour), picture * (1 - glow) + np.array(colour) * glow)


def hills(picture: Picture, shift: float, layers: tuple[tuple[int, int, int], ...]) -> Picture:
    """Ridges, each nearer one lower and faster."""
    for depth, colour in enumerate(layers):
        walk = X * (1.5 + depth) + shift * (0.3 + depth * 0.7) + depth * 9
        ridge = 0.55 + depth * 0.12 + 0.06 * np.sin(walk * 1.7) + 0.035 * np.sin(walk * 4.1 + depth)
        picture = np.where((ridge < Y)[..., np.newaxis], np.array(colour), picture)
    return picture


def dawn(t: float) -> Picture:
    """The sun comes up behind hills."""
    sun = disc(sky((60, 90, 160), (255, 180, 120)), 0.9, 0.62 - 0.05 * t, 0.07, (255, 230, 170))
    return hills(sun, 0.2 * t, ((110, 90, 120), (70, 70, 95), (35, 50, 60)))


def sea(t: float) -> Picture:
    """Glints on water."""
    picture = sky((120, 180, 230), (200, 230, 245))
    glint = 25 * np.sin(X * 60 + t * 5 + 9 * np.sin(Y * 50)) * np.sin(Y * 170 - t * 4)
    water = np.array((30, 105, 150)) + (glint + 60 * (Y - 0.5))[..., np.newaxis]
    return np.where((Y > 0.5)[..., np.newaxis], water, picture)


def road(t: float) -> Picture:
    """Fast over the plain."""
    return hills(disc(sky((250, 150, 90), (255, 220, 150)), 1.2, 0.4, 0.09, (255, 250, 210)), 7 * t,
                 ((200, 130, 90), (150, 90, 70), (90, 60, 60)))  # fmt: skip


def town(t: float) -> Picture:
    """Windows at night; the view drifts."""
    picture = sky((8, 10, 30), (30, 26, 60))
    column = np.floor((X + 0.08 * t) * 14)
    roof = 0.75 - 0.35 * np.abs(np.sin(column * 12.9898)) * (np.sin(column * 7.7) > -0.6)
    lit = (np.sin(column * 78.2 + np.floor(Y * 40) * 37.7 + np.floor(X * 56 + 4.5 * t / 14) * 11) > 0.55) & (
        Y * 40 % 1 > 0.4
    )
    walls = np.where(lit[..., np.newaxis], np.array((250, 210, 120)), np.array((16, 18, 36)))
    return np.where((roof < Y)[..., np.newaxis], walls, picture)


def dusk(t: float) -> Picture:
    """The moon over the same hills."""
    moon = disc(sky((16, 20, 60), (90, 70, 120)), 0.7 + 0.02 * t, 0.25, 0.05, (235, 235, 255))
    return hills(moon, 0.15 * t, ((60, 50, 90), (36, 34, 66), (16, 18, 40)))


SHOTS: tuple[tuple[Callable[[float], Picture], float], ...] = (
    (dawn, 5.0), (sea, 4.0), (road, 2.5), (town, 2.0), (road, 2.0), (town, 3.5), (dusk, 5.0)
)  # fmt: skip


def film(path: Path) -> None:
    """Write the little film."""
    from moviepy import VideoClip, concatenate_videoclips

    def seen(draw: Callable[[float], Picture]) -> Callable[[float], NDArray[np.uint8]]:
        return lambda t: np.clip(draw(t), 0, 255).astype(np.uint8)

    shots = [VideoClip(seen(draw), duration=seconds) for draw, seconds in SHOTS]
    concatenate_videoclips(shots).write_videofile(str(path), fps=RATE, audio=False, logger=None)


def main() -> None:
    """Draw the film, score it, keep the picture."""
    target = Path(__file__).parent / "images" / "cue-sheet.png"
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "film.mp4"
        film(clip)
        command = [sys.executable, "-m", "immersivaudio", "score", str(clip), "--plot", str(target)]
        subprocess.run([*command, "-o", str(Path(folder) / "out.mp4"), *sys.argv[1:]], check=True)


if __name__ == "__main__":
    main()
