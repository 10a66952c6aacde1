"""A share code that somebody writes where a mood is expected."""

from dataclasses import replace

import pytest

from immersivaudio.chat.sharing import opened
from immersivaudio.queue import Address, Ask, Letter, Source
from immersivaudio.share import BadShareError, Mix, write
from tests.unit.share.test_code import ORDINARY

CODE = write(replace(ORDINARY, sounds=True, original="keep", take=3, length=720, mix=Mix(gap=160)))


def letter(mood: str, *, kind: str = "video", action: str = "remix", **chosen: object) -> Letter:
    return Letter(
        platform="telegram",
        update="1",
        user="telegram:1",
        action=action,
        source=Source(ref="x", kind=kind),
        reply=Address(platform="telegram"),
        ask=Ask(mood=mood, max_bytes=9, **chosen),
        parent="a",
    )


def test_a_code_comes_before_what_was_chosen_once_and_for_all() -> None:
    told = opened(letter(f" {CODE.lower()} ", original="replace", sounds=False, seed=5))
    assert (told.action, told.parent) == ("score", "a")
    assert told.ask == Ask(
        share=CODE.lower(), take=3, sounds=True, original="keep", speech_gap_lu=16.0, max_bytes=9
    )


def test_words_beside_the_code_stay_a_mood() -> None:
    assert opened(letter(f"darker {CODE} please")).ask.mood == "darker please"


def test_a_photo_is_held_as_long_as_the_code_says() -> None:
    assert opened(letter(CODE, kind="photo", length=30.0)).ask.length == 7.2
    of_a_video = write(ORDINARY)
    assert opened(letter(of_a_video, kind="photo", length=30.0)).ask.length == 30.0


def test_a_mood_is_left_alone() -> None:
    for mood in ("", "hopeful", "iv-drip"):
        assert opened(letter(mood)) == letter(mood)
    assert opened(letter(CODE, action="stems")) == letter(CODE, action="stems")


def test_a_damaged_code_is_no_mood() -> None:
    with pytest.raises(BadShareError):
        opened(letter(CODE[:-1]))
