"""Which sounds the scene makes, when, and from where: two tables and the moments of the film.

An ambience lies under every stretch of shots whose scene words or things call for it; the two most certain
at a time. A fast pan is a whoosh, a flash an impact. What cannot be made convincingly (voices, animals) is
in no row: a bad bark is worse than none.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from immersivaudio.situations import FOODS
from immersivaudio.stages.enhance.feature_matrix import whole
from immersivaudio.values import Description, Detection, Footage, Seconds, Shot, SoundCue, exact

AMBIENCES: dict[str, str] = {
    "rain": "rain", "storm": "rain", "rain on glass": "rain", "vehicle interior": "engine",
    "sea": "sea", "beach": "sea", "ocean": "sea", "coast": "sea",
    "river": "stream", "stream": "stream", "waterfall": "stream", "lake": "stream", "water": "stream",
    "forest": "forest", "nature": "birds", "garden": "birds", "plants": "birds", "flower": "birds",
    "greenery": "birds", "park": "birds", "mist": "wind", "field": "wind", "meadow": "birds",
    "mountain": "wind", "desert": "wind", "sky": "wind", "sport": "crowd", "stage": "crowd",
    "snow": "snow hush", "ice": "snow hush", "city": "city", "street": "traffic", "road": "traffic",
    "crowd": "crowd", "fire": "fire", "candle": "fire", "train": "train", "indoor": "room tone",
    "portrait": "room tone",
}  # fmt: skip
"""Scene word -> ambience."""
THINGS: dict[str, str] = {
    "car": "traffic", "bus": "traffic", "truck": "engine", "motorcycle": "engine", "boat": "sea",
    "airplane": "airplane", "train": "train", "bird": "birds", "traffic light": "traffic",
    "stop sign": "traffic", "bicycle": "bicycle", "surfboard": "sea", "snowboard": "swish", "skis": "swish",
    "skateboard": "bicycle", "sink": "stream", "clock": "clock", "microwave": "hum", "refrigerator": "hum",
    "keyboard": "typing", "laptop": "typing", "bottle": "glasses", "wine glass": "glasses",
    "ambulance": "traffic", "fire engine": "engine", "police van": "traffic", "tractor": "engine",
    "forklift": "engine", "fountain": "stream", "dam": "stream",
    **dict.fromkeys(
        ("couch", "tv", "bed", "dining table", "chair", "oven", "toilet", "book", "vase", "potted plant",
         "bowl", "cup", "fork", "knife", "spoon", *FOODS),
        "room tone",
    ),
}  # fmt: skip
"""Label of a detection, a thing or a class -> ambience."""
_MOVING = frozenset({"traffic", "engine", "train", "bicycle", "swish", "airplane", "typing", "glasses"})
"""What is silent while nothing moves: parked cars and laid tables make no noise."""
_MOVES = 0.02
"""Mean motion from which something moves."""
_DOING: dict[str, str] = {
    "driving": "traffic", "running": "footsteps", "walking": "footsteps", "falling water": "stream",
    "crowd moving": "crowd", "pouring": "glasses",
}  # fmt: skip
"""Action -> ambience."""
_AT_NIGHT = {"birds": "night insects", "forest": "night insects"}
_PEOPLE = ("person", "face")
_CROWD = 5
_WALKING = 0.12
"""Motion from which a person's steps are heard."""
_STRUCK = ("sports ball", "baseball bat", "tennis racket", "frisbee")
_AT_ONCE = 2
_SHORTEST_BED = Fraction(4)
"""s: an ambience shorter than this would only blink."""
_CERTAIN = 0.4
_FAST_PAN = 0.9
"""Widths a second from which a pan whooshes."""
_WHOOSH, _IMPACT = Fraction(9, 10), Fraction(3, 2)
"""s"""
_APART = Fraction(3)
_WIDTH = 0.7
"""How far to the side a thing at the picture's edge is heard."""


def sounds(
    footage: Footage, detections: Sequence[Detection], descriptions: Sequence[Description]
) -> tuple[SoundCue, ...]:
    """Return ambiences, then effects, each in order of time."""
    things: dict[int, list[Detection]] = defaultdict(list)
    for detection in detections:
        known = detection.placed and 0 <= detection.frame < len(footage.frames)
        if known and detection.confidence >= _CERTAIN:
            things[footage.frames[detection.frame].shot].append(detection)
    told = {d.shot: d for d in descriptions}
    beds: list[SoundCue] = []
    for shot in whole(footage):
        here = told.get(shot.index) or told.get(None) or Description("", 0.0, 0.0)
        scenes = here.scenes or (told[None].scenes if None in told else ())
        found = _ambiences(scenes, here.actions, things[shot.index], _motion(footage, shot))
        for name, pan in list(found.items())[:_AT_ONCE]:
            _lay(beds, SoundCue(name, exact(shot.start), exact(shot.end), pan=pan))
    shortest = min(_SHORTEST_BED, exact(footage.clip.duration))
    return (*(bed for bed in beds if bed.end - bed.start >= shortest), *_effects(footage, things))


