"""A chat in which the bot is a guest: one answer, edited into the film, and no trace elsewhere."""

import itertools
from typing import Any

import pytest

from tests.integration.telegram.people import Person, mention
from tests.integration.telegram.town import STAGE, Town

_QUERIES = itertools.count(1)


def asks(town: Town, ann: Person, body: dict[str, Any], answered: dict[str, Any] | None = None) -> str:
    """Mention the bot in a chat between people, of which it knows nothing; returns the query."""
    query = f"guest{next(_QUERIES)}"
    town.api.world.queries[query] = ""
    message = {
        "message_id": 7,
        "date": 1,
        "chat": {"id": ann.id + 500_000, "type": "private"},
        "from": ann.me,
    }
    replied = {"reply_to_message": message | {"message_id": 6} | answered} if answered else {}
    town.api.push(guest_message=message | {"guest_query_id": query} | replied | body)
    return query


def shown(town: Town, query: str) -> dict[str, Any]:
    """The answer as it stands now; empty before there is one."""
    return town.api.world.inline.get(town.api.world.queries[query], {})


def a_clip(town: Town, data: bytes = b"a clip") -> dict[str, Any]:
    return {"video": town.api.world.keep(data, "clip.mp4") | {"width": 320, "height": 180, "duration": 3}}


def test_a_mention_in_reply_to_a_clip_becomes_the_film(town: Town) -> None:
    ann = town.person()
    query = asks(town, ann, {"text": f"{mention()} tense"}, a_clip(town))
    film = town.until(lambda: "video" in shown(town, query) and shown(town, query))
    assert town.api.world.files[film["video"]].data == b"a clip"
    assert "tense" in film["caption"]
    town.until(lambda: not town.api.world.ours(STAGE))  # the stage is clear again
    town.settled(0.1)
    assert not town.api.world.ours(ann.id + 500_000), "nothing was sent to a chat of others"


def test_a_clip_with_a_mention_and_a_link_do_as_well(town: Town, site: str) -> None:
    ann = town.person(language="de")
    direct = asks(town, ann, a_clip(town) | {"caption": f"{mention()} traurig"})
    linked = asks(town, ann, {"text": f"{mention()} {site}/clip.mp4"})
    town.until(lambda: "video" in shown(town, direct) and "video" in shown(town, linked))


def test_where_the_frontend_cannot_answer_the_delivery_does(town: Town) -> None:
    """As where the frontend dies between taking the job and answering."""
    town.api.weather.planned["answerGuestQuery"] = ["500"]
    query = asks(town, town.person(), {"text": mention()}, a_clip(town))
    town.until(lambda: "video" in shown(town, query))
    assert not town.api.weather.planned["answerGuestQuery"]


@pytest.mark.parametrize(
    ("language", "words", "line"),
    [
        ("en", "hello", "There is no clip here."),
        ("de", "https://youtu.be/abc", "Von YouTube kann ich keine Filme holen"),
        (
            "en",
            "http://10.0.0.1/a.mp4",
            "That did not work: that link leads to an address that is not public.",
        ),
    ],
)
def test_what_cannot_be_scored_is_said_in_the_one_answer(
    town: Town, language: str, words: str, line: str
) -> None:
    query = asks(town, town.person(language=language), {"text": f"{mention()} {words}"})
    town.until(lambda: shown(town, query).get("text", "").startswith(line))


def test_an_update_that_comes_twice_is_answered_once(town: Town) -> None:
    query = asks(town, town.person(), {"text": mention()}, a_clip(town))
    town.api.repeat(2)
    town.until(lambda: "video" in shown(town, query))
    town.settled(0.2)
    assert len([each for each in town.api.world.inline if each == town.api.world.queries[query]]) == 1
