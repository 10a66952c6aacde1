"""The form: which sections share their material, so that something returns.

Method: music that only goes on is forgotten, so every form here brings its A back; of the forms of the
right length, the one is taken whose equal letters stand over the most alike pictures. Long films are
strophes of four.
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
_STROPHE = 4
_PRIOR = 0.03
"""How much likeness a form must gain for each place it stands further back."""


def letters(rows: Sequence[NDArray[np.float64]]) -> str:
    """Return one letter a section, for the mean looks of every section (each of shape (5,))."""
    found = ""
    while len(rows) > max(FORMS):
        found += _fit(rows[:_STROPHE])
        rows = rows[_STROPHE:]
    return found + _fit(rows)


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
