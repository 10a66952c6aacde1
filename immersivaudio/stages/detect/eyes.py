"""Object detection by two networks that come with the install: SSD finds things, a classifier confirms them.

One network alone calls trees bears and a gorilla a dog. So a thing is believed if the detector is sure enough
for what the second witness, trained on other pictures for another task, says of the same picture; and in a
clip, if it is seen twice or very surely. `benchmarks/detection.py` measures what comes out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from immersivaudio.config import Settings
from immersivaudio.errors import BackendUnavailableError
from immersivaudio.models import packaged
from immersivaudio.stages import Progress
from immersivaudio.stages.detect import scene_words
from immersivaudio.stages.detect.agreement import agreed, close_by, named, whole
from immersivaudio.stages.detect.closer_look import Closer, closer, square
from immersivaudio.stages.detect.labels import (
    ANIMAL,
    ANIMAL_ROWS,
    ANIMALS,
    CLASSES,
    COCO,
    OTHER_ANIMALS,
    SURE_ENOUGH,
)
from immersivaudio.stages.detect.networks import frozen_graph, lite3, ssd, tflite
from immersivaudio.stages.detect.portraits import PortraitFinder
from immersivaudio.values import Box, Detection, Frame, Image

_LEAST = 0.12
"""Probability under which a candidate is not looked at, whatever the witness says."""
_ALONE_SURE = 0.75
"""Confidence from which a thing seen in one frame of a clip alone is believed."""
_CLASS_SURE = 0.7
_ANIMAL_SURE = 0.8
"""What the classes of animals must have together where none has enough to be named."""
_BEASTS = frozenset({ANIMAL, *ANIMALS, *OTHER_ANIMALS})
_SMALLEST = 16
"""px: shorter side of a picture in which something can be found."""
_WHOLE = Box(0.0, 0.0, 1.0, 1.0)
_NUMBERS = np.array(sorted(COCO), dtype=np.int64)
_NAMES = tuple(COCO[int(number)] for number in _NUMBERS)


@dataclass(frozen=True, slots=True)
class Look:
    """What the networks saw in one frame."""

    found: tuple[Detection, ...]
    features: NDArray[np.float32] = field(compare=False, repr=False)
    classes: NDArray[np.float32] = field(compare=False, repr=False)
    names: Mapping[str, float] = field(default_factory=dict)
    """Animals without a box that a cut-out shows -> how sure."""


class EyesDetector:
    """Things in boxes, faces of people, scene words and telling classes.

    The networks are loaded at the first frame, and kept. An instance belongs to one thread.
    """

    name = "eyes"

    def __init__(self, settings: Settings) -> None:
        """Take the weights from where the settings and `models.packaged` say."""
        self._settings = settings
        self._networks: tuple[ssd.Ssd, lite3.Lite3] | None = None
        self._portraits = PortraitFinder()

    def detect(self, frames: Sequence[Frame], progress: Progress) -> tuple[Detection, ...]:
        """Look at the frames: in their order; things first, the most certain of each kind first.

        Raises `BackendUnavailableError` without the weights.
        """
        glances = []
        for index, frame in enumerate(frames):
            glances.append(self._glance(frame.image, index))
            progress((index + 1) / len(frames))
        looks = self._believed(frames, glances)
        kept = [*_twice(looks), *_twice_named(looks), *_scene_words(frames, looks)]
        kept += [
            face
            for index, frame in enumerate(frames)
            for face in self._portraits.find(frame.image, [d for d in kept if d.frame == index])
        ]
        return tuple(sorted(kept, key=_order))

    def close(self) -> None:
        """Give the networks' memory back."""
        self._networks = None

    def _glance(self, image: Image, index: int) -> Look:
        """What both networks see in a frame: everything the finder thinks of."""
        if min(image.shape[:2]) < _SMALLEST:
            return Look((), np.zeros(lite3.FEATURES, np.float32), np.zeros(lite3.CLASSES, np.float32))
        finder, witness = self._networks = self._networks or _load(self._settings)
        features, classes = witness.look(square(image, lite3.SIZE))
        boxes, scores = finder.look(square(image, ssd.SIZE))
        found = tuple(
            Detection(_NAMES[label], round(float(score), 3), box, index)
            for label, score, box in _suppressed(boxes, scores)
        )
        return Look(found, features, classes)

    def _believed(self, frames: Sequence[Frame], glances: Sequence[Look]) -> list[Look]:
        """What stands of it after a closer look at what is in doubt."""
        shots: dict[int, list[int]] = {}
        for index, frame in enumerate(frames):
            shots.setdefault(frame.shot, []).append(index)
        sightings = (
            [(frames[i].image, glances[i].found, glances[i].classes) for i in shot] for shot in shots.values()
        )
        near = dict(zip(shots, closer(sightings, self._classes, still=len(frames) == 1), strict=True))
        return [
            self._agreed(frame.image, look, near[frame.shot])
            for frame, look in zip(frames, glances, strict=True)
        ]

    def _agreed(self, image: Image, look: Look, near: Closer) -> Look:
        found = agreed(look.found, look.classes, near) + self._close_up(image, look.found)
        return replace(look, found=found, names=close_by(look.found, near))

    def _classes(self, image: Image) -> NDArray[np.float32]:
        """What the classifier sees in a cut-out."""
        _, witness = self._networks = self._networks or _load(self._settings)
        return witness.look(square(image, lite3.SIZE))[1]

    def _close_up(self, image: Image, found: Sequence[Detection]) -> tuple[Detection, ...]:
        """Somebody as large as the picture of whom the finder is in doubt, if there is a face."""
        doubtful = [one for one in found if whole(one)][:1]
        return tuple(doubtful) if self._portraits.find(image, doubtful) else ()


