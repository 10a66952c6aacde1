"""From a `Telling` to a sentence: one order of words, and what each language puts into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from immersivaudio.sentences.telling import Counted, Telling

Case = Literal["nominative", "dative"]
_SEVERAL, _MANY = 3, 5


@dataclass(frozen=True, slots=True)
class Language:
    """One language's words and its few habits."""

    nouns: Mapping[str, str]
    """Label -> "gender singular/plural"; the gender is a key of `articles`."""
    articles: Mapping[str, tuple[str, str]]
    """Gender -> the article "a" before a subject, and after a preposition."""
    numbers: Mapping[str, tuple[str, str]]
    """Gender -> "two" and "several", as subjects."""
    people: tuple[str, str, str, str]
    """Someone, two people, several people, many people: as subjects."""
    somebody: tuple[str, str, str, str]
    """The same after a preposition."""
    verbs: Mapping[str, tuple[str, str, str]]
    """Action -> of one, of several, and the preposition before what it is done with."""
    places: Mapping[str, tuple[str, str]]
    """Place -> as what is seen, and as where it is."""
    lights: Mapping[str, str]
    plain: Mapping[str, tuple[str, str]]
    """Light -> "a dim scene", "a dim picture"; "" where the light is nothing special."""
    grey: tuple[str, str, str]
    """A black-and-white scene, picture; and "in black and white" after all else."""
    colours: Mapping[str, str]
    coloured: str
    """"in {colours}"."""
    motion: Mapping[str, str]
    paces: Mapping[str, str]
    """Pace -> "{count} shots in brisk cuts"; "" where it is nothing special."""
    flashing: str
    conjunction: str
    words: Mapping[str, str]
    """Evidence that is no thing and no place, in one word: "movement"."""
    contractions: Mapping[str, str] | None = None
    """What two words become where they meet."""
    several_of: str = ""
    """"Several" after a preposition, where it is another word; plurals there end in n, then."""

    def sentence(self, told: Telling) -> str:
        """Compose the sentence: a capital first, a full stop last."""
        text = "; ".join(filter(None, [self._subject(told), *self._clauses(told)]))
        for apart, joined in (self.contractions or {}).items():
            text = text.replace(f" {apart} ", f" {joined} ")
        return f"{text[0].upper()}{text[1:]}."

    def word(self, label: str) -> str:
        """One piece of evidence as a bare word."""
        if label in self.words:
            return self.words[label]
        return self.nouns[label].partition(" ")[2].partition("/")[0] if label in self.nouns else label

    def _subject(self, told: Telling) -> str:
        if not told.subjects and not told.places:
            return self._nothing_known(told)
        where = self._listed([self._place(place, 1 if told.subjects else 0) for place in told.places])
        main = [self._clause(told), where] if told.subjects else [where]
        grey = self.grey[2] if told.grey else ""
        return " ".join(filter(None, [*main, self.lights.get(told.light, ""), grey]))

    def _clause(self, told: Telling) -> str:
        """Return subject, action and objects."""
        named = self._listed([self._noun(one, "nominative") for one in told.subjects])
        one, several, before = self.verbs.get(told.action) or self.verbs["with"]
        verb = several if sum(count for _, count in told.subjects) > 1 else one
        objects = self._listed([self._noun(thing, "dative") for thing in told.objects])
        return " ".join(filter(None, [named, verb, *([before, objects] if objects else [])]))

    def _noun(self, counted: Counted, case: Case) -> str:
        label, count = counted
        if label == "person":
            forms = self.people if case == "nominative" else self.somebody
            return forms[0 if count < 2 else 1 if count < _SEVERAL else 2 if count < _MANY else 3]
        if label not in self.nouns:
            return label  # a sheet edited by hand may hold any word
        gender, _, forms_ = self.nouns[label].partition(" ")
        singular, _, plural = forms_.partition("/")
        if count < 2:
            article = self.articles[gender][0 if case == "nominative" else 1]
            return f"{article} {self._inflected(singular, case)}".strip()
        number = self.numbers[gender][0 if count < _SEVERAL else 1]
        if self.several_of and case == "dative":
            number = number if count < _SEVERAL else self.several_of
            plural += "" if plural[-1] in "ns" else "n"
        return f"{number} {plural}".strip()

    def _place(self, place: str, form: int) -> str:
        return self.places[place][form] if place in self.places else place

    def _inflected(self, singular: str, case: Case) -> str:
        """A noun whose form after a preposition is written after "~"."""
        bare, _, oblique = singular.partition("~")
        return oblique if oblique and case == "dative" else bare

    def _nothing_known(self, told: Telling) -> str:
        which = 1 if told.photo else 0
        if told.grey:
            return self.grey[which]
        scene = self.plain.get(told.light, self.plain[""])[which]
        named = f" {self.conjunction} ".join(self.colours.get(name, name) for name in told.colours)
        return f"{scene} {self.coloured.format(colours=named)}" if named else scene

    def _clauses(self, told: Telling) -> list[str]:
        pace = self.paces.get(told.pace, "").format(count=told.shots) if told.shots > 1 else ""
        motion = self.motion.get(told.motion, "") if told.motion else ""
        return [pace, motion, self.flashing if told.flashing else ""]

    def _listed(self, names: list[str]) -> str:
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.conjunction} {names[-1]}"
