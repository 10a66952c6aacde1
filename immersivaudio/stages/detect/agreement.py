"""When a thing is believed: what the detector says, weighed by what the second witness says.

The thresholds come from a trial on pictures labelled by hand before anything was run on them
(docs/decisions/0140-eyes.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.detect.closer_look import Closer
from immersivaudio.stages.detect.labels import (
    ALONE,
    ANIMAL,
    ANIMAL_ROWS,
    ANIMALS,
    CLASSES,
    LARGE,
    OTHER_ANIMALS,
    SCULPTED,
    STANDS_ALONE,
    STATUE,
    UNMISTAKEN,
    VOUCHING,
)
from immersivaudio.values import Box, Detection

_PERSON = 0.35
"""The class the detector knows best, and ImageNet does not have."""
_UNVOUCHED, _UNVOUCHED_ALONE = 0.7, 0.85
"""For things that the witness has no class for; and if they stand alone: stones, shoes and umbrellas pass for
them."""
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
_ANIMAL_THERE, _ANIMAL_THERE_SURE, _ITS_SHARE = 0.5, 0.8, 0.45
"""What a cut-out gives to all animals where it shows one, and what it gives for sure; and the share of that
which is the detector's own animal's where both mean the same."""
_SURE_OF_AN_ANIMAL, _FAIRLY = 0.8, 0.5
"""How certain the detector must be of an animal that the two call by other names; less, if the cut-out is."""
_NOTHING_THERE = 0.3
"""What it gives to all animals where it shows none."""
_UNLIKE = 0.03
"""What it gives to a thing of which it sees nothing."""
_STONE, _ALSO_STONE = 0.34, 0.05
"""What a cut-out gives to stone, metal and masks where somebody is a statue, and to the second of them: one
alone is a mask, or a rock behind somebody."""
_BESIDE = 0.2
_RIDDEN = ("horse", "elephant")
"""Animals of which their riders hide too much for a closer look."""
_NOBODY: Closer = {}
_NAMED_ANIMAL, _NAMED = 0.7, 0.8
"""What the witness must give to name an animal without a box; and a vehicle: rows of balconies are a ship."""


def agreed(
    found: Sequence[Detection], classes: NDArray[np.float32], closer: Closer = _NOBODY
) -> tuple[Detection, ...]:
    """Return what both witnesses let stand of the candidates `found`, given the class probabilities.

    `closer` has those of what was cut out, which are asked instead. Of two animals, or two other things, in
    one place the more certain one stays.
    """
    kept: list[Detection] = []
    ridden = any(one.label == "person" and one.confidence >= _PERSON for one in found)
    mistaken = _beast(found, closer)
    for candidate in sorted(found, key=lambda one: -one.confidence):
        near = () if ridden and candidate.label in _RIDDEN else closer.get(candidate.label, ())
        one = replace(candidate, label=_called(candidate.label, near, mistaken=mistaken))
        asked = near[0] if near and one.label in (ANIMAL, *ANIMALS) else classes
        second = seen_by_witness(one.label, asked)
        first = all(one.label != other.label for other in kept)
        if not near and first and _contradicted(one, second, asked):
            continue
        if near and _nothing_there(one, near[0]):
            continue
        if _believed(one, second, asked) and not any(_rivals(one, other) for other in kept):
            sure = one.confidence if second is None else 1 - (1 - one.confidence) * (1 - second)
            kept.append(replace(one, confidence=round(sure, 3)))
    named_one = any(one.label in ANIMALS for one in kept)
    return tuple(one for one in kept if one.label != ANIMAL or not named_one)


def close_by(found: Sequence[Detection], closer: Closer) -> dict[str, float]:
    """Return the animals that have no box of their own and that a cut-out names: label -> how sure."""
    names: dict[str, float] = {}
    mistaken = _beast(found, closer)
    for label, near in closer.items():
        for classes in near if label in ANIMALS or (label == "person" and mistaken) else ():
            shares = {name: float(classes[list(CLASSES[name])].sum()) for name in (*OTHER_ANIMALS, "whale")}
            names |= {name: share for name, share in shares.items() if share >= _NAMED_ANIMAL}
    return names


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


def _called(label: str, near: Sequence[NDArray[np.float32]], *, mistaken: bool) -> str:
    """What a thing is called once its cut-outs were looked at."""
    if label == "person" and near:
        return STATUE if all(map(_carved, near)) else ANIMAL if mistaken else label
    if label not in ANIMALS or not near:
        return label
    animals = float(near[0][list(ANIMAL_ROWS)].sum())
    own = seen_by_witness(label, near[0])
    if own is None or animals < _ANIMAL_THERE or own >= _ITS_SHARE * animals:
        return label
    shares = {name: float(near[0][list(VOUCHING[name])].sum()) for name in ANIMALS & VOUCHING.keys()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _NAMED_ANIMAL else ANIMAL


def _carved(classes: NDArray[np.float32]) -> bool:
    kinds = np.sort(classes[list(SCULPTED)])
    return float(kinds.sum()) >= _STONE and float(kinds[-2]) >= _ALSO_STONE


def _beast(found: Sequence[Detection], closer: Closer) -> bool:
    """Whether people are an animal, which the classifier names in all their cut-outs: beside no other
    animal, which would be in the cut-outs, too."""
    near = closer.get("person", ())
    beside = any(one.label in ANIMALS and one.confidence >= _BESIDE for one in found)
    named_all = all(float(classes[list(ANIMAL_ROWS)].max()) >= _NAMED_ANIMAL for classes in near)
    return bool(near) and not beside and named_all


def _nothing_there(one: Detection, near: NDArray[np.float32]) -> bool:
    """Whether a cut-out shows no animal at all, or no such thing."""
    if one.label not in ANIMALS:
        return (seen_by_witness(one.label, near) or 0.0) < _UNLIKE and one.label in VOUCHING
    return float(near[list(ANIMAL_ROWS)].sum()) < _NOTHING_THERE and one.confidence < _NO_ANIMAL_SURE


def whole(one: Detection) -> bool:
    """Whether `one` is a doubtful person as large as the picture: only a face makes it somebody."""
    return (
        one.label == "person" and one.box.area > _EVERYWHERE and _PERSON <= one.confidence < _EVERYWHERE_SURE
    )


def _believed(one: Detection, second: float | None, classes: NDArray[np.float32]) -> bool:
    if one.label == "person":
        return one.confidence >= _PERSON and not whole(one)
    if one.label in (STATUE, ANIMAL):
        animals = float(classes[list(ANIMAL_ROWS)].sum())
        fair = one.label == STATUE or animals >= _ANIMAL_THERE_SURE
        return one.confidence >= (_FAIRLY if fair else _SURE_OF_AN_ANIMAL)
    if second is None:
        alone = _UNVOUCHED_ALONE if one.label in STANDS_ALONE else _UNVOUCHED
        return one.confidence >= (_VOUCHED[-1][1] if one.label in LARGE else alone)
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
