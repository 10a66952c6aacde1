"""Whole people: the HOG detector proposes, a body cascade or a face in the right place must agree.

Histograms of oriented gradients (Dalal and Triggs, 2005) alone see a person in every upright stripe.
"""

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.detect.boxes import Rect, iou
from immersivaudio.stages.detect.faces import cascade
from immersivaudio.stages.detect.sighting import Sighting
from immersivaudio.values import Image

Gray = NDArray[np.uint8]

_WINDOW = (64, 128)
"""px: the size the detector was trained at."""
_SIZE = 400
"""px: longer side of the picture that is searched; larger ones cost time and found fewer people."""
_BORDER = 16
"""px: its training windows have this much around the person, so people who touch the edge need it added."""
_PROPOSE, _NEEDS_BODY, _NEEDS_LEGS = -0.4, 0.3, 0.8
"""Distance to the separating plane: to be looked at; to be believed with a body, or only with legs."""
_PATCH_PX = 100
"""Height to which a proposal is brought before the second look."""
_SAME_BODY = 0.5


class PeopleFinder:
    """Holds its detectors, which are not to be shared between threads."""

    def __init__(self) -> None:
        self._hog = cv2.HOGDescriptor()
        self._hog.setSVMDetector(np.asarray(cv2.HOGDescriptor.getDefaultPeopleDetector()))
        self._body = cascade("fullbody")
        self._legs = cascade("lowerbody")

    def find(self, image: Image, flat: Gray, faces: list[Rect]) -> list[Sighting]:
        """Look for people in `image` (RGB) and its equalised luma, knowing which faces are sure."""
        factor = min(1.0, _SIZE / max(flat.shape))
        reduced = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        padded = cv2.copyMakeBorder(reduced, *(_BORDER,) * 4, cv2.BORDER_REPLICATE)
        if padded.shape[1] < _WINDOW[0] or padded.shape[0] < _WINDOW[1]:
            return []
        boxes, scores = self._hog.detectMultiScale(
            cv2.cvtColor(padded, cv2.COLOR_RGB2BGR),
            hitThreshold=_PROPOSE,
            winStride=(8, 8),
            scale=1.08,
            groupThreshold=1,
        )
        return [
            self._judge(_in_picture(box, factor), float(score), flat, faces)
            for box, score in zip(boxes, np.ravel(scores), strict=True)
        ]

    def _judge(self, window: Rect, score: float, flat: Gray, faces: list[Rect]) -> Sighting:
        person = Rect(
            window.x + 0.12 * window.w, window.y + 0.06 * window.h, 0.76 * window.w, 0.88 * window.h
        )
        sure = score > _PROPOSE / 2 and (
            any(_on_top(face, person) for face in faces)
            or (score >= _NEEDS_BODY and self._bodied(window, person, flat))
            or (score >= _NEEDS_LEGS and self._legged(window, flat))
        )
        return Sighting("person", person, round(1 / (1 + math.exp(-1 - score)), 2), sure)

    def _bodied(self, window: Rect, person: Rect, flat: Gray) -> bool:
        return any(iou(person, body) >= _SAME_BODY for body in _inside(self._body, window, flat))

    def _legged(self, window: Rect, flat: Gray) -> bool:
        return any(legs.centre[1] > window.centre[1] for legs in _inside(self._legs, window, flat))


def _in_picture(box: Sequence[int], factor: float) -> Rect:
    """A window of the reduced and padded picture, in px of the picture."""
    return Rect(*map(float, box)).moved(-_BORDER, -_BORDER).scaled(1 / factor)


def _inside(detector: cv2.CascadeClassifier, window: Rect, flat: Gray) -> list[Rect]:
    """What a cascade sees in one part of the picture, in px of the whole."""
    rows, columns = window.grown(0.1).window(flat.shape[1], flat.shape[0])
    patch = flat[rows, columns]
    factor = _PATCH_PX / window.h
    size = (max(1, round(patch.shape[1] * factor)), max(1, round(patch.shape[0] * factor)))
    near = cv2.resize(patch, size, interpolation=cv2.INTER_AREA)
    found = detector.detectMultiScale(near, 1.05, 1)
    return [Rect(*map(float, box)).scaled(1 / factor).moved(columns.start, rows.start) for box in found]


def _on_top(face: Rect, person: Rect) -> bool:
    """Whether a face sits where the head of `person` must be, and is of a fitting size."""
    x, y = face.centre
    across, down = (x - person.x) / person.w, (y - person.y) / person.h
    return 0.2 < across < 0.8 and 0.0 < down < 0.25 and 0.08 < face.h / person.h < 0.3
