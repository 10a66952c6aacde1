"""What a sentence will say of a stretch: who does what, with what, where, in which light, how it moves.

Only what a trained eye found is named as a thing or a place. Colour and texture alone name nothing: they say
"a dim scene in brown", or second a place that was found already (a low sun needs both).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from immersivaudio.sentences.telling import Counted, Telling
from immersivaudio.situations import FOODS, GROUPS
from immersivaudio.stages.describe.actions import PLAYED_WITH, RIDDEN, ROLLING, riders
from immersivaudio.stages.describe.aggregation import ANIMAL_CLASSES, ANIMALS, Found, Thing
from immersivaudio.stages.describe.evidence import LOW_SUN, StretchMeasures
from immersivaudio.stages.describe.light_and_colour import colours, light_of
from immersivaudio.stages.describe.picture_features import PictureFeatures
from immersivaudio.stages.describe.scenes import Scene, is_monochrome
from immersivaudio.stages.describe.tracks import overlap

_CARRIED = (
    "backpack", "umbrella", "handbag", "suitcase", "tie", "bottle", "wine glass", "cup", "book", "cell phone",
    "laptop", "teddy bear", "cake", "pizza", "kite", *PLAYED_WITH,
)  # fmt: skip
_SEATS = ("couch", "bed", "bench", "chair")
_FRUIT = ("apple", "orange")
"""Detectors confuse round fruit, so each is called fruit."""
_BAGS = ("handbag", "suitcase")
"""The same holds for these: each is called a bag."""
_CONFUSED, _NAMED_SURELY = ("bus", "truck"), 0.93
"""And for these two under that confidence, which takes both witnesses: each is called a vehicle."""
_PLAINLY = 0.8
_INSTRUMENTS = GROUPS["instrument"]
_RIDING = {
    "horse": "horse riding", "elephant": "horse riding", "skis": "skiing", "snowboard": "snowboarding",
    "surfboard": "surfing",
}  # fmt: skip
_ALONE = frozenset({"skiing", "snowboarding", "surfing"})
"""Actions that name their own object."""
_PLACES = (
    "underwater", "vehicle interior", "beach", "snow", "stage", "garden", "forest", "desert", "mountain",
    "lake", "sea", "street", "city", "indoor", "drawing", "screen", "document", "flower", "food", "statue",
    "cemetery", "fire", "smoke", "rain on glass", "fireworks", "sport", "sky", "water", "nature", "outdoors",
)  # fmt: skip
_OUTDOORS = frozenset(
    {"beach", "snow", "garden", "forest", "desert", "mountain", "lake", "sea", "street", "city", "sky",
     "water", "nature", "outdoors"}
)  # fmt: skip
_BUILDING, _TOWN = 0.6, 0.98
"""How sure of a building the classifier must be, and how sure a town, to tell them apart: to the head of the
scene words a castle in a meadow is a town."""
_BUILT = ("city", "street", "indoor", "stage")
"""Places that go without a building."""
_COVERED = {
    "water": ("sea", "lake", "beach", "underwater", "snow"), "city": ("street",), "street": ("city",),
    "sky": tuple(_OUTDOORS - {"sky", "outdoors"}),
    "nature": (*(_OUTDOORS - {"sky", "nature", "outdoors"}), "sport"),
    "garden": ("flower",), "sea": ("beach",),
}  # fmt: skip
"""A place goes without saying beside one of these."""
_NO_NIGHT = frozenset({"night", "space", "indoor", "drawing", "screen", "document"})
"""Places that say it already, or have no night."""
_ALONE_TRUE = ("black", "title", "blank", "greenery", "sky")
"""What colours and textures alone were right about on pictures that nobody set a limit with."""
_SECONDED = {"outdoors": _ALONE_TRUE, "nature": ("greenery",)}
"""Plain places -> what colours and textures may say more nearly."""
_NAMED = (
    "lighthouse", "bridge", "fountain", "carousel", "balloon", "mushroom", "tent", "tractor", "parachute",
    "candle", "building",
)  # fmt: skip
"""Classes that are named where nothing has a box."""
_VEHICLES = (*ROLLING, "boat", "airplane", "bicycle")
_BEASTS = frozenset((*ANIMALS, *ANIMAL_CLASSES))
_LETTERED = ("black", "title", "blank")
_DUSK, _DUSKY = ("red", "orange", "pink", "violet"), 0.3
"""Hues of a sky at dusk, and their share of the upper third from which no daylight is said."""
_LIT, _LIT_TOWN = 0.35, 0.4
"""How light it must be to be said to be day; and where lamps and windows light what is seen."""
_GLOWING = 0.25
"""How light it must be, not to be said to be night under such a sky."""
_BACKLIT, _UNLIT = 0.4, 0.3
"""How much lighter the upper third is than the lower, and how dark that, where the sun is low, veiled or
gone: no daylight is said then."""
_MURKY = 0.3
"""Share of the picture that is dark from which none is, either."""
_UNLIGHTED = frozenset({*_LETTERED, "night", "space", "drawing", "screen", "underwater"})
"""Places of which no dim light is said."""
_HELD = 0.5
"""Confidence from which a place is said."""
_ALSO = 0.6
"""Share of the first place's weight from which a second one is said."""
_CLEARLY = 0.05
"""By how much the sea must be surer than a beach to be told instead."""
_SEEN = 0.25
"""Share of the frames in which a thing must be seen to be told of a whole film."""
_SMALL = 0.004
_NEAR = 0.25
"""Height of a face, fraction of the picture, from which its person counts as close to the camera."""
_FILLS = (0.45, 0.9)
"""Share of the picture and of its height that somebody fills who is as near."""
_MANY = 5

