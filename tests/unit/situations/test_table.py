"""The table of what people film: every row can be read, played and named; worked examples come out."""

from collections import Counter

import pytest

from immersivaudio.music.palettes import PALETTES
from immersivaudio.sentences import LANGUAGES, word
from immersivaudio.situations import ACTIONS, GROUPS, NEUTRAL, SITUATIONS, Evidence, Reading, Situation, read
from immersivaudio.situations.conditions import MEASURES, parse
from immersivaudio.stages.detect.labels import CLASSES as LABELS
from immersivaudio.stages.enhance.vocabulary import MOODS

COCO = frozenset(LANGUAGES["en"].nouns) - {"food", "water", "fruit"}
SCENES = frozenset(
    ("indoor", "city", "street", "forest", "sea", "lake", "beach", "snow", "mountain", "desert", "sky",
     "night", "underwater", "flower", "garden", "food", "crowd", "stage", "sport", "vehicle interior",
     "document", "screen", "drawing", "fire", "smoke", "cemetery", "rain on glass", "statue",
     "fireworks", "title", "black and white", "sunset", "space", "greenery", "small figure",
     "lone thing", "plain ground")
)  # fmt: skip
CLASSES = frozenset(LABELS)
KNOWN = COCO | SCENES | CLASSES | frozenset(ACTIONS) | MEASURES | frozenset(GROUPS) | {"person", "face"}
ROWS = pytest.mark.parametrize("row", SITUATIONS.values(), ids=lambda row: row.name)


def feel(marks: str, motion: float | None = 0.4, light: float = 0.5, **more: float) -> Reading:
    """Read `"dog .9, person .8 x2"`, with motion as the eye sees it and other measurements."""
    found, counts = {}, {}
    for part in filter(None, marks.split(", ")):
        name, _, number = part.partition(" x")
        label, _, sure = name.rpartition(" ")
        found[label], counts[label] = float(sure), int(number or 1)
    measures = {"light": light, "saturation": 0.4, "cuts": 0.0, **more}
    return read(Evidence(found, counts, measures if motion is None else measures | {"motion": motion}))


@ROWS
def test_every_row_can_be_read_played_and_named(row: Situation) -> None:
    for group in (*parse(row.needs), *parse(row.marks)):
        assert {mark.name for mark in group} <= KNOWN, row.name
    assert any(style in PALETTES for style in row.styles)
    assert row.mood in MOODS
    assert row.bpm[0] < row.bpm[1]
    assert all(-1 <= place <= 1 for place in (row.valence[0], row.arousal[0]))


def test_the_mood_word_says_what_the_numbers_say() -> None:
    for row in SITUATIONS.values():
        mood = MOODS[row.mood]
        assert mood.valence * row.valence[0] > -0.12, row.name
        assert abs(mood.valence - row.valence[0]) < 0.6, row.name


def test_no_style_comes_first_too_often() -> None:
    rows = [row for row in SITUATIONS.values() if row.needs]
    first = Counter(next(style for style in row.styles if style in PALETTES) for row in rows)
    assert max(first.values()) / len(rows) <= 0.15, first
    assert len({style for row in rows for style in row.styles if style in PALETTES}) >= 14
    assert len([style for style in NEUTRAL if style in PALETTES]) >= 5


@pytest.mark.parametrize(
    ("marks", "measured", "situation", "valence", "arousal"),
    [
        ("dog .9, person .8, garden .7", {"motion": 0.6, "cuts": 4}, "dog playing", 0.7, 0.46),
        ("mountain .9, skis .9, person .9", {"motion": 0.8}, "ski or snowboard", 0.45, 0.65),
        ("cake .9, candle .8, person .9 x4", {"motion": 0.3, "light": 0.2}, "birthday cake", 0.7, 0.3),
        ("running .8, person .9 x8, street .8, crowd .9", {"motion": 0.7}, "marathon", 0.4, 0.65),
        ("cat .9, couch .8, indoor .8", {"motion": 0.05}, "cat asleep", 0.5, -0.6),
        ("food .9, oven .8, person .9, indoor .9", {"motion": 0.3}, "cooking", 0.45, 0.15),
        (
            "talking to the camera .9, face .9, person .9",
            {"speech": 0.8},
            "talking to the camera",
            0.2,
            -0.05,
        ),
        ("city .9, night .9, car .9 x3", {"light": 0.15}, "city at night", 0.15, 0.35),
        ("screen .9", {"motion": 0.1}, "screen recording", 0.15, -0.05),
        ("person .5", {"light": 0.2, "cuts": 18, "fades": 3}, "a dark film told in fades", -0.1, 0.4),
        ("person .9, playing .8, sports ball .8, greenery .6", {"motion": 0.6}, "ball game", 0.45, 0.6),
    ],
)
def test_worked_examples(
    marks: str, measured: dict[str, float], situation: str, valence: float, arousal: float
) -> None:
    found = feel(marks, **measured)
    row = SITUATIONS[situation]
    assert found.situation == situation
    assert found.valence == pytest.approx(valence, abs=row.valence[1])
    assert found.arousal == pytest.approx(arousal, abs=row.arousal[1])
    assert found.evidence


