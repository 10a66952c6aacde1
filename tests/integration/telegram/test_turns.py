"""Sixty turns of a conversation on Telegram: every one gets exactly the answer that a person expects."""

from pathlib import Path

import pytest

from immersivaudio.queue import albums
from tests.integration import turns
from tests.integration.telegram.people import Person
from tests.integration.telegram.town import Town
from tests.web_site import CLIP


def scored(town: Town, language: str = "en", *, group: bool = False) -> tuple[Person, dict]:
    """Somebody with a scored clip."""
    ann = town.person(language=language, group=group)
    ann.sends_video(b"a clip", "@scorer_bot calm" if group else "calm")
    return ann, town.result(ann)


def exactly(town: Town, person: Person, count: int) -> None:
    """No message too many, once everything has settled."""
    town.settled(0.1)
    assert len(town.api.world.ours(person.chat)) == count


@pytest.mark.parametrize(("language", "words", "kind", "fact"), turns.AFTER_A_RESULT)
def test_words_after_a_result(town: Town, language: str, words: str, kind: str, fact: str) -> None:
    ann, _ = scored(town, language)
    asked = ann.writes(words)
    if kind == "makes":
        result = town.result(ann, 2)
        assert fact in result["caption"]
        assert result["reply_to_message"]["message_id"] == asked["message_id"]
    else:
        assert town.answer(ann, after=asked["message_id"])["text"].startswith(fact)
    exactly(town, ann, 2)


@pytest.mark.parametrize(("language", "words", "line"), turns.THANKS)
def test_a_thank_you_is_answered(town: Town, language: str, words: str, line: str) -> None:
    ann, _ = scored(town, language)
    asked = ann.writes(words)
    assert town.answer(ann, after=asked["message_id"])["text"].startswith(line)


def test_a_thank_you_in_a_group_disturbs_nobody(town: Town) -> None:
    bob, result = scored(town, group=True)
    asked = bob.writes("thanks!", reply_to=result)
    key = (str(bob.chat), asked["message_id"])
    assert town.until(lambda: town.api.world.reactions.get(key)) == "❤"
    exactly(town, bob, 1)


def test_in_a_group_a_reply_is_the_next_wish(town: Town) -> None:
    bob, result = scored(town, group=True)
    bob.writes("again, only the ending", reply_to=result)
    assert "section 3-3" in town.result(bob, 2)["caption"]


@pytest.mark.parametrize(("language", "mood", "line"), turns.BEFORE_A_CLIP)
def test_a_mood_may_come_before_its_clip_and_holds_for_one(
    town: Town, language: str, mood: str, line: str
) -> None:
    ann = town.person(language=language)
    ann.writes(mood)
    said = town.answer(ann)
    assert said["text"].startswith(line)
    assert "10 minut" in said["text"] or "10 Minuten" in said["text"]
    ann.sends_video(b"a clip")
    assert mood in town.result(ann)["caption"]
    ann.sends_video(b"another clip")
    assert mood not in town.result(ann, 2)["caption"]


@pytest.mark.parametrize(("language", "words", "line"), turns.NO_CLIP_NO_MOOD)
def test_words_without_a_clip_are_told_what_to_do(town: Town, language: str, words: str, line: str) -> None:
    ann = town.person(language=language)
    ann.writes(words)
    assert town.answer(ann)["text"].startswith(line)


def test_what_is_said_with_a_clip_comes_before_what_was_kept(town: Town) -> None:
    ann = town.person()
    ann.writes("sad")
    town.answer(ann)
    ann.sends_video(b"a clip", "joyful")
    assert "strings, joyful" in town.result(ann)["caption"]


def test_going_back_to_the_first_one_makes_it_the_one_that_wishes_are_about(town: Town) -> None:
    ann, first = scored(town)
    ann.writes("darker")
    town.result(ann, 2)
    asked = ann.writes("the first one was better")
    answer = town.answer(ann, after=asked["message_id"])
    assert answer["text"] == "This one it is. What you say next starts from it."
    assert answer["reply_to_message"]["message_id"] == first["message_id"]
    ann.writes("change the ending")
    assert "section 3-3" in town.result(ann, 3)["caption"]


