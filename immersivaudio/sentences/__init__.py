"""What was seen, as a sentence in every language of the bots: composed from facts, never translated."""

from collections.abc import Mapping

from immersivaudio.sentences.compose import Language
from immersivaudio.sentences.de import GERMAN
from immersivaudio.sentences.en import ENGLISH
from immersivaudio.sentences.es import SPANISH
from immersivaudio.sentences.fr import FRENCH
from immersivaudio.sentences.pt import PORTUGUESE
from immersivaudio.sentences.telling import Counted, Telling

__all__ = ["LANGUAGES", "Counted", "Language", "Telling", "compose", "in_language", "word"]

LANGUAGES: Mapping[str, Language] = {
    "en": ENGLISH,
    "de": GERMAN,
    "es": SPANISH,
    "fr": FRENCH,
    "pt": PORTUGUESE,
}


def compose(told: Telling, code: str = "en") -> str:
    """Return the sentence that says `told` in the language `code`; English where that is not known."""
    return LANGUAGES.get(code, ENGLISH).sentence(told)


def in_language(text: str, told: Telling | None, code: str) -> str | None:
    """Return `text` in the language `code`, where `told` says the same; None where it does not."""
    return compose(told, code) if told is not None and compose(told) == text else None


def word(label: str, code: str = "en") -> str:
    """Return one piece of evidence ("dog", "running", "daylight") as a word of the language."""
    return LANGUAGES.get(code, ENGLISH).word(label)
