"""From detections frame by frame to what a stretch of film shows: things, scene words, classes.

A thing is believed where two frames of the stretch show it, or one shows it surely. How many there are is
what three frames in four do not exceed: a double sighting in one frame is no second dog.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from immersivaudio.situations import FOODS, GRAVE_MARKS, GROUPS
from immersivaudio.stages.describe.tracks import apart
from immersivaudio.values import Detection

_SURE = 0.7
"""Confidence from which one sighting is enough."""
_COUNTED = 0.6
"""Confidence from which a sighting is one more, where a surer one is beside it."""
_CROWDED = 5
_COVERED = 0.6
"""Share of a box in surer ones of its kind, or of them in it, from which it is no other thing; people hide
each other."""
_STILL_SURE = 0.7
"""Confidence a thing needs in a single picture, which no other frame seconds; people are rarely mistaken."""
_SPECK, _SPECK_SURE = 0.005, 0.6
"""Share of a single picture under which somebody must be that sure: a post in the distance is nobody."""
_SOMEBODY = 0.4
"""Confidence that anybody in a single picture needs: under it are bollards and boulders as often."""
_FIGURE, _FIGURE_SURE = 0.1, 0.6
"""Share of the picture from which somebody in a landscape must be that sure, or have a face."""
_LASTING = 0.25
"""Share of the frames in which a scene word must hold; a class is seen in passing."""


ANIMALS = ("dog", "cat", "horse", "bird", "cow", "sheep", "elephant", "bear", "zebra", "giraffe", "animal")
"""Those that have boxes; the last is any animal of which the networks do not agree what it is."""
ANIMAL_CLASSES = (
    *(GROUPS["wild animal"][4:]), *GROUPS["small pet"], *GROUPS["crawling"], *GROUPS["insect"], "fish",
    "jellyfish", "shark", "whale", "pig", "goat",
)  # fmt: skip
"""Those that only the classifier knows."""


_OUTDOOR_GEAR = ("baseball bat", "baseball glove", "frisbee", "kite", "skis", "snowboard", "surfboard")
_OPEN = ("outdoors", "nature", "sky", "snow", "beach", "sea", "mountain")
_LANDSCAPE = ("nature", "sky")
_WORN = ("tie",)
_ROOMS_OWN = ("couch", "chair", "bed", "laptop", "keyboard", "mouse", "remote", "refrigerator", "oven")
"""What stands or lies in rooms as a television does."""
_MEALS = tuple(food for food in FOODS if food not in ("apple", "orange", "banana"))
"""What grows on no tree: a blossom passes for broccoli."""
_PEOPLE = ("person", "face")
_GROWING, _MADE = ("nature", "flower"), ("drawing", "screen")
"""Where plants stand in no pot, and where lines and windows are no things."""
_DRAWN = (*_PEOPLE, *ANIMALS)
"""What is still named in a drawing: networks that learnt from photographs call the rest by chance."""
_NAMED_SURELY = 0.7
"""Confidence from which the classifier's name for an animal holds: to the detector every wolf is a dog."""
_ANY, _NAMED_AT_ALL = "animal", 0.5
_OUT_OF_PLACE = 0.9
"""Confidence that a thing needs where it does not belong."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One kind of thing over a stretch."""

    label: str
    count: int
    """How many at once."""
    confidence: float
    """Of the surest sighting, 0 to 1."""
    share: float
    """Of the stretch's frames that show it, 0 to 1."""
    size: float
    """Mean share of the picture's area that all of it fills, where it is seen."""
    largest: float = 1.0
    """Share of the picture's area that the largest sighting fills."""


@dataclass(frozen=True, slots=True)
class Found:
    """Everything detected in one stretch."""

    frames: tuple[tuple[Detection, ...], ...]
    """What each looked-at frame shows."""
    things: Mapping[str, Thing]
    """Things and faces in their boxes, by label."""
    words: Mapping[str, float]
    """Scene word -> how surely and for how long it holds, 0 to 1."""
    classes: Mapping[str, float]
    """Class -> confidence."""

    def boxes(self, label: str) -> list[list[Detection]]:
        """Frame by frame, the sightings of one label."""
        return [[one for one in frame if one.placed and one.label == label] for frame in self.frames]


