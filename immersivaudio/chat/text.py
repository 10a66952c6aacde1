"""Untrusted text: control characters removed on input, mentions and markup escaped on output, cut to length.

Sent without markup, HTML and Markdown are only letters. What platforms still find in plain text are mentions,
links, commands and hashtags; a word joiner after the character that starts one leaves it readable and inert.
"""

import re
import unicodedata

ELLIPSIS = "…"
_JOINER = "\u2060"
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Unicode categories: control, format (bidi overrides, zero widths), surrogates, private, unassigned."""
_KEPT = {"\u200d"}
"""The joiner inside family emoji and Indic words."""
_LINES = re.compile(r"[\s\u2028\u2029]+")
_MARKS = re.compile(
    r"(\w[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{3})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]+"
)
_TRIGGERS = re.compile(r"[@#$/:＠](?=\S)|(?<=\S)\.(?=\S)")


def clean(text: str, limit: int) -> str:
    """One composed (NFC) line of at most `limit` characters; nothing invisible, no control, no bidi."""
    shown = _LINES.sub(" ", text[: limit * 8])  # enough for any honest text; the rest is not worth the time
    shown = "".join(c for c in shown if c in _KEPT or unicodedata.category(c) not in _DROPPED)
    shown = _MARKS.sub(r"\1", unicodedata.normalize("NFC", shown))
    return _LINES.sub(" ", shown).strip()[:limit].strip()


def tame(text: str) -> str:
    """`text` so that no platform finds a mention, a link, a command or a hashtag in it."""
    return _TRIGGERS.sub(lambda found: found[0] + _JOINER, text)


def length(text: str) -> int:
    """As chat platforms count: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, limit: int) -> str:
    """`text`, cut at a word where it can be, so that `length` is at most `limit`."""
    if length(text) <= limit:
        return text
    if limit < 1:
        return ""
    units = text.encode("utf-16-le", "surrogatepass")[: (limit - 1) * 2]
    cut = units.decode("utf-16-le", "ignore")
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > len(cut) // 2 else cut).rstrip(" ,.;:") + ELLIPSIS
