"""Free text -> a `Wish`: what the user asked for, as numbers and names.

Method: the text is cleaned and folded, musicians' terms are cut out, and the rest is read from left to
right, longest phrase first. A negation reaches over the next few words of its clause and over "or"; it
turns a mood to the weaker opposite on the axes where the mood is strong ("not sad" is somewhat happy,
and says nothing of energy). Degrees stretch the next mood. Comparatives ("darker", "less tense") are
steps from where the music would be otherwise.
Limits: no grammar is parsed, so irony, questions and negations far from their word are lost.
"""

import re
from dataclasses import dataclass, field

from immersivaudio.stages.enhance import lexicon, notation
from immersivaudio.stages.enhance.lexicon import Meaning
from immersivaudio.stages.enhance.modifiers import ALONE, ARTICLES, CONNECTIVES, IDLE
from immersivaudio.stages.enhance.scripts import in_english
from immersivaudio.stages.enhance.text_cleaning import CAP, clean, fold, quote, quoted, words
from immersivaudio.stages.enhance.vocabulary import Mood
from immersivaudio.terms import Feeling

_REACH = 4
"""Words a negation reaches over."""
_OPPOSITE = -0.6
"""The opposite of a mood is milder than the mood: what is not sad is not yet jubilant."""
_AWAY = -0.35
_STEP = 0.6
_WORDS_CAP = 80
_THEN = (
    "then, after that, afterwards, later, later on, turning into, turns into, turning, becoming, "
    "becomes, building to, "
    "builds to, building up to, ends in, ending in, ending with, changing to, going to, dann, danach, "
    "spater, puis, "
    "ensuite, apres, luego, despues, poi, dopo, depois"
)
_LATER = re.compile(rf"[\s,;.]+(?:(?:and|und|et|y|e)\s+)?(?:{_THEN.replace(', ', '|')})\s+")
"""Parts what the film begins with from what it goes on to."""
_FROM_TO = re.compile(r"^\W*from (.+?) to (.+)$")
_SIGN_DENIED = re.compile(
    r"\b(no|not|without|kein|keine|nicht|ohne|pas de|pas|sans|sin|nao|sem|non|senza)(?:\s*,)?\s+,(?=\s)"
)
"""A negation before an emoji, which stands between commas."""
_SIGN_ALONE = re.compile(r" ,(?=\s+(?:only|nur|seulement|solo|alone)\b)")
_NO_MUSIC = re.compile(
    r"\b(?:no|not|without|without any|mute the|keine|ohne|pas de|sans|aucune|sin|sem|senza|niente"
    r"|nessuna|nada de|nenhuma)"
    r"(?: background)? (?:music|musik|musique|musica)\b(?! (?:box|video|with|like|from|by))"
    r"|^\W*(?:silence|silent|mute|muted|no instruments|stille|silencio|silenzio)\W*$"
)
_NEITHER = re.compile(r"\b(weder) (.+?) noch\b")
_SPELLED = (
    (re.compile(r"\bsó\b", re.IGNORECASE), "only"),
    (re.compile(r"\bné\b", re.IGNORECASE), "nor"),
)
"""Words that are others once their accents are gone: Portuguese "so", French "ne"."""
_IGNORED = 12
"""Words that are named as not understood."""
_LAST = 3
"""Moods of a film that goes from one to the next."""


@dataclass(frozen=True, slots=True)
class Term:
    """One mood word in its context."""

    mood: Mood
    factor: float
    """1 as it stands; over 1 stronger; under 0 turned round."""
    relative: bool
    """A step from where the music is."""

    def along(self, value: float) -> float:
        """Return the place on one axis for the mood's own `value` there."""
        strongest = max(abs(self.mood.valence), abs(self.mood.arousal))
        if self.factor < 0 and abs(value) < 0.6 * strongest:
            return 0.0
        return max(-1.0, min(1.0, value * self.factor))


