"""What happens: told from boxes over time, the curves of motion and who is heard, as far as measured.

A person's speed is measured in body heights a second against the ground: how far the box moves, less how far
the camera turns the picture. People walk at about 0.8 of them (1.4 m/s at 1.7 m) and run from about 1.5.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from immersivaudio.stages.describe.aggregation import Found
from immersivaudio.stages.describe.tracks import TrackStep, overlap, steps
from immersivaudio.values import Box, Curve

PLAYED_WITH = ("sports ball", "frisbee", "tennis racket", "baseball bat", "kite")
RIDDEN = ("bicycle", "motorcycle", "horse", "skateboard", "surfboard", "snowboard", "skis", "elephant")
ROLLING = ("car", "bus", "truck", "train", "motorcycle")
_SEATS = ("chair", "couch", "bench", "bed")
_FALLS = ("fountain", "dam", "geyser", "waterfall")
_WALKS, _RUNS, _TOO_FAST = 0.25, 1.5, 6.0
"""Body heights a second."""
_MOVES, _STIRS, _STILL = 0.02, 0.05, 0.02
"""Mean of the motion curve from which anything plays, a thing drives, and up to which somebody sits still."""
_STEADY, _FOLLOWED = 0.03, 0.15
"""Pan, widths a second, of a camera that stands, and of one that follows something."""
_CARRIED = 0.15
"""Mean motion from which the camera itself may be carried along."""
_CROSSES = 0.06
"""Widths of the picture between two frames from which a vehicle moves across it."""
_RHYTHM = 0.5
"""Autocorrelation of the motion curve from which movement is rhythmic."""
_PERIOD = (0.35, 1.1)
"""s, of a step or a beat."""
_SPOKEN = 0.4
"""Share of the stretch with a voice in it."""
_FACE = 0.1
"""Height of a face whose voice it may be."""
_NEAR = 0.22
"""Height of a face that fills enough of the picture to be talking to it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a rule may look at."""

    found: Found
    times: tuple[float, ...]
    """s, of each frame."""
    shots: tuple[int, ...]
    """The shot of each frame."""
    motion: Curve
    rate: float
    """Samples of `motion` a second."""
    pan: float
    """Widths a second; the picture moving right is positive."""
    speech: float
    """Share with a voice, 0 to 1."""
    aspect: float
    """Width over height of the picture."""
    photo: bool

    @property
    def stir(self) -> float:
        """Mean motion."""
        return float(np.mean(self.motion)) if len(self.motion) and not self.photo else 0.0

    def steps(self, label: str) -> list[TrackStep]:
        """How boxes of `label` move."""
        return steps(self.found.boxes(label), self.times, self.shots)


def actions(scene: Stretch) -> Mapping[str, float]:
    """Return what happens and how sure it is, 0 to 1, the most telling first."""
    return {name: round(sure, 3) for name, sure in ((name, rule(scene)) for name, rule in _RULES) if sure > 0}


def _count(scene: Stretch, label: str) -> int:
    thing = scene.found.things.get(label)
    return thing.count if thing else 0


def _sure(scene: Stretch, *labels: str) -> float:
    return max((t.confidence for name, t in scene.found.things.items() if name in labels), default=0.0)


def _playing(scene: Stretch) -> float:
    """Somebody or a dog, with something to play with, and movement."""
    player = _sure(scene, "person", "dog")
    toy = max((_sure(scene, label) for label in PLAYED_WITH if _often(scene, label)), default=0.0)
    pair = min(_sure(scene, "person"), _sure(scene, "dog")) if _near_each_other(scene) else 0.0
    return (
        max(min(player, toy), 0.8 * pair if scene.stir >= 2 * _STIRS else 0.0)
        if scene.stir >= _MOVES
        else 0.0
    )


def _often(scene: Stretch, label: str) -> bool:
    """Whether a thing is there for a while: what shows once in a long film is not played with."""
    thing = scene.found.things.get(label)
    return bool(thing and (thing.share >= 0.2 or len(scene.found.frames) < 5))


def _near_each_other(scene: Stretch) -> bool:
    """Whether a person and a dog share a place in most frames that show both."""
    people, dogs = scene.found.boxes("person"), scene.found.boxes("dog")
    both = [(p, d) for p, d in zip(people, dogs, strict=True) if p and d]
    close = [any(overlap(dog.box, _widened(one.box)) > 0.2 for one in p for dog in d) for p, d in both]
    return bool(close) and sum(close) * 2 >= len(close)


def _widened(box: Box) -> Box:
    reach = (box.right - box.left) / 2
    return Box(box.left - reach, box.top, box.right + reach, box.bottom + (box.bottom - box.top) / 4)


def _speeds(scene: Stretch) -> list[float]:
    """Of every followed person, body heights a second over the ground. Whole people only: upright boxes."""
    upright = [
        step
        for step in scene.steps("person")
        if step.height * 1.6 > (step.before.right - step.before.left) * scene.aspect and step.height < 0.95
    ]
    return [
        abs(step.across / step.seconds - scene.pan) * scene.aspect / step.height
        for step in upright
        if step.seconds < 3
    ]


def _gait(scene: Stretch, low: float, high: float) -> float:
    if scene.photo or scene.stir < _STILL or _riding(scene):
        return 0.0
    speeds = _speeds(scene)
    if len(speeds) < 2:
        return 0.0
    share = float(np.mean([low <= speed < high for speed in speeds]))
    return _sure(scene, "person") * share if share >= 0.5 else 0.0


def _running(scene: Stretch) -> float:
    return _gait(scene, _RUNS, _TOO_FAST)


def _walking(scene: Stretch) -> float:
    return _gait(scene, _WALKS, _RUNS)


def _riding(scene: Stretch) -> float:
    """A person's box over the upper part of what is ridden, in most frames that show it."""
    best = 0.0
    for label in RIDDEN:
        numbers = riders(scene.found, label)
        if any(numbers) and sum(number > 0 for number in numbers) * 2 >= len(numbers):
            best = max(best, min(_sure(scene, "person"), _sure(scene, label)))
    return best


