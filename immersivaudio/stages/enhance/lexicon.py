"""Every phrase the enhancer knows, looked up in one place: exact, translated, closed up, or mistyped."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from immersivaudio.music.palettes import PALETTES
from immersivaudio.stages.enhance import modifiers, sound_words
from immersivaudio.stages.enhance.ambiguous_words import ORDINARY
from immersivaudio.stages.enhance.emoji import EMOJI
from immersivaudio.stages.enhance.genres import STYLES
from immersivaudio.stages.enhance.languages import TO_ENGLISH
from immersivaudio.stages.enhance.nearest_styles import NEIGHBOURS
from immersivaudio.stages.enhance.players import PLAYERS
from immersivaudio.stages.enhance.references import REFERENCES
from immersivaudio.stages.enhance.text_cleaning import key
from immersivaudio.stages.enhance.vocabulary import MOODS, Mood

LONGEST = 4
"""Words in the longest phrase looked for."""
_SHORTEST_CORRECTED, _LONGEST_CORRECTED = 5, 20
_NAMED, _MOOD_TOO = 0.9, 0.5
_SIMILARITY = 0.84
"""Ratcliff-Obershelp ratio a mistyped word must reach: one slip in six letters passes, two do not."""

_ROLES = {
    "negation": modifiers.NEGATIONS,
    "turn": modifiers.TURNS,
    "excess": modifiers.EXCESS,
    "opener": modifiers.OPENERS,
    "sole": modifiers.SOLES,
    "alone": modifiers.ALONE - modifiers.SOLES,
    "sound of": sound_words.SOUND_OF,
    "and": frozenset({"and"}),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """All that one phrase may say."""

    mood: Mood | None = None
    step: bool = False
    """A comparative: a step from where the music is."""
    palettes: tuple[tuple[str, float], ...] = ()
    """Palette and how plainly the phrase names it, 0 to 1."""
    player: tuple[str, tuple[str, ...]] | None = None
    alone: bool = False
    """No other instruments play: "solo piano"."""
    pace: float = 0.0
    tempo: float = 0.0
    mode: str = ""
    degree: float = 0.0
    relative: float = 0.0
    nearest: str = ""
    """The style it names, where no palette plays that and `palettes` is the nearest."""
    gain_db: float = 0.0
    """How much louder the music is to be."""
    sound: str = ""
    """The sound of a scene that it names."""
    noun: str = ""
    """The sound that it names where sounds are spoken of: "just rain"."""
    role: str = ""
    """"negation", "turn", "excess", "opener", "sole", "alone", "sound of", "and" or nothing."""

    @property
    def says_something(self) -> bool:
        """Whether it asks for something by itself, and not only of the next word."""
        asks = self.mood or self.palettes or self.player or self.pace or self.tempo or self.mode
        return bool(asks or self.gain_db or self.sound)


def find(phrase: str, *, guess: bool = False) -> Meaning | None:
    """Return what `phrase` (see `text_cleaning.key`) means; with `guess`, also of a mistyped word."""
    table = _table()
    found = table.get(phrase) or table.get(key(TO_ENGLISH.get(phrase, "")))
    if found is None and guess:
        near = _nearest(phrase)
        found = find(near) if near else None
    return found


def _nearest(word: str) -> str:
    known = word in modifiers.IDLE or word in ORDINARY or word.isdigit()
    if known or not _SHORTEST_CORRECTED - 1 <= len(word) <= _LONGEST_CORRECTED:
        return ""
    candidates = [other for other in _correctable().get(word[0], ()) if abs(len(other) - len(word)) <= 2]
    return next(iter(difflib.get_close_matches(word, candidates, n=1, cutoff=_SIMILARITY)), "")


@cache
def _correctable() -> dict[str, tuple[str, ...]]:
    """First letter -> words long enough that a slip can be told from another word."""
    names = {key(name).replace(" ", "") for name in REFERENCES}
    every = sorted(w for w, m in _table().items() if " " not in w and m.says_something and w not in names)
    every += sorted(w for w in TO_ENGLISH if " " not in w)
    every = [word for word in every if len(word) >= _SHORTEST_CORRECTED]
    return {first: tuple(w for w in every if w[0] == first) for first in {w[0] for w in every}}


@cache
def _table() -> dict[str, Meaning]:
    table: dict[str, Meaning] = {}
    for phrase, what in _lessons():
        written = key(phrase)
        closed = written.replace(" ", "")
        for spelling in {written, closed} if len(closed) > 3 else {written}:
            table[spelling] = replace(table.get(spelling, Meaning()), **what)
    for role, group in _ROLES.items():
        for word in group:
            table[word] = replace(table.get(word, Meaning()), role=role)
    return table


def _lessons() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every phrase of the tables with what it says."""
    yield from ((word, {"mood": mood}) for word, mood in MOODS.items())
    yield from ((w, {"mood": MOODS[base], "step": True}) for w, base in modifiers.COMPARATIVES.items())
    yield from ((word, {"palettes": tuple(named)}) for word, named in _palette_words().items())
    yield from ((word, {"palettes": ((like, _NAMED),), "nearest": word}) for word, like in NEIGHBOURS.items())
    yield from (
        (w, {"mood": MOODS[mood], "palettes": ((like, _NAMED),)}) for w, (mood, like) in REFERENCES.items()
    )
    yield from ((word, {"mood": mood}) for word, mood in _felt_styles())
    yield from (
        (f"{before}{word}{after}", {"player": PLAYERS[word], "alone": True})
        for word in ("piano", "strings")
        for before, after in (("solo ", ""), ("just ", ""), ("", " solo"), ("", " only"), ("", " alone"))
    )
    yield from ((word, {"player": player}) for word, player in PLAYERS.items())
    yield from ((word, {"pace": factor}) for word, factor in modifiers.PACES.items())
    yield from ((word, {"tempo": bpm}) for word, bpm in modifiers.TEMPI.items())
    yield from ((word, {"degree": factor}) for word, factor in modifiers.DEGREES.items())
    yield from ((word, {"relative": step}) for word, step in modifiers.RELATIVES.items())
    yield from ((word, {"mode": mode}) for word, mode in modifiers.MODES.items())
    yield from ((word, {"gain_db": gain}) for word, gain in sound_words.LOUDNESS.items())
    yield from ((word, {"sound": sound}) for word, sound in sound_words.PHRASES.items())
    yield from ((word, {"noun": sound}) for word, sound in sound_words.NOUNS.items())


