"""Draw the page's examples: three little films and three pictures, with the README's own landscapes.

python docs/examples.py
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from picture import RATE, Picture, dawn, dusk, road, sea, sky, town
from PIL import Image as Pictures

FOLDER = Path(__file__).parents[1] / "bot" / "web" / "static" / "examples"
Scene = Callable[[float], Picture]
FILMS: dict[str, tuple[tuple[Scene, float], ...]] = {
    "day": ((dawn, 4.0), (sea, 3.0), (road, 2.0), (dusk, 4.0)),
    "drive": ((town, 2.5), (road, 1.5), (town, 1.0), (road, 1.0), (town, 1.0), (road, 1.5), (town, 2.5)),
    "sea": ((sea, 4.5), (dawn, 2.5), (sea, 4.0)),
}
POSTERS: dict[str, Scene] = {"day": road, "drive": town, "sea": sea}
"""What stands for a film: what stands for nothing else."""


def noon(t: float) -> Picture:
    """The town from another street, by day."""
    night = town(t + 31)
    walls, windows = (night == (16, 18, 36)).all(axis=2), night[..., 0] > 200
    day = np.where(walls[..., np.newaxis], (214, 190, 160), sky((120, 180, 230), (226, 238, 246)))
    return np.where(windows[..., np.newaxis], (96, 132, 160), day)


PICTURES: dict[str, Scene] = {"dawn": dawn, "town": noon, "moon": dusk}


def pixels(picture: Picture) -> NDArray[np.uint8]:
    """As files hold it."""
    return np.clip(picture, 0, 255).astype(np.uint8)


def film(name: str, shots: tuple[tuple[Scene, float], ...]) -> None:
    """Write a film."""
    from moviepy import VideoClip, concatenate_videoclips

    clips = [VideoClip(lambda t, draw=draw: pixels(draw(t)), duration=seconds) for draw, seconds in shots]
    concatenate_videoclips(clips).write_videofile(
        str(FOLDER / f"{name}.mp4"), fps=RATE, audio=False, logger=None, preset="veryslow",
        ffmpeg_params=["-crf", "31", "-pix_fmt", "yuv420p", "-movflags", "+faststart"],
    )  # fmt: skip


def poster(name: str, draw: Scene) -> None:
    """A picture as large as the film: it stands in the player until somebody presses play."""
    still = Pictures.fromarray(pixels(draw(1.0)))
    still.save(FOLDER / f"{name}.webp", quality=70)


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, shots in FILMS.items():
        film(name, shots)
        poster(name, POSTERS[name])
    for name, draw in PICTURES.items():
        Pictures.fromarray(pixels(draw(1.0))).save(FOLDER / f"{name}.jpg", quality=85)
        poster(name, draw)


if __name__ == "__main__":
    main()
