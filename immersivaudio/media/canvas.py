"""Pictures of any clip on the canvas of a film made of several: its size, its rate, its colours.

A clip of nearly the canvas's shape fills it; another one stands in its middle, over itself,
enlarged and blurred.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from immersivaudio.config import Settings
from immersivaudio.media import decode
from immersivaudio.media.downscale import samples
from immersivaudio.values import Clip

Plane = NDArray[np.uint8]

LONG, SHORT = 1280, 720
"""px: no film of several parts is larger. What is sent in albums is no larger either."""
_ALIKE = 1.15
"""Ratio of shapes up to which the canvas is filled, and at most an eighth of a picture is cut off."""
_PLANES = ((1, 16), (2, 128), (2, 128))
"""Of luma and the two colours: pixels for a sample each way, and the value of black."""
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
    layout = _Layout(clip, film)
    shown, raw, place = b"", None, 0
    for picture in decode.pictures(clip, settings, longest=max(layout.inside)):
        due = min(count, int(np.ceil(float(picture.time * rate) - 1e-6)))
        if due > place and raw is not None:
            shown = layout(raw)
        while place < due:
            yield shown
            place += 1
        if place >= count:
            return
        raw = picture
    if raw is not None:
        shown = layout(raw)
    for _ in range(place, count):
        yield shown


class _Layout:
    """Puts pictures of a clip on the canvas, plane by plane: they are coded as they come, and stay so."""

    def __init__(self, clip: Clip, film: tuple[int, int]) -> None:
        self._film = film
        fit, fill = (choose(film[0] / clip.width, film[1] / clip.height) for choose in (min, max))
        scale = fill if fill / fit <= _ALIKE else fit
        self.inside = _even(clip.width * scale), _even(clip.height * scale)
        """Width and height of the clip in the film, px, before what is too much is cut off."""
        self._scaler = decode.FrameScaler(clip, max(self.inside))
        self._reformatter = VideoReformatter()

    def __call__(self, picture: decode.Picture) -> bytes:
        """Return Y, Cb and Cr (4:2:0, BT.709, limited range)."""
        frame, turned = self._scaler.sdr(picture)
        width, height = self.inside[::-1] if turned.swaps else self.inside
        shrinks = width * height < frame.width * frame.height
        coded = self._reformatter.reformat(
            frame,
            width,
            height,
            "yuv420p",
            src_colorspace=decode.colorspace(frame),
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.BILINEAR if shrinks else Interpolation.BICUBIC,
            threads=1,
        )
        return b"".join(
            self._laid(turned.apply(plane), *around)
            for plane, around in zip(_planes(coded), _PLANES, strict=True)
        )

    def _laid(self, plane: Plane, share: int, black: int) -> bytes:
        """Lay a plane of one sample for `share` px each way over itself, enlarged, blurred and dimmed."""
        width, height = (side // share for side in self._film)
        down, right = (
            _half(have - want, share) for have, want in zip(plane.shape, (height, width), strict=True)
        )
        inside = plane[max(0, down) :, max(0, right) :][:height, :width]
        if inside.shape == (height, width):
            return inside.tobytes()
        small = cv2.resize(
            plane,
            (_BLUR // share, max(1, round(_BLUR * height / width / share))),
            interpolation=cv2.INTER_AREA,
        )
        dim = black + (small.astype(np.float32) - black) * _DIM
        ground = cv2.resize(dim.clip(0, 255).astype(np.uint8), (width, height), interpolation=cv2.INTER_CUBIC)
        ground[max(0, -down) :, max(0, -right) :][: inside.shape[0], : inside.shape[1]] = inside
        return ground.tobytes()


def _planes(frame: VideoFrame) -> Iterator[Plane]:
    """The samples of each plane, without the padding."""
    for plane in frame.planes:
        yield np.asarray(samples(plane, deep=False)[: plane.height, : plane.width], np.uint8)


def _half(room: int, share: int) -> int:
    """Half of the room beside a plane of one sample for `share` px, samples: as many px for every plane."""
    return room * share // 4 * 2 // share


def _even(side: float) -> int:
    """Return an even number of px: of colours every second row and column is kept."""
    return max(2, 2 * round(side / 2))