@dataclass(slots=True)
class Wish:
    """What the user asked for; everything is empty where they did not say."""

    quote: str = ""
    """The start of their text, fit to be shown."""
    terms: list[Term] = field(default_factory=list)
    palettes: dict[str, float] = field(default_factory=dict)
    """Palette -> how plainly it was named; under 0 unwanted."""
    nearest: dict[str, str] = field(default_factory=dict)
    """Style they named that no palette plays -> the nearest palette."""
    instruments: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    alone: bool = False
    """Only `instruments` play."""
    pace: float = 1.0
    tempo: float = 0.0
    asked_tempo: float = 0.0
    """As written; `tempo` is what can be played."""
    tonic: str = ""
    mode: str = ""
    metre: str = ""
    ignored: list[str] = field(default_factory=list)
    """Words that changed nothing, as they were written."""
    cut: bool = False
    """The text was longer than what is read."""
    no_music: bool = False
    sounds: list[str] = field(default_factory=list)
    """Sounds of the scene that they named."""
    only: list[str] = field(default_factory=list)
    """The only instruments, stems and roles that may play; empty: all."""
    gain_db: float = 0.0
    """How much louder the music is to be."""
    contradicted: list[str] = field(default_factory=list)
    """What is asked for and refused: players, "tempo"."""
    later: "Wish | None" = None
    """What the film is to go on to: "sad, then joyful"."""

    @property
    def understood(self) -> bool:
        """Whether any of it was understood."""
        asked = (self.terms, self.palettes, self.instruments, self.without, self.tempo, self.tonic, self.mode)
        mix = self.gain_db or self.sounds or self.no_music or self.contradicted
        return any(asked) or bool(self.metre or mix) or self.pace != 1.0

    @property
    def unknown(self) -> bool:
        """Whether they wrote something and none of it was understood."""
        return bool(self.quote) and not self.understood

    def feeling(self, base: Feeling) -> Feeling:
        """Return the wanted feeling, where `base` is felt without the wish."""
        valence, arousal = base
        places = [term for term in self.terms if not term.relative and term.factor > 0]
        if places:
            valence = sum(t.along(t.mood.valence) for t in places) / len(places)
            arousal = sum(t.along(t.mood.arousal) for t in places) / len(places)
        steps = [term for term in self.terms if term.relative]
        valence += _STEP * sum(t.along(t.mood.valence) for t in steps)
        arousal += _STEP * sum(t.along(t.mood.arousal) for t in steps)
        asked = {term.mood.name for term in places}  # "funny but not silly" is funny
        denied = [t for t in self.terms if t.factor < 0 and not t.relative and t.mood.name not in asked]
        valence = _denied(valence, [t.along(t.mood.valence) for t in denied])
        arousal = _denied(arousal, [t.along(t.mood.arousal) for t in denied])
        return Feeling(max(-1.0, min(1.0, valence)), max(-1.0, min(1.0, arousal)))

    @property
    def moods(self) -> tuple[str, ...]:
        """The names of the moods asked for, first first, each once."""
        return tuple(dict.fromkeys(t.mood.name for t in self.terms if t.factor > 0 and not t.relative))


def _denied(value: float, places: list[float]) -> float:
    """Return `value`, at least as far on the other side as `places` say; further is fine."""
    floor = max((place for place in places if place > 0), default=-1.0)
    ceiling = min((place for place in places if place < 0), default=1.0)
    return (floor + ceiling) / 2 if floor > ceiling else max(floor, min(ceiling, value))


def read(text: str) -> Wish:
    """Understand `text`: any length, any language, any intent; the result holds none of it but a quote."""
    said = clean(text)
    for pattern, plain in _SPELLED:
        said = pattern.sub(plain, said)
    folded = fold(in_english("".join(lexicon.EMOJI_WORDS.get(c, c) for c in said)))
    folded = _NEITHER.sub(r"not \2 nor", _SIGN_ALONE.sub("", _SIGN_DENIED.sub(r"\1", folded)))
    wish = _in_turn(_FROM_TO.sub(r"\1 then \2", folded), quote(text), _LAST)
    wish.cut = len(" ".join(text.split())) > CAP
    written = {fold(word): word for word in quoted(said)}
    one: Wish | None = wish
    while one:
        one.ignored = [written.get(word, word) for word in one.ignored]
        one = one.later
    return wish


def _in_turn(folded: str, said: str, most: int) -> Wish:
    """Return a wish with what the film is to go on to, `most` moods in all."""
    begins, *goes_on = _LATER.split(folded, maxsplit=1)
    wish = _read(begins, said)
    if goes_on:
        later = _in_turn(goes_on[0], quote(goes_on[0]), most - 1)
        wish.later = later if wish.understood and later.terms and most > 1 else None
        if wish.later is None:  # "then" parts nothing
            wish = _read(" , ".join((begins, *goes_on)), said)
    return wish


