"""The form: which sections share their material, so that something returns.

Method: music that only goes on is forgotten, so every form here brings its A back; of the forms of the
right length, the one is taken whose equal letters stand over the most alike pictures; a thing or a place that
is seen again counts for more than its light. In long films what comes back brings its own theme back, what is
new brings a new one, and no two letters take turns for long.
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from immersivaudio.stages.enhance.feature_matrix import distance

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
_SEEN_AGAIN = 0.5
"""What the distance counts where the same things and places are seen."""
_SHARED = 0.6
_NAMED = 2
"""Words in the name of a theme."""
_ELSEWHERE = 0.2
"""What is added where other things and places are seen, and none of the same."""
_ANYWHERE = frozenset({"person", "outdoors", "nature", "indoor", "sky", "drawing"})
"""What most films show all the time: that it is there again says nothing."""
_PRIOR = 0.03
"""How much likeness a form must gain for each place it stands further back."""


def letters(rows: Sequence[NDArray[np.float64]], seen: Sequence[Collection[str]] = ()) -> str:
    """Return one letter a section, for the mean looks of every section (each of shape (5,)).

    `seen` names the things and places in each.
    """
    apart = _distances(rows, seen)
    if len(rows) <= max(FORMS):
        return _fit(apart)
    found = ""
    for place in range(len(rows)):
        found += _next(found, apart[place])
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


def _distances(rows: Sequence[NDArray[np.float64]], seen: Sequence[Collection[str]]) -> NDArray[np.float64]:
    """Return how unlike every two sections are, (n, n)."""
    count = len(rows)
    apart = np.zeros((count, count))
    for later in range(count):
        for earlier in range(later):
            far = distance(rows[earlier], rows[later])
            if later < len(seen):
                a, b = set(seen[earlier]) - _ANYWHERE, set(seen[later]) - _ANYWHERE
                far = far * _SEEN_AGAIN if _alike(a, b) else far + _ELSEWHERE * (bool(a and b) and not a & b)
            apart[later, earlier] = apart[earlier, later] = far
    return apart


def _next(found: str, apart: NDArray[np.float64]) -> str:
    """Return the letter of the next section of a long film: a known one where what is seen was seen before, a
    new one where it is new, and in a film that never changes the order of a rondo.

    `apart` says how unlike it is to every section.
    """
    if not found:
        return "A"
    near = {
        letter: min(float(apart[i]) for i in range(len(found)) if found[i] == letter)
        for letter in dict.fromkeys(found)
    }
    known = min(near, key=lambda letter: (near[letter], letter))
    fresh = THEMES[len(near)] if len(near) < len(THEMES) else ""
    if near[known] > _NEW and fresh:
        return fresh
    stale = found[-2:] == known * 2 or _swings(found + known)
    if not stale:
        return known
    if fresh and len(found) >= 3 * len(near):  # every theme has been heard well before another one comes
        return fresh
    others = [letter for letter in near if letter != known and not _swings(found + letter)]
    return min(others, key=lambda letter: (found.rindex(letter), letter), default=fresh or known)


def _swings(found: str) -> bool:
    """Return whether the end goes to and fro between two letters: A B A B."""
    return len(found) >= 4 and found[-1] == found[-3] != found[-2] == found[-4]


def _alike(one: set[str], other: set[str]) -> bool:
    """Return whether two sections show the same things and places, most of them at least."""
    return bool(one and other) and len(one & other) >= _SHARED * len(one | other)


def _fit(apart: NDArray[np.float64]) -> str:
    forms = FORMS[len(apart)]
    return min(forms, key=lambda form: _strain(form, apart) + _PRIOR * forms.index(form))


def _strain(form: str, apart: NDArray[np.float64]) -> float:
    """Return how unlike the pictures under equal letters are, beside how unlike all are."""
    same, other = [0.0], [0.0]
    for later in range(len(form)):
        for earlier in range(later):
            pair = same if form[earlier] == form[later] else other
            pair.append(float(apart[earlier, later]))
    return float(np.mean(same) - np.mean(other))