Clause = tuple[tuple[Counted, ...], str, tuple[Counted, ...]]
"""Who or what, doing what, with what."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything a sentence about one stretch may draw on."""

    found: Found
    actions: Mapping[str, float]
    look: PictureFeatures
    scene: Scene | None
    measured: StretchMeasures
    shots: int = 1


def telling(sight: Sight, motion: str, pace: str, *, flashing: bool) -> Telling:
    """Return what the sentence about a stretch says."""
    subjects, action, objects = _clause(sight)
    places = _places(sight, subjects)
    if action == "there" and places:
        action = ""  # where they are says it
    known = bool(subjects or places)
    return Telling(
        subjects=subjects,
        action=action,
        objects=objects,
        places=places,
        light=_light(sight, places) if known else light_of(sight.look),
        colours=() if known else colours(sight.look),
        grey=is_monochrome(sight.look) and not set(places) & set(_LETTERED),
        motion=motion,
        pace=pace,
        shots=sight.shots,
        flashing=flashing,
        photo=sight.measured.photo,
    )


def ranked(found: Found) -> list[Thing]:
    """Things by how much of the stretch they fill; a face is its person."""
    things = dict(found.things)
    face = things.pop("face", None)
    if face:
        person = things.get("person")
        count = max(face.count, person.count if person else 0)
        sure = max(face.confidence, person.confidence if person else 0.0)
        share = max(face.share, person.share if person else 0.0)
        size = max(4 * face.size, person.size if person else 0.0)
        things["person"] = Thing("person", count, sure, share, size)
    return sorted(things.values(), key=lambda thing: (-_weight(thing), thing.label))


def _weight(thing: Thing) -> float:
    return thing.confidence * thing.share * math.sqrt(thing.size)


def _clause(sight: Sight) -> Clause:
    """Who or what, doing what, with what."""
    things = {t.label: t for t in ranked(sight.found) if t.share >= _SEEN or t.label == "person"}
    if "person" in things:
        return _of_people(sight, things)
    animals = [label for label in things if label in _BEASTS][:2]
    rolling = [label for label in things if label in ROLLING]
    if animals:
        return _of_animals(sight, things, animals)
    moving = _moving(sight, things, rolling)
    if moving:
        return moving
    named = _classes(sight.found, (*ANIMALS[:-1], *ANIMAL_CLASSES)) or _of_things(things)
    named = named or _classes(sight.found, ANIMALS[-1:]) or _classes(sight.found, _VEHICLES)[:1]
    return named or _landmark(sight.found), "", ()


def _landmark(found: Found) -> tuple[Counted, ...]:
    """What stands out where nothing has a box; a building goes without saying in a town and in a room."""
    named = _classes(found, _NAMED)[:1]
    built = any(found.words.get(place, 0.0) >= _HELD for place in _BUILT if place not in _no_town(found))
    return () if named == (("building", 1),) and built else named


def _no_town(found: Found) -> tuple[str, ...]:
    """The place that goes where one building was taken for a town."""
    alone = found.classes.get("building", 0.0) >= _BUILDING and found.words.get("city", 0.0) < _TOWN
    return ("city",) if alone else ()


def _classes(found: Found, names: Sequence[str]) -> tuple[Counted, ...]:
    return tuple((name, 1) for name in names if found.classes.get(name, 0.0) >= _HELD)[:2]


def _moving(sight: Sight, things: Mapping[str, Thing], rolling: Sequence[str]) -> Clause | None:
    """What moves without anybody in sight."""
    if "driving" in sight.actions and rolling:
        return (_counted(things[rolling[0]]),), "driving", ()
    if "flying" in sight.actions and "airplane" in things:
        return (_counted(things["airplane"]),), "flying", ()
    return ((("water", 1),), "falling water", ()) if "falling water" in sight.actions else None


