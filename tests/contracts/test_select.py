"""What every selector must do. One of your own joins by `--backend`."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from immersivaudio.stages import Selector
from tests import pictures
from tests.backends import SELECT, Case, own
from tests.pictures import Pixels, footage

BACKENDS = [Case("immersivaudio.stages.select.medoid"), SELECT, *own("select")]

TEMPLE, FLOWER = pictures.photo("temple"), pictures.photo("flower")
CROPS = tuple(np.ascontiguousarray(TEMPLE[:, x : x + 560]) for x in (0, 20, 40, 60))


@pytest.fixture(scope="module", params=BACKENDS, ids=lambda case: case.id)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture(scope="module")
def selector(case: Case) -> Iterator[Selector]:
    yield from case.build()


def test_its_name_is_the_registrys(selector: Selector) -> None:
    assert selector.name == type(selector).__module__.rpartition(".")[2]


def test_every_shot_gets_one_of_its_own_frames(selector: Selector) -> None:
    seen = footage([CROPS, [FLOWER, pictures.darker(FLOWER, 0.8)], [pictures.grass()]])
    chosen = selector.select(seen)
    assert [seen.frames[i].shot for i in chosen.shots] == [0, 1, 2]
    assert 0 <= chosen.clip < len(seen.frames)
    assert selector.select(seen) == chosen


def test_a_photo_is_its_own_best_frame(selector: Selector) -> None:
    chosen = selector.select(footage([[TEMPLE]], kind="photo"))
    assert (chosen.clip, chosen.shots) == (0, (0,))


@pytest.mark.parametrize(
    "worse",
    [
        pictures.plain(0, TEMPLE.shape[:2]),
        pictures.plain(255, TEMPLE.shape[:2]),
        pictures.darker(TEMPLE, 0.06),
        pictures.blurred(TEMPLE, 81),
    ],
    ids=["black", "white", "faded", "blurred"],
)
def test_a_spoilt_frame_is_passed_over(selector: Selector, worse: Pixels) -> None:
    for pair in ([worse, TEMPLE], [TEMPLE, worse]):
        seen = footage([pair], openings=["start"])
        good = 0 if pair[0] is TEMPLE else 1
        assert selector.select(seen).shots == (good,)
        assert selector.select(seen).clip == good


def test_a_half_dissolved_frame_is_passed_over(selector: Selector) -> None:
    mixed = ((TEMPLE.astype(int) + FLOWER) // 2).astype(np.uint8)
    seen = footage([[FLOWER], [mixed, TEMPLE]], seconds=[2, 1], openings=["start", "dissolve"])
    assert selector.select(seen).shots == (0, 2)


def test_the_clips_frame_is_from_what_is_on_screen_longest(case: Case, selector: Selector) -> None:
    case.must_understand()
    short, long = [FLOWER] * 4, [pictures.grass(i) for i in range(3)]
    seen = footage([short, long, short], seconds=[2, 12, 2])
    assert seen.frames[selector.select(seen).clip].shot == 1


def test_look_alikes_in_many_shots_count_together(selector: Selector) -> None:
    seen = footage([[FLOWER], CROPS, [pictures.darker(FLOWER, 0.95)], [FLOWER]], seconds=[3, 5, 3, 3])
    assert seen.frames[selector.select(seen).clip].shot != 1


def test_the_middle_of_a_slow_change_stands_for_it(selector: Selector) -> None:
    steps = [pictures.darker(TEMPLE, share) for share in (1.0, 0.9, 0.8, 0.7, 0.6)]
    assert selector.select(footage([steps])).shots[0] in (1, 2, 3)


def test_a_shot_without_frames_borrows_the_nearest(selector: Selector) -> None:
    seen = footage([[TEMPLE], [FLOWER], [pictures.grass()]], seconds=[4, 0.1, 4])
    without = replace(seen, frames=tuple(frame for frame in seen.frames if frame.shot != 1))
    assert selector.select(without).shots[1] in (0, 1)


@pytest.mark.parametrize("shape", pictures.ODD_SHAPES)
def test_odd_shapes_are_no_obstacle(selector: Selector, shape: tuple[int, int]) -> None:
    seen = footage([[pictures.noise(0, shape), pictures.plain(0, shape)], [pictures.plain(255, shape)]])
    assert len(selector.select(seen).shots) == 2


def test_nothing_but_black_still_gets_an_answer(selector: Selector) -> None:
    assert selector.select(footage([[pictures.plain(0)] * 3])).clip in (0, 1, 2)
