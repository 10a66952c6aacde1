"""A photo as a film: a slow move of an imagined camera, which starts and stops softly.

Each picture is one affine warp of the photo at sub-pixel precision. (ffmpeg's zoompan crops to whole pixels:
a slow move trembles.) The photo is first brought to the size at which the closest view shows it one to one,
so that nothing is magnified and nothing flickers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from immersivaudio.media import ffmpeg
from immersivaudio.values import Clip, Image

LONG, SHORT = 1920, 1080
"""px: no picture is larger."""
SMALLEST = 480
"""px of the shorter side: a smaller photo is enlarged, since a move over few pixels is not smooth."""
_WIDEST = 21 / 9
_TALLEST = 9 / 20
_ZOOM = 1.12
"""How much closer the near end of the move is."""
_LONGEST_PAN = 6
"""How many of the film's widths, or heights, of a panorama are shown."""
_CRF = 20


@dataclass(frozen=True, slots=True)
class Viewport:
    """A rectangle of the picture's shape in the photo: centre in shares of the photo, and zoom."""

    x: float
    y: float
    zoom: float
    """1: as much of the photo as the shape allows."""


@dataclass(frozen=True, slots=True)
class Move:
    """From one view to another."""

    start: Viewport
    end: Viewport

    def at(self, share: float) -> Viewport:
        """Return the view after `share` (0 to 1) of the time; eased at both ends (smoothstep)."""
        eased = share * share * (3 - 2 * share)
        a, b = self.start, self.end
        # Zoom in equal ratios, else the far end seems to rush.
        return Viewport(
            a.x + (b.x - a.x) * eased, a.y + (b.y - a.y) * eased, a.zoom * (b.zoom / a.zoom) ** eased
        )


def size(width: int, height: int) -> tuple[int, int]:
    """Return the film's size for a photo's: even, at most 1080p (upright: 1080 wide), no wider than 21:9."""
    aspect = min(max(width / height, _TALLEST), _WIDEST)
    w, h = (width, width / aspect) if width / height < aspect else (height * aspect, height)
    longest, shortest = (LONG, SHORT) if aspect >= 1 else (SHORT, LONG)
    scale = min(longest / w, shortest / h, max(1.0, SMALLEST / min(w, h)))
    return max(2, round(w * scale / 2) * 2), max(2, round(h * scale / 2) * 2)


def plan(photo: tuple[int, int], film: tuple[int, int], seed: int) -> Move:
    """Choose the move by the seed: in or out, towards a third of the picture; a panorama is panned along."""
    chance = np.random.default_rng(seed)
    towards = Viewport(float(chance.uniform(0.4, 0.6)), float(chance.uniform(0.4, 0.6)), _ZOOM)
    whole = Viewport(0.5, 0.5, 1.0)
    (width, height), (w, h) = photo, film
    along = width / height / (w / h)
    if along > 1.02:
        half = 0.5 / along
        whole, towards = Viewport(half, 0.5, 1.0), Viewport(1 - half, 0.5, 1.02)
    elif along < 1 / 1.02:
        half = 0.5 * along
        whole, towards = Viewport(0.5, half, 1.0), Viewport(0.5, 1 - half, 1.02)
    return Move(whole, towards) if chance.random() < 0.5 else Move(towards, whole)


def render(
    photo: Image, clip: Clip, out: Path, seed: int, told: Callable[[float], None], *, back: bool = False
) -> None:
    """Write `out` (MP4, no sound): the photo (upright, RGB) moved over for the clip's duration.

    `back`: the camera returns to where it began, for a loop. `told` hears the share done, 0 to 1. Raises
    `StageFailedError`.
    """
    film = size(photo.shape[1], photo.shape[0])
    count = max(1, round(clip.duration * clip.frame_rate))
    source = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{film[0]}x{film[1]}"]
    source += ["-r", str(clip.frame_rate), "-i", "pipe:0"]
    colours = "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"
    target = ["-vf", colours, "-c:v", "libx264"]
    target += ["-preset", "veryfast", "-crf", str(_CRF), "-color_primaries", "bt709", "-color_trc", "bt709"]
    target += ["-colorspace", "bt709", "-color_range", "tv", "-f", "mp4", f"file:{out}"]
    ffmpeg.run(
        [*source, *target],
        timeout=120 + count,
        told=lambda time: told(time / float(clip.duration)),
        feed=pictures(photo, film, count, seed, back=back),
    )


def pictures(
    photo: Image, film: tuple[int, int], count: int, seed: int, *, back: bool = False
) -> Iterator[bytes]:
    """Yield the pictures as raw bytes: planes of luma and, at half the size, of the two colours (4:2:0).

    `back`: the picture after the last one would be the first one again.
    """
    width, height = film
    photo = _middle(photo, width / height)
    cover = max(width / photo.shape[1], height / photo.shape[0]) * _ZOOM
    ground = cv2.resize(photo, None, fx=cover, fy=cover, interpolation=_shrink(cover))
    luma, *colours = _planes(np.asarray(ground, np.uint8))
    move = plan((photo.shape[1], photo.shape[0]), film, seed)
    half = (width // 2, height // 2)
    for place in range(count):
        share = 1 - abs(1 - 2 * place / count) if back else place / max(1, count - 1)
        matrix = _matrix(move.at(share), ground.shape[1], ground.shape[0], film)
        # A pixel of colour sits beside the left ones of its four pixels, half-way down (H.264's default).
        beside = matrix @ np.array([[2, 0, 0], [0, 2, 0.5], [0, 0, 1]])
        yield _warped(luma, matrix, film).tobytes()
        for colour in colours:
            yield _warped(colour, beside, half).tobytes()


def _middle(photo: Image, aspect: float) -> Image:
    """Cut the middle out of a strip: magnified as a whole, 3000 x 2 px would fill gigabytes."""
    height, width = photo.shape[:2]
    wide, tall = max(1, round(height * aspect * _LONGEST_PAN)), max(1, round(width / aspect * _LONGEST_PAN))
    left, top = max(0, (width - wide) // 2), max(0, (height - tall) // 2)
    return photo[top : top + tall, left : left + wide]


def _planes(image: Image) -> tuple[Image, Image, Image]:
    """Y, Cb and Cr, each of shape (h, w), of RGB; BT.709, limited range.

    Done once for the photo instead of for each picture. The colours are softened, since every second one of
    their rows and columns is left out.
    """
    red, green, blue = (image[..., i].astype(np.float32) / 255 for i in range(3))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    cb, cr = (
        np.rint(cv2.blur(128 + 224 * colour, (3, 3), borderType=cv2.BORDER_REPLICATE)).astype(np.uint8)
        for colour in ((blue - luma) / 1.8556, (red - luma) / 1.5748)
    )
    return np.rint(16 + 219 * luma).astype(np.uint8), cb, cr


def _warped(plane: Image, matrix: NDArray[np.float64], size: tuple[int, int]) -> Image:
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(plane, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _matrix(view: Viewport, width: int, height: int, film: tuple[int, int]) -> NDArray[np.float64]:
    """From a pixel of the film to one of the photo; the view is kept inside the photo."""
    scale = min(width / film[0], height / film[1]) / view.zoom
    half_w, half_h = film[0] * scale / 2, film[1] * scale / 2
    x = min(max(view.x * width, half_w), width - half_w)
    y = min(max(view.y * height, half_h), height - half_h)
    # Pixel centres are at whole numbers for OpenCV.
    return np.array([[scale, 0, x - half_w + scale / 2 - 0.5], [0, scale, y - half_h + scale / 2 - 0.5]])


def _shrink(scale: float) -> int:
    return cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
