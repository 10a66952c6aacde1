"""Pictures of any clip on the canvas of a film made of several: its size, its rate, its colours.

A clip of nearly the canvas's shape fills it; another one stands in its middle, over itself,
enlarged and blurred.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace

from immersivaudio.config import Settings
from immersivaudio.media import decode
from immersivaudio.values import Clip, Image

LONG, SHORT = 1280, 720
"""px: no film of several parts is larger. What is sent in albums is no larger either."""
_ALIKE = 1.15
"""Ratio of shapes up to which the canvas is filled, and at most an eighth of a picture is cut off."""
_BLUR, _DIM = 24, 0.6
"""Width of the ground's picture before it is blurred by being enlarged, px; and its brightness."""


def size(clips: Sequence[Clip]) -> tuple[int, int]:
    """Return the film's size: upright or square where most parts are, at most 720p."""
    shape = float(np.median([clip.width / clip.height for clip in clips]))
    if shape > _ALIKE:
        return LONG, SHORT
    return (SHORT, LONG) if shape < 1 / _ALIKE else (SHORT, SHORT)


def pictures(clip: Clip, film: tuple[int, int], rate: int, count: int, settings: Settings) -> Iterator[bytes]:
    """Yield `count` pictures of a video as raw bytes (4:2:0), `rate` a second; the last one is held."""
    scaler = decode.FrameScaler(clip, _longest(clip, film))
    shown, raw, place = b"", None, 0
    for picture in decode.pictures(clip, settings, longest=_longest(clip, film)):
        due = min(count, int(np.ceil(float(picture.time * rate) - 1e-6)))
        if due > place and raw is not None:
            shown = _planes(_laid(scaler(raw), film))
        while place < due:
            yield shown
            place += 1
        if place >= count:
            return
        raw = picture
    if raw is not None:
        shown = _planes(_laid(scaler(raw), film))
    for _ in range(place, count):
        yield shown


def _longest(clip: Clip, film: tuple[int, int]) -> int:
    """Return the longer side to which a picture is scaled to stand in the film, or to fill it."""
    fit, fill = (choose(film[0] / clip.width, film[1] / clip.height) for choose in (min, max))
    scale = fill if fill / fit <= _ALIKE else fit
    return max(2, round(max(clip.width, clip.height) * min(1.0, scale)))


def _laid(image: Image, film: tuple[int, int]) -> Image:
    width, height = film
    fit, fill = (choose(width / image.shape[1], height / image.shape[0]) for choose in (min, max))
    if fill / fit <= _ALIKE:
        return _middle(_resized(image, fill), film)
    small = cv2.resize(image, (_BLUR, max(1, round(_BLUR * height / width))), interpolation=cv2.INTER_AREA)
    ground = cv2.resize(small, film, interpolation=cv2.INTER_CUBIC)
    laid = np.asarray(ground * np.float32(_DIM), np.uint8)
    inside = _middle(_resized(image, fit), film)
    top, left = (height - inside.shape[0]) // 2, (width - inside.shape[1]) // 2
    laid[top : top + inside.shape[0], left : left + inside.shape[1]] = inside
    return laid


def _resized(image: Image, scale: float) -> Image:
    wanted = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    if wanted == (image.shape[1], image.shape[0]):
        return image
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, wanted, interpolation=how), np.uint8)


def _middle(image: Image, film: tuple[int, int]) -> Image:
    top, left = max(0, image.shape[0] - film[1]) // 2, max(0, image.shape[1] - film[0]) // 2
    return image[top : top + film[1], left : left + film[0]]


def _planes(image: Image) -> bytes:
    """Y, Cb and Cr as bytes (4:2:0, BT.709, limited range)."""
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgb24")
    coded = frame.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709)
    return coded.to_ndarray().tobytes()
