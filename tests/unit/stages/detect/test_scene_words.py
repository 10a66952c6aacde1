"""Scene words are few and sure, and told by what is in the picture."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from immersivaudio import media
from immersivaudio.config import Settings
from immersivaudio.models import packaged
from immersivaudio.stages.detect import scene_words
from immersivaudio.stages.detect.scene_words import Seen
from immersivaudio.stages.extract.pyav import PyAvExtractor
from immersivaudio.values import Box, Detection, Frame
from tests import pictures
from tests.pictures import Pixels, Progress


def frame(*things: str, shot: int = 0) -> Seen:
    found = [Detection(label, 0.9, Box(0.1, 0.1, 0.4, 0.4), 0) for label in things]
    return Seen(shot, np.full(1280, 0.3, np.float32), np.zeros(1000, np.float32), found, 0.5)


def test_six_people_are_a_crowd_and_five_are_not() -> None:
    assert "crowd" in scene_words.say([frame(*["person"] * 6)])[0]
    assert "crowd" not in scene_words.say([frame(*["person"] * 5)])[0]


def test_somebody_with_a_ball_plays_and_a_ball_alone_does_not() -> None:
    assert "sport" in scene_words.say([frame("person", "sports ball")])[0]
    assert "sport" not in scene_words.say([frame("sports ball")])[0]


Likely = Callable[..., None]


@pytest.fixture
def likely(monkeypatch: pytest.MonkeyPatch) -> Likely:
    """Let the head see what the test says, and nothing else."""

    def see(**words: float) -> None:
        names, weights = scene_words._head()
        only = np.zeros_like(weights)
        only[:, -1] = -9
        for word, sure in words.items():
            only[names.index(word), -1] = np.log(sure / (1 - sure))
        monkeypatch.setattr(scene_words, "_head", lambda: (names, only))

    return see


@pytest.mark.parametrize(("sure", "driving"), [(0.99, False), (0.6, True)])
def test_a_street_is_said_surely_or_where_something_drives(
    sure: float, driving: bool, likely: Likely
) -> None:
    likely(street=sure, outdoors=0.9)
    assert "street" in scene_words.say([frame("car")])[0]
    assert ("street" in scene_words.say([frame("person")])[0]) == (not driving)


def test_a_train_runs_on_no_street(likely: Likely) -> None:
    likely(street=0.99, outdoors=0.9)
    assert "street" not in scene_words.say([frame("train", "car")])[0]


def test_a_hall_is_no_street(likely: Likely) -> None:
    likely(street=0.99, outdoors=0.9, indoor=0.4)
    assert "street" not in scene_words.say([frame("person")])[0]


def test_people_are_out_of_doors_where_a_second_place_says_so(likely: Likely) -> None:
    likely(outdoors=0.8, nature=0.6)
    assert "outdoors" in scene_words.say([frame("person")])[0]
    likely(outdoors=0.8, nature=0.3)
    assert "outdoors" not in scene_words.say([frame("person")])[0]
    assert "outdoors" in scene_words.say([frame()])[0]


def test_a_hall_under_glass_is_not_out_of_doors_and_a_full_square_is_no_room(likely: Likely) -> None:
    likely(outdoors=0.95, indoor=0.3)
    assert "outdoors" not in scene_words.say([frame()])[0]
    likely(outdoors=0.95)
    assert "outdoors" not in scene_words.say([frame("dog", "couch")])[0]
    likely(indoor=0.76, city=0.74)
    assert "indoor" not in scene_words.say([frame("person")])[0]
    likely(indoor=0.76, city=0.3)
    assert "indoor" in scene_words.say([frame("person")])[0]


def test_nothing_is_said_of_a_picture_too_small_to_look_at() -> None:
    empty = Seen(0, np.zeros(1280, np.float32), np.zeros(1000, np.float32), (), 0.5)
    assert scene_words.say([empty]) == [{}]


def words_of(image: Pixels) -> set[str]:
    pytest.importorskip("onnxruntime")
    settings = Settings(_env_file=None)
    if packaged.missing(settings):
        pytest.skip("the weights of eyes are not installed")
    from immersivaudio.stages.detect.eyes import build

    found = build(settings).detect([Frame(Fraction(0), 0, image)], Progress())
    words = [one for one in found if one.kind == "scene"]
    assert all(one.box == Box(0.0, 0.0, 1.0, 1.0) for one in words)
    return {one.label for one in words}


@pytest.mark.medium
def test_a_city_at_night_is_a_city(shared_media: Callable[[str], Path], settings: Settings) -> None:
    clip = media.probe(shared_media("city_night.mpg"), settings)
    assert "city" in words_of(PyAvExtractor(settings).extract(clip, Progress()).frames[0].image)


@pytest.mark.medium
def test_a_temple_by_day_is_seen_out_of_doors(
    shared_media: Callable[[str], Path], settings: Settings
) -> None:
    photo = media.probe(shared_media("china_temple.jpg"), settings)
    assert words_of(PyAvExtractor(settings).extract(photo, Progress()).frames[0].image) == {"outdoors"}


@pytest.mark.medium
def test_no_place_is_named_where_there_is_none() -> None:
    drawn = (pictures.noise(), pictures.plain(0), pictures.plain(255), pictures.lettering())
    assert all(words_of(image) <= {scene_words.DRAWING} for image in drawn)
    assert words_of(pictures.grass()) <= {"outdoors", "nature"}


def test_a_reef_and_a_stage_are_told_by_what_only_they_have() -> None:
    for row, word in ((973, "underwater"), (819, "stage")):
        seen = frame()
        seen.classes[row] = 0.9
        assert word in scene_words.say([seen])[0]
        seen.classes[row] = 0.4
        assert word not in scene_words.say([seen])[0]


def test_food_needs_a_second_witness(likely: Likely) -> None:
    """Stains in rows look like a tray of something: a table, a plate or a dish must say so, too."""
    likely(food=0.98)
    assert "food" not in scene_words.say([frame()])[0]
    assert "food" in scene_words.say([frame("dining table")])[0]
    plate = frame()
    plate.classes[923] = 0.3
    assert "food" in scene_words.say([plate])[0]


def test_a_daisy_is_a_flower() -> None:
    seen = frame()
    seen.classes[985] = 0.8
    assert "flower" in scene_words.say([seen])[0]


def lit(light: float) -> Seen:
    return Seen(0, np.full(1280, 0.3, np.float32), np.zeros(1000, np.float32), [], light)


def test_sand_without_water_is_no_beach(likely: Likely) -> None:
    likely(beach=0.95, outdoors=0.9, sea=0.4, water=0.7)
    assert "beach" not in scene_words.say([lit(0.5)])[0]
    likely(beach=0.95, outdoors=0.9, sea=0.9, water=0.99)
    assert "beach" in scene_words.say([lit(0.5)])[0]


def test_night_is_dark_and_snow_is_bright(likely: Likely) -> None:
    likely(night=0.97, snow=0.7, outdoors=0.9)
    assert {"night", "snow"} & set(scene_words.say([lit(0.2)])[0]) == {"night"}
    assert {"night", "snow"} & set(scene_words.say([lit(0.6)])[0]) == {"snow"}


def test_a_station_is_no_town(likely: Likely) -> None:
    likely(city=0.95, indoor=0.85, outdoors=0.4)
    assert "city" not in scene_words.say([frame("train")])[0]
    assert "city" in scene_words.say([frame()])[0]


def test_a_room_needs_less_where_nothing_is_like_the_open(likely: Likely) -> None:
    likely(indoor=0.6, outdoors=0.1)
    assert "indoor" in scene_words.say([lit(0.5)])[0]
    likely(indoor=0.6, outdoors=0.3)
    assert "indoor" not in scene_words.say([lit(0.5)])[0]
