"""A share code that somebody writes where a mood is expected."""

from dataclasses import replace

import pytest

from immersivaudio.chat.share_code import apply_code
from immersivaudio.queue import Address, JobRequest, ScoreOptions, Source
from immersivaudio.share import BadShareError, Mix, write
from tests.unit.share.test_code import ORDINARY

CODE = write(replace(ORDINARY, sounds=True, original="keep", take=3, length=720, mix=Mix(gap=160)))


def request(mood: str, *, kind: str = "video", action: str = "remix", **chosen: object) -> JobRequest:
    return JobRequest(
        platform="telegram",
        update="1",
        user="telegram:1",
        action=action,
        source=Source(ref="x", kind=kind),
        reply=Address(platform="telegram"),
        options=ScoreOptions(mood=mood, max_bytes=9, **chosen),
        parent="a",
    )


def test_a_code_comes_before_what_was_chosen_once_and_for_all() -> None:
    told = apply_code(request(f" {CODE.lower()} ", original="replace", sounds=False, seed=5))
    assert (told.action, told.parent) == ("score", "a")
    assert told.options == ScoreOptions(
        share=CODE.lower(), take=3, sounds=True, original="keep", speech_gap_lu=16.0, max_bytes=9
    )


def test_words_beside_the_code_stay_a_mood() -> None:
    assert apply_code(request(f"darker {CODE} please")).options.mood == "darker please"


def test_a_photo_is_held_as_long_as_the_code_says() -> None:
    assert apply_code(request(CODE, kind="photo", length=30.0)).options.length == 7.2
    of_a_video = write(ORDINARY)
    assert apply_code(request(of_a_video, kind="photo", length=30.0)).options.length == 30.0


def test_a_mood_is_left_alone() -> None:
    for mood in ("", "hopeful", "iv-drip"):
        assert apply_code(request(mood)) == request(mood)
    assert apply_code(request(CODE, action="stems")) == request(CODE, action="stems")


def test_a_damaged_code_is_no_mood() -> None:
    with pytest.raises(BadShareError):
        apply_code(request(CODE[:-1]))
