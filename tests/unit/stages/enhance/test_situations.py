"""What was seen to happen chooses the music, unless somebody asks for something."""

from dataclasses import replace

import pytest

from immersivaudio.music.palettes import PALETTES
from immersivaudio.options import ScoreOptions
from immersivaudio.sentences.telling import Telling
from immersivaudio.sheets import dump, load
from immersivaudio.situations import NEUTRAL, SITUATIONS, Reading
from immersivaudio.stages.enhance import mood_mapping
from immersivaudio.stages.enhance.rules import RulesEnhancer
from immersivaudio.values import CueSheet, Description
from tests.films import film

rules = RulesEnhancer()
PLAY = Reading(0.7, 0.4, "playful", "dog playing", ("dog", "running", "daylight"))


def described(reading: Reading, shot: int | None = None) -> Description:
    return Description("Seen.", reading.valence, reading.arousal, (), shot, reading=reading)


def plan(*seen: Description, mood: str = "", seed: int | None = None, seconds: float = 20) -> CueSheet:
    return rules.enhance(film(seconds, [10]), (), seen, ScoreOptions(mood=mood, seed=seed))


@pytest.mark.parametrize("name", sorted(SITUATIONS))
def test_a_situation_brings_its_style_and_its_tempo(name: str) -> None:
    row = SITUATIONS[name]
    seen = described(Reading(row.valence[0], row.arousal[0], row.mood, name, ("person",)))
    for seed in range(4):
        sheet = plan(seen, seed=seed)
        assert sheet.palette in row.styles
        low, high = PALETTES[sheet.palette].tempo
        # The cuts may move it by 15 %, inside the palette's own range.
        assert sheet.tempo >= min(max(low, row.bpm[0]), high) * 0.85
        assert sheet.tempo <= max(min(high, row.bpm[1]), low) * 1.15
        assert sheet.mood == row.mood


def test_a_row_has_more_than_one_piece() -> None:
    assert len({plan(described(PLAY), seed=seed).palette for seed in range(12)}) > 1


def test_the_sheet_says_what_decided_until_somebody_asks() -> None:
    sheet = plan(described(PLAY))
    assert (sheet.mood, sheet.evidence) == ("playful", ("dog", "running", "daylight"))
    assert load(dump(sheet)) == sheet
    assert plan(described(PLAY), mood="scary").evidence == ()
    assert rules.remix(sheet, ScoreOptions(mood="sad")).evidence == ()
    assert rules.remix(sheet, ScoreOptions(seed=5)).evidence == sheet.evidence


def test_the_users_mood_style_and_tempo_win() -> None:
    assert plan(described(PLAY), mood="scary").mood == "scary"
    assert plan(described(PLAY), mood="jazz").palette == "jazz"
    assert plan(described(PLAY), mood="64 bpm").tempo == 64
    unwanted = {plan(described(PLAY), mood="no folk", seed=seed).palette for seed in range(8)}
    assert "folk" not in unwanted


def test_prompts_speak_of_what_each_part_shows() -> None:
    city = Reading(0.3, 0.3, "easygoing", "city by day", ("city", "car"))
    shots = (described(replace(PLAY, arousal=0.3), 0), described(city, 1))
    sheet = plan(described(PLAY), *shots, seconds=24)
    assert "dog" in sheet.cues[0].prompt
    assert "city" in sheet.cues[-1].prompt
    assert "for a scene with" in sheet.prompt


def test_prompts_name_nothing_that_the_sentence_leaves_out() -> None:
    told = Telling(subjects=(("dog", 1),), places=("indoor",))
    seen = Reading(0.5, 0.2, "playful", "dog", ("baseball glove", "dog"))
    whole = replace(described(seen), telling=told)
    prompt = plan(whole, replace(whole, shot=0)).prompt
    assert "for a scene with dog and a room" in prompt
    assert "glove" not in prompt


def test_a_turn_within_the_film_has_two_moods() -> None:
    grave = Reading(-0.35, -0.45, "mournful", "cemetery", ("cemetery",))
    sheet = plan(described(PLAY), described(PLAY, 0), described(grave, 1), seconds=24)
    assert len({cue.mood for cue in sheet.cues}) > 1


@pytest.mark.medium
def test_nothing_known_is_never_dark_and_not_always_the_same() -> None:
    nothing = Reading(0.05, -0.1, "", "neutral", ())
    chosen = {plan(described(nothing), seed=seed).palette for seed in range(40)}
    assert len(chosen) >= 4
    assert chosen <= set(NEUTRAL)
    single = Reading(-0.1, 0.1, "", "", ("car",))
    found = {plan(described(single), seed=seed).palette for seed in range(40)}
    assert not found & {*mood_mapping.DARK, "flamenco", "christmas", "klezmer"}
    assert len(found) >= 2
