"""Hindi, Japanese, Chinese and Korean, brought into the words of the English vocabulary.

Method: longest match over a table of each language, from left to right; endings and particles that follow a
match are dropped, and unknown words stay as they were written, so that a note can name it. A denial
that follows its word ("悲しくない", "드럼 없이", "ड्रम के बिना") is put before it, where English has it.
Limits: no grammar is parsed; a word that holds a known one is taken for it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from immersivaudio.stages.enhance.scripts import chinese, hindi, japanese, korean

_HAN_KANA = r"[々\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+"
_KANA = re.compile(r"[\u3041-\u30fa]")
_HANGUL = r"[\uac00-\ud7a3]+(?: +[\uac00-\ud7a3]+)*"
_DEVANAGARI = r"[\u0900-\u0963\u0970-\u097f]+(?:[ -]+[\u0900-\u0963\u0970-\u097f]+)*"
_RUN = re.compile(f"({_HAN_KANA})|({_HANGUL})|({_DEVANAGARI})")
_ENDING = re.compile(r"[\u3041-\u309f]{1,3}")
"""Up to three unknown hiragana are the ending of the word before them."""
_INFLECTED = 3
"""Syllables that may follow a Korean stem."""
_NUKTA = "\u093c"
_GENDERS = "\u093e\u0940\u0947"
"""How Hindi adjectives end: m, f, plural."""
_KEYS = (
    (re.compile(r"降([A-Ga-g])"), r"\1 flat "),
    (re.compile(r"升([A-Ga-g])"), r"\1 sharp "),
)
_TONICS = {
    **dict(zip("ハニホヘトイロ", "CDEFGAB", strict=True)),
    **dict(zip("다라마바사가나", "CDEFGAB", strict=True)),
}
_TONALITY = re.compile(r"(変|嬰|내림|올림)?([ハニホヘトイロ다라마바사가나]) ?(短調|長調|단조|장조)")
_SIGNS = {"変": "flat", "내림": "flat", "嬰": "sharp", "올림": "sharp"}
_MODES = {"短調": "minor", "단조": "minor", "長調": "major", "장조": "major"}


def in_english(text: str) -> str:
    """Return `text`, which `text_cleaning.clean` has passed, with all that is known of these languages translated."""
    if not _RUN.search(text):
        return text
    for pattern, named in _KEYS:
        text = pattern.sub(named, text)
    text = _TONALITY.sub(_tonality, "".join(_digit(c) for c in text))
    japanese_here = bool(_KANA.search(text))
    table = _table("japanese" if japanese_here else "korean" if re.search(_HANGUL, text) else "chinese")
    text = _mixed().sub(lambda part: f" {table.get(part[0], part[0])} ", text)
    return _RUN.sub(lambda run: f" {' '.join(_moved(_items(run, japanese_here)))} ", text)


def _digit(character: str) -> str:
    return str(unicodedata.digit(character)) if unicodedata.category(character) == "Nd" else character


def _tonality(found: re.Match[str]) -> str:
    return f" {_TONICS[found[2]]} {_SIGNS.get(found[1] or '', '')} {_MODES[found[3]]} "


def _items(run: re.Match[str], japanese_here: bool) -> Iterator[str]:
    if run[3]:
        return _spaced(run[3])
    return _segmented(run[2] or run[1], korean_here=bool(run[2]), table=_table(_name(run, japanese_here)))


def _name(run: re.Match[str], japanese_here: bool) -> str:
    return "korean" if run[2] else "japanese" if japanese_here else "chinese"


def _moved(items: Iterator[str]) -> Iterator[str]:
    """Yield the words with denials that follow their word put before it."""
    said: list[str] = []
    for item in items:
        if item == "~not":
            place = max((i for i, word in enumerate(said) if word not in ("and", "only", "very")), default=0)
            said.insert(place, "not")
        elif item:
            said.append(item)
    return iter(said)


def _segmented(text: str, *, korean_here: bool, table: Mapping[str, str]) -> Iterator[str]:
    """Yield what a run without reliable spaces says, and its unknown parts."""
    longest = max(map(len, table))
    unknown, place, matched = "", 0, False
    while place < len(text):
        if text[place] == " ":
            yield from _left(unknown, matched, korean_here)
            unknown, matched, place = "", False, place + 1
            continue
        begins = place == 0 or text[place - 1] == " "
        found = next(
            (
                part
                for part in (text[place : place + size] for size in range(longest, 0, -1))
                if part in table and _fits(part, table[part], begins, bool(unknown), korean_here)
            ),
            "",
        )
        if found:
            yield from _left(unknown, matched, korean_here)
            yield table[found]
            unknown, matched, place = "", True, place + len(found)
        else:
            unknown, place = unknown + text[place], place + 1
    yield from _left(unknown, matched, korean_here)


def _fits(part: str, english: str, begins: bool, after_unknown: bool, korean_here: bool) -> bool:
    """Whether a match of one sign is one: inside an unknown word it is chance."""
    if len(part) > 1:
        return True
    if korean_here:
        return not begins if english == "only" or not english else begins
    return not after_unknown or english in ("not", "~not", "only")


def _left(unknown: str, matched: bool, korean_here: bool) -> Iterator[str]:
    """Yield what was not matched, unless it is an ending."""
    ending = matched and len(unknown) <= _INFLECTED if korean_here else bool(_ENDING.fullmatch(unknown))
    if unknown and not ending:
        yield unknown


def _spaced(text: str) -> Iterator[str]:
    """Yield what a run of words between spaces says, the longest phrase first."""
    table, words = _table("hindi"), unicodedata.normalize("NFD", text).replace(_NUKTA, "").split()
    written = text.split()
    words = [part for word in words for part in word.split("-") if part]
    written = words if len(written) != len(words) else written
    place = 0
    while place < len(words):
        for size in range(min(4, len(words) - place), 0, -1):
            english = _inflected(" ".join(words[place : place + size]), table)
            if english is not None:
                yield english
                place += size
                break
        else:
            yield written[place]
            place += 1


def _inflected(phrase: str, table: Mapping[str, str]) -> str | None:
    """Return what a Hindi phrase says, in whichever gender it stands."""
    for ending in ("", *_GENDERS):
        spelled = phrase[:-1] + ending if ending and phrase[-1] in _GENDERS else phrase
        if spelled in table:
            return table[spelled]
    return None


@cache
def _table(name: str) -> dict[str, str]:
    """Phrase as it is written -> English; Japanese and Chinese know each other's signs."""
    chinese_here, japanese_here = _opened(chinese.WORDS), _opened(japanese.WORDS)
    if name == "japanese":
        return chinese_here | japanese_here
    if name == "chinese":
        return japanese_here | chinese_here
    return _opened(korean.WORDS if name == "korean" else hindi.WORDS)


@cache
def _mixed() -> re.Pattern[str]:
    """Finds what is written with letters or digits in it: "80年代", "Jポップ"."""
    tables = (_table(name) for name in ("japanese", "chinese", "korean"))
    mixed = {phrase for table in tables for phrase in table if re.search("[A-Za-z0-9]", phrase)}
    return re.compile("|".join(sorted(map(re.escape, mixed), key=len, reverse=True)))


def _opened(rows: Mapping[str, str]) -> dict[str, str]:
    spelled: dict[str, str] = {}
    for english, phrases in rows.items():
        for phrase in phrases.split(", "):
            plain = unicodedata.normalize("NFD", phrase).replace(_NUKTA, "")
            spelled[unicodedata.normalize("NFC", plain)] = english
    return spelled
