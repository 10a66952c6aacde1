"""What presses and commands on an earlier clip ask for."""

import pytest

from bot import again
from immersivaudio.chat.buttons import MOODS, VERBS
from immersivaudio.queue import Address, Artifact, Ask, Letter, Recall, Result, Source, Summary

HERE = Address(platform="telegram", chat="9")
WHO = again.Who(user="telegram:2", update="press:7", reply=HERE, locale="de")
SOURCE = Source(ref="", file="file-id")


def recall(
    job: str, *, parent: str = "", done: bool = True, original: str = "replace", **ask: object
) -> Recall:
    letter = Letter(
        platform="telegram",
        update=job,
        user="telegram:1",
        action="remix" if parent else "score",
        source=SOURCE,
        reply=HERE,
        ask=Ask(**ask),
        parent=parent,
    )
    media = Artifact(ref="2026010100/" + "0" * 32, name="scored.mp4")
    summary = Summary(original=original)
    return Recall(job, letter, Result(media=media, sheet="{}", summary=summary) if done else None, "")


def test_a_remix_holds_the_plan_and_all_that_was_chosen() -> None:
    first = recall("a", mood="calm", sounds=True, length=12.0, max_bytes=5)
    letter = again.remix(again.Earlier([first], SOURCE), WHO, "tense")
    assert (letter.action, letter.parent, letter.user, letter.locale) == ("remix", "a", "telegram:2", "de")
    assert letter.ask == Ask(mood="tense", sounds=True, length=12.0, max_bytes=5)


def test_a_take_keeps_the_mood_without_saying_it_again() -> None:
    """A step ("darker") would be taken twice."""
    letter = again.take(again.Earlier([recall("a", mood="darker")], SOURCE), WHO, 4)
    assert (letter.action, letter.ask.mood, letter.ask.take) == ("remix", "", 4)


def test_what_is_not_made_yet_is_scored_as_if_new() -> None:
    waiting = recall("a", mood="calm", done=False)
    letter = again.take(again.Earlier([waiting], SOURCE), WHO, 2)
    assert (letter.action, letter.parent, letter.ask.mood, letter.ask.take) == ("score", "", "calm", 2)


def test_sounds_need_a_new_look_under_the_mood_that_holds() -> None:
    family = [
        recall("c", parent="b", mood=""),
        recall("b", parent="a", mood="epic"),
        recall("a", mood="calm"),
    ]
    letter = again.sounds(again.Earlier(family, SOURCE), WHO)
    assert (letter.action, letter.ask.mood, letter.ask.sounds) == ("score", "epic", True)
    assert again.quiet(again.Earlier(family, SOURCE), WHO).ask.sounds is False


def test_sounds_are_added_to_the_very_piece_that_is_there() -> None:
    done = recall("b", parent="a", mood="epic", take=3)
    assert done.result
    shared = Summary(share="IV-CODE")
    done = Recall("b", done.letter, done.result.model_copy(update={"summary": shared}), "")
    letter = again.sounds(again.Earlier([done, recall("a", mood="calm")], SOURCE), WHO)
    assert (letter.action, letter.ask.share, letter.ask.mood) == ("score", "IV-CODE", "")
    assert letter.ask.sounds


def test_a_share_code_holds_until_something_else_is_asked_for() -> None:
    """The result's sheet has all that the code said; without a result, the code must be read again."""
    shared = [recall("b", parent="a", share="IV-CODE"), recall("a", mood="calm")]
    assert again.take(again.Earlier(shared, SOURCE), WHO, 2).ask == Ask(take=2)
    waiting = [recall("b", parent="a", share="IV-CODE", done=False), recall("a", mood="calm")]
    assert again.take(again.Earlier(waiting, SOURCE), WHO, 2).ask == Ask(take=2, share="IV-CODE")
    assert again.remix(again.Earlier(waiting, SOURCE), WHO, "epic").ask == Ask(mood="epic", share="IV-CODE")


@pytest.mark.parametrize(
    ("asked", "done", "then"), [("auto", "mix", "auto"), ("auto", "replace", "mix"), ("keep", "keep", "keep")]
)
def test_speech_up_brings_speech_back_and_lifts_it(asked: str, done: str, then: str) -> None:
    first = recall("a", original=done)
    first = Recall("a", first.letter.model_copy(update={"ask": Ask(original=asked)}), first.result, "")
    letter = again.speech(again.Earlier([first], SOURCE), WHO)
    assert letter.ask.original == then
    assert letter.ask.speech_gap_lu == Ask().speech_gap_lu + 4


def test_speech_does_not_rise_for_ever() -> None:
    loud = recall("a", speech_gap_lu=23.0)
    assert again.speech(again.Earlier([loud], SOURCE), WHO).ask.speech_gap_lu == 24.0


def test_every_button_has_a_meaning() -> None:
    assert set(again.PRESSES) | {"take", "remix", "delete", "cancel"} == VERBS
    presets = {again.PRESSES[f"mood.{m}"](again.Earlier([recall("a")], SOURCE), WHO).ask.mood for m in MOODS}
    assert "lo-fi" in presets
    assert len(presets) == 6
