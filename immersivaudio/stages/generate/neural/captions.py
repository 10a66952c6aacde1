"""A sheet in ACE-Step's terms: what is said in words, and what in facts of their own.

Tempo, key, metre and length are facts there, so they are left out of the words. The words for the whole piece
speak of nothing that a change to one section changes: so the others stay as they were.
"""

import re
from dataclasses import dataclass

from immersivaudio.stages.generate.neural import keys
from immersivaudio.values import Cue, CueSheet

_FACTS = re.compile(
    r"\d+ bpm|.*\btempo\b.*|[A-G][b#]? .*\b(major|minor|phrygian|dorian|lydian|mixolydian)\b.*"
    r"|(major|minor|lydian|mixolydian|dorian|phrygian|harmonic minor)"
)
_TEMPO = r"(?=, (?:very slow|slow|medium|upbeat|fast) tempo)"
_SEEN = re.compile(rf"for a scene with .*?(?:(?=, featuring)|{_TEMPO})")
_PLAYING = re.compile(rf"featuring .*?{_TEMPO}")
_FULLNESS = ("sparse and minimal", "gentle, unhurried", "full, flowing", "dense, powerful")
"""As the rules write prompts (stages/enhance/captions.py); what a language model wrote is left as it is."""


@dataclass(frozen=True, slots=True)
class AceStepFacts:
    """What is not said in words."""

    bpm: int
    key: str
    metre: str


def facts(sheet: CueSheet) -> AceStepFacts:
    """Return tempo, key and metre as ACE-Step is told them: 96, "D minor", "3"."""
    return AceStepFacts(round(sheet.tempo), keys.name(sheet.key), sheet.metre.partition("/")[0])


def whole(sheet: CueSheet) -> str:
    """Return what the whole piece is, in words."""
    words = _PLAYING.sub("", _SEEN.sub("", sheet.prompt))
    for fullness in _FULLNESS:
        words = words.replace(f", {fullness}", "")
    playing = [f"featuring {', '.join(sheet.instruments[:4])}"] if sheet.instruments else []
    return ", ".join(dict.fromkeys([*_parts(words), *playing, "instrumental"]))


def section(cue: Cue, sheet: CueSheet) -> str:
    """Return what one section is, in words."""
    return ", ".join(dict.fromkeys(_parts(cue.prompt or sheet.prompt)))


def _parts(prompt: str) -> list[str]:
    parts = [part.strip() for part in prompt.split(",")]
    return [part for part in parts if part and not _FACTS.fullmatch(part)]
