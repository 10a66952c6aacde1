"""What presses and commands on an earlier clip ask for."""

import pytest

from bot import follow_ups
from bot.words.read import CueRange, PlainWords
from immersivaudio.chat.buttons import CUES, MOODS, VERBS
from immersivaudio.queue import (
    Address,
    Artifact,
    JobRecord,
    JobRequest,
    Result,
    ScoreOptions,
    Source,
    Summary,
)

HERE = Address(platform="telegram", chat="9")
WHO = follow_ups.Requester(user="telegram:2", update="press:7", reply=HERE, locale="de")
SOURCE = Source(ref="", file="file-id")


def record(
    job: str, *, parent: str = "", done: bool = True, original: str = "replace", **options: object
) -> JobRecord:
    request = JobRequest(
        platform="telegram",
        update=job,
        user="telegram:1",
        action="remix" if parent else "score",
        source=SOURCE,
        reply=HERE,
        options=ScoreOptions(**options),
        parent=parent,
    )
    media = Artifact(ref="2026010100/" + "0" * 32, name="scored.mp4")
    summary = Summary(original=original)
    return JobRecord(job, request, Result(media=media, sheet="{}", summary=summary) if done else None, "")


def test_a_remix_holds_the_plan_and_all_that_was_chosen() -> None:
    first = record("a", mood="calm", sounds=True, length=12.0, max_bytes=5)
    request = follow_ups.remix(follow_ups.EarlierClip([first], SOURCE), WHO, "tense")
    assert (request.action, request.parent, request.user, request.locale) == (
        "remix",
        "a",
        "telegram:2",
        "de",
    )
    assert request.options == ScoreOptions(mood="tense", sounds=True, length=12.0, max_bytes=5)


def test_a_take_keeps_the_mood_without_saying_it_again() -> None:
    """A step ("darker") would be taken twice."""
    request = follow_ups.take(follow_ups.EarlierClip([record("a", mood="darker")], SOURCE), WHO, 4)
    assert (request.action, request.options.mood, request.options.take) == ("remix", "", 4)


def test_what_is_not_made_yet_is_scored_as_if_new() -> None:
    waiting = record("a", mood="calm", done=False)
    request = follow_ups.take(follow_ups.EarlierClip([waiting], SOURCE), WHO, 2)
    assert (request.action, request.parent, request.options.mood, request.options.take) == (
        "score",
        "",
        "calm",
        2,
    )


def test_sounds_need_a_new_look_under_the_mood_that_holds() -> None:
    family = [
        record("c", parent="b", mood=""),
        record("b", parent="a", mood="epic"),
        record("a", mood="calm"),
    ]
    request = follow_ups.sounds(follow_ups.EarlierClip(family, SOURCE), WHO)
    assert (request.action, request.options.mood, request.options.sounds) == ("score", "epic", True)
    assert follow_ups.quiet(follow_ups.EarlierClip(family, SOURCE), WHO).options.sounds is False


def test_sounds_are_added_to_the_very_piece_that_is_there() -> None:
    done = record("b", parent="a", mood="epic", take=3)
    assert done.result
    shared = Summary(share="IV-CODE")
    done = JobRecord("b", done.request, done.result.model_copy(update={"summary": shared}), "")
    request = follow_ups.sounds(follow_ups.EarlierClip([done, record("a", mood="calm")], SOURCE), WHO)
    assert (request.action, request.options.share, request.options.mood) == ("score", "IV-CODE", "")
    assert request.options.sounds


def test_a_share_code_holds_until_something_else_is_asked_for() -> None:
    """The result's sheet has all that the code said; without a result, the code must be read again."""
    shared = [record("b", parent="a", share="IV-CODE"), record("a", mood="calm")]
    assert follow_ups.take(follow_ups.EarlierClip(shared, SOURCE), WHO, 2).options == ScoreOptions(take=2)
    waiting = [record("b", parent="a", share="IV-CODE", done=False), record("a", mood="calm")]
    assert follow_ups.take(follow_ups.EarlierClip(waiting, SOURCE), WHO, 2).options == ScoreOptions(
        take=2, share="IV-CODE"
    )
    assert follow_ups.remix(follow_ups.EarlierClip(waiting, SOURCE), WHO, "epic").options == ScoreOptions(
        mood="epic", share="IV-CODE"
    )


@pytest.mark.parametrize(
    ("asked", "done", "then"), [("auto", "mix", "auto"), ("auto", "replace", "mix"), ("keep", "keep", "keep")]
)
def test_speech_up_brings_speech_back_and_lifts_it(asked: str, done: str, then: str) -> None:
    first = record("a", original=done)
    first = JobRecord(
        "a", first.request.model_copy(update={"options": ScoreOptions(original=asked)}), first.result, ""
    )
    request = follow_ups.speech(follow_ups.EarlierClip([first], SOURCE), WHO)
    assert request.options.original == then
    assert request.options.speech_gap_lu == ScoreOptions().speech_gap_lu + 4


def test_speech_does_not_rise_for_ever() -> None:
    loud = record("a", speech_gap_lu=23.0)
    assert follow_ups.speech(follow_ups.EarlierClip([loud], SOURCE), WHO).options.speech_gap_lu == 24.0


def test_every_button_has_a_meaning() -> None:
    of_frontends = {
        "take",
        "remix",
        "section",
        "prompt",
        "delete",
        "really",
        "three",
        "keep",
        "kept",
        "cancel",
        "apart",
    }
    assert set(follow_ups.PRESSES) | of_frontends | set(CUES) == VERBS
    presets = {
        follow_ups.PRESSES[f"mood.{m}"](follow_ups.EarlierClip([record("a")], SOURCE), WHO).options.mood
        for m in MOODS
    }
    assert "lo-fi" in presets
    assert len(presets) == 6


def test_a_section_is_changed_alone_and_the_next_wish_is_about_the_whole() -> None:
    first = record("a", mood="calm")
    request = follow_ups.pressed("cue.2", follow_ups.EarlierClip([first], SOURCE), WHO)
    assert (request.action, request.options.cue, request.options.last_cue) == ("remix", 2, 2)
    assert request.options.seed is not None
    changed = record("b", parent="a", cue=2, last_cue=2, seed=request.options.seed)
    whole = follow_ups.remix(follow_ups.EarlierClip([changed, first], SOURCE), WHO, "darker")
    assert (whole.options.cue, whole.options.last_cue, whole.options.seed) == (None, None, None)


@pytest.mark.parametrize(
    ("words", "action", "changes"),
    [
        (PlainWords("wish", mood="darker"), "remix", {"mood": "darker"}),
        (PlainWords("wish", CueRange(2, 3), "calm"), "remix", {"mood": "calm", "cue": 2, "last_cue": 3}),
        (PlainWords("again"), "remix", {"take": 4}),
        (PlainWords("voice"), "remix", {"original": "mix", "speech_gap_lu": 16.0}),
        (PlainWords("mute"), "remix", {"original": "replace"}),
        (PlainWords("quiet"), "remix", {"sounds": False}),
        (PlainWords("stems"), "stems", {}),
    ],
)
def test_plain_words_become_requests(words: PlainWords, action: str, changes: dict[str, object]) -> None:
    request = follow_ups.said(follow_ups.EarlierClip([record("a", mood="sad")], SOURCE), WHO, words, 4)
    assert request.action == action
    assert {name: getattr(request.options, name) for name in changes} == changes
