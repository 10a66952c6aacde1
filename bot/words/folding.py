"""Text brought to the form in which the tables of phrases are written."""

import re
import unicodedata

CAP = 400
"""Characters that are read."""
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_NO_WORD = re.compile(r"[^\w:.\-–#]+|(?<!\d)[:.\-–]+|[:.\-–]+(?!\d)|_+")


def folded(text: str) -> str:
    """Return words without case, accents and signs, one blank between them; times ("0:12") stay whole."""
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text[:CAP]).casefold())
    bare = "".join(c for c in bare if unicodedata.category(c) != "Mn")
    return " ".join(_NO_WORD.sub(" ", _APOSTROPHES.sub(" ", bare)).split())
