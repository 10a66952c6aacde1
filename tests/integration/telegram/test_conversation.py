"""What a person sees: clips in, scored clips out, every command and button."""

from pathlib import Path

import pytest

from immersivaudio.queue import albums
from tests.integration.telegram.people import Person, mention
from tests.integration.telegram.town import Town


def caption(message: dict) -> str:
    return message["caption"]


def labels(message: dict) -> list[str]:
    return [button["text"] for row in message["reply_markup"]["inline_keyboard"] for button in row]


@pytest.fixture
def scored(town: Town) -> tuple[Person, dict]:
    """Somebody with a scored clip."""
    ann = town.person()
    ann.sends_video(b"a clip", "hopeful")
    return ann, town.result(ann)


def test_a_video_comes_back_in_place_of_the_placeholder(town: Town) -> None:
    ann = town.person()
    asked = ann.sends_video(b"a clip of mine", "hopeful piano")
    result = town.result(ann)
    assert town.api.world.files[result["video"]["file_id"]].data == b"a clip of mine"
    assert caption(result).splitlines()[1:3] == [
        "Hopeful · medium, 92 bpm · D dorian · felt piano, strings",
        "7 of 7 cuts on the beat",
    ]
    assert caption(result).splitlines()[-1] == "Prompt: cinematic strings, hopeful piano"
    assert result["reply_to_message"]["message_id"] == asked["message_id"]
    assert labels(result)[:3] == ["Another take", "Three takes", "Remix…"]
    town.settled()
    assert len(town.api.world.ours(ann.chat)) == 1


def test_the_placeholder_can_be_cancelled_while_it_works(town: Town) -> None:
    ann = town.person()
    ann.sends_video(b"slow", "sleep 30")
    placeholder = town.answer(ann)
    assert labels(placeholder) == ["Cancel"]
    town.until(lambda: "Watching" in town.api.world.ours(ann.chat)[0].get("text", ""))
    press = ann.presses(placeholder, "cancel")
    town.until(lambda: town.api.world.ours(ann.chat)[0]["text"] == "Stopped. Nothing was made.")
    assert town.until(lambda: town.api.world.presses[press]) == "Stopped. Nothing was made."
    assert "reply_markup" not in town.api.world.ours(ann.chat)[0]


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("photo", {}),
        ("video/quicktime", {"name": "a.mov"}),
        ("image/gif", {"name": "a.gif"}),
        ("application/octet-stream", {"name": "IMG.HEIC"}),
    ],
)
def test_other_media_are_taken(town: Town, kind: str, facts: dict) -> None:
    ann = town.person()
    if kind == "photo":
        ann.sends_photo(b"pixels")
    else:
        ann.sends_document(b"pixels", kind, facts["name"])
    assert town.api.world.files[town.result(ann)["video"]["file_id"]].data == b"pixels"


def test_what_becomes_of_a_clips_own_sound_is_no_matter_of_a_photo(town: Town) -> None:
    ann = town.person()
    ann.writes("/original mix")
    town.answer(ann)
    ann.sends_photo(b"pixels")
    assert "own sound auto" in caption(town.result(ann))
    ann.sends_video(b"a clip")
    assert "own sound mix" in caption(town.result(ann, 2))


@pytest.mark.parametrize("kind", ["animation", "video_note"])
def test_animations_and_round_videos_are_taken(town: Town, kind: str) -> None:
    ann = town.person()
    shape = {"width": 240, "height": 240, "length": 240, "duration": 2}
    ann.sends({kind: town.api.world.keep(b"round", "x") | shape})
    assert town.result(ann)["video"]


def test_what_is_no_clip_is_refused_at_once(town: Town) -> None:
    ann = town.person()
    ann.sends_document(b"%PDF", "application/pdf", "a.pdf")
    assert town.answer(ann)["text"].startswith("That is not a video or a photo I know.")


