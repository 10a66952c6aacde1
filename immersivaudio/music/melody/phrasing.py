"""What a phrase does with the motif: states it, sequences it, breaks it up, comes to rest."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from immersivaudio.music.form import Passage, Phrase
from immersivaudio.music.melody.cells import CADENCE_CELLS
from immersivaudio.music.melody.motif import Gesture, Motif, broaden, fragment, fresh_gesture, invert, reverse
from immersivaudio.music.palette import LeadStyle
from immersivaudio.music.rhythm import row
from immersivaudio.music.seeding import generator
from immersivaudio.music.tempo_map import Metre

Move = tuple[Literal["first", "second", "broad", "broader", "hurry", "upside", "close"], int]
"""What a bar does, and by how many scale steps it is moved."""

OPENING: tuple[tuple[Move, ...], ...] = (
    (("first", 0), ("second", 0), ("first", 1), ("close", 2)),
    (("first", 0), ("second", 0), ("first", -1), ("close", 1)),
    (("first", 0), ("first", 1), ("second", 2), ("close", 1)),
    (("first", 0), ("second", 0), ("first", 0), ("close", 3)),
)
"""Antecedents: a question."""
ANSWER: tuple[tuple[Move, ...], ...] = (
    (("second", -1), ("close", 0)),
    (("hurry", 1), ("close", 0)),
    (("first", 0), ("close", 0)),
    (("upside", 2), ("close", 0)),
)
"""How consequents go on: they begin as their question did, and come home."""
_ALIKE = 2
"""Bars in which the later phrases of a theme are the first one."""
CLIMB: tuple[tuple[Move, ...], ...] = (
    (("first", 0), ("first", 2), ("hurry", 4), ("close", 4)),
    (("first", 1), ("second", 2), ("first", 3), ("close", 4)),
    (("hurry", 0), ("hurry", 1), ("first", 3), ("close", 3)),
)
"""For a bridge when the mood is high."""
WIDE: tuple[tuple[Move, ...], ...] = (
    (("broad", 0), ("broader", 0), ("first", 1), ("close", 0)),
    (("first", 0), ("broad", 1), ("broader", 1), ("close", 0)),
)
"""Augmentation, for calm moments and returns."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A bar of a phrase: a gesture, and what to do with it."""

    gesture: Gesture
    steps: int
    """Scale steps above the phrase's base."""
    closes: bool
    """The bar in which the phrase comes to rest."""


def theme(motif: Motif, passage: Passage) -> Motif:
    """Return the passage's form of the motif: a first letter states it, others turn it round."""
    if passage.section.label in {"A", ""} or passage.first:
        return motif
    turned = generator("theme", passage.material).choice((invert, invert, reverse))(motif)
    same = _ways(turned[0]) == _ways(motif[0])  # what reads alike from behind would be the same tune
    return invert(motif) if same else turned


def _ways(gesture: Gesture) -> list[int]:
    """Return which way each note goes: 1 up, -1 down, 0 stays."""
    return [(b > a) - (b < a) for a, b in pairwise(gesture.contour)]


def say(motif: Motif, passage: Passage, phrase: Phrase, metre: Metre) -> list[Saying]:
    """Return a saying for every bar of the phrase."""
    chance = generator("phrase", passage.material, phrase.bridge)
    closing = generator("close", passage.piece)
    cell = closing.choice(row(CADENCE_CELLS, metre))
    way = closing.choice((1, -1))
    contour = tuple(way * (cell.count("x") - 1 - i) for i in range(cell.count("x")))
    scheme = chance.choice(_schemes(passage, phrase))
    broad = broaden(motif[0])
    gestures = {
        "first": motif[0],
        "second": motif[1],
        "broad": broad[0],
        "broader": broad[1],
        "hurry": fragment(motif[0], 1),
        "upside": invert(motif)[0],
        "close": Gesture(cell, contour),
    }
    return [
        Saying(gestures[name], steps, name == "close") for name, steps in _stretched(scheme, len(phrase.bars))
    ]


def improvised(
    sayings: list[Saying], style: LeadStyle, passage: Passage, phrase: Phrase, metre: Metre
) -> list[Saying]:
    """Return a phrase with some bars said anew, as `LeadStyle.vary` has it; its first bar and its
    close stay.
    """
    if not style.vary or (passage.first and phrase.place == 0):
        return sayings
    chance = generator("improvised", passage.variation, phrase.index)
    kept = 0 if phrase.place or passage.returning else 1
    found = sayings[:kept]
    for saying in sayings[kept:]:
        fresh = not saying.closes and chance.random() < style.vary
        found.append(Saying(fresh_gesture(style, metre, chance), saying.steps, False) if fresh else saying)
    return found


def _schemes(passage: Passage, phrase: Phrase) -> tuple[tuple[Move, ...], ...]:
    if phrase.bridge:
        return CLIMB if passage.section.arousal > 0.3 else OPENING
    if phrase.place == 0:
        return WIDE if passage.returning and passage.section.intensity < 0.4 else OPENING
    question = generator("phrase", passage.material, False).choice(OPENING)
    answers = phrase.place % 2 or phrase.closes
    ends = ANSWER if answers else tuple(scheme[_ALIKE:] for scheme in OPENING)
    return tuple((*question[:_ALIKE], *end) for end in ends)


def _stretched(scheme: tuple[Move, ...], bars: int) -> list[Move]:
    """Fit a four-bar scheme to a phrase of any length: the ending stays, the middle gives."""
    if bars >= 4:
        more: list[Move] = [("second", 1)] * (bars - 4)
        return [*scheme[:-1], *more, scheme[-1]]
    return [*scheme[: bars - 1], scheme[-1]]
