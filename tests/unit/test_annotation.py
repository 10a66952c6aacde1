"""What was seen, drawn: boxes where things are, one frame a shot."""

import numpy as np

from immersivaudio import annotation
from immersivaudio.values import Box, Detection
from tests import pictures
from tests.films import film

DOG = Detection("dog", 0.9, Box(0.5, 0.2, 0.9, 0.8), 0)
PARK = Detection("park", 0.9, Box(0.0, 0.0, 1.0, 1.0), 0, "scene")


def test_a_thing_gets_its_box_and_a_word_for_the_whole_picture_does_not() -> None:
    plain = pictures.plain(128, (180, 320))
    bare = np.array(annotation.annotated(plain, (), 320, 180))
    assert np.array_equal(np.array(annotation.annotated(plain, (PARK,), 320, 180)), bare)
    changed = np.argwhere(np.any(np.array(annotation.annotated(plain, (DOG,), 320, 180)) != bare, axis=2))
    (top, left), (bottom, right) = changed.min(axis=0), changed.max(axis=0)
    assert (left, right) == (160, 287)
    assert 34 <= top <= 36
    assert bottom == 143


def test_every_shot_has_a_picture_until_there_are_too_many() -> None:
    assert annotation.shown([3, 7]) == [(0, 3), (1, 7)]
    many = annotation.shown(list(range(100)))
    assert len(many) == annotation.MOST
    assert (many[0], many[-1]) == ((0, 0), (99, 99))


def test_a_sheet_holds_all_shots_and_odd_shapes() -> None:
    seen = film(10, [2, 4, 6, 8])
    sheet = annotation.sheet(seen, (DOG, PARK), list(range(len(seen.frames)))[:5])
    assert sheet.width == annotation.WIDTH
    assert sheet.height > 400
    thin = np.zeros((7, 4000, 3), np.uint8)
    assert annotation.annotated(thin, (DOG,), 320, 180).size == (320, 1)
