"""A remix holds what it was not asked to change."""

from dataclasses import replace
from fractions import Fraction

import pytest

from immersivaudio.errors import UserError
from immersivaudio.options import ScoreOptions
from immersivaudio.sheets import dump, load
from immersivaudio.stages.enhance.mood_mapping import MODES
from immersivaudio.stages.enhance.remixing import change_cue, remix
from immersivaudio.stages.enhance.rules import RulesEnhancer
from immersivaudio.values import CueSheet, Description
from tests.films import film


@pytest.fixture
def sheet() -> CueSheet:
    seen = (Description("Hills.", 0.3, 0.0, ("nature",)),)
    return RulesEnhancer().enhance(film(48, [9, 19, 30, 41]), (), seen, ScoreOptions(mood="hopeful"))


def test_a_step_moves_from_where_the_music_is(sheet: CueSheet) -> None:
    darker = remix(sheet, ScoreOptions(mood="darker"))
    much_darker = remix(darker, ScoreOptions(mood="darker"))
    valences = [s.cues[0].valence for s in (sheet, darker, much_darker)]
    assert valences == sorted(valences, reverse=True)
    assert darker.palette == sheet.palette


@pytest.mark.parametrize(("step", "other"), [("darker", "brighter"), ("sadder", "happier")])
def test_a_step_between_dark_and_bright_is_heard_and_its_end_is_told(
    sheet: CueSheet, step: str, other: str
) -> None:
    def told(after: CueSheet) -> bool:
        return any("than this" in note for note in after.notes)

    for way, better in ((step, min), (other, max)):
        before = sheet
        while not told(after := remix(before, ScoreOptions(mood=way))):
            assert after.palette == before.palette
            assert after.mode != before.mode
            assert better((before.mode, after.mode), key=MODES.index) == after.mode
            assert after.prompt != before.prompt
            before = after
        assert (after.mode, after.palette) == (before.mode, before.palette)


def test_calm_is_not_dark_or_bright(sheet: CueSheet) -> None:
    assert not remix(sheet, ScoreOptions(mood="quieter")).notes


@pytest.mark.parametrize("first", range(4, 14))
def test_a_darker_piece_is_not_a_quicker_one(first: int) -> None:
    cuts = [first, first + 7, first + 17, first + 28]
    bright = RulesEnhancer().enhance(
        film(48, cuts), (), (Description("Hills.", 0.3, 0.0, ("nature",)),), ScoreOptions()
    )
    assert remix(bright, ScoreOptions(mood="darker")).tempo <= bright.tempo


def test_faster_is_only_faster(sheet: CueSheet) -> None:
    faster = remix(sheet, ScoreOptions(mood="faster"))
    assert faster.tempo > sheet.tempo
    assert (faster.mood, faster.palette, faster.tonic, faster.mode) == (
        sheet.mood,
        sheet.palette,
        sheet.tonic,
        sheet.mode,
    )
    assert [cue.valence for cue in faster.cues] == [cue.valence for cue in sheet.cues]


def test_an_arrangement_changes_only_the_players(sheet: CueSheet) -> None:
    quiet = remix(sheet, ScoreOptions(mood="no piano"))
    assert "piano" in sheet.instruments
    assert "piano" not in quiet.instruments
    assert (quiet.tempo, quiet.palette, quiet.mood) == (sheet.tempo, sheet.palette, sheet.mood)
    back = remix(quiet, ScoreOptions(mood="with piano"))
    assert "piano" in back.instruments
    assert "piano" not in back.without


def test_a_style_keeps_the_contour(sheet: CueSheet) -> None:
    rock = remix(sheet, ScoreOptions(mood="rock"))
    assert rock.palette == "rock"
    shape = [cue.arousal - sheet.cues[0].arousal for cue in sheet.cues]
    after = [cue.arousal - rock.cues[0].arousal for cue in rock.cues]
    assert after == pytest.approx(shape, abs=0.01)


def test_one_cue_changes_alone(sheet: CueSheet) -> None:
    changed = change_cue(sheet, 1, mood="scary", seed=5)
    assert changed.cues[1].valence < -0.5
    assert changed.cues[1].seed == 5
    assert changed.cues[1].mood == "scary"
    assert (changed.cues[1].start, changed.cues[1].end) == (sheet.cues[1].start, sheet.cues[1].end)
    assert replace(changed, cues=sheet.cues, prompt=sheet.prompt, seal=sheet.seal) == sheet
    assert changed.cues[0] == sheet.cues[0]
    assert changed.cues[2:] == sheet.cues[2:]
    assert load(dump(changed)) == changed


def test_one_cue_may_take_a_new_seed_only(sheet: CueSheet) -> None:
    changed = change_cue(sheet, 0, seed=11)
    assert changed.cues[0] == replace(sheet.cues[0], seed=11)


def test_a_cue_that_is_not_there(sheet: CueSheet) -> None:
    with pytest.raises(UserError, match="choose one from 1 to"):
        change_cue(sheet, len(sheet.cues), mood="sad")
    with pytest.raises(UserError, match="not understood"):
        change_cue(sheet, 0, mood="blorf")


def test_a_remix_of_an_edited_sheet_keeps_the_edit(sheet: CueSheet) -> None:
    edited = replace(sheet, hits=sheet.hits[:1], speech=((Fraction(1), Fraction(2)),))
    after = remix(edited, ScoreOptions(mood="epic"))
    assert after.hits == edited.hits
    assert after.speech == edited.speech


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("sad, then joyful", "sad", "joyful"),
        ("traurig, dann fröhlich", "sad", "joyful"),
        ("epic, then calm", "epic", "calm"),
    ],
)
def test_a_mood_for_later_is_heard_later(sheet: CueSheet, words: str, first: str, last: str) -> None:
    after = remix(sheet, ScoreOptions(mood=words))
    moods = [cue.mood for cue in after.cues]
    assert (moods[0], moods[-1]) == (first, last)
    assert [(cue.start, cue.end) for cue in after.cues] == [(cue.start, cue.end) for cue in sheet.cues]


def test_a_run_of_sections_changes_and_the_others_stay(sheet: CueSheet) -> None:
    after = remix(sheet, ScoreOptions(cue=2, last_cue=3, seed=7))
    changed = [old.seed != new.seed for old, new in zip(sheet.cues, after.cues, strict=True)]
    assert changed == [False, True, True, *[False] * (len(sheet.cues) - 3)]


def test_a_section_cannot_be_slower_alone_and_says_what_it_became(sheet: CueSheet) -> None:
    after = remix(sheet, ScoreOptions(mood="slower", cue=len(sheet.cues)))
    assert after.tempo == sheet.tempo
    assert after.cues[-1].arousal < sheet.cues[-1].arousal
    assert after.cues[:-1] == sheet.cues[:-1]
    assert after.notes == ("A section keeps the tempo of the piece, so it became calmer instead.",)