def asked(names: Sequence[str], length: Seconds) -> tuple[SoundCue, ...]:
    """Return the sounds that were asked for in words, each from the first picture to the last."""
    return tuple(SoundCue(name, Seconds(0), length) for name in names)


def _ambiences(
    scenes: Sequence[str], actions: Sequence[str], things: Sequence[Detection], motion: float
) -> dict[str, float]:
    """Return the sounds of one shot and where each comes from: what happens, then things, then the place."""
    where = _places(things)
    found = {_DOING[name]: where.get(_DOING[name], 0.0) for name in actions if name in _DOING}
    people = [d for d in things if d.label in _PEOPLE]
    by_frame = [sum(d.frame == frame for d in people) for frame in {d.frame for d in people}]
    if max(by_frame, default=0) >= _CROWD:
        found.setdefault("crowd", 0.0)
    elif any(d.label == "person" for d in people) and motion >= _WALKING and not actions:
        found.setdefault("footsteps", _pan(people[0]))
    if "footsteps" in found and people:
        found["footsteps"] = _pan(max(people, key=lambda d: d.confidence))
    for name, pan in where.items():
        if motion >= _MOVES or name not in _MOVING:
            found.setdefault(name, pan)
    for scene in scenes:
        if scene in AMBIENCES:
            name = AMBIENCES[scene]
            found.setdefault(_AT_NIGHT.get(name, name) if "night" in scenes else name, 0.0)
    if len(found) > 1:
        found.pop("room tone", None)
    return found


def _places(things: Sequence[Detection]) -> dict[str, float]:
    """Return the sounds that things make, the surest first, and the mean place of all that make it."""
    heard: dict[str, list[Detection]] = defaultdict(list)
    for one in sorted(things, key=lambda d: -d.confidence):
        if one.label in THINGS and one.kind in {"thing", "class"}:
            heard[THINGS[one.label]].append(one)
    return {name: round(float(np.mean([_pan(d) for d in all_])), 2) for name, all_ in heard.items()}


def _lay(beds: list[SoundCue], cue: SoundCue) -> None:
    """Add a bed, or draw out the one that ends where it begins: a cut does not interrupt the rain."""
    for place, bed in enumerate(beds):
        if bed.name == cue.name and bed.end == cue.start:
            beds[place] = SoundCue(bed.name, bed.start, cue.end, bed.gain_db, (bed.pan + cue.pan) / 2)
            return
    beds.append(cue)


def _effects(footage: Footage, things: dict[int, list[Detection]]) -> Iterator[SoundCue]:
    end = exact(footage.clip.duration)
    found = [SoundCue("impact", exact(m.time), end) for m in footage.moments if m.kind == "flash"]
    for moment in footage.moments:
        shot = next((s for s in footage.shots if s.start <= moment.time < s.end), None)
        struck = [d for d in things[shot.index] if d.label in _STRUCK] if shot else []
        if moment.kind == "motion" and struck:
            found.append(SoundCue("impact", exact(moment.time), end, -6.0, _pan(struck[0])))
    found += _whooshes(footage)
    last: dict[str, Seconds] = {}
    for cue in sorted(found, key=lambda cue: (cue.start, cue.name)):
        if cue.start < end and cue.start - last.get(cue.name, -_APART) >= _APART:
            last[cue.name] = cue.start
            length = _IMPACT if cue.name == "impact" else _WHOOSH
            yield SoundCue(cue.name, cue.start, min(end, cue.start + length), cue.gain_db, cue.pan)


def _whooshes(footage: Footage) -> list[SoundCue]:
    """Return a whoosh around every peak of a fast pan, going the way the camera goes."""
    pan, rate = np.nan_to_num(np.asarray(footage.curves.pan, dtype=np.float64)), footage.curves.rate
    end = exact(footage.clip.duration)
    found = []
    for i in range(len(pan)):
        around = np.abs(pan[max(0, i - 2) : i + 3])
        if abs(pan[i]) >= _FAST_PAN and abs(pan[i]) == around.max():
            start = exact(max(Fraction(0), Fraction(i) / rate - _WHOOSH / 2))
            found.append(SoundCue("whoosh", start, end, pan=round(float(np.sign(pan[i])) * 0.4, 2)))
    return found


def _motion(footage: Footage, shot: Shot) -> float:
    rate = footage.curves.rate
    stretch = footage.curves.motion[
        int(shot.start * rate) : max(int(shot.end * rate), int(shot.start * rate) + 1)
    ]
    return float(np.mean(stretch)) if len(stretch) else 0.0


def _pan(detection: Detection) -> float:
    return round(_WIDTH * max(-1.0, min(1.0, detection.box.left + detection.box.right - 1)), 2)