@pytest.mark.parametrize(("language", "words", "kind", "fact"), turns.LINKS)
def test_a_link_in_place_of_a_clip(
    town: Town, site: str, language: str, words: str, kind: str, fact: str
) -> None:
    ann = town.person(language=language)
    ann.writes(words.format(site=site))
    if kind == "makes":
        result = town.result(ann)
        assert fact in result["caption"]
        assert town.api.world.files[result["video"]["file_id"]].data == CLIP
    else:
        town.until(lambda: town.answer(ann)["text"].startswith(fact))
    exactly(town, ann, 1)


def test_the_stems_may_be_asked_for_in_words(town: Town) -> None:
    ann, _ = scored(town)
    ann.writes("send me the stems")
    assert town.result(ann, 2)["document"]["file_name"] == "stems.zip"


def test_an_unknown_command_names_the_nearest(town: Town) -> None:
    ann = town.person()
    for words, line in (
        ("/remux dark", "I do not know /remux. Did you mean /remix?"),
        ("/halp", "I do not know /halp. Did you mean /help?"),
        ("/qqqqqq", "I do not know /qqqqqq. Did you mean /help?"),
    ):
        asked = ann.writes(words)
        assert town.answer(ann, after=asked["message_id"])["text"] == line


def test_a_section_is_chosen_by_its_button(town: Town) -> None:
    ann, first = scored(town)
    ann.presses(first, "section")
    question = town.answer(ann, after=first["message_id"])
    labels = [row[0]["text"] for row in question["reply_markup"]["inline_keyboard"]]
    assert labels == ["0:00–0:04 calm", "0:04–0:09 tense", "0:09–0:12 joyful"]
    ann.presses(question, "cue.2")
    assert "section 2-2" in town.result(ann, 2)["caption"]


def test_five_fast_presses_make_one_job(town: Town) -> None:
    ann, first = scored(town)
    presses = [ann.presses(first, "take") for _ in range(5)]
    town.result(ann, 2)
    toasts = [town.until(lambda press=press: town.api.world.presses[press]) for press in presses]
    assert toasts.count("That one is being made already.") == 4
    exactly(town, ann, 2)


def test_a_colour_says_what_goes_on_and_what_cannot_be_undone(town: Town) -> None:
    _, result = scored(town)
    rows = result["reply_markup"]["inline_keyboard"]
    styles = {
        button["callback_data"].partition(":")[0]: button.get("style") for row in rows for button in row
    }
    assert {verb for verb, style in styles.items() if style == "primary"} == {"take", "remix"}
    assert {verb for verb, style in styles.items() if style == "danger"} == {"delete"}


def test_takes_are_told_apart_by_caption_and_file_name(town: Town) -> None:
    ann, first = scored(town)
    ann.presses(first, "take")
    second = town.result(ann, 2)
    assert second["caption"].startswith("Take 2: ")
    assert second["video"]["file_name"] == "scored-take-2.mp4"


def test_the_prompt_for_machines_stands_in_a_quote_that_opens(town: Town) -> None:
    _, result = scored(town)
    (quote,) = [mark for mark in result["caption_entities"] if mark["type"] == "expandable_blockquote"]
    assert result["caption"][quote["offset"] :] == "Prompt: cinematic strings, calm"


def test_a_deleted_placeholder_cancels_the_job(town: Town) -> None:
    ann = town.person()
    ann.sends_video(b"slow", "sleep 30")
    placeholder = town.answer(ann)
    key = (str(ann.chat), placeholder["message_id"])
    del town.api.world.messages[key]
    asked = ann.writes("/status")
    town.until(lambda: _nothing_left(town, ann, asked["message_id"]))
    assert not town.api.world.results(ann.chat)


def _nothing_left(town: Town, person: Person, after: int) -> bool:
    """Ask until the answer is that nothing is in the works."""
    asked = person.writes("/status")
    return "Nothing of yours" in town.answer(person, after=max(after, asked["message_id"]))["text"]


