"""Large pictures brought down in whole steps, before libswscale sees them.

libswscale reads every pixel it is given, which for 1920x1080 to 160x90 takes a third of the time that
decoding takes. Two lines of every block are enough for its mean, and most of the time goes into reading.
"""

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from numpy.typing import NDArray

_WORTH = 5
"""Times smaller from which it gains anything."""
_LINES = 2
"""Lines of a block that its mean is taken of."""


def reduced(frame: VideoFrame, width: int, height: int) -> VideoFrame:
    """Return `frame` a whole number of times smaller, still at least twice `width` x `height` px.

    The format and what colours mean stay. Less than a block is cut off at the right and below. A frame that
    is not large enough, or not planar YUV, comes back as it is.
    """
    across, down = frame.width // width // 2, frame.height // height // 2
    if min(across, down) < _WORTH or not _planar(frame):
        return frame
    step = down // _LINES
    # Even, so that chroma has whole samples.
    size = (frame.width // across // 2 * 2, frame.height // (step * _LINES) // 2 * 2)
    small = VideoFrame(*size, frame.format.name)
    deep = frame.format.components[0].bits > 8
    for plane, target in zip(frame.planes, small.planes, strict=True):
        lines = samples(plane, deep=deep)[step // 2 :: step, : target.width * across][
            : target.height * _LINES
        ]
        means = cv2.resize(lines, (target.width, target.height), interpolation=cv2.INTER_AREA)
        samples(target, deep=deep)[: target.height, : target.width] = means
    small.colorspace, small.color_range = frame.colorspace, frame.color_range
    small.color_trc, small.color_primaries = frame.color_trc, frame.color_primaries
    return small


def _planar(frame: VideoFrame) -> bool:
    kind = frame.format
    return (
        kind.name.startswith("yuv") and kind.is_planar and len(frame.planes) == 3 and not kind.is_big_endian
    )


def samples(plane: VideoPlane, *, deep: bool) -> NDArray[np.uint8] | NDArray[np.uint16]:
    """Return the memory of a plane; shape (lines, samples), padding included. `deep`: of 16 bits each."""
    memory = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    if deep:
        return np.asarray(memory.view(np.uint16))
    return memory
