"""Moods, styles and uses as people type them, in ten languages: the readings were written before the code."""

from collections import Counter

import pytest

from immersivaudio.options import ScoreOptions
from immersivaudio.stages.enhance import wishes
from immersivaudio.stages.enhance.character import Character, decide
from immersivaudio.stages.enhance.lexicon import find
from immersivaudio.stages.enhance.rules import RulesEnhancer
from immersivaudio.stages.enhance.scripts import chinese, hindi, in_english, japanese, korean
from immersivaudio.stages.enhance.text_cleaning import key
from immersivaudio.values import CueSheet, Description
from tests import films
from tests.unit.stages.enhance.readings import judge, lines

AS_READ = 0.95
SCRIPTS = {"hindi": hindi, "japanese": japanese, "chinese": chinese, "korean": korean}


def character(text: str) -> Character:
    """What is made of `text` over a plain, calm clip."""
    return decide(wishes.read(text), Description("", 0.1, 0.0), (), 7)


def test_moods_are_read_as_a_person_reads_them() -> None:
    verdicts = [judge(text, wanted) for text, wanted in lines("mood_texts.txt")]
    assert len(verdicts) >= 400
    missed = [verdict for verdict in verdicts if verdict.missed]
    assert len(missed) <= (1 - AS_READ) * len(verdicts), missed
    assert not [verdict for verdict in verdicts if verdict.dropped]


def test_no_mood_is_read_as_its_opposite() -> None:
    turned = [text for text, wanted in lines("mood_texts.txt") if judge(text, wanted).opposite]
    assert turned == ["isn't it scary enough"], "a question is not understood"


@pytest.mark.medium
def test_styles_and_uses_lead_where_a_fair_listener_would_go() -> None:
    unfair = []
    rows = lines("style_texts.txt")
    for text, wanted in rows:
        palettes, _, neighbour = wanted.partition("~")
        made = character(text)
        said = any("the nearest is" in note for note in made.notes)
        fair = made.palette in [name.strip() for name in palettes.split(",")]
        if not fair or (neighbour and not said):
            unfair.append((text, made.palette))
    assert len(rows) >= 120
    assert len(unfair) <= (1 - AS_READ) * len(rows), unfair


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_every_word_of_another_script_leads_somewhere(name: str) -> None:
    """A few hundred words each, none of which says what the vocabulary does not know."""
    words = SCRIPTS[name].WORDS
    assert sum(len(phrases.split(", ")) for phrases in words.values()) >= 500
    known = {"~not", "", "no music", "bpm", "then", "not too"}
    lost = [english for english in words if english not in known and find(key(english)) is None]
    assert not lost


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_a_word_of_another_script_is_read_in_one_piece(name: str) -> None:
    """No entry is cut short by another: alone, each says what its row says."""
    wrong = []
    for english, phrases in SCRIPTS[name].WORDS.items():
        for phrase in phrases.split(", "):
            said = " ".join(in_english(phrase).split())
            if english not in ("", "~not", "only") and said != english and len(phrase) > 1:
                wrong.append((phrase, english, said))
    few = Counter(english for _, english, _ in wrong)
    assert sum(few.values()) <= 6, wrong


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("happy with a thérémin", "thérémin"),
        ("feliz con zampoña", "zampoña"),
        ("खुशी और थेरेमिन", "थेरेमिन"),
        ("嬉しい、テルミン入り", "テルミン"),
        ("欢快,加特雷门琴", "特雷门琴"),
        ("기쁘게, 테레민 넣어줘", "테레민"),
    ],
)
def test_a_note_names_a_word_as_it_was_written(text: str, word: str) -> None:
    assert any(word in note for note in character(text).notes)


def test_what_is_past_the_end_of_what_is_read_is_said() -> None:
    assert any("longer than" in note for note in character("calm piano " * 60).notes)
    assert not any("longer than" in note for note in character("calm piano").notes)


def sheet_of(mood: str) -> CueSheet:
    """Return the sheet of a plain film."""
    return RulesEnhancer().enhance(films.film(30, (8, 16)), (), (), ScoreOptions(mood=mood, seed=2))


def test_louder_and_quieter_move_the_music_from_where_it_is() -> None:
    first = sheet_of("happy")
    softer = RulesEnhancer().remix(first, ScoreOptions(mood="quieter"))
    assert softer.music_gain_db < first.music_gain_db == 0
    assert (softer.mood, softer.tempo, softer.palette) == (first.mood, first.tempo, first.palette)
    assert RulesEnhancer().remix(softer, ScoreOptions(mood="quieter")).music_gain_db < softer.music_gain_db
    assert RulesEnhancer().remix(softer, ScoreOptions(mood="louder")).music_gain_db == 0
    assert RulesEnhancer().remix(softer, ScoreOptions(mood="scary")).music_gain_db == softer.music_gain_db


def test_sounds_asked_for_in_words_are_planned() -> None:
    sheet = sheet_of("no music, just rain sounds")
    assert sheet.music_gain_db == -60
    assert sheet.sounds_asked
    assert [(sound.name, sound.start, sound.end) for sound in sheet.sounds] == [("rain", 0, sheet.duration)]
    back = RulesEnhancer().remix(sheet, ScoreOptions(mood="happy"))
    assert back.music_gain_db == 0, "a mood asks for music again"


def test_a_remix_may_go_from_one_mood_to_another() -> None:
    made = RulesEnhancer().remix(sheet_of("happy"), ScoreOptions(mood="sad, then explosive"))
    assert made.cues[0].valence < -0.4
    assert made.cues[-1].mood == "chaotic"
    assert made.cues[-1].arousal > 0.5
