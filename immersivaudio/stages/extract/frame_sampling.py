"""Which pictures are kept: a few from all over the clip, and at least one from every shot."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.extract.frame_difference import ComparableFrame, Comparer
from immersivaudio.values import Frame, Image, Seconds, Shot

LONGEST = 640
"""px, the longer side of a kept picture."""
ELSEWHERE = 0.45
"""Jump from which a picture may be of another shot."""
_SPARE_BYTES = 100 * 2**20
"""What pictures kept in reserve may take, compressed."""
_FRAME_BYTES = 150 * 2**20
"""What the returned pictures may take; with more of them, each is smaller."""
_SETTLE = 0.3
"""s after a jump until a shot is taken to have settled: past the blur and the decoder's worst picture."""
_GLANCE = 0.5
"""s between two looks for a slow change of place: a dissolve, a fade, a long pan."""
_QUALITY = (cv2.IMWRITE_JPEG_QUALITY, 92)


def wanted(duration: Seconds) -> int:
    """How many pictures are looked at: floor(10 log10 seconds), at least 2.

    The seed's rule. What later stages learn from another picture falls with the number they have, since
    neighbours look alike: ten times the length brings ten more pictures, not ten times as many. Two seconds
    give 3, ten 10, a minute 17, ten minutes 27. Shots come on top: each has at least one.
    """
    return max(2, math.floor(10 * math.log10(max(1.0, float(duration)))))


@dataclass(frozen=True, slots=True)
class _Spare:
    """A picture in reserve, in case the shot around it has no other; JPEG, a twentieth of the memory."""

    time: Seconds
    jpeg: NDArray[np.uint8]

    def image(self) -> Image:
        decoded = cv2.imdecode(self.jpeg, cv2.IMREAD_COLOR)
        return np.asarray(cv2.cvtColor(np.asarray(decoded), cv2.COLOR_BGR2RGB), np.uint8)


class Stills:
    """Decides, picture by picture, which to keep, before the shots are known for certain.

    Kept are the pictures of an even grid; in reserve, whatever may be the only picture of a shot.
    """

    def __init__(self, duration: Seconds) -> None:
        self._step = duration / wanted(duration)
        self._due = self._step / 2
        self._grid: list[tuple[Seconds, Image]] = []
        self._spares: list[_Spare] = []
        self._spare_bytes = 0
        self._compare = Comparer()
        self._last: ComparableFrame | None = None
        self._glanced = self._jumped = Seconds(-1)

    def wants(self, time: Seconds, look: ComparableFrame, *, jumped: bool) -> bool:
        """Whether the picture at `time` should be kept; `jumped` if it may open a shot.

        The opening picture is kept in case the shot is very short, another once it has settled, and any
        that shows another place than the one kept last.
        """
        due = time >= self._due or jumped or self._last is None
        if jumped:
            self._jumped = time
        elif self._jumped >= 0 and float(time - self._jumped) >= _SETTLE:
            self._jumped = Seconds(-1)
            due = True
        if not due and self._last is not None and float(time - self._glanced) >= _GLANCE:
            self._glanced = time
            due = self._compare(self._last, look, pan=False).jump >= ELSEWHERE
        if due:
            self._last = look
        return due

    def keep(self, time: Seconds, image: Image) -> None:
        """Keep a picture that was wanted."""
        if time >= self._due:
            self._grid.append((time, image))
            while self._due <= time:
                self._due += self._step
            return
        _, jpeg = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), _QUALITY)
        self._spares.append(_Spare(time, np.asarray(jpeg, np.uint8)))
        self._spare_bytes += jpeg.nbytes
        if self._spare_bytes > _SPARE_BYTES:
            self._spares = self._spares[::2]
            self._spare_bytes = sum(spare.jpeg.nbytes for spare in self._spares)

    def frames(self, shots: tuple[Shot, ...]) -> tuple[Frame, ...]:
        """Return the grid's pictures, and for a shot without any the one in reserve nearest to its middle.

        A shot of which nothing was kept (only in very long clips of very many shots) borrows the nearest.
        """
        chosen: list[tuple[Seconds, int, Image | _Spare]] = []
        for shot in shots:
            planned = [(t, shot.index, image) for t, image in self._grid if shot.start <= t < shot.end]
            chosen += planned or [self._spare(shot)]
        shrink = _share(len(chosen), self._grid[0][1] if self._grid else self._spares[0].image())
        return tuple(
            Frame(time, shot, _sealed(_shrunk(still.image() if isinstance(still, _Spare) else still, shrink)))
            for time, shot, still in chosen
        )

    def _spare(self, shot: Shot) -> tuple[Seconds, int, Image | _Spare]:
        middle = (shot.start + shot.end) / 2
        inside = [s for s in self._spares if shot.start <= s.time < shot.end]
        if inside or self._spares:
            spare = min(inside or self._spares, key=lambda s: abs(s.time - middle))
            return spare.time, shot.index, spare
        time, image = min(self._grid, key=lambda kept: abs(kept[0] - middle))
        return time, shot.index, image


def _share(count: int, image: Image) -> float:
    """By how much each side must shrink for `count` pictures to stay within bounds."""
    return min(1.0, math.sqrt(_FRAME_BYTES / (count * image.nbytes)))


def _shrunk(image: Image, scale: float) -> Image:
    if scale >= 1:
        return image
    height, width = (max(1, int(side * scale)) for side in image.shape[:2])
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _sealed(image: Image) -> Image:
    image.setflags(write=False)
    return image
