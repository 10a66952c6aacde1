"""What musicians write: "120 bpm", "in F# minor", "3/4". Found in folded text, and cut out of it."""

import re
from dataclasses import dataclass

from immersivaudio.stages.enhance.modifiers import MODES

SLOWEST, FASTEST = 40.0, 240.0
"""Tempo of a cue sheet, beats a minute."""

_TEMPO = re.compile(
    r"\b(\d{1,4})(?:\.\d+)?\s*(?:bpm|beats (?:per|a) minute)\b"
    r"|\btempo\s*(?:of|=|:)?\s*(\d{2,4})\b"
)
_METRE = re.compile(r"\b([2-7]|12)\s*/\s*([48])\b(?:\s*time\b)?")
_KEY = re.compile(
    r"\b(?P<ask>(?:in|key of|key)\s+)?(?P<letter>[a-g])(?P<sign>#|b|\s?sharp|\s?flat)?[\s-]+"
    rf"(?P<mode>{'|'.join(sorted(MODES, key=len, reverse=True))})\b"
    r"(?P<generic>\s+(?:key|feel|mood|chords?|scale))?"
)
_GERMAN = re.compile(r"\b(?:in\s+)?(?P<letter>[cdfga]is|[cdg]es|es|as|[a-h])[\s-]+(?P<mode>dur|moll)\b")
_GERMAN_SIGNS = {"b": "Bb", "h": "B", "es": "Eb", "as": "Ab"}
"""German writes H for B, and B for B flat."""
_SYLLABLES = {"do": "C", "ut": "C", "re": "D", "mi": "E", "fa": "F", "sol": "G", "la": "A", "si": "B"}
_ROMANCE = re.compile(
    rf"\b(?:(?:in|en|em|la tonalite de)\s+)?(?P<letter>{'|'.join(_SYLLABLES)})"
    r"(?:\s*(?P<sharp>#|diese|diesis|sostenido|sustenido)|\s*(?P<flat>b|bemolle|bemol))?"
    r"[\s-]+(?P<mode>majeur|mineur|mayor|menor|maior|maggiore|minore)\b"
)
_DENIED = re.compile(
    r"\b(?:not|no|nicht|kein|keine|pas|sans|non|sin|senza|sem|nao)\s+(?:(?:in|en|em)\s+)?(?:an?|un|une|uma?)?\s*$"
)
_OTHER = {"ionian": "aeolian", "aeolian": "ionian"}
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
    asked_tempo: float = 0.0
    """As written; `tempo` is what can be played."""


def read(text: str) -> Notation:
    """Read the musical terms of `text`, which `text_cleaning.fold` has passed."""
    tempo = tonic = mode = metre = ""
    text = text.replace("♭", "b")
    if found := _TEMPO.search(text):
        tempo, text = found[1] or found[2], _without(text, found)
    if (found := _METRE.search(text)) and f"{found[1]}/{found[2]}" in _METRES:
        metre, text = f"{found[1]}/{found[2]}", _without(text, found)
    if found := _GERMAN.search(text):
        tonic = _german(found["letter"])
        mode, text = MODES[found["mode"]], _without(text, found)
    elif found := _ROMANCE.search(text):
        tonic = _SYLLABLES[found["letter"]] + ("#" if found["sharp"] else "b" if found["flat"] else "")
        mode, text = MODES[found["mode"]], _without(text, found)
    elif found := _KEY.search(text):
        # "a minor key" has an article where "a minor" has a tonic.
        article = found["letter"] == "a" and not found["sign"] and bool(found["generic"])
        tonic = "" if article else _tonic(found)
        mode = MODES[found["mode"]]
        if article and (no := _DENIED.search(text[: found.start()])):
            mode, text = _OTHER.get(mode, ""), text[: no.start()] + " " + text[found.start() :]
            found = _KEY.search(text) or found
        text = _without(text, found)
    elif found := _TONIC.search(text):
        tonic, text = _tonic(found), _without(text, found)
    bpm = min(FASTEST, max(SLOWEST, float(tempo))) if tempo else 0.0
    return Notation(text, bpm, tonic, mode, metre, float(tempo or 0))


def _german(name: str) -> str:
    if name in _GERMAN_SIGNS:
        return _GERMAN_SIGNS[name]
    return name[0].upper() + {"is": "#", "es": "b"}.get(name[1:], "")


def _tonic(found: re.Match[str]) -> str:
    sign = (found["sign"] or "").strip()
    return found["letter"].upper() + {"sharp": "#", "flat": "b"}.get(sign, sign)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