def _read(folded: str, said: str) -> Wish:
    without = _NO_MUSIC.sub(" , ", folded)
    terms = notation.read(without)
    wish = Wish(
        quote=said,
        tempo=terms.tempo,
        asked_tempo=terms.asked_tempo,
        tonic=terms.tonic,
        mode=terms.mode,
        metre=terms.metre,
        no_music=without != folded,
    )
    if not wish.quote and terms.rest.strip(" ,"):
        wish.quote = "…"  # nothing but signs: they are not repeated
    every = words(terms.rest)
    wish.cut = len(every) > _WORDS_CAP
    _WishReader(wish).read(every[:_WORDS_CAP])
    return wish


class _WishReader:
    """Walks over the words, remembering what the small ones said."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.reach = 0
        self.degree = 1.0
        self.step = 0.0
        self.excess = False
        self.last: Meaning | None = None
        """What the negation already denied."""
        self.joined = False
        self.sole = False
        """"only" was said of what comes next."""
        self.playing = False
        """What came last is a player, or a sound, that is asked for."""
        self.sounding = False
        """"The sound of" was said of what comes next."""

    def read(self, tokens: list[str]) -> None:
        place = 0
        while place < len(tokens):
            meaning, used = _longest(tokens[place : place + lexicon.LONGEST])
            self._take(tokens[place], meaning, following=tokens[place + used : place + used + 1])
            place += used

    def _take(self, word: str, meaning: Meaning | None, following: list[str]) -> None:
        if word == ",":
            self._end_clause()
        elif meaning is None or meaning.role == "opener":
            self._pass(word)
        elif meaning.noun and not meaning.sound and self._speaks_of_sounds(following):
            self._ask_sound(meaning.noun)
        elif meaning.degree and not _stands_alone(meaning, following):
            self.degree *= meaning.degree
        elif meaning.says_something and not (self.playing and meaning.role == "sole"):
            self.sole = self.sole or (word == "solo" and meaning.player is not None)
            self._ask(meaning)
        elif meaning.relative:
            self.step = meaning.relative
        elif meaning.role:
            self._turn(word, meaning.role)
        elif meaning.degree:
            self.degree *= meaning.degree
        else:
            self._pass(word)

    def _speaks_of_sounds(self, following: list[str]) -> bool:
        """Whether a noun ("rain") is the sound of it."""
        said = self.sounding or self.sole or self.wish.no_music
        return said or (bool(following) and following[0] in ALONE)

    def _turn(self, word: str, role: str) -> None:
        if role in {"sole", "alone"} and self.playing and self._nobody_else(word):
            self._stay_alone()
        elif role == "negation":
            self.reach, self.last, self.joined = _REACH, None, False
        elif role == "excess":
            self.excess = True
        elif role == "and" or word in CONNECTIVES:
            self.joined = True
        elif role == "sound of":
            self.sounding = True
        elif role in {"turn", "sole"}:
            self._end_clause()
            self.sole = role == "sole"

    def _nobody_else(self, word: str) -> bool:
        """Whether "piano only" is meant, and not the solo of a guitar among others."""
        return word != "solo" or not (self.wish.palettes or len(self.wish.instruments) > 1)

    def _stay_alone(self) -> None:
        """Only the named instruments play; where a sound was named, there is no music."""
        self.wish.alone = bool(self.wish.instruments)
        self.wish.no_music = self.wish.no_music or not self.wish.alone

    def _ask_sound(self, sound: str) -> None:
        if not self.reach:
            self.wish.sounds = list(dict.fromkeys([*self.wish.sounds, sound]))
            self.wish.no_music = self.wish.no_music or self.sole
        self.playing, self.sounding = not self.reach, False

    def _pass(self, word: str) -> None:
        """Walk over a word that says nothing."""
        self.sole = self.sole and word in ARTICLES
        if word in CONNECTIVES:
            self.joined = True
        elif word not in IDLE:
            named = any(c.isalpha() for c in word) and word not in self.wish.ignored
            if named and len(self.wish.ignored) < _IGNORED:
                self.wish.ignored.append(word)
            self.reach = max(0, self.reach - 1)
            self.degree, self.step = 1.0, 0.0

    def _end_clause(self) -> None:
        self.reach, self.degree, self.step, self.excess = 0, 1.0, 0.0, False
        self.last, self.joined = None, False
        self.sole = self.playing = self.sounding = False

    def _ask(self, meaning: Meaning) -> None:
        if self.reach and self.last and not (self.joined and _alike(self.last, meaning)):
            self.reach = 0  # "not sad happy", "no drums and joyful": the negation is used up
        denied = self.reach > 0
        self.last, self.joined = (meaning if denied else None), False
        if meaning.mood:
            self._ask_mood(meaning.mood, meaning.step, denied)
        # "more piano" asks for a player, not for the style that is named after it.
        by_player = meaning.player and not denied and not meaning.alone
        for palette, plainness in () if by_player else meaning.palettes:
            gained = -plainness if denied or self.step < 0 else plainness
            self.wish.palettes[palette] = self.wish.palettes.get(palette, 0.0) + gained
            if meaning.nearest and gained > 0:
                self.wish.nearest[meaning.nearest] = palette
        if meaning.sound:
            self._ask_sound(meaning.sound)
        if meaning.player:
            self._ask_player(*meaning.player, denied or self.step < 0)
            self.wish.alone = self.wish.alone or (meaning.alone and not denied)
        self.playing = bool(meaning.player or meaning.sound) and not denied
        if not denied:
            self._ask_pace(meaning.pace or 1.0)
            self.wish.tempo = self.wish.tempo or meaning.tempo
            self.wish.mode = self.wish.mode or meaning.mode
            self.wish.gain_db += meaning.gain_db * self.degree * max(self.step, 1.0)
        elif meaning.gain_db:
            self.wish.gain_db -= meaning.gain_db / 2
        elif meaning.pace:
            self.wish.pace /= meaning.pace**0.5
        self.degree, self.step = 1.0, 0.0

    def _ask_mood(self, mood: Mood, step: bool, denied: bool) -> None:
        relative = step or bool(self.step) or (denied and self.excess)
        factor = self.step or (_STEP if step else 1.0)
        factor *= self.degree
        if denied:
            factor *= _AWAY if self.excess else _OPPOSITE if self.degree <= 1.0 else _AWAY
        self.wish.terms.append(Term(mood, factor, relative))

    def _ask_pace(self, pace: float) -> None:
        if (pace - 1) * (self.wish.pace - 1) < 0:
            self._contradict("tempo")
        self.wish.pace *= pace

    def _ask_player(self, wanted: str, silenced: tuple[str, ...], denied: bool) -> None:
        if wanted in self.wish.instruments if denied else {wanted, *silenced} & set(self.wish.without):
            self._contradict(wanted)
        if denied:
            self.wish.without.extend(s for s in silenced if s and s not in self.wish.without)
        elif wanted:
            self.wish.alone = self.wish.alone or self.sole
            self.wish.only = list(dict.fromkeys([*self.wish.only, wanted, *silenced]))
            self.wish.instruments = list(dict.fromkeys([*self.wish.instruments, wanted]))

    def _contradict(self, what: str) -> None:
        self.wish.contradicted = list(dict.fromkeys([*self.wish.contradicted, what]))


def _longest(tokens: list[str]) -> tuple[Meaning | None, int]:
    """Return the meaning of the longest known phrase that `tokens` begin with, and its number of words."""
    for used in range(len(tokens), 0, -1):
        if used == 1 or "," not in tokens[:used]:
            found = lexicon.find(" ".join(tokens[:used]), guess=used == 1)
            if found:
                return found, used
    return None, 1


def _stands_alone(meaning: Meaning, following: list[str]) -> bool:
    """Whether a degree word ("pretty") is meant as a mood: nothing that it could stretch comes next."""
    if not meaning.says_something:
        return False
    return not following or following[0] in CONNECTIVES or lexicon.find(following[0], guess=True) is None


def _alike(before: Meaning, now: Meaning) -> bool:
    """Whether "and" carries a denial on: two moods on one side, or two instruments, or two styles."""
    if before.mood and now.mood:
        return before.mood.valence * now.mood.valence >= 0
    return bool(before.player and now.player) or bool(before.palettes and now.palettes)
