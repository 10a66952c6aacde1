"""Pick a figure: which grade of a pattern fits the moment, and how it fits a bar of any length."""

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from immersivaudio.music.tempo_map import SIXTEENTH, Bar, Metre

_Graded = TypeVar("_Graded")
_Row = TypeVar("_Row")


ROWS: dict[str, int] = {"4/4": 16, "3/4": 12, "6/8": 12, "12/8": 24, "7/8": 14}
"""Row of the tables -> sixteenths in one bar of it."""
_INSTEAD: dict[str, str] = {"12/8": "6/8", "7/8": "4/4"}
"""Row to read where a table has none for so rare a metre."""


def metre_name(metre: Metre) -> str:
    """Return the row of the tables to read: a key of `ROWS`."""
    if metre.compound:
        return "12/8" if metre.beats == 4 else "6/8"
    if metre.sixteenths == 2:
        return "7/8"
    return "3/4" if metre.beats % 3 == 0 else "4/4"


def row(table: Mapping[str, _Row], metre: Metre) -> _Row:
    """Return the row of a table for a metre; the nearest one where it has none of its own."""
    return table[row_name(table, metre)]


def row_name(table: Mapping[str, object], metre: Metre) -> str:
    """Return the name of the row that `row` returns."""
    name = metre_name(metre)
    if name in table:
        return name
    other = _INSTEAD.get(name, "")
    return other if other in table else next(iter(table))


def graded(table: Mapping[str, Sequence[_Graded]], metre: Metre, density: float) -> _Graded:
    """Return the grade of a pattern for a density of 0 to 1."""
    grades = row(table, metre)
    return grades[min(max(int(density * len(grades)), 0), len(grades) - 1)]


def fitted(figure: str, bar: Bar, metre: Metre) -> str:
    """Return a figure of sixteenths as long as the bar: cut in a short one, begun again in a long one."""
    return _long(figure, bar.beats * metre.sixteenths)


def placed(lane: str, bar: Bar, metre: Metre, sixteenths: int) -> list[tuple[int, str]]:
    """Return (ticks from the bar line, character) of every stroke of a drum's lane.

    `sixteenths` are those of the bar it is written for. A lane with other than so many characters divides
    that bar by itself: 12 in 4/4 are triplets, 24 sextuplets, 32 thirty-seconds, 48 triplets of sixteenths.
    """
    each = Fraction(sixteenths * SIXTEENTH, len(lane))
    wanted = int(bar.beats * metre.sixteenths * SIXTEENTH / each)
    signs = _long(lane, wanted)
    return [(round(place * each), sign) for place, sign in enumerate(signs) if sign != "."]


def _long(figure: str, wanted: int) -> str:
    return (figure * (wanted // len(figure) + 1))[:wanted]


def pick(variants: Sequence[str], chance: random.Random) -> str:
    """Return a variant, the first one as often as all the others together."""
    return variants[0] if len(variants) == 1 or chance.random() < 0.5 else chance.choice(variants[1:])


def turning(variants: Sequence[str], chance: random.Random) -> str:
    """Return the variant of a phrase's last bar: a player turns there, and does not go round like a wheel."""
    return chance.choice(variants[1:] or variants)


def strokes(figure: str, *, tied: bool = False) -> list[tuple[int, int, str]]:
    """Return (sixteenth, length in sixteenths, character) of every stroke of a figure.

    "-" holds what sounds; so does "/", which slides into the stroke that follows: its character is then two,
    "/" first. With `tied`, a figure that begins with "-" has a first stroke "-": the bar before sounds on.
    """
    found: list[tuple[int, int, str]] = []
    for place, sign in enumerate(figure):
        sounding = bool(found) and found[-1][0] + found[-1][1] == place
        if sign in "-/" and (sounding or (tied and not place)):
            start, length, said = found[-1] if sounding else (0, 0, "-")
            found[-1:] = [(start, length + 1, said)]
        elif sign not in "-/.":
            slid = place > 0 and figure[place - 1] == "/"
            found.append((place, 1, f"/{sign}" if slid else sign))
    return found
