"""The scene's sounds come from what is seen, where it is seen."""

from fractions import Fraction

import numpy as np

from immersivaudio import sound
from immersivaudio.stages.enhance import scenery
from immersivaudio.values import Box, Description, Detection, Moment
from tests.films import RATE, film


def seen(*scenes: str, shot: int | None = None) -> Description:
    return Description("", 0.0, 0.0, scenes, shot)


def thing(label: str, frame: int = 0, left: float = 0.4, confidence: float = 0.9) -> Detection:
    return Detection(label, confidence, Box(left, 0.4, left + 0.2, 0.6), frame)


def test_the_tables_name_sounds_that_exist() -> None:
    assert {*scenery.AMBIENCES.values(), *scenery.THINGS.values()} <= set(sound.NAMES)


def test_an_ambience_runs_through_a_cut_and_ends_with_its_scene() -> None:
    words = (seen("sea"), seen("sea", shot=0), seen("sea", shot=1), seen("city", shot=2))
    found = scenery.sounds(film(30, [10, 20]), (), words)
    assert [(s.name, s.start, s.end) for s in found] == [("sea", 0, 20), ("city", 20, 30)]


def test_night_changes_who_sings() -> None:
    assert [s.name for s in scenery.sounds(film(5), (), (seen("forest", "night"),))] == ["night insects"]


def test_a_thing_is_heard_from_where_it_is() -> None:
    (cars,) = scenery.sounds(film(5), (thing("car", left=0.8),), (seen(),))
    assert cars.name == "traffic"
    assert 0.3 < cars.pan <= 1


def test_people_walk_only_when_the_picture_moves_and_five_are_a_crowd() -> None:
    def names(motion: float, people: int) -> list[str]:
        things = [thing("person") for _ in range(people)]
        return [s.name for s in scenery.sounds(film(5, motion=motion), things, (seen(),))]

    assert names(0.3, 1) == ["footsteps"]
    assert names(0.0, 1) == []
    assert names(0.3, 6) == ["crowd"]


def test_parked_cars_and_laid_tables_make_no_noise() -> None:
    def names(label: str, motion: float) -> list[str]:
        return [s.name for s in scenery.sounds(film(5, motion=motion), (thing(label),), (seen(),))]

    assert names("car", 0.0) == names("wine glass", 0.0) == []
    assert names("car", 0.3) == ["traffic"]
    assert names("wine glass", 0.1) == ["glasses"]
    assert names("clock", 0.0) == ["clock"]
    assert names("pizza", 0.0) == ["room tone"]


def test_what_happens_is_heard_first_and_from_its_place() -> None:
    walking = Description("", 0.0, 0.0, ("city",), actions=("walking",))
    found = scenery.sounds(film(5, motion=0.1), (thing("person", left=0.75), thing("clock")), (walking,))
    assert [s.name for s in found] == ["footsteps", "clock"]
    assert found[0].pan > 0.3


def test_doubtful_things_and_animals_are_silent() -> None:
    things = (thing("car", confidence=0.2), thing("dog"), thing("cat"), thing("car", frame=99))
    assert scenery.sounds(film(5), things, (seen(),)) == ()


def test_a_fast_pan_whooshes_once_the_way_it_goes() -> None:
    pan = np.zeros(int(20 * RATE), dtype=np.float32)
    pan[78:83] = [-1.0, -1.6, -2.0, -1.6, -1.0]
    (whoosh,) = scenery.sounds(film(20, pan=pan), (), (seen(),))
    assert whoosh.name == "whoosh"
    assert whoosh.start < 10 < whoosh.end
    assert whoosh.pan < 0


def test_a_flash_is_an_impact_inside_the_clip() -> None:
    moments = (Moment(Fraction(4), "flash", 0.9), Moment(Fraction("19.5"), "flash", 0.9))
    found = scenery.sounds(film(20, moments=moments), (), (seen(),))
    assert [(s.name, s.start) for s in found] == [("impact", 4), ("impact", Fraction("19.5"))]
    assert all(s.end <= 20 for s in found)


def test_room_tone_gives_way_to_anything_else() -> None:
    assert [s.name for s in scenery.sounds(film(5), (), (seen("indoor"),))] == ["room tone"]
    assert [s.name for s in scenery.sounds(film(5), (), (seen("indoor", "fire"),))] == ["fire"]


def test_never_more_than_two_beds_at_once() -> None:
    found = scenery.sounds(film(5), (thing("car"),), (seen("city", "rain", "crowd", "train"),))
    assert len(found) == 2


def test_words_of_the_whole_picture_are_no_things() -> None:
    whole = Box(0.0, 0.0, 1.0, 1.0)
    words = (Detection("train", 0.9, whole, 0, "scene"), Detection("boat", 0.9, whole, 0, "class"))
    assert scenery.sounds(film(5), words, (seen(),)) == ()