def test_forget_ends_what_is_shown(town: Town) -> None:
    ann = town.person()
    ann.sends_video(b"slow", "sleep 30")
    placeholder = town.answer(ann)
    asked = ann.writes("/forget")
    town.answer(ann, after=asked["message_id"])
    shown = town.until(
        lambda: [m for m in town.api.world.ours(ann.chat) if m["message_id"] == placeholder["message_id"]]
    )
    assert town.until(
        lambda: shown and town.api.world.ours(ann.chat)[0]["text"] == "Stopped. Nothing was made."
    )


def test_forget_forgets_a_kept_mood(town: Town) -> None:
    ann = town.person()
    ann.writes("sad")
    said = town.answer(ann)
    ann.writes("/forget")
    town.answer(ann, after=said["message_id"])
    ann.sends_video(b"a clip")
    assert "sad" not in town.result(ann)["caption"]


def test_three_takes_to_choose_from_and_one_is_kept(town: Town) -> None:
    ann, first = scored(town)
    ann.presses(first, "three")
    town.result(ann, 4)
    takes = town.api.world.results(ann.chat)[1:]
    assert sorted(each["caption"].partition(":")[0] for each in takes) == ["Take 2", "Take 3", "Take 4"]
    best = takes[1]
    ann.presses(best, "keep")

    def sure() -> list[dict]:
        return [each for each in town.api.world.results(ann.chat) if "Really remove" in str(each)]

    ann.presses(town.until(sure)[0], "kept")
    town.until(lambda: len(town.api.world.ours(ann.chat)) == 1)
    assert town.api.world.results(ann.chat)[0]["message_id"] == best["message_id"]
    ann.writes("darker")
    assert "darker" in town.result(ann, 2)["caption"]


def sings(town: Town, person: Person, **fields: dict) -> dict:
    """Somebody sends a song."""
    song = town.api.world.keep(b"a song", "song.mp3") | {"duration": 30, "mime_type": "audio/mpeg"}
    return person.sends({"audio": song}, **fields)


def packed(town: Town, result: dict, folder: Path) -> list[tuple[bytes, str]]:
    """What was rendered: the clip, and the song beside it."""
    (folder / "packed").write_bytes(town.api.world.files[result["video"]["file_id"]].data)
    return [(path.read_bytes(), kind) for path, kind in albums.unpack(folder / "packed", folder)]


def test_a_song_in_reply_to_a_result_is_what_it_sounds_like(town: Town, tmp_path: Path) -> None:
    ann, result = scored(town)
    sings(town, ann, reply_to=result)
    again = town.result(ann, 2)
    assert "like True" in again["caption"]
    assert packed(town, again, tmp_path) == [(b"a clip", "video"), (b"a song", "song")]
    ann.writes("darker")
    assert "like False" in town.result(ann, 3)["caption"], "a song is heard once"


def test_a_clip_in_reply_to_a_song_sounds_like_it(town: Town, tmp_path: Path) -> None:
    ann = town.person()
    song = sings(town, ann)
    assert town.answer(ann)["text"].startswith("A song! Send it in reply to a clip")
    clip = town.api.world.keep(b"a clip", "clip.mp4") | {"width": 320, "height": 180, "duration": 3}
    ann.sends({"video": clip}, reply_to=song)
    result = town.result(ann)
    assert "like True" in result["caption"]
    assert packed(town, result, tmp_path) == [(b"a clip", "video"), (b"a song", "song")]


@pytest.mark.parametrize("words", ["music only", "Nur die Musik", "as an mp3", "solo la música"])
def test_the_music_alone_is_a_track_that_plays(town: Town, words: str) -> None:
    ann, _ = scored(town)
    ann.writes(words)
    track = town.result(ann, 2)
    assert (track["audio"]["title"], track["audio"]["performer"]) == ("Hopeful · 92 bpm", "Immersivaudio")
    assert track["caption"] == "The music of your clip, alone."
    assert town.api.calls["sendChatAction"] >= 2
