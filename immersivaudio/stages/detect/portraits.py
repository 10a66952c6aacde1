"""Faces, looked for only on people who are large enough to show one.

The cascades of `faces` are slow over a whole picture, and find false faces where there are no people.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from immersivaudio.stages.detect.faces import FaceFinder
from immersivaudio.values import Box, Detection, Image

_SIZE = 480
"""px: longer side at which faces are looked for."""
_TALL, _HEAD = 0.25, 0.55
"""Height of a person, share of the picture's, from which a face is looked for; and how far down it may be."""
_MOST = 3
"""People looked at a frame, the tallest first."""
_LIKELY = 0.74
"""Confidence that is enough inside a detected person."""
_SMALLEST = 24


class PortraitFinder:
    """Holds its cascades, which are not to be shared between threads."""

    def __init__(self) -> None:
        self._faces = FaceFinder()

    def find(self, image: Image, seen: Sequence[Detection]) -> list[Detection]:
        """Return the faces of the people among what was `seen` in `image`."""
        people = [one for one in seen if one.label == "person" and _height(one.box) >= _TALL]
        people = sorted(people, key=lambda one: (-_height(one.box), one.box.left))[:_MOST]
        if not people:
            return []
        factor = min(1.0, _SIZE / max(image.shape[:2]))
        small = np.asarray(
            cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8
        )
        found: list[Detection] = []
        for person in people:
            face = self._on(small, person)
            if face and not any(_centre_inside(face.box, other.box) for other in found):
                found.append(face)
        return found

    def _on(self, image: Image, person: Detection) -> Detection | None:
        height, width = image.shape[:2]
        box = person.box
        top, bottom = int(box.top * height), int((box.top + _HEAD * _height(box)) * height)
        left, right = int(box.left * width), int(np.ceil(box.right * width))
        part = np.ascontiguousarray(image[top:bottom, left:right])
        if min(part.shape[:2]) < _SMALLEST:
            return None
        gray = np.asarray(cv2.cvtColor(part, cv2.COLOR_RGB2GRAY), np.uint8)
        flat = np.asarray(cv2.equalizeHist(gray), np.uint8)
        faces = [one for one in self._faces.find(part, gray, flat) if one.sure or one.confidence >= _LIKELY]
        if not faces:
            return None
        best = max(faces, key=lambda one: (one.confidence, one.rect.area))
        placed = best.rect.moved(left, top).shares(width, height)
        return Detection("face", best.confidence, placed, person.frame, "face")


def _height(box: Box) -> float:
    return box.bottom - box.top


def _centre_inside(inner: Box, outer: Box) -> bool:
    x, y = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= x <= outer.right and outer.top <= y <= outer.bottom
