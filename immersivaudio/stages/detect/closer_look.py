"""A closer look: the classifier is asked again, of what the detector found, cut out of the picture.

Of a whole picture it says what fills most of it, which is a second witness for few things. Of a cut-out it
answers about the very thing. It costs one more run of the classifier, so only what is in doubt is cut out:
the surest sighting of a kind in each shot, and a few in a clip.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.detect.labels import ANIMAL_ROWS, ANIMALS, FOOD, VOUCHING
from immersivaudio.values import Box, Detection, Image

Array = NDArray[np.float32]
Closer = Mapping[str, Sequence[Array]]
"""Label -> the class probabilities (1000,) of each sighting that was cut out."""

_LONE = ("umbrella", "vase", "clock", "tie", "teddy bear")
CLOSELY = frozenset({"person", *ANIMALS & VOUCHING.keys(), *FOOD, *_LONE})
"""What gains by it. Of boats the classifier sees the dock, of balls a blur, of beds the quilt."""
_LEAST, _LEAST_PERSON = 0.5, 0.35
"""Confidence from which a sighting is worth a look: cut-outs are like many things, and save nothing less."""
_LARGE_ENOUGH, _LARGE_PERSON = 0.002, 0.02
"""Share of the picture under which a cut-out is a blur; people are rarely mistaken."""
_UNDOUBTED, _UNDOUBTED_SHARE = 0.5, 0.8
"""What the whole picture gives to an animal, and its share of all animals, that need no second look."""
_MARGIN = 1.15
_PEOPLE_STILL, _PEOPLE_SHOT = 3, 1
"""People looked at in a picture alone, and in a shot."""
_KINDS, _ALL = 3, 8
"""Kinds looked at in a shot, and cut-outs in a clip."""

Sightings = Sequence[tuple[Image, Sequence[Detection], Array]]
"""Of each frame of one shot: picture, candidates, class probabilities of the whole picture."""


def closer(shots: Iterable[Sightings], classify: Callable[[Image], Array], *, still: bool) -> list[Closer]:
    """Look at what is in doubt, shot by shot; `classify` gives (1000,) for a picture."""
    left = _ALL
    found: list[Closer] = []
    for shot in shots:
        seen: dict[str, list[Array]] = {}
        for image, one in _doubted(shot, still=still)[:left]:
            seen.setdefault(one.label, []).append(classify(cut_out(image, one.box)))
            left -= 1
        found.append(seen)
    return found


def cut_out(image: Image, box: Box) -> Image:
    """Return the square around `box`, as far as the picture goes."""
    height, width = image.shape[:2]
    half = _MARGIN / 2 * max((box.right - box.left) * width, (box.bottom - box.top) * height)
    x, y = (box.left + box.right) / 2 * width, (box.top + box.bottom) / 2 * height
    left, right = max(0, int(x - half)), min(width, int(np.ceil(x + half)))
    top, bottom = max(0, int(y - half)), min(height, int(np.ceil(y + half)))
    return np.ascontiguousarray(image[top:bottom, left:right])


def _doubted(shot: Sightings, *, still: bool) -> list[tuple[Image, Detection]]:
    """The surest sightings of what is in doubt: kinds by their certainty, people last."""
    best: dict[str, list[tuple[Image, Detection, Array]]] = {}
    for image, candidates, classes in shot:
        for one in candidates:
            if one.label in CLOSELY and _worth_it(one):
                best.setdefault(one.label, []).append((image, one, classes))
    looked: list[tuple[Image, Detection]] = []
    people = best.pop("person", [])
    groups = sorted(best.values(), key=lambda group: -max(one.confidence for _, one, _ in group))
    for group in groups[:_KINDS]:
        image, one, classes = max(group, key=lambda each: each[1].confidence)
        if not _undoubted(one.label, classes):
            looked.append((image, one))
    people.sort(key=lambda each: -each[1].confidence)
    return looked + [(image, one) for image, one, _ in people[: _PEOPLE_STILL if still else _PEOPLE_SHOT]]


def _worth_it(one: Detection) -> bool:
    if one.label == "person":
        return one.confidence >= _LEAST_PERSON and one.box.area >= _LARGE_PERSON
    return one.confidence >= _LEAST and one.box.area >= _LARGE_ENOUGH


def _undoubted(label: str, classes: Array) -> bool:
    if label not in ANIMALS:
        return False
    own = float(classes[list(VOUCHING[label])].sum())
    return own >= _UNDOUBTED and own >= _UNDOUBTED_SHARE * float(classes[list(ANIMAL_ROWS)].sum())


def square(image: Image, size: int) -> Image:
    """Return the picture as the networks take it: `size` by `size`, whatever its shape."""
    shrinks = max(image.shape[:2]) > size
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, (size, size), interpolation=how), np.uint8)