def riders(found: Found, label: str) -> list[int]:
    """How many people are on something, for each frame that shows it."""
    return [
        sum(any(_astride(one.box, thing.box) for thing in ridden) for one in people if one.confidence >= 0.5)
        for people, ridden in zip(found.boxes("person"), found.boxes(label), strict=True)
        if ridden
    ]


def _astride(person: Box, ridden: Box) -> bool:
    """Whether somebody is on it: above its lower edge, over its middle, and not standing beside it."""
    middle = (person.left + person.right) / 2
    reach = 0.35 * (ridden.right - ridden.left)
    over = abs(middle - (ridden.left + ridden.right) / 2) <= reach or overlap(ridden, person) > 0.6
    feet = ridden.top - 0.02 <= person.bottom <= ridden.bottom + 0.03
    higher = person.top < ridden.top + 0.25 * (ridden.bottom - ridden.top)
    return over and feet and higher


def _driving(scene: Stretch) -> float:
    """A vehicle that crosses a steady picture, or stays in one that rushes past behind it.

    From a camera that moves itself, parked cars move like driven ones: nothing is said there.
    """
    if scene.photo or scene.stir < _STILL:
        return 0.0
    steady = abs(scene.pan) < _STEADY and scene.stir < _CARRIED
    followed = abs(scene.pan) > _FOLLOWED
    moved = [
        label
        for label in ROLLING
        for step in scene.steps(label)
        if (steady and (abs(step.across) > _CROSSES or not 0.8 < step.growth < 1.25))
        or (followed and abs(step.across) < _CROSSES)
    ]
    return max((_sure(scene, label) for label in moved), default=0.0) if len(moved) >= 2 else 0.0


def _flying(scene: Stretch) -> float:
    """An airplane, or a bird that moves, against a sky."""
    sky = scene.found.words.get("sky", 0.0)
    birds = [step for step in scene.steps("bird") if abs(step.across - scene.pan * step.seconds) > 0.05]
    bird = _sure(scene, "bird") if birds else 0.0
    return min(sky, max(_sure(scene, "airplane"), bird)) if sky and scene.stir >= _STILL else 0.0


def _dancing(scene: Stretch) -> float:
    """A person, a camera that is still, and movement that comes back with every beat."""
    if scene.photo or not _sure(scene, "person") or abs(scene.pan) > 0.05 or scene.stir < _STIRS:
        return 0.0
    if _sure(scene, *PLAYED_WITH, *RIDDEN, *ROLLING):
        return 0.0
    regular = rhythm(scene.motion, scene.rate)
    return _sure(scene, "person") * regular if regular >= _RHYTHM else 0.0


