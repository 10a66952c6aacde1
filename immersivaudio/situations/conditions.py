"""Marks: what a row of the table asks of the evidence, in a small language that can be read aloud.

`"dog, sports ball|person, motion>.25"` asks for a dog, a ball or a person, and movement: groups parted by
commas, alternatives by bars. A number asks for a count (`person>=3`) or for a measurement (`light<.3`), and
`!indoor` for something not to be there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

ACTIONS = (
    "playing", "running", "dancing", "riding", "driving", "flying", "walking", "falling water", "pouring",
    "talking to the camera", "talking", "crowd moving", "sitting still",
)  # fmt: skip
"""What happens, the most telling first."""
MEASURES = frozenset(
    {"motion", "cuts", "light", "saturation", "speech", "flashes", "fades", "pan", "face size"}
)
"""Numbers: motion, light, saturation and speech are shares, 0 to 1; cuts and flashes a minute; fades how many
shots come out of a blank picture; pan in widths a second, to either side; face size in heights of the
picture. What is not known is not in the evidence."""
FOODS = (
    "banana", "apple", "sandwich", "orange", "broccoli", "carrot", "hot dog", "pizza", "donut", "cake",
)  # fmt: skip
GROUPS: Mapping[str, tuple[str, ...]] = {
    "wild animal": ("elephant", "bear", "zebra", "giraffe", "lion", "tiger", "leopard", "fox", "wolf",
                    "monkey", "panda", "koala", "kangaroo", "camel", "deer", "sea lion", "otter",
                    "hippopotamus", "penguin", "crocodile", "buffalo", "coyote", "hyena", "llama",
                    "cheetah", "lynx", "puma", "marmot", "porcupine"),
    "small pet": ("rabbit", "hamster", "squirrel"),
    "crawling": ("snake", "frog", "turtle", "lizard", "cockroach"),
    "sea life": ("jellyfish", "shark", "whale", "fish", "coral reef", "scuba diver"),
    "ball game": ("sports ball", "frisbee", "tennis racket", "baseball bat", "baseball glove"),
    "vehicle": ("car", "bus", "truck", "motorcycle", "train"),
    "dishes": ("wine glass", "fork", "knife", "spoon", "bowl", "cup", "bottle"),
    "kitchen": ("oven", "microwave", "sink", "refrigerator", "toaster", "knife", "stove", "frying pan"),
    "fruit": ("banana", "apple", "orange", "broccoli", "carrot"),
    "food": FOODS,
    "instrument": ("guitar", "drum", "microphone", "violin", "piano", "cello", "saxophone", "accordion",
                   "trumpet"),
    "insect": ("insect", "butterfly", "bee", "dragonfly", "spider"),
    "green place": ("garden", "forest", "greenery", "grass"),
    "outdoors": ("garden", "forest", "greenery", "grass", "nature", "beach", "sea", "lake", "snow",
                 "mountain", "desert", "sky", "city", "street"),
    "worship": ("church", "mosque", "altar", "monastery"),
    "page": ("document", "website"),
    "water": ("sea", "lake", "beach"),
}  # fmt: skip
"""A word for any of several; each member counts for itself, too."""
PLACES = frozenset(
    ("indoor", "city", "street", "forest", "sea", "lake", "beach", "snow", "mountain", "desert", "sky",
     "night", "garden", "sport", "document", "screen", "greenery", "nature", "black and white", "sunset",
     "outdoors", "water", "green place", "plain ground")
)  # fmt: skip
"""Words that say where, and not what."""
_HELD = 0.3
"""Confidence from which a mark is there at all."""
_TOKEN = re.compile(r"(?P<absent>!)?(?P<name>[a-z~ -]+?)(?:(?P<sign>>=|<=|>|<)(?P<number>[\d.]+))?")
_WEIGHTS = {"action": 1.5, "thing": 1.2, "place": 0.8, "measure": 0.35}
"""Actions tell more than people and things, and these more than the place."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen over one stretch, as the table reads it."""

    marks: Mapping[str, float]
    """Thing, scene word, class or action -> confidence, 0 to 1."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Thing -> how many at once."""
    measures: Mapping[str, float] = field(default_factory=dict)
    """One of `MEASURES` -> its value."""
    shots: Mapping[str, int] = field(default_factory=dict)
    """Thing, word or class -> number of shots that show it."""

    def confidence(self, name: str) -> float:
        """How sure it is that `name`, or one of the group `name`, is there."""
        return max((self.marks.get(each, 0.0) for each in (name, *GROUPS.get(name, ()))), default=0.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """One alternative of a group."""

    name: str
    low: float
    high: float
    absent: bool = False

    def strength(self, evidence: Evidence) -> float:
        """How plainly the mark is there, weighed by how much its kind tells; 0 where it is not."""
        if self.absent:
            return _WEIGHTS["measure"] if evidence.confidence(self.name) < _HELD else 0.0
        if self.name in MEASURES:
            value = evidence.measures.get(self.name)
            return _WEIGHTS["measure"] if value is not None and self.low <= value <= self.high else 0.0
        sure = evidence.confidence(self.name)
        number = max(evidence.counts.get(each, 1) for each in (self.name, *GROUPS.get(self.name, ())))
        if sure < _HELD or not self.low <= number <= self.high:
            return 0.0
        kind = "action" if self.name in ACTIONS else "place" if self.name in PLACES else "thing"
        return sure * _WEIGHTS[kind]


Group = tuple[Mark, ...]


@cache
def parse(text: str) -> tuple[Group, ...]:
    """Read marks; raises `ValueError` for what is none."""
    groups = (group.strip() for group in text.split(","))
    return tuple(tuple(_mark(token.strip()) for token in group.split("|")) for group in groups if group)


def _mark(token: str) -> Mark:
    found = _TOKEN.fullmatch(token)
    if not found:
        raise ValueError(f"not a mark: {token!r}")
    low, high = float("-inf"), float("inf")
    if found["sign"]:
        number = float(found["number"])
        low, high = (number, high) if found["sign"].startswith(">") else (low, number)
    return Mark(found["name"].strip(), low, high, bool(found["absent"]))


def best(group: Group, evidence: Evidence) -> tuple[str, float]:
    """Return the alternative that is plainest there and its strength; ("", 0) where none is."""
    found = max(group, key=lambda mark: mark.strength(evidence))
    strength = found.strength(evidence)
    if found.absent or not strength:
        return "", strength
    members = (found.name, *GROUPS.get(found.name, ()))
    return max(members, key=lambda name: evidence.marks.get(name, 0.0)), strength
