"""Letters and results as they travel: exact, tolerant of the future, refusing nonsense."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from immersivaudio.queue import Address, Artifact, Ask, Failure, Letter, Result, Source, Summary

REPLY = Address(platform="telegram", chat="1")
words = st.text(max_size=200)


@given(mood=words, take=st.integers(1, 9), sounds=st.booleans(), ref=words, message=words)
def test_a_letter_arrives_as_it_was_sent(mood: str, take: int, sounds: bool, ref: str, message: str) -> None:
    letter = Letter(
        platform="telegram",
        update="7",
        user="telegram:1",
        source=Source(ref=ref),
        reply=Address(platform="telegram", message=message, extra={"thread": mood}),
        ask=Ask(mood=mood, take=take, sounds=sounds),
    )
    assert Letter.read(letter.seal()) == letter


def test_a_result_arrives_as_it_was_sent() -> None:
    result = Result(
        media=Artifact(ref="r", name="scored.mp4", bytes=5),
        extras={"midi": Artifact(ref="m", name="music.mid")},
        summary=Summary(
            prompt="strings", instruments=("cello",), hits=7, hits_planned=7, seconds={"extract": 0.5}
        ),
        sheet="{}",
    )
    assert Result.read(result.seal()) == result
    failure = Failure(problem="too long", remedy="cut it", blame="user")
    assert str(Failure.read(failure.seal())) == "too long; cut it."


def test_a_reader_ignores_what_a_newer_writer_added() -> None:
    letter = Letter(platform="web", update="1", user="web:1", reply=REPLY)
    newer = orjson.loads(letter.seal()) | {"hologram": True}
    newer["reply"] = newer["reply"] | {"floor": 3}
    assert Letter.read(orjson.dumps(newer)) == letter


def test_a_reader_fills_in_what_an_older_writer_did_not_know() -> None:
    old = {"platform": "web", "update": "1", "user": "web:1", "reply": {"platform": "web"}, "version": 1}
    assert Letter.read(orjson.dumps(old)).ask.speech_gap_lu == 12.0


@pytest.mark.parametrize(
    "changes",
    [
        {"ask": {"mood": "x" * 5000}},
        {"ask": {"length": -1}},
        {"action": "rm"},
        {"user": "u" * 1000},
        {"ask": {"original": "shell"}},
    ],
)
def test_nonsense_is_refused(changes: dict[str, object]) -> None:
    good = {"platform": "web", "update": "1", "user": "web:1", "reply": {"platform": "web"}}
    with pytest.raises(ValueError, match="validation error"):
        Letter.read(orjson.dumps(good | changes))


def test_what_tells_repeats_is_platform_update_and_action() -> None:
    letter = Letter(platform="web", update="1", user="web:1", reply=REPLY)
    assert letter.key == letter.model_copy(update={"user": "web:2"}).key
    assert letter.key != letter.model_copy(update={"action": "stems"}).key
