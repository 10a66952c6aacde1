"""What a terminal or a file without Unicode is given: the nearest plain letters instead of an error."""

import codecs
import io
import sys
import unicodedata

_PLAIN = {
    "●": "*", "○": "o", "♪": "*", "·": "-", "•": "*", "–": "-", "—": "-", "−": "-", "…": "...", "→": "->",
    "‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "≤": "<=", "≥": ">=", "×": "x", "°": " degrees",
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "━": "-", "─": "-", "│": "|", "▏": "|", "█": "#", "✓": "v",
}  # fmt: skip
_NAME = "immersivaudio.plain"


def be_plain() -> None:
    """Let standard output and error write plain letters where their encoding lacks one."""
    codecs.register_error(_NAME, _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_NAME)


def _plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    return "".join(_plain(letter, error.encoding) for letter in letters), error.end


def _plain(letter: str, encoding: str) -> str:
    nearest = _PLAIN.get(letter) or unicodedata.normalize("NFKD", letter)
    plain = "".join(each for each in nearest if not unicodedata.combining(each))
    try:
        plain.encode(encoding)
    except UnicodeEncodeError:
        return "?"
    return plain
