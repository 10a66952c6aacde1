"""Object detection without a network: faces and people, or nothing.

OpenCV's other cascades (profile, upper body, cat face, number plate) were measured and left out: they were
wrong more often than right. A wrong label is worse than none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from immersivaudio.config import Settings
from immersivaudio.stages import Progress
from immersivaudio.stages.detect.faces import FaceFinder
from immersivaudio.stages.detect.people import PeopleFinder
from immersivaudio.stages.detect.sighting import Sighting, thin
from immersivaudio.values import Detection, Frame, Image

_SMALLEST = 24
"""px: shorter side of a picture in which something can be found."""
_LIKELY = {"face": 0.7, "person": 0.78}
"""Confidence from which another frame's word is enough."""


@dataclass(frozen=True, slots=True)
class ScannedFrame:
    """What one frame gave, at the size it was looked at."""

    width: int
    height: int
    sightings: tuple[Sighting, ...] = ()


class VisualDetector:
    """Labels "face" and "person", each confirmed by a second kind of evidence.

    An instance belongs to one thread. OpenCV's thread count is the process's business and is left alone.
    """

    name = "visual"

    def __init__(self, *, size: int = 480, reach: int = 3) -> None:
        """Look at pictures with a longer side of `size` px; let a sure sighting vouch for `reach` frames."""
        self._size = size
        self._reach = reach
        self._faces = FaceFinder()
        self._people = PeopleFinder()

    def detect(self, frames: Sequence[Frame], progress: Progress) -> tuple[Detection, ...]:
        """Find faces and people; in the order of the frames, the most certain first."""
        looks = []
        for done, frame in enumerate(frames, start=1):
            looks.append(self._look(frame.image))
            progress(done / len(frames))
        return tuple(
            Detection(
                one.label,
                one.confidence,
                one.rect.shares(look.width, look.height),
                index,
                "face" if one.label == "face" else "thing",
            )
            for index, look in enumerate(looks)
            for one in self.believed(frames, looks, index)
        )

    def close(self) -> None:
        """Nothing is held that Python does not give back."""

    def _look(self, image: Image) -> ScannedFrame:
        picture = _shrunk(image, self._size)
        height, width = picture.shape[:2]
        if min(height, width) < _SMALLEST:
            return ScannedFrame(width, height)
        gray = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
        flat = np.asarray(cv2.equalizeHist(gray), np.uint8)
        faces = self._faces.find(picture, gray, flat)
        people = self._people.find(picture, flat, [face.rect for face in faces if face.sure])
        return ScannedFrame(width, height, tuple(thin(faces + people)))

    def believed(self, frames: Sequence[Frame], looks: Sequence[ScannedFrame], index: int) -> list[Sighting]:
        """The sure sightings of a frame, and the likely ones that a sure one nearby vouches for."""
        near = range(max(0, index - self._reach), min(len(looks), index + self._reach + 1))
        vouching = [
            one
            for other in near
            if other != index and frames[other].shot == frames[index].shot
            for one in looks[other].sightings
            if one.sure
        ]
        kept = [
            one
            for one in looks[index].sightings
            if one.sure or any(_same_thing(one, witness) for witness in vouching)
        ]
        return sorted(kept, key=lambda one: (-one.confidence, one.label, one.rect))


def _same_thing(one: Sighting, witness: Sighting) -> bool:
    """Whether both are of one kind, of like size, and at most their own width apart."""
    (x, y), (other_x, other_y) = one.rect.centre, witness.rect.centre
    reach = max(one.rect.w, witness.rect.w)
    return (
        one.label == witness.label
        and one.confidence >= _LIKELY[one.label]
        and 0.6 < one.rect.w / witness.rect.w < 1.6
        and abs(x - other_x) < reach
        and abs(y - other_y) < reach
    )


def _shrunk(image: Image, size: int) -> Image:
    height, width = image.shape[:2]
    factor = min(1.0, size / max(height, width))
    shape = (max(1, round(width * factor)), max(1, round(height * factor)))
    return np.ascontiguousarray(cv2.resize(image, shape, interpolation=cv2.INTER_AREA))


def build(settings: Settings) -> VisualDetector:
    """Make the detector; it has no settings of its own."""
    del settings
    return VisualDetector()
