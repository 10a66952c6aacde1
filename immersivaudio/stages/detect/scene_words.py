"""Scene words of a picture: a small trained head on the classifier's features, and what the things say.

The head is ours: logistic regressions trained by `benchmarks/scene_words.py`, which says from which pictures,
and how often each word was right on whole sources that it had not seen. In a drawing nothing is said of the
place: painted portraits pass for rooms.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.detect.labels import DAISY, EATEN, FOOD, PLATE, STAGE, UNDER_WATER
from immersivaudio.values import Detection

Array = NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("scene_words.npz")
DRAWING, DRAWN = "drawing", 0.3
"""The head's name for drawings, and the probability from which no place is told of one."""
LIMITS = {
    "indoor": 0.7, "city": 0.9, "street": 0.94, "forest": 0.95, "sea": 0.85, "beach": 0.75, "lake": 0.8,
    "mountain": 0.8, "desert": 0.78, "snow": 0.97, "sky": 0.7, "night": 0.9, "flower": 0.9, "food": 0.8,
    "screen": 0.8, "water": 0.98, "nature": 0.8, "outdoors": 0.75, DRAWING: 0.98,
}  # fmt: skip
"""Word -> probability from which it is said."""
FLAT = ("screen", DRAWING)
"""What can be said of a drawing."""
_EATEN_SURE, _CLASS_SURE = 0.6, 0.7
"""What the classes of food must have together; a stage, a daisy, and what lives under water."""
_EATEN_AT_ALL = 0.2
"""What the classes of food and the plate must have where the head says food, and no table or dish is seen:
stains lie in rows, too."""
_LAID = ("bowl", "cup", "fork", "knife", "spoon", "dining table", "wine glass", *FOOD)
_DARK, _DARK_NIGHT, _LIT = 0.25, 0.5, 0.3
"""Lightness under which it is night from a lower probability, unless it may be indoors."""
_TOO_BRIGHT = 0.35
"""Lightness from which nothing is said to be night: to the head, blue skies and old prints look like it."""
_BRIGHT_SNOW, _SNOW = 0.42, 0.6
"""Lightness from which snow is said from a lower probability: the two do not depend on each other."""
_SHORE, _SHORE_WATER = 0.5, 0.9
"""Probability of the sea and of water without which no sand is a beach."""
_ROOM, _NO_NATURE = 0.5, 0.04
"""Probability of a room that is enough where neither the open nor nature is likely."""
_FURNITURE = (
    "bed", "couch", "tv", "oven", "sink", "refrigerator", "microwave", "toilet", "laptop", "keyboard",
)  # fmt: skip
_ROOMS_OWN = ("bed", "couch", "oven", "sink", "refrigerator", "microwave", "toilet")
"""Those that are not carried out of doors: nothing is said of the open beside them."""
_FURNISHED = 0.3
"""Probability of a room that is enough where a piece of furniture is seen."""
_OUTDOORS_PEOPLED = 0.97
"""The same where people are seen: they hide where they are, and few were among the head's pictures."""
_IN_THE_OPEN = ("nature", "city", "street", "beach", "sea")
_OPEN_SURE = 0.5
"""Probability of the open, and of one of these places, that together are as good: two witnesses."""
OPEN, INSIDE = 0.5, 0.1
"""Probability of the open that a street needs and food lacks; and of a room, where no street is."""
_STREET_DRIVEN, _DRIVEN = 0.4, 0.5
"""Probability of a street that is enough where something drives, and how sure of that, together."""
_ROAD = ("car", "bus", "truck", "traffic light", "stop sign", "parking meter")
_TRAFFIC = 2.0
"""Cars and lights, by their confidence, that are a city's."""
_PLAYED = (
    "sports ball", "skis", "snowboard", "surfboard", "skateboard", "tennis racket", "baseball bat",
    "baseball glove", "frisbee",
)  # fmt: skip
_CROWD = 6
_APART = 0.1
"""By how much a room must be surer than a town: a square full of people looks like a hall."""
_ROOFED = 0.2
"""Probability of a room from which nothing is said of the open: halls under glass look like it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One frame, as far as the words depend on it."""

    shot: int
    features: Array
    """(1280,)"""
    classes: Array
    """(1000,)"""
    things: Sequence[Detection]
    light: float
    """Mean lightness (L* of CIELAB), 0 to 1."""


def say(frames: Sequence[Seen]) -> list[dict[str, float]]:
    """Return the words that hold in each frame, with how sure that is, 0 to 1.

    A frame counts half, the mean of its shot's frames the other half: a scene does not flicker.
    """
    alone = [_words(frame) for frame in frames]
    together: dict[int, list[dict[str, float]]] = {}
    for frame, words in zip(frames, alone, strict=True):
        together.setdefault(frame.shot, []).append(words)
    means = {
        shot: {word: float(np.mean([each[word] for each in group])) for word in group[0]}
        for shot, group in together.items()
    }
    said = []
    for frame, words in zip(frames, alone, strict=True):
        held = {word: (sure + means[frame.shot][word]) / 2 for word, sure in words.items()}
        drawn = held[DRAWING] >= DRAWN
        said.append(
            {
                word: sure
                for word, sure in held.items()
                if sure >= LIMITS.get(word, 0.5) and not (drawn and word not in FLAT)
            }
        )
    return said


