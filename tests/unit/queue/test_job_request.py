"""Letters and results as they travel: exact, tolerant of the future, refusing nonsense."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from immersivaudio.queue import (
    Address,
    AlbumPart,
    Artifact,
    Failure,
    JobRequest,
    Result,
    ScoreOptions,
    Source,
    Summary,
)

REPLY = Address(platform="telegram", chat="1")
words = st.text(max_size=200)


@given(mood=words, take=st.integers(1, 9), sounds=st.booleans(), ref=words, message=words)
def test_a_letter_arrives_as_it_was_sent(mood: str, take: int, sounds: bool, ref: str, message: str) -> None:
    request = JobRequest(
        platform="telegram",
        update="7",
        user="telegram:1",
        source=Source(ref=ref),
        reply=Address(platform="telegram", message=message, extra={"thread": mood}),
        options=ScoreOptions(mood=mood, take=take, sounds=sounds),
    )
    assert JobRequest.from_json(request.to_json()) == request


def test_a_result_arrives_as_it_was_sent() -> None:
    result = Result(
        media=Artifact(ref="r", name="scored.mp4", bytes=5),
        extras={"midi": Artifact(ref="m", name="music.mid")},
        summary=Summary(
            prompt="strings", instruments=("cello",), hits=7, hits_planned=7, seconds={"extract": 0.5}
        ),
        sheet="{}",
    )
    assert Result.from_json(result.to_json()) == result
    failure = Failure(problem="too long", remedy="cut it", blame="user")
    assert str(Failure.from_json(failure.to_json())) == "too long; cut it."


def test_a_reader_ignores_what_a_newer_writer_added() -> None:
    request = JobRequest(platform="web", update="1", user="web:1", reply=REPLY)
    newer = orjson.loads(request.to_json()) | {"hologram": True}
    newer["reply"] = newer["reply"] | {"floor": 3}
    assert JobRequest.from_json(orjson.dumps(newer)) == request


def test_a_reader_fills_in_what_an_older_writer_did_not_know() -> None:
    old = {"platform": "web", "update": "1", "user": "web:1", "reply": {"platform": "web"}, "version": 1}
    assert JobRequest.from_json(orjson.dumps(old)).options.speech_gap_lu == 12.0


@pytest.mark.parametrize(
    "changes",
    [
        {"options": {"mood": "x" * 5000}},
        {"options": {"length": -1}},
        {"action": "rm"},
        {"user": "u" * 1000},
        {"options": {"original": "shell"}},
    ],
)
def test_nonsense_is_refused(changes: dict[str, object]) -> None:
    good = {"platform": "web", "update": "1", "user": "web:1", "reply": {"platform": "web"}}
    with pytest.raises(ValueError, match="validation error"):
        JobRequest.from_json(orjson.dumps(good | changes))


def test_what_tells_repeats_is_platform_update_and_action() -> None:
    request = JobRequest(platform="web", update="1", user="web:1", reply=REPLY)
    assert request.key == request.model_copy(update={"user": "web:2"}).key
    assert request.key != request.model_copy(update={"action": "stems"}).key


def test_only_an_album_needs_a_reader_that_knows_albums() -> None:
    here = Address(platform="telegram")
    common = {"platform": "telegram", "update": "1", "user": "telegram:1", "reply": here}
    parts = (AlbumPart(file="one"), AlbumPart(file="two", kind="photo"))
    album = JobRequest(source=Source(kind="album", parts=parts), **common)
    assert JobRequest.from_json(album.to_json()).source.parts == parts
    assert (JobRequest.from_json(album.to_json()).version, album.source.remote) == (2, True)
    alone = JobRequest(source=Source(file="one"), **common)
    assert JobRequest.from_json(alone.changed(action="describe").to_json()).version == 3
    assert JobRequest.from_json(alone.to_json()).version == 1
    for action, version in (("stems", 1), ("export", 3)):
        assert JobRequest.from_json(alone.changed(action=action).to_json()).version == version
