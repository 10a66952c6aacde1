"""Every text that a user of a frontend reads, one catalogue a language.

Plain text without markup: the sender escapes it for the platform. Both the bots (which accept and
refuse) and the delivery (which answers) speak from here, so that one person hears one voice.
"""

from collections.abc import Mapping

from immersivaudio.i18n import de, en, es, fr, library, musical, pt
from immersivaudio.i18n.web import de as web_de
from immersivaudio.i18n.web import en as web_en
from immersivaudio.i18n.web import es as web_es
from immersivaudio.i18n.web import fr as web_fr
from immersivaudio.i18n.web import pt as web_pt

__all__ = ["CATALOGUES", "LANGUAGES", "language", "musical", "say", "translated"]

CATALOGUES: Mapping[str, Mapping[str, str]] = {
    "en": {**en.TEXTS, **web_en.TEXTS},
    "de": {**de.TEXTS, **web_de.TEXTS},
    "es": {**es.TEXTS, **web_es.TEXTS},
    "fr": {**fr.TEXTS, **web_fr.TEXTS},
    "pt": {**pt.TEXTS, **web_pt.TEXTS},
}
LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "pt": "Português",
}


def language(locale: str | None) -> str:
    """The catalogue for a platform's locale: "pt-BR" and "pt_PT" speak "pt", what we do not speak "en"."""
    first = (locale or "").replace("_", "-").split("-")[0].lower()
    return first if first in CATALOGUES else "en"


def translated(locale: str | None, text: str) -> str:
    """A sentence of the library in the user's language; English where it is not known."""
    return library.translated(language(locale), text)


def say(locale: str | None, key: str, /, **fields: object) -> str:
    """The text `key` in the user's language, its {fields} filled in. Raises `KeyError` for an unknown key."""
    return CATALOGUES[language(locale)][key].format(**fields)
