"""Words after a result -> what they ask for.

wish = read("again, only 0:12-0:20", CutList(...))
wish.intent, wish.section          # "again", CueRange(2, 2)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import orjson

from bot.validation import clock
from bot.words import phrases
from bot.words.known import asks_for_music
from bot.words.phrases import folded
from immersivaudio.i18n import language, musical
from immersivaudio.share import BadShareError, NewerShareError, find

Intent = Literal[
    "wish",
    "again",
    "first",
    "back",
    "stems",
    "export",
    "music",
    "voice",
    "mute",
    "sounds",
    "quiet",
    "loop",
    "stop",
    "thanks",
    "unknown",
]


@dataclass(frozen=True, slots=True)
class CueRange:
    """A run of cues of a cue sheet."""

    first: int
    """1 is the film's first cue."""
    last: int


@dataclass(frozen=True, slots=True)
class Outline:
    """When a film's cues begin and end, and where it cuts, s."""

    cues: Sequence[tuple[float, float]] = ()
    moods: Sequence[str] = ()
    cuts: Sequence[float] = ()

    def labels(self, locale: str) -> list[str]:
        """What to call each section: "0:09–0:19 calm"."""
        code = language(locale)
        return [
            f"{clock(start)}–{clock(end)} {musical.mood(code, mood)}"
            for (start, end), mood in zip(self.cues, self.moods, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class PlainWords:
    """What was understood."""

    intent: Intent
    section: CueRange | None = None
    mood: str = ""
    """For the composer, as it was written."""


def outline(sheet: str) -> Outline:
    """Return the outline of a cue sheet (JSON text); empty where there is none."""
    try:
        known = orjson.loads(sheet) if sheet else {}
        cues = [(float(cue["start"]), float(cue["end"])) for cue in known["cues"]]
        moods = [str(cue["mood"]) for cue in known["cues"]]
        cuts = sorted(float(hit["time"]) for hit in known["hits"] if hit["kind"] == "cut")
    except (ValueError, KeyError, TypeError):
        return Outline()
    return Outline(cues, moods, cuts)


def read(text: str, film: Outline = Outline()) -> PlainWords:
    """Understand `text`, said about a film with this outline."""
    said = phrases.POLITE.sub("", folded(text)) or folded(text)
    if _holds_code(text):
        return PlainWords("wish", mood=text)
    for intent, pattern in phrases.INTENTS:
        if pattern.search(said) and not (intent == "thanks" and _wants_more(said)):
            return PlainWords(intent)  # type: ignore[arg-type]
    section, rest = _section(said, film)
    if section:
        bare = " ".join(phrases.CHANGE.sub(" ", rest).split())
        return PlainWords("wish", section, bare) if asks_for_music(bare) else PlainWords("again", section)
    return PlainWords("wish", mood=text) if asks_for_music(text) else PlainWords("unknown")


def asks_for_loop(text: str) -> tuple[bool, str]:
    """Whether what is said with a clip asks for a loop, and the words without that."""
    found = phrases.LOOP_BESIDE.search(text)
    if not found:
        return False, text
    return True, " ".join(f"{text[: found.start()]} {text[found.end() :]}".split()).strip(" ,;.")


def _holds_code(text: str) -> bool:
    try:
        return bool(find(text)[0])
    except (BadShareError, NewerShareError):
        return True  # it is told what is wrong with it


def _wants_more(said: str) -> bool:
    """Whether a thank-you goes on to a wish: "thanks, but darker"."""
    _, turn, rest = said.partition(" but ")
    for word in ("aber", "pero", "mais", "mas", "ma", "now", "jetzt"):
        if not turn:
            _, turn, rest = said.partition(f" {word} ")
    return bool(turn) and asks_for_music(rest)


def _section(said: str, film: Outline) -> tuple[CueRange | None, str]:
    """Return the cues that are meant, and the words without those that said so."""
    if len(film.cues) < 2:
        return None, said
    for pattern, meant in (
        (phrases.BETWEEN, _between),
        (phrases.FROM_CUT, _from_cut),
        (phrases.NUMBERED, _numbered),
        (phrases.NAMED, _named),
        (phrases.LAST, lambda _found, film: CueRange(len(film.cues), len(film.cues))),
        (phrases.FIRST, lambda _found, _film: CueRange(1, 1)),
        (phrases.MIDDLE, lambda _found, film: _around(film, film.cues[-1][1] / 2)),
    ):
        if (found := pattern.search(said)) and (section := meant(found, film)):
            return section, f"{said[: found.start()]} {said[found.end() :]}"
    return None, said


def _between(found: re.Match[str], film: Outline) -> CueRange | None:
    """Return the cues of which the stretch covers half, or that hold half of the stretch."""
    start, end = _seconds(found["start"]), _seconds(found["end"])
    if not start < end:
        return None
    meant = []
    for number, (begins, ends) in enumerate(film.cues, 1):
        shared = min(end, ends) - max(start, begins)
        if shared >= (ends - begins) / 2 or shared >= (end - start) / 2:
            meant.append(number)
    return CueRange(meant[0], meant[-1]) if meant else None


def _from_cut(found: re.Match[str], film: Outline) -> CueRange | None:
    """Return the cues from the one that begins nearest to the cut."""
    number = _ordinal(found["ordinal"])
    if not 1 <= number <= len(film.cuts):
        return None
    time = film.cuts[number - 1]
    first = min(range(2, len(film.cues) + 1), key=lambda each: abs(film.cues[each - 1][0] - time))
    return CueRange(first, len(film.cues))


def _numbered(found: re.Match[str], film: Outline) -> CueRange | None:
    number = int(found["number"])
    return CueRange(number, number) if 1 <= number <= len(film.cues) else None


def _named(found: re.Match[str], film: Outline) -> CueRange | None:
    last = found["ordinal"] in {"last", "letzten", "letzte", "ultima", "ultimo", "derniere"}
    number = len(film.cues) if last else _ordinal(found["ordinal"])
    return CueRange(number, number) if 1 <= number <= len(film.cues) else None


def _around(film: Outline, time: float) -> CueRange:
    number = next(number for number, (_, end) in enumerate(film.cues, 1) if time <= end)
    return CueRange(number, number)


def _ordinal(word: str) -> int:
    """Return the number of "second"; 0 for none."""
    if word.rstrip(".").isdigit():
        return int(word.rstrip("."))
    return next((number for number, names in phrases.ORDINALS.items() if names.fullmatch(word)), 0)


def _seconds(clock: str) -> float:
    minutes, colon, seconds = clock.partition(":")
    digits = re.match(r"\d+", clock)
    return float(minutes) * 60 + float(seconds) if colon else float(digits[0] if digits else 0)