def test_the_receipt_names_what_decided() -> None:
    found = feel("dog .9, running .8, garden .6", motion=0.4)
    assert (found.mood, found.evidence) == ("playful", ("running", "dog", "garden"))


def test_nothing_known_stays_neutral_and_dark_is_not_sad() -> None:
    dark = feel("", motion=0.05, light=0.1)
    assert dark.situation == "neutral"
    assert -0.15 <= dark.valence <= 0.1
    assert dark.arousal <= 0
    assert feel("", motion=0.05, light=0.7).valence > dark.valence + 0.2


@pytest.mark.parametrize(
    ("marks", "situation", "mood"),
    [
        ("person .9, outdoors .98", "people out of doors", "carefree"),
        ("person .9, indoor .8", "people indoors", "warm"),
        ("indoor .8, chair .9", "a room", "relaxed"),
        ("outdoors .9", "outside", "peaceful"),
        ("person .9, outdoors .98, dog .9", "dog", "playful"),
    ],
)
def test_plain_facts_say_something_where_no_nearer_row_holds(marks: str, situation: str, mood: str) -> None:
    found = feel(marks, motion=0.3)
    assert (found.situation, found.mood) == (situation, mood)


def test_what_is_seen_in_passing_makes_no_clip() -> None:
    assert feel("bird .4, person .9, indoor .8").situation == "people indoors"
    assert feel("bird .8, person .9, indoor .8").situation == "birds"


def test_a_drawing_is_a_cartoon_if_it_moves() -> None:
    assert feel("drawing .98", motion=0.4).situation == "cartoon"
    assert feel("drawing .98", motion=None).situation != "cartoon"


def test_two_rows_that_disagree_leave_it_neutral() -> None:
    far = feel("dog .6, person .6, garden .6, indoor .6, lone thing .6, rain on glass .75", motion=0.26)
    assert far.situation in {"neutral", "dog playing", "rain on a window"}
    assert feel("dog .9, person .9, garden .9, playing .9", motion=0.5).situation == "dog playing"


GRAVE = [
    ("smoke .95, city .9", "accident or fire"),
    ("smoke .5, fire engine .8, city .9", "accident or fire"),
    ("fire .95, street .9", "accident or fire"),
    ("stretcher .95, person .9", "hospital"),
    ("cemetery .95, garden .9, flower .9", "cemetery"),
    ("ambulance .8, police van .7", "grave"),
    ("fire engine .95, person .9 x4, dog .9, playing .9, garden .9", "perhaps grave"),
    ("smoke .5, dog .9, playing .9, garden .9", "perhaps grave"),
]


@pytest.mark.parametrize(("marks", "situation"), GRAVE)
def test_grave_evidence_is_a_veto_whatever_else_is_seen(marks: str, situation: str) -> None:
    found = feel(marks, motion=0.6, light=0.8)
    assert found.situation == situation
    assert found.valence <= 0.1
    assert found.arousal <= 0.4
    played = [style for style in SITUATIONS[situation].styles if style in PALETTES]
    assert played
    assert not set(played) & {"comedic pizzicato", "house", "bossa", "chiptune", "hopeful", "rock", "hip-hop"}


def test_a_drawing_or_a_game_is_no_event_and_a_camp_fire_no_disaster() -> None:
    assert not SITUATIONS[feel("smoke .95, fire engine .9, drawing .9").situation].grave
    assert feel("fire .9, forest .9").situation == "perhaps grave"


@pytest.mark.parametrize("code", LANGUAGES)
def test_evidence_can_be_said_in_every_language(code: str) -> None:
    told = SCENES | frozenset(ACTIONS) | COCO | {"person", "movement", "stillness", "daylight"}
    for label in sorted(told - {"crowd", "food"}):
        said = word(label, code)
        assert said
        assert code == "en" or label in LANGUAGES[code].words or label in LANGUAGES[code].nouns, label
