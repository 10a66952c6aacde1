"""Free text -> clean words. What a user writes is data: capped, stripped, never obeyed."""

import re
import unicodedata

CAP = 400
"""Characters of a mood that are read; the rest is left out."""
QUOTE_CAP = 40
"""Characters of a mood that are ever shown again."""

_BREAKS = re.compile(r"[,.;:!?()\[\]{}|/\n\t、。・「」『』【】〜।॥،؛؟…]+|\s[-–—]+\s")
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ")
_ELISION = re.compile(r"(?<!\w)(d|l|j|qu|n|s|c|m|t|jusqu|lorsqu|dell|all|nell|un)['’‘`´ʼ](?=[^\W\d_]{2})")
"""French and Italian write "d'espoir": a small word that lost its vowel, and a word of its own. English has
its apostrophes later in a word ("I'd", "that's")."""
_DRAWL = re.compile(r"([^\W\d_])\1{2,}")
_MARKS = "\u0591-\u06ed\u0900-\u0963\u0966-\u0eff\u3099\u309a"
"""Scripts whose vowels and dots are signs of their own: without them a word is another word, or none."""
_WORD = re.compile(rf"(?:[^\W_]|[{_MARKS}])+#?|,")
_SHOWN = re.compile(rf"[{_MARKS}]")
_LATIN_MARKS = range(0x300, 0x370)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})


def clean(text: str) -> str:
    """Return one line without control, format or bidirectional characters, `CAP` characters at most."""
    kept = (
        character if unicodedata.category(character)[0] != "C" else " " if character.isspace() else ""
        for character in text[: 4 * CAP]
    )
    return " ".join(unicodedata.normalize("NFKC", "".join(kept)).split())[:CAP].strip()


def quote(text: str) -> str:
    """Return the start of `text` fit to be shown: letters, digits and light punctuation only."""
    shown = "".join(c if c.isalnum() or c in " -&+,.#" or _SHOWN.match(c) else " " for c in clean(text))
    shown = " ".join(shown.split())
    return shown if len(shown) <= QUOTE_CAP else shown[: QUOTE_CAP - 1].rstrip() + "…"


def fold(text: str) -> str:
    """Return `text` without case or Latin accents, apostrophes closed ("don't" -> "dont"), elisions
    opened.
    """
    bare = unicodedata.normalize("NFD", _ELISION.sub(r"\1 ", text.replace("♯", "#").casefold()))
    plain = "".join(c for c in bare if ord(c) not in _LATIN_MARKS)
    return unicodedata.normalize("NFC", plain).translate(_APOSTROPHES).translate(_LIGATURES)


def words(text: str) -> list[str]:
    """Split into folded words; "," stands between clauses, a hyphen parts words, "happpppy" is "happy"."""
    return _WORD.findall(_DRAWL.sub(r"\1\1", _BREAKS.sub(" , ", fold(clean(text)))))


def quoted(text: str) -> list[str]:
    """Return the words of clean `text` as they are written, fit to be shown: letters and their marks."""
    return _WORD.findall(_BREAKS.sub(" ", text))


def key(phrase: str) -> str:
    """Return the form under which tables keep a phrase: "Lo-Fi" -> "lo fi"."""
    return " ".join(words(phrase))
