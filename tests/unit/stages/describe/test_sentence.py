"""Sentences read like English and claim no more than they were given."""

from dataclasses import replace

import pytest

from immersivaudio.stages.describe.look import look
from immersivaudio.stages.describe.scenes import scene_of
from immersivaudio.stages.describe.sentence import Seen, clip_sentence, shot_sentence
from tests import pictures
from tests.pictures import Pixels


def seen(pixels: Pixels, motion: float = 0.15, pan: float = 0.0) -> Seen:
    measured = look(pixels)
    return Seen(measured, scene_of([measured]), motion, pan, photo=False)


MEADOW = seen(pictures.grass())


@pytest.mark.parametrize(
    ("pan", "words"),
    [(-0.05, "drifts slowly to the right"), (0.15, "pans to the left"), (-0.5, "sweeps to the right")],
)
def test_the_view_goes_the_other_way_than_the_picture(pan: float, words: str) -> None:
    assert words in shot_sentence(replace(MEADOW, pan=pan))


def test_stillness_and_tumult_are_said() -> None:
    assert "still" in shot_sentence(replace(MEADOW, motion=0.0))
    assert "a lot of movement" in shot_sentence(replace(MEADOW, motion=0.4))


def test_a_photo_is_not_said_to_stand_still() -> None:
    assert ";" not in shot_sentence(replace(MEADOW, motion=0.0, photo=True))


def test_people_only_if_detected() -> None:
    assert "person" not in shot_sentence(MEADOW)
    assert "a person in view" in shot_sentence(replace(MEADOW, bodies=1))
    assert "people in view" in shot_sentence(replace(MEADOW, faces=2))
    assert "a face filling the frame" in shot_sentence(replace(MEADOW, faces=1, face_height=0.6))


@pytest.mark.parametrize("level", range(0, 256, 32))
@pytest.mark.parametrize("channel", [0, 1, 2])
def test_every_light_and_colour_has_words(level: int, channel: int) -> None:
    pixels = pictures.plain(level)
    pixels[..., channel] //= 2
    text = shot_sentence(seen(pixels))
    assert text[0].isupper()
    assert "  " not in text
    assert " , " not in text
    assert not text.startswith(("A a", "A e", "A i", "A o", "An b", "An d", "An s", "An v"))


def test_the_whole_is_what_lasts_longest() -> None:
    dunes, night = seen(pictures.dunes()), seen(pictures.city_night())
    text = clip_sentence([(MEADOW, 2), (night, 9), (dunes, 4), (night, 3)], night, 0.0, 10)
    assert text.startswith("Four shots: mostly a dark")
    assert "dunes" in text
    assert "green" not in text


def test_lettering_is_not_what_a_film_shows() -> None:
    title = seen(pictures.lettering())
    assert "mostly lush green" in clip_sentence([(title, 20), (MEADOW, 3)], MEADOW, 0.0, 10)


def test_one_shot_is_described_as_itself() -> None:
    assert clip_sentence([(MEADOW, 5)], MEADOW, 0.0, 0) == shot_sentence(MEADOW)


def test_a_film_of_rapid_cuts_is_not_said_to_be_still() -> None:
    calm, night = replace(MEADOW, motion=0.0), replace(seen(pictures.city_night()), motion=0.0)
    rapid = clip_sentence([(calm, 0.3), (night, 0.3)] * 50, calm, 0.0, 200)
    assert "rapid cuts" in rapid
    assert "still" not in rapid
    assert "still" in clip_sentence([(calm, 9), (night, 9)], calm, 0.0, 3)


def test_a_strobe_is_not_said_to_be_still() -> None:
    assert "still" in shot_sentence(replace(MEADOW, motion=0.0))
    assert "still" not in shot_sentence(replace(MEADOW, motion=0.0, flashes=400))
