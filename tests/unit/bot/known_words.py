"""Write bot/words/known_words.txt and known_signs.txt from the enhancer's vocabulary: `make known-words`."""

from pathlib import Path

import bot.words
from bot.words.phrases import folded
from immersivaudio.stages.enhance import lexicon
from immersivaudio.stages.enhance.ambiguous_words import ORDINARY
from immersivaudio.stages.enhance.emoji import EMOJI
from immersivaudio.stages.enhance.languages import TO_ENGLISH

FOLDER = Path(bot.words.__file__).parent
_QUIET = {"film", "video", "movie", "original", "clip"}
"""Words of the vocabulary that people say of their clip, and not of its music."""


def words() -> str:
    """Every phrase that asks for something by itself, or steps ("more", "less"), a line each."""
    said = {phrase for phrase, what in lexicon._table().items() if what.says_something}
    for phrase in TO_ENGLISH:
        what = lexicon.find(phrase)
        if what and what.says_something:
            said.add(phrase)
    return "".join(f"{phrase}\n" for phrase in sorted({folded(each) for each in said} - _QUIET - {""}))


def ordinary() -> str:
    """Every word that is not taken for a mistyped one, a line each."""
    return "".join(f"{word}\n" for word in sorted({folded(each) for each in ORDINARY} - {""}))


def signs() -> str:
    """Every emoji that is understood, a line each."""
    return "".join(f"{sign}\n" for sign in sorted(EMOJI))


if __name__ == "__main__":
    (FOLDER / "known_words.txt").write_text(words(), encoding="utf-8")
    (FOLDER / "ordinary_words.txt").write_text(ordinary(), encoding="utf-8")
    (FOLDER / "known_signs.txt").write_text(signs(), encoding="utf-8")
