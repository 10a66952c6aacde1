"""What musicians write: "120 bpm", "in F# minor", "3/4". Found in folded text, and cut out of it."""

import re
from dataclasses import dataclass

from immersivaudio.stages.enhance.modifiers import MODES

SLOWEST, FASTEST = 40.0, 240.0
"""Tempo of a cue sheet, beats a minute."""

_TEMPO = re.compile(
    r"\b(\d{2,3})(?:\.\d+)?\s*(?:bpm|beats (?:per|a) minute)\b"
    r"|\btempo\s*(?:of|=|:)?\s*(\d{2,3})\b"
)
_METRE = re.compile(r"\b([2-7]|12)\s*/\s*([48])\b(?:\s*time\b)?")
_KEY = re.compile(
    r"\b(?P<ask>(?:in|key of|key)\s+)?(?P<letter>[a-g])(?P<sign>#|b|\s?sharp|\s?flat)?[\s-]+"
    rf"(?P<mode>{'|'.join(sorted(MODES, key=len, reverse=True))})\b"
    r"(?P<generic>\s+(?:key|feel|mood|chords?|scale))?"
)
_TONIC = re.compile(r"\bkey of\s+(?P<letter>[a-g])(?P<sign>#|b|\s?sharp|\s?flat)?(?![a-z0-9])")
_METRES = frozenset({"4/4", "3/4", "6/8", "2/4", "5/4", "7/8", "12/8"})


@dataclass(frozen=True, slots=True)
class Notation:
    """What was asked for in musicians' terms; empty where nothing was."""

    rest: str
    """The text without it."""
    tempo: float = 0.0
    tonic: str = ""
    mode: str = ""
    metre: str = ""


def read(text: str) -> Notation:
    """Read the musical terms of `text`, which `words.fold` has passed."""
    tempo = tonic = mode = metre = ""
    text = text.replace("♭", "b")
    if found := _TEMPO.search(text):
        tempo, text = found[1] or found[2], _without(text, found)
    if (found := _METRE.search(text)) and f"{found[1]}/{found[2]}" in _METRES:
        metre, text = f"{found[1]}/{found[2]}", _without(text, found)
    if found := _KEY.search(text):
        # "a minor key" has an article where "a minor" has a tonic.
        article = found["letter"] == "a" and not found["sign"] and bool(found["generic"])
        tonic = "" if article else _tonic(found)
        mode, text = MODES[found["mode"]], _without(text, found)
    elif found := _TONIC.search(text):
        tonic, text = _tonic(found), _without(text, found)
    bpm = min(FASTEST, max(SLOWEST, float(tempo))) if tempo else 0.0
    return Notation(text, bpm, tonic, mode, metre)


def _tonic(found: re.Match[str]) -> str:
    sign = (found["sign"] or "").strip()
    return found["letter"].upper() + {"sharp": "#", "flat": "b"}.get(sign, sign)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