def _order(one: Detection) -> tuple[int, int, float, str, float]:
    kinds = ("thing", "face", "class", "scene")
    return one.frame, kinds.index(one.kind), -one.confidence, one.label, one.box.left


def _suppressed(
    boxes: NDArray[np.float32], scores: NDArray[np.float32], overlap: float = 0.5
) -> list[tuple[int, float, Box]]:
    """Non-maximum suppression, a class at a time: (class, probability, box), the most probable first."""
    kept: list[tuple[int, float, Box]] = []
    for label in np.flatnonzero(scores.max(axis=0) >= _LEAST):
        near = np.flatnonzero(scores[:, label] >= _LEAST)
        near = near[np.argsort(-scores[near, label], kind="stable")]
        while len(near):
            best, near = near[0], near[1:]
            clipped = np.clip(boxes[best], 0, 1)
            if np.all(clipped[2:] > clipped[:2]):
                kept.append((int(label), float(scores[best, label]), Box(*map(float, clipped))))
            near = near[_overlaps(boxes[best], boxes[near]) <= overlap]
    return sorted(kept, key=lambda each: -each[1])


def _overlaps(one: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """Intersection over union of a box with each of (n, 4) others."""
    low, high = np.maximum(one[:2], others[:, :2]), np.minimum(one[2:], others[:, 2:])
    both = np.prod(np.maximum(high - low, 0), axis=1)
    areas = np.prod(others[:, 2:] - others[:, :2], axis=1) + np.prod(one[2:] - one[:2])
    return np.asarray(both / np.maximum(areas - both, 1e-9), np.float32)


def _twice(looks: Sequence[Look]) -> list[Detection]:
    """Things that are in two frames of a clip, or are very sure, or in the only one there is."""
    frames = Counter(label for look in looks for label in {one.label for one in look.found})
    return [
        one
        for look in looks
        for one in look.found
        if len(looks) == 1 or frames[one.label] > 1 or one.confidence >= _ALONE_SURE
    ]


def _twice_named(looks: Sequence[Look]) -> list[Detection]:
    """Telling classes of the second witness, and things it names where no box was found."""
    said = [
        {
            **named(look.classes, {one.label for one in look.found}),
            **_telling(look.classes),
            **look.names,
        }
        for look in looks
    ]
    said = [words | _some_animal(look, words) for look, words in zip(looks, said, strict=True)]
    frames = Counter(label for words in said for label in words)
    return [
        Detection(label, round(sure, 3), _WHOLE, index, "class")
        for index, words in enumerate(said)
        for label, sure in words.items()
        if len(looks) == 1 or frames[label] > 1 or sure >= _ALONE_SURE
    ]


def _scene_words(frames: Sequence[Frame], looks: Sequence[Look]) -> list[Detection]:
    seen = [
        scene_words.Seen(frame.shot, look.features, look.classes, look.found, _lightness(frame.image))
        for frame, look in zip(frames, looks, strict=True)
    ]
    return [
        Detection(word, round(sure, 3), _WHOLE, index, "scene")
        for index, words in enumerate(scene_words.say(seen))
        for word, sure in words.items()
    ]


def _lightness(image: Image) -> float:
    """Mean lightness: L* of CIELAB, 0 to 1, of sRGB (IEC 61966-2-1).

    OpenCV's own conversion fills tables for all colours first, a twentieth of a second for sixteen pixels.
    """
    small = cv2.resize(image, (4, 4), interpolation=cv2.INTER_AREA).astype(np.float64) / 255
    linear = np.where(small <= 0.04045, small / 12.92, ((small + 0.055) / 1.055) ** 2.4)
    luminance = linear @ (0.2126, 0.7152, 0.0722)
    cubed = luminance > (6 / 29) ** 3
    root = np.where(cubed, np.cbrt(luminance), luminance / (3 * (6 / 29) ** 2) + 4 / 29)
    return float((1.16 * root - 0.16).mean())


def _telling(classes: NDArray[np.float32]) -> dict[str, float]:
    sums = {name: float(classes[list(rows)].sum()) for name, rows in CLASSES.items()}
    return {name: sure for name, sure in sums.items() if sure >= SURE_ENOUGH.get(name, _CLASS_SURE)}


def _some_animal(look: Look, words: Mapping[str, float]) -> dict[str, float]:
    """An animal that neither network has a name for, but which fills the picture."""
    known = {one.label for one in look.found} | set(words)
    sure = float(look.classes[list(ANIMAL_ROWS)].sum())
    return {ANIMAL: sure} if sure >= _ANIMAL_SURE and not known & _BEASTS else {}


def _load(settings: Settings) -> tuple[ssd.Ssd, lite3.Lite3]:
    """Read both networks, the larger one last: what laying out the smaller one took is free again by then."""
    try:
        with packaged.opened(packaged.LITE3, settings) as file:
            witness = lite3.Lite3(tflite.layers(memoryview(file.read())))
        with packaged.opened(packaged.SSD, settings) as file:
            finder = ssd.Ssd(frozen_graph.Constants(file, ssd.is_weight), _NUMBERS)
    except ImportError as error:
        raise BackendUnavailableError(
            "the detector eyes needs onnxruntime", "install it with: pip install onnxruntime", stage="detect"
        ) from error
    return finder, witness


def build(settings: Settings) -> EyesDetector:
    """Make the detector; nothing is read yet."""
    return EyesDetector(settings)