def test_a_file_above_20_megabytes_is_refused_before_it_is_fetched(town: Town) -> None:
    ann = town.person()
    fetched = town.api.calls["getFile"]
    ann.sends_video(b"x", size=21 * 2**20)
    assert town.answer(ann)["text"] == (
        "That file is 21 MB; here I can fetch 20 MB at most. Send it as a compressed video, or trim it."
    )
    assert town.api.calls["getFile"] == fetched


def test_a_clip_that_is_too_long_is_refused(town: Town) -> None:
    ann = town.person()
    ann.sends_video(b"x", duration=3605)
    assert "lasts 60:05; I take 10:00 at most" in town.answer(ann)["text"]


def test_an_album_becomes_one_film(town: Town, tmp_path: Path) -> None:
    ann = town.person()
    clips = [f"clip {number}".encode() for number in range(10)]
    sent = ann.sends_album(clips, "calm")
    result = town.result(ann)
    (tmp_path / "album").write_bytes(town.api.world.files[result["video"]["file_id"]].data)
    parts = albums.unpack(tmp_path / "album", tmp_path)
    assert [path.read_bytes() for path, _ in parts] == clips, "none is lost, and they keep their order"
    assert result["reply_to_message"]["message_id"] == sent[0]["message_id"]
    assert "strings, calm" in caption(result)
    assert "Each on its own" in labels(result)
    town.settled()
    assert len(town.api.world.ours(ann.chat)) == 1


def test_an_album_may_be_scored_part_by_part(town: Town) -> None:
    ann = town.person()
    clips = [f"clip {number}".encode() for number in range(10)]
    ann.sends_album(clips, "calm")
    film = town.result(ann)
    ann.presses(film, "apart")
    town.result(ann, 11)
    results = town.api.world.results(ann.chat)[1:]
    files = town.api.world.files
    assert sorted(files[each["video"]["file_id"]].data for each in results) == clips
    assert all("strings, calm" in caption(each) for each in results)


def test_an_album_that_is_still_a_film_in_the_making_may_be_taken_apart(town: Town) -> None:
    ann = town.person()
    ann.sends_album([b"one", b"two"], "sleep 2")
    placeholder = town.answer(ann)
    assert labels(placeholder) == ["Each on its own", "Cancel"]
    ann.presses(placeholder, "apart")
    town.result(ann, 2)
    first = town.api.world.ours(ann.chat)[0]
    assert first["text"] == "Stopped. Nothing was made."


def test_what_is_no_clip_in_an_album_is_told_and_the_rest_becomes_the_film(
    town: Town, tmp_path: Path
) -> None:
    ann = town.person()
    ann.sends_album([b"one", b"two", b"three"], "calm", sizes=[None, 21 * 2**20, None])
    result = town.result(ann)
    (tmp_path / "album").write_bytes(town.api.world.files[result["video"]["file_id"]].data)
    assert [path.read_bytes() for path, _ in albums.unpack(tmp_path / "album", tmp_path)] == [
        b"one",
        b"three",
    ]
    told = [each["text"] for each in town.api.world.ours(ann.chat) if "text" in each]
    assert len(told) == 1
    assert told[0].startswith("That file is 21 MB")


def test_remix_with_words_takes_the_last_clip(town: Town, scored: tuple[Person, dict]) -> None:
    ann, _ = scored
    ann.writes("/remix tense")
    result = town.result(ann, 2)
    assert caption(result).endswith("Prompt: cinematic strings, tense")
    assert "remix" in caption(result)


def test_remix_without_words_asks_and_the_reply_is_the_mood(town: Town, scored: tuple[Person, dict]) -> None:
    ann, first = scored
    ann.writes("/remix", reply_to=first)
    question = town.answer(ann, after=first["message_id"])
    assert question["text"] == "Which mood? Write it in your own words."
    ann.writes("slow and dark", reply_to=question)
    assert "slow and dark" in caption(town.result(ann, 2))