def _felt_styles() -> Iterator[tuple[str, Mood]]:
    """Yield names of styles that hold a mood, with it: "sad piano" is sad."""
    for phrase in _palette_words():
        words = phrase.split()
        moods = [MOODS[word] for word in words if word in MOODS]
        if len(words) > 1 and moods and phrase not in MOODS:
            yield phrase, moods[0]


def _palette_words() -> dict[str, list[tuple[str, float]]]:
    """Phrase -> the palettes it names; a palette's own words count for less down its list."""
    found: dict[str, dict[str, float]] = {}

    def call(word: str, palette: str, plainness: float) -> None:
        # In "hopeful jazz" the style is jazz: a word that is a mood as well names a palette less plainly.
        plainness *= _MOOD_TOO if key(word) in MOODS else 1.0
        row = found.setdefault(key(word), {})
        row[palette] = max(plainness, row.get(palette, 0.0))

    for name, palette in PALETTES.items():
        call(name, name, 1.0)
        for place, word in enumerate(palette.words):
            call(word, name, max(0.3, 0.8 - 0.05 * place))
        for word in STYLES[name].names if name in STYLES else ():
            call(word, name, _NAMED)
    return {word: sorted(row.items()) for word, row in found.items()}


EMOJI_WORDS = {emoji: f" , {word} , " for emoji, word in EMOJI.items()}
