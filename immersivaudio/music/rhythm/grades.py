"""Pick a figure: which grade of a pattern fits the moment, and how it fits a bar of any length."""

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

from immersivaudio.music.tempo_map import Bar, Metre

_Graded = TypeVar("_Graded")


def metre_name(metre: Metre) -> str:
    """Return the row of the tables to read: "4/4", "3/4" or "6/8"."""
    if metre.compound:
        return "6/8"
    return "3/4" if metre.beats % 3 == 0 else "4/4"


def graded(table: Mapping[str, Sequence[_Graded]], metre: Metre, density: float) -> _Graded:
    """Return the grade of a pattern for a density of 0 to 1."""
    grades = table.get(metre_name(metre)) or next(iter(table.values()))
    return grades[min(max(int(density * len(grades)), 0), len(grades) - 1)]


def fitted(figure: str, bar: Bar, metre: Metre) -> str:
    """Return a figure as long as the bar: cut in a short one, its last beat again in a long one."""
    wanted = bar.beats * metre.sixteenths
    while len(figure) < wanted:
        figure += figure[: wanted - len(figure)]
    return figure[:wanted]


def pick(variants: Sequence[str], chance: random.Random) -> str:
    """Return a variant, the first one as often as all the others together."""
    return variants[0] if len(variants) == 1 or chance.random() < 0.5 else chance.choice(variants[1:])


def turning(variants: Sequence[str], chance: random.Random) -> str:
    """Return the variant of a phrase's last bar: a player turns there, and does not go round like a wheel."""
    return chance.choice(variants[1:] or variants)


def strokes(figure: str) -> list[tuple[int, int, str]]:
    """Return (sixteenth, length in sixteenths, character) of every stroke of a figure."""
    found: list[tuple[int, int, str]] = []
    for place, sign in enumerate(figure):
        if sign == "-" and found and found[-1][0] + found[-1][1] == place:
            found[-1] = (found[-1][0], found[-1][1] + 1, found[-1][2])
        elif sign not in "-.":
            found.append((place, 1, sign))
    return found
