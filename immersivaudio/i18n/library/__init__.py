"""What the library says (failures, notes, what is seen), in a user's language.

The library speaks English, and knows no user. Its sentences are few, and their parts come from tables: so they
are looked up here as they stand, like the message ids of gettext. In a pattern, a {lower} slot holds a part that
is looked up itself, an {UPPER} one a fact that stays as it is. What is not found (the words of a language model, a
defect) stays English: better that than nothing.
"""

import re
from collections.abc import Mapping
from functools import cache
from string import Formatter

from immersivaudio.i18n.library import de, es, fr, pt

TABLES: Mapping[str, Mapping[str, str]] = {"de": de.TEXTS, "es": es.TEXTS, "fr": fr.TEXTS, "pt": pt.TEXTS}
_FACT = re.compile(r"[\d.,]+")
_LONGEST = 400
"""Longest sentence that is translated, characters; a longer one is not from the library."""


def translated(code: str, text: str) -> str:
    """`text` in the language `code`; as it is where nothing is known of it."""
    bare = text.strip().rstrip(".")
    if code not in TABLES or not bare or len(bare) > _LONGEST:
        return text
    reader = _SentenceReader(code)
    found = reader.find(bare)
    if found is None and bare[0].isupper():
        found = reader.find(bare[0].lower() + bare[1:])
        found = found and found[0].upper() + found[1:]
    if found is None:
        return text
    return f"{found}." if text.rstrip().endswith(".") else found


class _SentenceReader:
    """Looks one sentence up; each part of it once, however often it is asked for."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._known: dict[str, str | None] = dict(TABLES[code])

    def find(self, text: str) -> str | None:
        if text not in self._known:
            self._known[text] = None  # a part that holds itself is none
            self._known[text] = text if _FACT.fullmatch(text) else self._built(text)
        return self._known[text]

    def _built(self, text: str) -> str | None:
        for pattern, said in _patterns(self._code):
            match = pattern.fullmatch(text)
            if match is None:
                continue
            parts = {n: part if n.isupper() else self.find(part) for n, part in match.groupdict().items()}
            if None not in parts.values():
                return said.format_map(parts)
        return None


@cache
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_pattern(text), said) for text, said in TABLES[code].items() if "{" in text)


def _pattern(text: str) -> re.Pattern[str]:
    parts = (
        re.escape(words) + (f"(?P<{name}>.+?)" if name else "") for words, name, *_ in Formatter().parse(text)
    )
    return re.compile("".join(parts))
