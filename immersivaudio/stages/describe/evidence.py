"""What a stretch shows, as the table of situations reads it: detections, actions, measurements as marks."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from immersivaudio.situations import FOODS, GROUPS, Evidence
from immersivaudio.stages.describe.aggregation import Found
from immersivaudio.stages.describe.picture_features import PictureFeatures
from immersivaudio.stages.describe.scenes import Scene, is_monochrome
from immersivaudio.values import Box

MEASURED: Mapping[str, float] = {
    "night": 0.6, "greenery": 0.6, "title": 0.6, "black": 0.6, "blank": 0.6, "screen": 0.5,
}  # fmt: skip
"""Scene word of colours and textures alone -> what it counts for: one witness, not two."""
LOW_SUN = ("sky", "sea", "lake", "water", "beach", "mountain", "city")
"""Where a warm upper half is a low sun; over a desert it is sand."""
_SECONDED: Mapping[str, tuple[str, ...]] = {
    "space": ("night", "sky"), "sunset": LOW_SUN,
    "sky": (*GROUPS["outdoors"], "outdoors"),
    "desert": ("sky", "desert"),
}  # fmt: skip
"""Words that colours give too easily -> what a detector must have found for them to count."""
_AGREED = 0.6
_LASTS = 0.3
"""Share of the frames from which a thing counts in full: what is seen in passing decides little."""
_LASTS_SHOTS = 0.6
"""The same over several shots: a bird in one of them makes no film of birds."""
_LONE = (0.04, 0.55)
"""Share of the picture that a single thing shown on its own fills."""
_PLAIN_GROUND = 0.35
_SMALLER, _LEVEL = 0.55, 0.06
"""Height against a larger person's, and how far apart their feet may be, shares of the picture's height."""
_PEOPLE = ("person", "face")
_LIVING = frozenset(
    {"person", "face", "dog", "cat", "bird", "horse", "sheep", "cow", "elephant", "bear", "zebra"}
)


@dataclass(frozen=True, slots=True)
class StretchMeasures:
    """Numbers of one stretch."""

    motion: float
    """Mean of the motion curve, 0 to 1."""
    light: float
    saturation: float
    cuts: float
    """A minute."""
    flashes: float
    """A minute."""
    fades: int
    """Shots that come out of a blank picture."""
    pan: float
    """Widths a second, signed."""
    speech: float
    """Share with a voice, 0 to 1."""
    photo: bool
    shots: int = 1


def evidence(
    found: Found,
    happening: Mapping[str, float],
    look: PictureFeatures,
    scene: Scene | None,
    measured: StretchMeasures,
    shots: Mapping[str, int],
) -> Evidence:
    """Put everything that is known of a stretch on one table."""
    marks: dict[str, float] = {}
    for word in scene.words if scene else ():
        seconded = any(found.words.get(other, 0.0) > 0 for other in _SECONDED.get(word, ()))
        marks[word] = _AGREED if seconded else MEASURED.get(word, 0.0)
    lasts = _LASTS_SHOTS if measured.shots > 1 else _LASTS
    things = {
        t.label: t.confidence * min(1.0, t.share / (_LASTS if t.label in _PEOPLE else lasts))
        for t in found.things.values()
    }
    for words in (found.words, found.classes, things, happening):
        for name, sure in words.items():
            marks[name] = max(sure, marks.get(name, 0.0))
    if "face" in marks:
        marks["person"] = max(marks["face"], marks.get("person", 0.0))
    if is_monochrome(look):
        marks["black and white"] = 0.9
    marks |= _arranged(found, look)
    return Evidence(marks, _counts(found), _measures(found, measured), shots)


def _counts(found: Found) -> dict[str, int]:
    counts = {thing.label: thing.count for thing in found.things.values()}
    people = max(counts.get("person", 0), counts.get("face", 0))
    if people:
        counts["person"] = people
    return counts


def _measures(found: Found, measured: StretchMeasures) -> dict[str, float]:
    heights = [one.box.bottom - one.box.top for frame in found.boxes("face") for one in frame]
    known = {
        "light": measured.light,
        "saturation": measured.saturation,
        "cuts": measured.cuts,
        "flashes": measured.flashes,
        "fades": measured.fades,
        "pan": abs(measured.pan),
        "speech": measured.speech,
        "face size": max(heights, default=0.0),
    }
    # The table's motion is how strong movement looks, which grows with the root of how much changes.
    return known if measured.photo else known | {"motion": math.sqrt(max(0.0, measured.motion))}


def _arranged(found: Found, look: PictureFeatures) -> dict[str, float]:
    """Marks that follow from where things are."""
    marks = {}
    dead = [
        thing for thing in found.things.values() if thing.label not in _LIVING and thing.label not in FOODS
    ]
    if len(dead) == len(found.things) == 1 and _LONE[0] <= dead[0].size <= _LONE[1] and dead[0].count == 1:
        marks["lone thing"] = dead[0].confidence
    if look.flat > _PLAIN_GROUND:
        marks["plain ground"] = 0.8
    if any(_small_beside(people) for people in ([one.box for one in f] for f in found.boxes("person"))):
        marks["small figure"] = 0.6
    return marks


def _small_beside(boxes: Sequence[Box]) -> bool:
    """Whether one person is much smaller than another who stands on the same ground."""
    tall = sorted(((b.bottom - b.top, b.bottom) for b in boxes), reverse=True)
    return any(
        small < _SMALLER * large and abs(low - lower) < _LEVEL and lower < 0.98
        for (large, lower), (small, low) in pairwise(tall)
    )