def found(frames: Sequence[Sequence[Detection]]) -> Found:
    """Gather what the frames of one stretch show."""
    kept = tuple(tuple(one for one in frame) for frame in frames)
    by_label: dict[tuple[str, str], list[list[Detection]]] = defaultdict(list)
    for frame in kept:
        here: dict[tuple[str, str], list[Detection]] = defaultdict(list)
        for one in frame:
            here["thing" if one.placed else one.kind, one.label].append(one)
        for key, sightings in here.items():
            by_label[key].append(sightings)
    classes = dict(_whole(by_label, "class", len(kept)))
    things = _named_rightly(
        {
            label: _thing(label, seen, len(kept))
            for (kind, label), seen in by_label.items()
            if kind == "thing"
        },
        classes,
    )
    words = {label: sure for label, sure in _whole(by_label, "scene", len(kept)) if sure > 0}
    return Found(
        kept,
        {
            label: thing
            for label, thing in things.items()
            if _believed(thing, len(kept)) and _belongs(thing, words, things)
        },
        words,
        classes,
    )


def _thing(label: str, seen: list[list[Detection]], frames: int) -> Thing:
    sizes = [sum(one.box.area for one in frame) for frame in seen]
    return Thing(
        label=label,
        count=max(1, int(np.ceil(np.percentile([_number(frame) for frame in seen], 75) - 0.5))),
        confidence=max(one.confidence for frame in seen for one in frame),
        share=len(seen) / max(1, frames),
        size=min(1.0, float(np.mean(sizes))),
        largest=max(one.box.area for frame in seen for one in frame),
    )


def _number(sightings: Sequence[Detection]) -> int:
    """Sure sightings; of a crowd all, for there most are half hidden."""
    if sightings[0].label not in _PEOPLE:
        ranked = sorted(sightings, key=lambda one: -one.confidence)
        return apart([one.box for one in ranked if one.confidence >= _COUNTED], _COVERED)
    sure = sum(one.confidence >= _COUNTED for one in sightings)
    return len(sightings) if len(sightings) >= _CROWDED else sure


def _believed(thing: Thing, frames: int) -> bool:
    if frames == 1:
        somebody = _SPECK_SURE if thing.largest < _SPECK else _SOMEBODY
        needed = somebody if thing.label in _PEOPLE else _STILL_SURE
        return thing.confidence >= needed
    return thing.confidence >= _SURE or thing.share * frames >= 2


def _named_rightly(things: Mapping[str, Thing], classes: Mapping[str, float]) -> dict[str, Thing]:
    """Return the things, animals by the name that the classifier, which knows hundreds, is surer of."""
    name = max(ANIMAL_CLASSES, key=lambda name: classes.get(name, 0.0))
    sure = classes.get(name, 0.0)
    kept: dict[str, Thing] = {}
    for label, thing in sorted(things.items(), key=lambda each: each[1].count):
        known = min(thing.confidence, _NAMED_SURELY) if label != _ANY else _NAMED_AT_ALL
        kept |= {name: replace(thing, label=name)} if label in ANIMALS and sure > known else {label: thing}
    return kept


def _belongs(thing: Thing, words: Mapping[str, float], others: Collection[str]) -> bool:
    """Whether a thing fits where it was found, and `others` beside it.

    No skis in a room, no umbrellas made of a drawing's lines, no television without a room, no pot in open
    land, no kite where nobody and nothing of the open is seen; and nobody large and doubtful in a landscape:
    rocks, slopes and balloons pass for people. No tie without somebody who wears it.
    """
    if thing.label in _OUTDOOR_GEAR and not _seconded(words, others, _OPEN, _PEOPLE):
        return False
    if thing.label == "person" and thing.largest >= _FIGURE and "face" not in others:
        return thing.confidence >= _FIGURE_SURE or not any(place in words for place in _LANDSCAPE)
    if thing.label in _WORN and not any(label in others for label in _PEOPLE):
        return thing.confidence >= _OUT_OF_PLACE
    astray = (
        ("indoor" in words and thing.label in _OUTDOOR_GEAR)
        or ("nature" in words and thing.label in _MEALS)
        or (thing.label == "potted plant" and any(place in words for place in _GROWING))
        or (any(place in words for place in _MADE) and thing.label not in _DRAWN)
        or (thing.label == "tv" and not _seconded(words, others, ("indoor",), _ROOMS_OWN))
    )
    return not astray or thing.confidence >= _OUT_OF_PLACE


def _seconded(
    words: Mapping[str, float], others: Collection[str], places: Sequence[str], things: Sequence[str]
) -> bool:
    return any(place in words for place in places) or any(label in others for label in things)


def _whole(
    by_label: Mapping[tuple[str, str], list[list[Detection]]], wanted: str, frames: int
) -> list[tuple[str, float]]:
    """(label, confidence) of words for the whole picture; a scene word must last."""
    told = []
    for (kind, label), seen in by_label.items():
        if kind == wanted:
            share = len(seen) / max(1, frames)
            least = 0.0 if wanted == "class" else _LASTING
            lasts = 1.0 if label in GRAVE_MARKS else share**0.25 if share >= least else 0.0
            told.append((label, round(lasts * max(one.confidence for frame in seen for one in frame), 4)))
    return told