_OF_PEOPLE = (
    "running", "dancing", "walking", "talking to the camera", "talking", "crowd moving", "sitting still",
)  # fmt: skip
_BESIDE = frozenset((*_BEASTS, *_VEHICLES))
"""What stands in a sentence beside people, not with them."""


def _of_people(sight: Sight, things: Mapping[str, Thing]) -> Clause:
    somebody = _counted(things["person"])
    with_toy = _playing(sight, things, somebody)
    if with_toy:
        return with_toy
    action = next((name for name in sight.actions if name in _OF_PEOPLE), "")
    if action and (action != "crowd moving" or somebody[1] >= _MANY):
        dogs = [_counted(things["dog"])] if action == "walking" and "dog" in things else []
        return (somebody, *dogs), action, _carried(things) if action == "walking" else ()
    beside = [_counted(t) for label, t in things.items() if label in _BESIDE and t.size >= _SMALL][:2]
    if beside:
        return (somebody, *beside), "", ()
    return _at_rest(sight, things, somebody)


def _playing(sight: Sight, things: Mapping[str, Thing], somebody: Counted) -> Clause | None:
    """Riding, or playing with something."""
    ridden = [label for label in things if label in RIDDEN]
    if "riding" in sight.actions and ridden:
        action = _RIDING.get(ridden[0], "riding")
        on = max(1, *riders(sight.found, ridden[0]))
        count = min(on, things[ridden[0]].count)
        return (("person", on),), action, () if action in _ALONE else ((ridden[0], count),)
    toys = [label for label in things if label in ("dog", *PLAYED_WITH)]
    if "playing" in sight.actions and toys:
        return (somebody,), "playing", (_counted(things["dog" if "dog" in toys else toys[0]]),)
    return None


def _at_rest(sight: Sight, things: Mapping[str, Thing], somebody: Counted) -> Clause:
    """People who are only there: at a table, on a seat, close by, or with what they carry."""
    played = [(name, 1) for name in _INSTRUMENTS if sight.found.classes.get(name, 0.0) >= _HELD][:1]
    carried = (*played, *_carried(things))
    if "dining table" in things:
        return (somebody,), "at", (_counted(things["dining table"]),)
    seat = _seat(sight.found, things, "person")
    if seat and not carried:
        return (somebody,), "on", (seat,)
    if carried or _near(sight.found):
        return (somebody,), "" if carried else "near", carried
    beside = _landmark(sight.found)
    return (somebody, *beside), "" if beside else "there", ()


def _near(found: Found) -> bool:
    """Whether somebody is close to the camera: by the face, or by how much of the picture they fill."""
    heights = [one.box.bottom - one.box.top for frame in found.boxes("face") for one in frame]
    area, height = _FILLS
    filled = [
        any(b.bottom - b.top >= height and b.area >= area for b in boxes)
        for boxes in ([one.box for one in frame] for frame in found.boxes("person"))
    ]
    return max(heights, default=0.0) > _NEAR or 2 * sum(filled) > len(filled)


def _of_animals(sight: Sight, things: Mapping[str, Thing], animals: Sequence[str]) -> Clause:
    subjects = tuple(_counted(things[label]) for label in animals)
    toys = [label for label in things if label in PLAYED_WITH]
    if "playing" in sight.actions and toys and animals[0] == "dog":
        return subjects[:1], "playing", (_counted(things[toys[0]]),)
    if "flying" in sight.actions and animals[0] == "bird":
        return subjects[:1], "flying", ()
    seat = _seat(sight.found, things, animals[0])
    return (subjects, "on", (seat,)) if seat and len(subjects) == 1 else (subjects, "", ())


def _of_things(things: Mapping[str, Thing]) -> tuple[Counted, ...]:
    """The one or two things that fill most; several kinds of food are food."""
    foods = [label for label in things if label in FOODS]
    rest = [_counted(thing) for label, thing in things.items() if label not in FOODS and thing.size >= _SMALL]
    if len(foods) > 1 or (foods and foods[0] not in _FRUIT and things[foods[0]].confidence < _PLAINLY):
        return (("food", 1), *rest[:1])
    eaten = [("fruit", 1) if label in _FRUIT else _counted(things[label]) for label in foods]
    return tuple(eaten + rest)[:2]


def _carried(things: Mapping[str, Thing]) -> tuple[Counted, ...]:
    return tuple(_counted(things[label]) for label in things if label in _CARRIED)[:2]


