"""The form: which sections share their material, so that something returns.

Method: music that only goes on is forgotten, so every form here brings its A back; of the forms of the
right length, the one is taken whose equal letters stand over the most alike pictures. In long films the same
place or people bring their own theme back, new ones bring a new one, and no two letters take turns for long.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.enhance.looks import distance

FORMS: dict[int, tuple[str, ...]] = {
    1: ("A",),
    2: ("AB", "AA"),
    3: ("ABA",),
    4: ("AABA", "ABAB", "ABCA", "ABAC", "ABBA"),
    5: ("ABACA", "AABBA", "ABABA", "ABCBA", "AABCA"),
    6: ("ABACBA", "AABBCA", "ABABCA", "ABCABA", "AABABA"),
    7: ("ABACABA", "AABACBA", "ABABCAB", "AABBCBA"),
}
"""Number of sections -> letters, the most musical first."""
THEMES = "ABCDEFGH"
"""Letters of a long film, in order of appearance."""
_NEW = 0.45
"""Distance of looks from which a section of a long film is somewhere else, and has a theme of its own."""
_SAME_SCENE = 0.5
"""What the distance counts where the same is seen, in words."""
_SHARED = 0.6
_NAMED = 2
"""Words in the name of a theme."""
_PRIOR = 0.03
"""How much likeness a form must gain for each place it stands further back."""


def letters(rows: Sequence[NDArray[np.float64]], scenes: Sequence[str] = ()) -> str:
    """Return one letter a section, for the mean looks of every section (each of shape (5,)).

    `scenes` says in words what is seen in each; a long film whose place or people come back brings their
    theme back by it.
    """
    if len(rows) <= max(FORMS):
        return _fit(rows)
    found = ""
    for place, row in enumerate(rows):
        found += _next(found, place, row, rows, scenes)
    return found[:-1] + ("A" if found[-2:-1] != "A" else found[-1])  # a long way leads home


def themes(found: str, seen: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return a theme's name for every section: what all sections of its letter show (`seen`: a few words
    each), "" for a letter that does not come back, or shows nothing of its own.

    A person reads and changes it in the sheet: "woman, beach" is known again where "C" is not.
    """
    names: dict[str, str] = {}
    for letter in dict.fromkeys(found):
        shown = [words for one, words in zip(found, seen, strict=True) if one == letter]
        shared = [word for word in shown[0] if all(word in other for other in shown[1:])]
        names[letter] = ", ".join(shared[:_NAMED]) if len(shown) > 1 else ""
    told = list(names.values())
    return tuple(names[letter] if told.count(names[letter]) == 1 else "" for letter in found)


def _next(
    found: str,
    place: int,
    row: NDArray[np.float64],
    rows: Sequence[NDArray[np.float64]],
    scenes: Sequence[str],
) -> str:
    """Return the letter of a section of a long film: a known one where what is seen was seen before, a new
    one where it is new, and in a film that never changes the order of a rondo.
    """
    if not place:
        return "A"
    near = {
        letter: min(
            distance(row, rows[i]) * (_SAME_SCENE if _alike(scenes, place, i) else 1.0)
            for i in range(place)
            if found[i] == letter
        )
        for letter in dict.fromkeys(found)
    }
    known = min(near, key=lambda letter: (near[letter], letter))
    fresh = THEMES[len(near)] if len(near) < len(THEMES) else ""
    if near[known] > _NEW and fresh:
        return fresh
    stale = found[-2:] == known * 2 or _swings(found + known)
    if not stale:
        return known
    if fresh and place >= 3 * len(near):  # every theme has been heard well before another one comes
        return fresh
    others = [letter for letter in near if letter != known and not _swings(found + letter)]
    return min(others, key=lambda letter: (found.rindex(letter), letter), default=fresh or known)


def _swings(found: str) -> bool:
    """Return whether the end goes to and fro between two letters: A B A B."""
    return len(found) >= 4 and found[-1] == found[-3] != found[-2] == found[-4]


def _alike(scenes: Sequence[str], one: int, other: int) -> bool:
    """Return whether two sections show the same in words, half of them at least."""
    if max(one, other) >= len(scenes):
        return False
    a, b = (set(scenes[i].lower().split()) for i in (one, other))
    return bool(a and b) and len(a & b) >= _SHARED * len(a | b)


def _fit(rows: Sequence[NDArray[np.float64]]) -> str:
    forms = FORMS[len(rows)]
    return min(forms, key=lambda form: _strain(form, rows) + _PRIOR * forms.index(form))


def _strain(form: str, rows: Sequence[NDArray[np.float64]]) -> float:
    """Return how unlike the pictures under equal letters are, beside how unlike all are."""
    same, other = [0.0], [0.0]
    for later in range(len(form)):
        for earlier in range(later):
            pair = same if form[earlier] == form[later] else other
            pair.append(distance(rows[earlier], rows[later]))
    return float(np.mean(same) - np.mean(other))