def test_words_in_reply_to_a_result_are_a_remix(town: Town, scored: tuple[Person, dict]) -> None:
    ann, first = scored
    ann.writes("epic, please", reply_to=first)
    assert "epic, please" in caption(town.result(ann, 2))
    assert len(town.api.world.results(ann.chat)) == 2


@pytest.mark.parametrize(
    ("verb", "fact"),
    [
        ("take", "take 2, remix"),
        ("mood.lofi", "strings, lo-fi"),
        ("sounds", "sounds True"),
        ("speech", "remix"),
    ],
)
def test_buttons_make_another_one(town: Town, scored: tuple[Person, dict], verb: str, fact: str) -> None:
    ann, first = scored
    ann.presses(first, verb)
    second = town.result(ann, 2)
    assert fact in caption(second)
    assert second["reply_to_message"]["message_id"] == first["message_id"]


def test_sounds_are_turned_off_where_they_were_on(town: Town, scored: tuple[Person, dict]) -> None:
    ann, first = scored
    ann.presses(first, "sounds")
    noisy = town.result(ann, 2)
    assert "No sounds" in labels(noisy)
    ann.presses(noisy, "quiet")
    assert "sounds False" in caption(town.result(ann, 3))


def test_takes_are_counted_on(town: Town, scored: tuple[Person, dict]) -> None:
    ann, first = scored
    ann.presses(first, "take")
    ann.writes("/takes", reply_to=town.result(ann, 2))
    assert "take 3, remix" in caption(town.result(ann, 3))


def test_stems_come_as_a_zip(town: Town, scored: tuple[Person, dict]) -> None:
    ann, first = scored
    ann.presses(first, "stems")
    zipped = town.result(ann, 2)
    assert zipped["document"]["file_name"] == "stems.zip"
    assert labels(zipped) == ["Delete"]


def test_everything_for_an_editor_comes_as_a_zip(town: Town, scored: tuple[Person, dict]) -> None:
    ann, first = scored
    ann.presses(first, "export")
    zipped = town.result(ann, 2)
    assert zipped["document"]["file_name"] == "for-editor.zip"
    assert labels(zipped) == ["Delete"]


def test_delete_takes_the_message_away_and_its_buttons_say_so(
    town: Town, scored: tuple[Person, dict]
) -> None:
    ann, first = scored
    press = ann.presses(first, "delete")
    assert town.until(lambda: town.api.world.presses[press]) == "Press once more, and it is gone for good."
    sure = town.api.world.results(ann.chat)[0]
    assert "Really delete?" in labels(sure)
    ann.presses(sure, "really")
    town.until(lambda: not town.api.world.ours(ann.chat))
    press = ann.presses(first, "take")
    assert town.until(lambda: town.api.world.presses[press]) == "That clip is no longer kept. Send it again."


@pytest.mark.parametrize(
    "data", ["take:zz", "drop:" + "a" * 24, "take:" + "a" * 24, "set:language:xx:telegram:1"]
)
def test_forged_presses_are_turned_away(town: Town, scored: tuple[Person, dict], data: str) -> None:
    ann, first = scored
    press = ann.presses_data(first, data)
    assert "no longer kept" in town.until(lambda: town.api.world.presses[press])


