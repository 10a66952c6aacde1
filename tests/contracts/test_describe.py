"""What every describer must do. One of your own joins by `--backend`."""

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from immersivaudio.stages import Describer
from immersivaudio.values import Box, Description, Detection, Footage, Selection
from tests import pictures
from tests.backends import DESCRIBE, Case, own
from tests.pictures import Progress, footage

BACKENDS = [Case("immersivaudio.stages.describe.visual"), DESCRIBE, *own("describe")]

SOMEBODY = re.compile(r"\b(someone|person|people|man|woman|face|crowd)\b", re.IGNORECASE)


@pytest.fixture(scope="module", params=BACKENDS, ids=lambda case: case.id)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture(scope="module")
def describer(case: Case) -> Iterator[Describer]:
    yield from case.build()


@pytest.fixture
def understanding(case: Case) -> None:
    """For tests that only a trained model can pass."""
    case.must_understand()


def describe(
    describer: Describer, seen: Footage, detections: tuple[Detection, ...] = ()
) -> tuple[Description, ...]:
    first = {frame.shot: i for i, frame in reversed(list(enumerate(seen.frames)))}
    selection = Selection(0, tuple(first[shot.index] for shot in seen.shots))
    return describer.describe(seen, selection, detections, Progress())


FILM = footage(
    [[pictures.photo("temple")] * 2, [pictures.city_night()] * 2, [pictures.grass()]], seconds=[4, 3, 5]
)


def test_its_name_is_the_registrys(describer: Describer) -> None:
    assert describer.name == type(describer).__module__.rpartition(".")[2]


def test_the_clip_comes_first_then_every_shot(describer: Describer) -> None:
    assert [one.shot for one in describe(describer, FILM)] == [None, 0, 1, 2]


def test_each_text_is_one_plain_sentence(describer: Describer) -> None:
    for one in describe(describer, FILM):
        assert re.fullmatch(r"[A-Z0-9][^\n.]*\.", one.text), one.text
        assert "  " not in one.text
        assert len(one.text) <= 300


@pytest.mark.usefixtures("understanding")
def test_shots_that_differ_are_told_apart(describer: Describer) -> None:
    texts = [one.text for one in describe(describer, FILM)[1:]]
    assert len(set(texts)) == 3


def test_feelings_and_shares_are_in_their_range(describer: Describer) -> None:
    for one in describe(describer, FILM):
        assert -1 <= one.valence <= 1
        assert -1 <= one.arousal <= 1
        assert 0 <= one.people <= 1
        assert len(set(one.scenes)) == len(one.scenes)
        assert all(word == word.strip().lower() != "" for word in one.scenes)


def test_the_same_footage_gives_the_same_words(describer: Describer) -> None:
    assert describe(describer, FILM) == describe(describer, FILM)


@pytest.mark.usefixtures("understanding")
def test_nobody_is_claimed_who_was_not_detected(describer: Describer) -> None:
    for one in describe(describer, FILM):
        assert one.people == 0
        assert not SOMEBODY.search(one.text)


@pytest.mark.usefixtures("understanding")
def test_somebody_detected_is_counted(describer: Describer) -> None:
    where = Detection("person", 0.9, Box(0.4, 0.2, 0.6, 0.9), 0)
    clip, first, second, _ = describe(describer, FILM, (where,))
    assert (clip.people, first.people, second.people) == (pytest.approx(0.2), 0.5, 0.0)
    assert SOMEBODY.search(first.text)
    assert not SOMEBODY.search(second.text)


@pytest.mark.usefixtures("understanding")
def test_words_of_the_whole_picture_are_nobody(describer: Describer) -> None:
    beach = Detection("beach", 0.9, Box(0.0, 0.0, 1.0, 1.0), 0, "scene")
    car = Detection("car", 0.9, Box(0.4, 0.2, 0.6, 0.9), 0)
    assert describe(describer, FILM, (beach, car))[0].people == 0


@pytest.mark.usefixtures("understanding")
def test_a_bright_picture_is_more_pleasant_than_the_same_in_the_dark(describer: Describer) -> None:
    bright = describe(describer, footage([[pictures.photo("temple")]]))[0]
    dark = describe(describer, footage([[pictures.darker(pictures.photo("temple"), 0.2)]]))[0]
    # Where a model is asked, its own word counts as well as the light.
    assert bright.valence > dark.valence + (0.2 if describer.name == "visual" else 0.1)


@pytest.mark.usefixtures("understanding")
def test_motion_excites(describer: Describer) -> None:
    calm, wild = (describe(describer, footage([[pictures.grass()]], motion=m))[0] for m in (0.01, 0.5))
    assert wild.arousal > calm.arousal + 0.3
    assert wild.text != calm.text


@pytest.mark.medium
@pytest.mark.usefixtures("understanding")
def test_fast_cutting_excites(describer: Describer) -> None:
    shots = [[pictures.grass(i)] for i in range(8)]
    slow = describe(describer, footage(shots, seconds=[10] * 8))[0]
    fast = describe(describer, footage(shots, seconds=[0.7] * 8))[0]
    assert fast.arousal > slow.arousal + 0.1


@pytest.mark.usefixtures("understanding")
def test_night_and_day_are_told_apart(describer: Describer) -> None:
    _, day, night, meadow = describe(describer, FILM)
    assert "night" in night.scenes
    assert "night" not in day.scenes + meadow.scenes
    assert day.valence > night.valence


def test_progress_is_honest(describer: Describer) -> None:
    progress = Progress()
    describer.describe(FILM, Selection(0, (0, 2, 4)), (), progress)
    assert progress.is_honest()


@pytest.mark.parametrize("shape", pictures.ODD_SHAPES)
def test_odd_shapes_are_described_all_the_same(describer: Describer, shape: tuple[int, int]) -> None:
    for image in (pictures.noise(0, shape), pictures.plain(0, shape), pictures.plain(255, shape)):
        clip, shot = describe(describer, footage([[image]], kind="photo"))
        assert clip.text
        assert shot.text


def test_a_fade_does_not_make_a_film_black(describer: Describer) -> None:
    """Where the one kept frame is black but the curves are not, nobody may be told of a black screen."""
    seen = footage([[pictures.plain(0)]])
    lit = replace(seen, curves=replace(seen.curves, brightness=np.full(16, 0.2, np.float32)))
    assert "black" not in describe(describer, lit)[1].scenes
    assert "black screen" not in describe(describer, lit)[1].text
