"""When a thing is believed: what the detector says, weighed by what the second witness says.

The thresholds come from a trial on pictures labelled by hand before anything was run on them
(docs/decisions/0140-eyes.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.detect.labels import (
    ALONE,
    ANIMAL_ROWS,
    ANIMALS,
    CLASSES,
    LARGE,
    OTHER_ANIMALS,
    UNMISTAKEN,
    VOUCHING,
)
from immersivaudio.values import Box, Detection

_PERSON = 0.35
"""The class the detector knows best, and ImageNet does not have."""
_UNVOUCHED = 0.7
"""For things that the witness has no class for."""
_VOUCHED = ((0.5, 0.15), (0.08, 0.3), (0.0, 0.5))
"""(what the witness gives to the thing at least, the confidence that is enough then)."""
_SMALL_VOUCHED = ((0.5, 0.3), (0.05, 0.5), (0.0, 0.85))
"""The same for furniture, food and what lies on tables: logos pass for clocks, and walls for ovens."""
_DOUBTED, _REGARDLESS = 0.01, 0.8
"""An animal of which the witness sees nothing must be this certain."""
_FILLING, _FILLING_SURE = 0.12, 0.93
"""Share of the picture from which the witness should have seen an animal, a boat or the like, and how certain
the detector must be if it did not: toys pass for dogs, and what hangs under a roof for an airplane."""
_NO_ANIMAL, _NO_ANIMAL_SURE = 0.1, 0.985
"""What it gives to all animals where it sees none, and the certainty that needs: cloth passes for cows."""
_OTHER = 0.3
"""What it gives to another animal, and less to this one, from which it contradicts: rabbits pass for dogs."""
_EVERYWHERE, _EVERYWHERE_SURE = 0.85, 0.6
"""Share of the picture from which a doubtful person is the picture itself, but for a face."""
_SAME_PLACE = 0.6
_NAMED_ANIMAL, _NAMED = 0.7, 0.5
"""What the witness must give to name a thing without a box."""


def agreed(found: Sequence[Detection], classes: NDArray[np.float32]) -> tuple[Detection, ...]:
    """Return what both witnesses let stand of the candidates `found`, given the class probabilities.

    Of two animals, or two other things, in one place the more certain one stays.
    """
    kept: list[Detection] = []
    for one in sorted(found, key=lambda one: -one.confidence):
        second = seen_by_witness(one.label, classes)
        first = all(one.label != other.label for other in kept)
        if first and _contradicted(one, second, classes):
            continue
        if _believed(one, second, classes) and not any(_rivals(one, other) for other in kept):
            sure = one.confidence if second is None else 1 - (1 - one.confidence) * (1 - second)
            kept.append(replace(one, confidence=round(sure, 3)))
    return tuple(kept)


def named(classes: NDArray[np.float32], known: Iterable[str]) -> dict[str, float]:
    """Return the things that the witness alone is sure of, but for those already `known`."""
    shares = {label: seen_by_witness(label, classes) or 0.0 for label in ALONE if label not in set(known)}
    return {
        label: share
        for label, share in shares.items()
        if share >= (_NAMED_ANIMAL if label in ANIMALS else _NAMED)
    }


def seen_by_witness(label: str, classes: NDArray[np.float32]) -> float | None:
    """Return what the witness gives to `label`, 0 to 1, or None where it has no such class."""
    rows = VOUCHING.get(label)
    return None if rows is None else min(1.0, float(classes[list(rows)].sum()))


def whole(one: Detection) -> bool:
    """Whether `one` is a doubtful person as large as the picture: only a face makes it somebody."""
    return (
        one.label == "person" and one.box.area > _EVERYWHERE and _PERSON <= one.confidence < _EVERYWHERE_SURE
    )


def _believed(one: Detection, second: float | None, classes: NDArray[np.float32]) -> bool:
    if one.label == "person":
        return one.confidence >= _PERSON and not whole(one)
    if second is None:
        return one.confidence >= (_VOUCHED[-1][1] if one.label in LARGE else _UNVOUCHED)
    if second < _DOUBTED and one.label in UNMISTAKEN and one.box.area >= _FILLING:
        cloth = one.label in ANIMALS and float(classes[list(ANIMAL_ROWS)].sum()) < _NO_ANIMAL
        return one.confidence >= (_NO_ANIMAL_SURE if cloth else _FILLING_SURE)
    if second < _DOUBTED and one.label in ANIMALS:
        return one.confidence >= _REGARDLESS
    steps = _VOUCHED if one.label in LARGE else _SMALL_VOUCHED
    return any(second >= share and one.confidence >= enough for share, enough in steps)


def _contradicted(one: Detection, second: float | None, classes: NDArray[np.float32]) -> bool:
    """Whether the witness sees another animal, which the detector does not know.

    It speaks of the picture, not of a box: asked for the surest of a kind, which the others follow.
    """
    if one.label not in ANIMALS or one.confidence >= _FILLING_SURE:
        return False
    others = max(float(classes[list(CLASSES[name])].sum()) for name in OTHER_ANIMALS)
    return others >= _OTHER and others > (second or 0.0)


def _rivals(one: Detection, other: Detection) -> bool:
    alike = (one.label in ANIMALS) == (other.label in ANIMALS)
    return one.label != other.label and alike and _overlap(one.box, other.box) > _SAME_PLACE


def _overlap(a: Box, b: Box) -> float:
    """Intersection over union, 0 to 1."""
    both = a.shared(b)
    return both / (a.area + b.area - both) if both else 0.0