def prepared(features: Array) -> Array:
    """Return features (..., 1280) as the head takes them: of length 10, with a 1 for the constant."""
    length = np.maximum(np.linalg.norm(features, axis=-1, keepdims=True), 1e-6)
    ones = np.ones((*features.shape[:-1], 1), np.float32)
    return np.concatenate([10 * features / length, ones], axis=-1).astype(np.float32)


def _words(frame: Seen) -> dict[str, float]:
    names, weights = _head()
    found = dict(zip(names, map(float, 1 / (1 + np.exp(-weights @ prepared(frame.features)))), strict=True))
    alone = dict(found)
    found["food"] = _food(frame, alone)
    if float(frame.classes[DAISY]) >= _CLASS_SURE:
        found["flower"] = max(found["flower"], LIMITS["flower"])
    people = [one.confidence for one in frame.things if one.label == "person"]
    found |= _lit(frame, found, peopled=bool(people))
    if found["sea"] < _SHORE or found["water"] < _SHORE_WATER:
        found["beach"] = 0.0
    if found["indoor"] >= _ROOM and found["outdoors"] < _ROOFED and found["nature"] < _NO_NATURE:
        found["indoor"] = max(found["indoor"], LIMITS["indoor"])
    if found["indoor"] >= _FURNISHED and any(one.label in _FURNITURE for one in frame.things):
        found["indoor"] = max(found["indoor"], LIMITS["indoor"])
    shows = float(frame.classes[STAGE])
    found["stage"] = shows if shows >= _CLASS_SURE else 0.0
    swimming = float(frame.classes[list(UNDER_WATER)].sum())
    found["underwater"] = swimming if swimming >= _CLASS_SURE else 0.0
    rails = any(one.label == "train" for one in frame.things)
    if rails or alone["outdoors"] < OPEN or alone["indoor"] >= INSIDE:
        found["street"] = min(found["street"], _STREET_DRIVEN)
    driven = sum(one.confidence for one in frame.things if one.label in _ROAD)
    if driven >= _TRAFFIC:
        found["city"] = max(found["city"], LIMITS["city"])
    if driven >= _DRIVEN and not rails and found["street"] >= _STREET_DRIVEN:
        found["street"] = max(found["street"], LIMITS["street"])
    played = [one.confidence for one in frame.things if one.label in _PLAYED]
    found["sport"] = min(max(played), max(people)) if played and people else 0.0
    found["crowd"] = float(np.mean(sorted(people)[-_CROWD:])) if len(people) >= _CROWD else 0.0
    if people and found["outdoors"] < _OUTDOORS_PEOPLED:
        seconded = max(found[place] for place in _IN_THE_OPEN) >= _OPEN_SURE <= found["outdoors"]
        found["outdoors"] = max(found["outdoors"], LIMITS["outdoors"]) if seconded else 0.0
    if not np.any(frame.features):
        return dict.fromkeys(found, 0.0)
    furnished = any(one.label in _ROOMS_OWN for one in frame.things)
    return found | _roofed(alone, found, furnished=furnished, rails=rails)


def _lit(frame: Seen, found: Mapping[str, float], *, peopled: bool) -> dict[str, float]:
    """What is left of the night and of snow, whose lightness is measured."""
    night, snow = found["night"], found["snow"]
    if not peopled and night >= _DARK_NIGHT and frame.light < _DARK and found["indoor"] < _LIT:
        night = max(night, LIMITS["night"])
    if snow >= _SNOW and frame.light >= _BRIGHT_SNOW:
        snow = max(snow, LIMITS["snow"])
    return {"night": 0.0 if frame.light >= _TOO_BRIGHT else night, "snow": snow}


def _roofed(
    alone: Mapping[str, float], found: Mapping[str, float], *, furnished: bool, rails: bool
) -> dict[str, float]:
    """What is left of a room, a town and the open where there are signs of the contrary."""
    room = 0.0 if alone["indoor"] < alone["city"] + _APART else found["indoor"]
    inside = furnished or alone["indoor"] >= _ROOFED
    town = 0.0 if rails and alone["indoor"] >= _ROOM else found["city"]
    return {"indoor": room, "city": town, "outdoors": 0.0 if inside else found["outdoors"]}


def _food(frame: Seen, alone: Mapping[str, float]) -> float:
    """How sure food is: the head needs a second witness, and blossoms and fruit on the branch are no food."""
    eaten = float(frame.classes[list(EATEN)].sum())
    laid = any(one.label in _LAID for one in frame.things)
    served = laid or eaten + float(frame.classes[PLATE]) >= _EATEN_AT_ALL
    open_air = max(alone["outdoors"], alone["nature"]) >= OPEN
    sure = alone["food"] if served and not open_air else 0.0
    return max(sure, min(1.0, eaten)) if eaten >= _EATEN_SURE else sure


@cache
def _head() -> tuple[tuple[str, ...], Array]:
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return tuple(map(str, stored["words"])), np.asarray(stored["weights"], np.float32)
