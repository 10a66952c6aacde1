"""A cut list of an editor on Telegram: beside its video, in reply to it, or the other way round."""

import pytest

from tests.integration.telegram import rules
from tests.integration.telegram.people import Person, mention
from tests.integration.telegram.town import Town

EDL = b"TITLE: A\nFCM: NON-DROP FRAME"
ALONE = "A cut list! Send it in reply to one video"


def document(person: Person, data: bytes, name: str, mime: str = "application/octet-stream") -> dict:
    kept = person.api.world.keep(data, name)
    return {"document": kept | {"mime_type": mime, "file_name": name}}


def album(person: Person, *bodies: dict) -> None:
    for body in bodies:
        person.sends(body | {"media_group_id": f"7{person.id}"})


def test_a_list_in_reply_to_a_result_moves_its_music(town: Town) -> None:
    ann = town.person()
    ann.sends_video(b"a clip", "calm")
    result = town.result(ann)
    ann.sends(document(ann, EDL, "Edit 1.EDL"), reply_to=result)
    again = town.result(ann, 2)
    assert "cuts TITLE: A" in again["caption"]
    assert "calm" in again["caption"], "the mood stays"
    ann.sends(document(ann, b"time\n1.5", "m.csv", "text/csv") | {"caption": "darker"})
    last = town.result(ann, 3)
    assert "cuts time" in last["caption"], "without a reply it is about the newest clip"
    assert "darker" in last["caption"]
    ann.writes("more drums")
    assert "remix" in town.result(ann, 4)["caption"], "what follows keeps the hits"


def test_a_list_and_its_video_come_together_or_one_in_reply_to_the_other(town: Town) -> None:
    ann, bob = town.person(), town.person()
    clip = document(ann, b"a clip", "clip.mov", "video/quicktime")
    album(ann, clip | {"caption": "tense"}, document(ann, EDL, "edit.edl"))
    together = town.result(ann)["caption"]
    assert "cuts TITLE: A" in together
    assert "tense" in together
    first = bob.sends(document(bob, "time\n2,5".encode("utf-16"), "marks.txt", "text/plain"))
    assert town.answer(bob)["text"].startswith(ALONE)
    bob.sends(document(bob, b"a clip", "clip.mp4", "video/mp4"), reply_to=first)
    assert "cuts time" in town.result(bob)["caption"]
    group = town.person(group=True)
    sent = group.sends_video(b"a clip")
    called = {"caption": mention(), "caption_entities": rules.entities(mention())}
    group.sends(document(group, EDL, "edit.edl") | called, reply_to=sent)
    assert "cuts TITLE: A" in town.result(group)["caption"]


@pytest.mark.parametrize(
    ("language", "body", "line"),
    [
        ("en", b"x" * 900_001, "I cannot read that as a cut list."),
        ("de", b"\xff\xfea", "Das kann ich nicht als Schnittliste lesen."),
        ("fr", None, "Une liste de coupes !"),
    ],
)
def test_what_is_no_list_for_one_video_is_told_in_one_line(
    town: Town, language: str, body: bytes | None, line: str
) -> None:
    ann = town.person(language=language)
    if body:
        clip = document(ann, b"a clip", "clip.mp4", "video/mp4")
        album(ann, clip, document(ann, body, "edit.edl"))
    else:
        photo = ann.sends_photo(b"a photo")
        town.result(ann)
        ann.sends(document(ann, EDL, "edit.edl"), reply_to=photo)
    said = town.until(
        lambda: [m for m in town.api.world.ours(ann.chat) if m.get("text", "").startswith(line)]
    )
    assert len(said) == 1
    assert "\n" not in said[0]["text"]


def test_an_album_of_several_videos_takes_no_list(town: Town) -> None:
    ann = town.person()
    clips = [document(ann, b"clip %d" % number, "c.mp4", "video/mp4") for number in range(2)]
    album(ann, *clips, document(ann, EDL, "edit.edl"))
    assert town.answer(ann)["text"].startswith(ALONE)
    town.settled(0.1)
    assert len(town.api.world.ours(ann.chat)) == 1
