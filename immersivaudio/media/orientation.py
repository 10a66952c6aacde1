"""How a coded picture is turned and mirrored to be shown: the display matrix of a track."""

import struct
from dataclasses import dataclass
from typing import cast

import numpy as np
from av.sidedata.sidedata import SideDataContainer, Type
from av.video.frame import VideoFrame

from immersivaudio.values import Image


@dataclass(frozen=True, slots=True)
class Upright:
    """A quarter-turn symmetry of the picture."""

    rotation: int = 0
    """Degrees clockwise: 0, 90, 180 or 270."""
    mirrored: bool = False
    """Flipped left to right, before it is turned."""

    @property
    def swaps(self) -> bool:
        """Whether width and height change places."""
        return self.rotation in {90, 270}

    def apply(self, image: Image) -> Image:
        """Return the picture as shown; shape (h, w, 3) or (w, h, 3)."""
        flipped = image[:, ::-1] if self.mirrored else image
        return np.ascontiguousarray(np.rot90(flipped, -self.rotation // 90))


def of_frame(frame: VideoFrame) -> Upright:
    """Read the display matrix of a decoded frame.

    ISO/IEC 14496-12: (a, b, c, d) in 16.16 fixed point map a coded point (x, y) to (ax + cy, bx + dy),
    y downwards; a negative determinant mirrors. Angles between quarter turns go to the nearest.
    """
    try:
        side_data = cast("SideDataContainer", frame.side_data)
    except ValueError:
        # A kind of side data that PyAV does not know (spatial video, EXIF in a Motion JPEG) hides the others;
        # the angle it still tells, counter-clockwise.
        return Upright(round(-frame.rotation / 90) % 4 * 90)
    if Type.DISPLAYMATRIX not in side_data:
        return Upright()
    a, b, _, c, d, *_ = struct.unpack("=9i", bytes(side_data[Type.DISPLAYMATRIX])[:36])
    mirrored = a * d - b * c < 0
    if mirrored:
        a, b = -a, -b
    turns = round(float(np.arctan2(b, a)) / (np.pi / 2))
    return Upright(turns % 4 * 90, mirrored)