def _seat(found: Found, things: Mapping[str, Thing], who: str) -> Counted | None:
    """What `who` lies or sits on: their box lies over it in most frames that show both."""
    for label in (label for label in _SEATS if label in things):
        pairs = [(a, b) for a, b in zip(found.boxes(who), found.boxes(label), strict=True) if a and b]
        on = sum(any(overlap(one.box, seat.box) > 0.6 for one in a for seat in b) for a, b in pairs)
        if pairs and on * 2 > len(pairs):
            return label, 1
    return None


def _counted(thing: Thing) -> Counted:
    if thing.label in _CONFUSED and thing.confidence < _NAMED_SURELY:
        return "vehicle", thing.count
    return "bag" if thing.label in _BAGS else thing.label, thing.count


def _places(sight: Sight, subjects: tuple[Counted, ...]) -> tuple[str, ...]:
    """Where it is, as surely found; at most two, of a film of several shots."""
    words = {word: sure for word, sure in sight.found.words.items() if word not in _no_town(sight.found)}
    words["sport"] = _pitch(sight.found, subjects)
    measured = sight.scene.words if sight.scene else ()
    if not subjects and not any(words.get(place, 0.0) >= _HELD for place in _PLACES):
        return () if "night" in words else tuple(word for word in _ALONE_TRUE if word in measured)[:1]
    lettered = tuple(word for word in _LETTERED if word in measured)[:1]
    if lettered and not subjects:
        return lettered
    seen = {place: words.get(place, 0.0) for place in _PLACES if words.get(place, 0.0) >= _HELD}
    labels = {label for label, _ in subjects}
    seen = _uncovered(seen, dark="night" in words)
    if len(seen) == 1 and not subjects and set(seen) <= _SECONDED.keys():
        (plain,) = seen
        return tuple(word for word in _SECONDED[plain] if word in measured)[:1] or (plain,)
    if labels & {*FOODS, "food", "fruit"}:
        seen.pop("food", None)
    best = sorted(seen, key=lambda place: (-seen[place], _PLACES.index(place)))
    if "sunset" in measured and any(place in LOW_SUN for place in best):
        return ("sunset",)
    if "night" in words and not best and not subjects:
        return ("space",) if "space" in measured else ("night",)
    several = sight.shots > 1 and len(best) > 1 and seen[best[1]] >= _ALSO * seen[best[0]]
    return tuple(best[: 2 if several else 1])


def _pitch(found: Found, subjects: tuple[Counted, ...]) -> float:
    """How sure a sports ground is: people, no room, and the classifier's players and balls."""
    played = "indoor" not in found.words and any(label == "person" for label, _ in subjects)
    return found.classes.get("sport", 0.0) if played else 0.0


def _uncovered(seen: Mapping[str, float], *, dark: bool) -> dict[str, float]:
    """Return the places without those that another says more nearly, or more surely."""
    left = dict(seen)
    if left.get("sea", 0.0) > left.get("beach", 1.0) + _CLEARLY:
        del left["beach"]  # a cliff: not every picture of a sea shows a beach
    if dark and "lake" in left:
        left["water"] = left.pop("lake")  # at night no shore tells a lake from a harbour
    for place, others in _COVERED.items():
        if any(other in left and left[other] >= left.get(place, 0.0) - 0.2 for other in others):
            left.pop(place, None)
    if len(left) > 1:
        left.pop("outdoors", None)
    return left


def _light(sight: Sight, places: Sequence[str]) -> str:
    words, look = sight.found.words, sight.look
    evening = _dusk(look) >= _DUSKY and look.top["light"] >= _GLOWING
    if words.get("night", 0.0) >= _HELD and not set(places) & _NO_NIGHT and not evening:
        return "night"
    if words.get("night", 0.0) or (sight.scene and "night" in sight.scene.words):
        return ""  # one witness says night: neither night nor day is said
    lit = _LIT_TOWN if set(places) & {"city", "street"} else _LIT
    if set(places) & _OUTDOORS and sight.measured.light >= lit:
        return "daylight" if _by_day(look) else ""
    return "dim" if sight.measured.light < 0.2 and not set(places) & _UNLIGHTED else ""


def _by_day(look: PictureFeatures) -> bool:
    """Whether nothing speaks against daylight: not the sky's hue, nor how it lights what is under it."""
    unlit = look.bottom["light"] < _UNLIT and look.top["light"] - look.bottom["light"] >= _BACKLIT
    return not (_dusk(look) >= _DUSKY or unlit or look.dark >= _MURKY)


def _dusk(look: PictureFeatures) -> float:
    """Share of the upper third in the hues of a sky at dusk."""
    return sum(look.top[hue] for hue in _DUSK)
