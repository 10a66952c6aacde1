"""The example clip: cut together at run time from two photographs that scikit-learn installs.

No media is kept in the repository. The photographs are "China" by danielbuechele (CC BY 2.0) and
"Flower" by vultilion (CC BY 2.0), the files behind `sklearn.datasets.load_sample_images`.
"""

import importlib.metadata
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image as Pictures

from immersivaudio.values import Image

CREDIT = 'Photographs: "China" by danielbuechele, "Flower" by vultilion, both CC BY 2.0.'
WIDTH, HEIGHT, RATE = 960, 540, 30


@dataclass(frozen=True, slots=True)
class CameraView:
    """Where the camera looks: the middle and the width of what it sees, in shares of the photograph."""

    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Setup:
    """One shot: a photograph, a move over it, a length, a grade."""

    photo: str
    seconds: float
    start: CameraView
    end: CameraView
    grade: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Gains of red, green and blue."""


SHOTS = (
    Setup("china.jpg", 3.4, CameraView(0.40, 0.45, 0.95), CameraView(0.52, 0.48, 0.80)),
    Setup("china.jpg", 2.0, CameraView(0.30, 0.42, 0.40), CameraView(0.48, 0.42, 0.40)),
    Setup("flower.jpg", 2.2, CameraView(0.50, 0.50, 0.92), CameraView(0.50, 0.48, 0.62)),
    Setup("flower.jpg", 1.5, CameraView(0.36, 0.46, 0.34), CameraView(0.44, 0.50, 0.30)),
    Setup("china.jpg", 1.6, CameraView(0.76, 0.40, 0.42), CameraView(0.64, 0.44, 0.42), (1.12, 0.92, 0.72)),
    Setup("flower.jpg", 1.3, CameraView(0.60, 0.42, 0.40), CameraView(0.52, 0.42, 0.36), (0.95, 0.96, 1.10)),
    Setup("china.jpg", 3.4, CameraView(0.50, 0.47, 0.62), CameraView(0.50, 0.47, 0.97), (1.10, 0.95, 0.80)),
)


def make(out: Path) -> Path:
    """Cut the example clip (15.4 s, 960 x 540, 30 pictures a second, no sound) to `out`, and return it."""
    from moviepy import VideoClip, concatenate_videoclips

    photos = {name: _photograph(name) for name in {shot.photo for shot in SHOTS}}
    shots = [
        VideoClip(_camera(photos[shot.photo], shot), duration=shot.seconds).with_fps(RATE) for shot in SHOTS
    ]
    out.parent.mkdir(parents=True, exist_ok=True)
    concatenate_videoclips(shots, method="chain").write_videofile(
        str(out), fps=RATE, codec="libx264", preset="veryfast", audio=False, logger=None
    )
    return out


def _photograph(name: str) -> Image:
    """Read one of scikit-learn's photographs, without its import: that takes two seconds on a first run."""
    path = importlib.metadata.distribution("scikit-learn").locate_file(f"sklearn/datasets/images/{name}")
    with Pictures.open(str(path)) as picture:
        return np.asarray(picture.convert("RGB"))


def trial(out: Path) -> Path:
    """Write three test pictures with a tone (4.8 s, 320 x 180) to `out`: a film that no worker has seen."""
    from immersivaudio.media import ffmpeg

    pictures = ("testsrc2", "mandelbrot", "rgbtestsrc")
    size = ("-t", "1.6", "-f", "lavfi", "-i")
    sources = [part for name in pictures for part in (*size, f"{name}=s=320x180:r=25")]
    tone = ("-t", "4.8", "-f", "lavfi", "-i", "sine=f=220")
    joined = "[0:v]format=yuv420p[a];[1:v]format=yuv420p[b];[2:v]format=yuv420p[c];[a][b][c]concat=n=3[v]"
    made = ("-filter_complex", joined, "-map", "[v]", "-map", "3:a", "-c:v", "libx264", "-preset", "veryfast")
    # What was seen of a film is remembered by its bytes: a name of its own makes a worker look again.
    own = ("-c:a", "aac", "-metadata", f"comment={secrets.token_hex(8)}", "-f", "mp4", str(out))
    ffmpeg.run([*sources, *tone, *made, *own], timeout=60)
    return out


def _camera(photo: Image, shot: Setup) -> Callable[[float], Image]:
    """Return the picture at `time` seconds into the shot: an eased move, sampled between the pixels."""
    import cv2

    graded = np.clip(photo * np.array(shot.grade), 0, 255).astype(np.uint8)
    rows, columns = graded.shape[:2]

    def look(time: float) -> Image:
        ease = 0.5 - 0.5 * np.cos(np.pi * min(time / shot.seconds, 1.0))
        x, y, share = (
            a + (b - a) * ease
            for a, b in zip(
                (shot.start.x, shot.start.y, shot.start.width),
                (shot.end.x, shot.end.y, shot.end.width),
                strict=True,
            )
        )
        scale = share * columns / WIDTH
        window = np.array(
            [[scale, 0, x * columns - scale * WIDTH / 2], [0, scale, y * rows - scale * HEIGHT / 2]]
        )
        seen: Image = cv2.warpAffine(
            graded,
            window,
            (WIDTH, HEIGHT),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REFLECT_101,
        )  # type: ignore[assignment]  # uint8 in, uint8 out
        return seen

    return look
