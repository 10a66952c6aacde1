"""The list by which a frontend tells a wish from other words is the enhancer's vocabulary."""

import pytest

from bot.words.known import asks_for_music
from tests.unit.bot import known_words


def test_the_lists_are_those_of_the_vocabulary() -> None:
    assert (known_words.FOLDER / "known_words.txt").read_text("utf-8") == known_words.words(), (
        "make known-words"
    )
    assert (known_words.FOLDER / "ordinary_words.txt").read_text("utf-8") == known_words.ordinary()
    assert (known_words.FOLDER / "known_signs.txt").read_text("utf-8") == known_words.signs()


@pytest.mark.parametrize(
    "text",
    [
        "darker",
        "mehr Schlagzeug",
        "sin piano",
        "plus lent",
        "mais triste",
        "piu allegro",
        "90 bpm",
        "hapier",
        "🔥",
    ],
)
def test_a_wish_is_one(text: str) -> None:
    assert asks_for_music(text)


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "how are you",
        "what is this?",
        "I sent it to my mum",
        "wer bist du",
        "",
        "?!",
        "ok",
        "I understand",
    ],
)
def test_other_words_are_none(text: str) -> None:
    assert not asks_for_music(text)