def rhythm(motion: Curve, rate: float) -> float:
    """Return the strongest autocorrelation of `motion` at the period of a step or beat, 0 to 1."""
    values = np.asarray(motion, dtype=np.float64)
    if len(values) < 4 * rate:
        return 0.0
    slow = np.convolve(np.pad(values, int(rate), mode="edge"), np.ones(2 * int(rate) + 1), mode="valid")
    moved = values - slow / (2 * int(rate) + 1)
    power = float(np.dot(moved, moved))
    lags = range(max(2, round(_PERIOD[0] * rate)), round(_PERIOD[1] * rate) + 1)
    if power <= 1e-9:
        return 0.0
    found = [float(np.dot(moved[lag:], moved[:-lag])) / power for lag in lags]
    return max(0.0, *found)


def _falling_water(scene: Stretch) -> float:
    found = max((scene.found.classes.get(name, 0.0) for name in _FALLS), default=0.0)
    return found if scene.stir >= _STILL and abs(scene.pan) < 0.05 else 0.0


def _pouring(scene: Stretch) -> float:
    """A bottle's lower end over a cup, in two frames, and a little movement."""
    if scene.photo or scene.stir < _STILL / 2:
        return 0.0
    cups = [
        [*a, *b, *c]
        for a, b, c in zip(*(scene.found.boxes(name) for name in ("cup", "wine glass", "bowl")), strict=True)
    ]
    over = sum(
        any(_above(one.box, cup.box) for one in bottles for cup in here)
        for bottles, here in zip(scene.found.boxes("bottle"), cups, strict=True)
    )
    return min(_sure(scene, "bottle"), _sure(scene, "cup", "wine glass", "bowl")) if over >= 2 else 0.0


def _above(bottle: Box, cup: Box) -> bool:
    across = min(bottle.right, cup.right) - max(bottle.left, cup.left)
    return across > 0 and bottle.top < cup.top - 0.05 and abs(bottle.bottom - cup.top) < 0.12


def _talking_to_camera(scene: Stretch) -> float:
    """One large, steady face, and a voice."""
    faces = scene.found.boxes("face")
    near = [max((one.box.bottom - one.box.top for one in frame), default=0.0) for frame in faces]
    large = float(np.mean([height >= _NEAR for height in near])) if near else 0.0
    alone = _count(scene, "face") == 1
    return _sure(scene, "face") if scene.speech >= _SPOKEN and large >= 0.5 and alone else 0.0


def _talking(scene: Stretch) -> float:
    """A voice, and faces large enough to be its owners for half the time: no narrator is taken for them."""
    faces = scene.found.boxes("face")
    near = [any(one.box.bottom - one.box.top >= _FACE for one in frame) for frame in faces]
    heard = scene.speech >= _SPOKEN and scene.stir < 3 * _STIRS
    return 0.8 * _sure(scene, "face") if heard and near and float(np.mean(near)) >= 0.5 else 0.0


def _crowd_moving(scene: Stretch) -> float:
    crowded = _count(scene, "person") >= 5 or scene.found.words.get("crowd", 0.0) > 0
    sure = max(_sure(scene, "person"), scene.found.words.get("crowd", 0.0))
    return sure if crowded and scene.stir >= _STIRS and abs(scene.pan) < 0.1 else 0.0


def _sitting(scene: Stretch) -> float:
    """A person within the box of a seat who keeps their place."""
    if scene.photo or scene.stir > _STIRS:
        return 0.0
    moved = scene.steps("person")
    keeps = (
        moved and np.mean([abs(step.across) < 0.04 and 0.85 < step.growth < 1.18 for step in moved]) >= 0.7
    )
    seats = [
        [seat for frame in frames for seat in frame]
        for frames in zip(*(scene.found.boxes(name) for name in _SEATS), strict=True)
    ]
    seated = sum(
        any(
            overlap(seat.box, one.box) > 0.35 or overlap(one.box, seat.box) > 0.5
            for one in people
            for seat in here
        )
        for people, here in zip(scene.found.boxes("person"), seats, strict=True)
    )
    return _sure(scene, "person") if keeps and seated * 2 >= len(seats) else 0.0


def _rules() -> Iterator[tuple[str, Callable[[Stretch], float]]]:
    yield "riding", _riding
    yield "playing", _playing
    yield "running", _running
    yield "dancing", _dancing
    yield "driving", _driving
    yield "flying", _flying
    yield "walking", _walking
    yield "falling water", _falling_water
    yield "pouring", _pouring
    yield "talking to the camera", _talking_to_camera
    yield "talking", _talking
    yield "crowd moving", _crowd_moving
    yield "sitting still", _sitting


_RULES = tuple(_rules())
