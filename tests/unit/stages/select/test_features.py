"""Vectors say how alike two frames are; quality says whether one may be shown."""

import numpy as np
import pytest

from immersivaudio.stages.select.features import features
from tests import pictures
from tests.pictures import Pixels


def apart(a: Pixels, b: Pixels) -> float:
    return float(np.linalg.norm(features(a).vector - features(b).vector))


def test_the_same_picture_is_no_way_off() -> None:
    assert apart(pictures.photo("temple"), pictures.photo("temple")) == 0


def test_a_slow_change_is_a_small_step_and_another_scene_a_large_one() -> None:
    temple = pictures.photo("temple")
    moved = np.ascontiguousarray(temple[:, 12:])
    assert apart(temple, moved) < 0.5 * apart(temple, pictures.photo("flower"))
    assert apart(temple, pictures.darker(temple, 0.95)) < 0.7 * apart(temple, pictures.photo("flower"))


def test_where_things_are_counts() -> None:
    temple = pictures.photo("temple")
    assert apart(temple, np.ascontiguousarray(temple[::-1])) > 0.3


@pytest.mark.parametrize(
    "spoilt",
    [
        pictures.plain(0),
        pictures.plain(255),
        pictures.plain(120),
        pictures.darker(pictures.photo("temple"), 0.05),
        pictures.blurred(pictures.photo("temple"), 81),
    ],
    ids=["black", "white", "grey", "faded", "blurred"],
)
def test_a_spoilt_picture_has_little_quality(spoilt: Pixels) -> None:
    assert features(spoilt).quality < 0.7 * features(pictures.photo("temple")).quality
