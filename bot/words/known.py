"""Whether words ask for music at all: the phrases that the enhancer understands, as a list without meanings.

The enhancer's vocabulary stands on the composer's tables, which no frontend may load. The list is written
from it by `make known-words`, and `tests/unit/bot/test_known_words.py` holds the two equal.
"""

import difflib
import re
from functools import cache
from importlib.resources import files

from bot.words.phrases import folded

_LONGEST = 4
"""Words of the longest phrase that is looked for."""
_SHORTEST_CORRECTED = 5
_SIMILARITY = 0.84
"""As the enhancer corrects mistyped words."""
_NOTATION = re.compile(
    r"\b\d{2,3} ?bpm\b|\b(?:in|key of) [a-h](?:b|is|es| sharp| flat)?\b|\b[a-h] (?:major|minor|dur|moll)\b"
    r"|\b(?:do|re|mi|fa|sol|la|si) (?:\w+ )?(?:majeur|mineur|mayor|menor|maior|maggiore|minore)\b"
    r"|\b(?:faster|slower)\b"
)


def asks_for_music(text: str) -> bool:
    """Whether any phrase of `text` is one that the enhancer understands, mistyped words included."""
    said = folded(text)
    words = said.split()
    if _NOTATION.search(said) or any(sign in text for sign in _emoji()):
        return True
    known = _phrases()
    spans = (
        " ".join(words[place : place + count])
        for place in range(len(words))
        for count in range(1, _LONGEST + 1)
    )
    return any(span in known for span in spans) or any(_mistyped(word) for word in words)


def _mistyped(word: str) -> bool:
    if len(word) < _SHORTEST_CORRECTED or not word.isalpha() or word in _ordinary():
        return False
    near = [other for other in _long().get(word[0], ()) if abs(len(other) - len(word)) <= 2]
    return bool(difflib.get_close_matches(word, near, n=1, cutoff=_SIMILARITY))


@cache
def _phrases() -> frozenset[str]:
    return frozenset(_lines("known_words.txt"))


@cache
def _ordinary() -> frozenset[str]:
    """Words that are no slip of another."""
    return frozenset(_lines("ordinary_words.txt"))


@cache
def _emoji() -> tuple[str, ...]:
    return _lines("known_signs.txt")


@cache
def _long() -> dict[str, tuple[str, ...]]:
    """First letter -> words in which a slip can be told from another word."""
    words = [word for word in _phrases() if " " not in word and len(word) >= _SHORTEST_CORRECTED]
    return {first: tuple(w for w in words if w[0] == first) for first in {word[0] for word in words}}


def _lines(name: str) -> tuple[str, ...]:
    text = files("bot.words").joinpath(name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line)
