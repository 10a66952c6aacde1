"""Scene words follow from what can be measured, and stay away where it cannot."""

import pytest

from immersivaudio.stages.describe.picture_features import look
from immersivaudio.stages.describe.scenes import SCENES, is_monochrome, measure, scene_of
from tests import pictures
from tests.pictures import Pixels


def words(pixels: Pixels) -> tuple[str, ...]:
    scene = scene_of([look(pixels)])
    return scene.words if scene else ()


def test_every_limit_names_a_measurement_and_spans_something() -> None:
    seen = look(pictures.photo("temple"))
    for scene in SCENES:
        for name, low, high in scene.limits:
            assert isinstance(measure(seen, name), float)
            assert low < high


@pytest.mark.parametrize(
    ("pixels", "word"),
    [
        (pictures.plain(0), "black"),
        (pictures.plain(255), "blank"),
        (pictures.lettering(), "title"),
        (pictures.grass(), "greenery"),
        (pictures.dunes(), "desert"),
        (pictures.city_night(), "night"),
        (pictures.photo("temple"), "sky"),
    ],
)
def test_a_plain_case_is_named(pixels: Pixels, word: str) -> None:
    assert word in words(pixels)


@pytest.mark.parametrize(
    "pixels", [pictures.noise(), pictures.plain(128), pictures.blurred(pictures.noise())]
)
def test_what_is_no_scene_gets_no_word(pixels: Pixels) -> None:
    assert words(pixels) == ()


def test_upside_down_a_sky_is_no_sky() -> None:
    assert "sky" not in words(pictures.photo("temple")[::-1])
    assert "desert" not in words(pictures.dunes()[::-1])


def test_black_and_white_means_no_hue_at_all() -> None:
    temple = pictures.photo("temple")
    assert is_monochrome(look(pictures.grey(temple)))
    assert not is_monochrome(look(temple))
    assert not is_monochrome(look(pictures.plain(0)))


def test_one_odd_frame_does_not_rename_a_shot() -> None:
    scene = scene_of([look(p) for p in (pictures.grass(0), pictures.plain(128), pictures.grass(1))])
    assert scene
    assert "greenery" in scene.words