def test_a_press_from_another_chat_is_turned_away(town: Town, scored: tuple[Person, dict]) -> None:
    _, first = scored
    eve = town.person()
    data = first["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    eve.writes("/help")
    press = eve.presses_data(town.answer(eve), data)
    assert "no longer kept" in town.until(lambda: town.api.world.presses[press])


def test_choices_hold_for_later_clips(town: Town) -> None:
    ann = town.person()
    for words, answer in [
        ("/sounds on", "Sounds of the scene: on."),
        ("/original keep", "The clip's own sound: kept, with the music under it."),
        ("/length 12", "Photos are held for 12 seconds."),
        ("/length 100", "Give a number of seconds from 5 to 60, like /length 12."),
        ("/sounds", "Choose one of: /sounds on, /sounds off."),
        (
            "/settings",
            "Sounds: on\nOwn sound: kept, with the music under it\nPhotos: 12 s\nLanguage: English",
        ),
    ]:
        asked = ann.writes(words)
        assert town.answer(ann, after=asked["message_id"])["text"] == answer
    ann.sends_photo(b"p")
    assert "sounds True" in caption(town.result(ann))


def test_the_panel_changes_the_language(town: Town) -> None:
    ann = town.person(language="fr-CA")
    ann.writes("/settings")
    panel = town.answer(ann)
    assert "Langue : Français" in panel["text"]
    ann.presses(panel, "set:language:de")
    town.until(lambda: "Sprache: Deutsch" in town.api.world.ours(ann.chat)[0]["text"])
    ann.writes("/status")
    assert town.answer(ann, after=panel["message_id"])["text"].startswith("Von dir ist nichts in Arbeit")


def test_status_and_cancel_speak_of_what_is_in_the_works(town: Town) -> None:
    ann = town.person()
    ann.sends_video(b"slow", "sleep 30")
    town.until(
        lambda: (
            "Watching" in town.api.world.ours(ann.chat)[0].get("text", "")
            if town.api.world.ours(ann.chat)
            else False
        )
    )
    asked = ann.writes("/status")
    assert town.answer(ann, after=asked["message_id"])["text"].startswith("1. Watching your clip…")
    asked = ann.writes("/cancel")
    assert town.answer(ann, after=asked["message_id"])["text"] == "Stopped. Nothing was made."
    town.until(lambda: town.api.world.ours(ann.chat)[0]["text"] == "Stopped. Nothing was made.")
    asked = ann.writes("/cancel")
    assert "Nothing of yours" in town.answer(ann, after=asked["message_id"])["text"]


def test_forget_leaves_nothing(town: Town, scored: tuple[Person, dict]) -> None:
    ann, _ = scored
    asked = ann.writes("/forget")
    assert town.answer(ann, after=asked["message_id"])["text"].startswith(
        "Deleted: everything of yours (clips: 1)."
    )
    asked = ann.writes("/remix epic")
    assert "I know no clip of yours" in town.answer(ann, after=asked["message_id"])["text"]


def test_in_a_group_it_only_answers_when_meant(town: Town) -> None:
    bob = town.person(group=True)
    clip = bob.sends_video(b"not for the bot", "nice one")
    bob.writes("just talking")
    town.settled()
    assert not town.api.world.ours(bob.chat)
    bob.sends_video(b"for the bot", f"{mention()} hopeful")
    assert caption(town.result(bob)).endswith("cinematic strings, hopeful")
    bob.writes(f"{mention()} sad", reply_to=clip)
    assert caption(town.result(bob, 2)).endswith("cinematic strings, sad")


def test_in_a_group_only_the_requester_or_an_admin_deletes(town: Town) -> None:
    bob = town.person(group=True)
    bob.sends_video(b"x", mention())
    result = town.result(bob)
    eve = Person(town.api, id=bob.id + 500_000, group=bob.chat)
    press = eve.presses(result, "delete")
    assert "Only the one who asked" in town.until(lambda: town.api.world.presses[press])
    assert town.api.world.results(bob.chat)
    town.api.world.admins.add((str(bob.chat), eve.id))
    eve.presses(result, "delete")
    town.until(lambda: "Really delete?" in labels(town.api.world.results(bob.chat)[0]))
    eve.presses(town.api.world.results(bob.chat)[0], "really")
    town.until(lambda: not town.api.world.ours(bob.chat))


def test_the_menu_is_there_in_every_language(town: Town) -> None:
    town.until(lambda: len(town.api.world.commands) == 5)
    first = town.api.world.commands["fr"][0]
    assert first["command"] == "remix"
    assert first["description"].startswith("une autre musique")
    names = "remix takes sounds original length status cancel settings privacy forget help"
    assert [each["command"] for each in town.api.world.commands["pt"]] == names.split()
