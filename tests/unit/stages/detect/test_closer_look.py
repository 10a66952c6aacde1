"""What is in doubt is cut out and shown to the classifier again, and what that changes."""

import numpy as np
import pytest

from immersivaudio.stages.detect.agreement import agreed, close_by
from immersivaudio.stages.detect.closer_look import Array, closer, cut_out
from immersivaudio.values import Box, Detection, Image

BOX, BESIDE = Box(0.2, 0.2, 0.6, 0.6), Box(0.65, 0.2, 0.95, 0.6)
# Rows: 147 whale, 162 beagle, 294 bear, 339 horse, 342 and 343 boars, 345 ox, 355 llama, 386 elephant,
# 458 brass, 619 lampshade, 628 liner, 708 pedestal, 834 suit, 879 umbrella, 947 mushroom, 981 ballplayer


def classes(**rows: float) -> Array:
    """The classifier's answer, by row: `classes(r162=0.5)`."""
    found = np.zeros(1000, np.float32)
    for row, share in rows.items():
        found[int(row[1:])] = share
    return found


def one(label: str, sure: float = 0.95, box: Box = BOX) -> Detection:
    return Detection(label, sure, box, 0)


def labels(found: list[Detection], whole: Array, **near: Array) -> list[str]:
    return [each.label for each in agreed(found, whole, {name: [seen] for name, seen in near.items()})]


def test_where_the_two_see_different_animals_it_is_an_animal() -> None:
    rhinoceros = classes(r343=0.72, r342=0.1)
    assert labels([one("elephant")], rhinoceros) == ["elephant"]
    assert labels([one("elephant")], rhinoceros, elephant=rhinoceros) == ["animal"]
    assert labels([one("elephant")], rhinoceros, elephant=classes(r386=0.7)) == ["elephant"]


def test_a_cut_out_names_what_the_whole_picture_did_not() -> None:
    bear = classes(r294=0.76, r295=0.11)
    assert labels([one("cow", 0.79)], classes(r345=0.12), cow=bear) == ["bear"]
    assert close_by([one("sheep")], {"sheep": [classes(r355=0.9)]}) == {"llama": pytest.approx(0.9)}


def test_an_animal_beside_a_named_one_is_not_told_twice() -> None:
    found = [one("bear", box=BOX), one("dog", 0.85, BESIDE)]
    assert labels(found, classes(r294=0.91), dog=classes(r294=0.6)) == ["bear"]


def test_a_bud_is_no_bird() -> None:
    assert labels([one("bird", 0.65)], classes(r134=0.1)) == ["bird"]
    assert labels([one("bird", 0.65)], classes(r134=0.1), bird=classes(r947=0.3)) == []


def test_a_cut_out_without_an_animal_outweighs_a_sure_detector() -> None:
    small = [one("dog", 0.93, Box(0.2, 0.2, 0.4, 0.4))]
    assert labels(small, classes(r478=0.2)) == ["dog"]
    assert labels(small, classes(r478=0.2), dog=classes(r478=0.18, r728=0.17)) == []  # a carton, a bag


def test_a_spiral_of_light_is_no_animal() -> None:
    shells = classes(r117=0.4, r112=0.31)
    assert labels([one("cat", 0.957)], classes(r112=0.33), cat=shells) == []


def test_what_is_ridden_hides_behind_its_rider() -> None:
    rider = one("person", box=Box(0.3, 0.1, 0.5, 0.4))
    horse, player = one("horse", 0.97), classes(r981=0.2)
    assert labels([rider, horse], classes(r339=0.05), horse=player) == ["horse", "person"]
    assert labels([horse], classes(r339=0.05), horse=player) == []


def test_somebody_of_brass_or_stone_is_a_statue() -> None:
    brass, living = classes(r458=0.3, r708=0.1), classes(r834=0.6)
    assert labels([one("person")], classes(), person=brass) == ["statue"]
    assert labels([one("person")], classes(), person=classes(r643=0.74)) == ["person"]  # dark: "a mask"
    assert labels([one("person")], classes(), person=living) == ["person"]
    both = agreed([one("person"), one("person", 0.9, BESIDE)], classes(), {"person": [brass, living]})
    assert [each.label for each in both] == ["person", "person"]


def test_a_whale_is_nobody_and_a_dog_beside_somebody_is_the_dog() -> None:
    near = {"person": [classes(r147=0.9)]}
    assert [each.label for each in agreed([one("person")], classes(), near)] == ["animal"]
    assert "whale" in close_by([one("person")], near)
    with_dog, beagle = [one("person"), one("dog", 0.6, BESIDE)], {"person": [classes(r162=0.9)]}
    assert "person" in [each.label for each in agreed(with_dog, classes(r162=0.9), beagle)]


def test_a_thing_that_is_nothing_like_it_close_by_is_not_told() -> None:
    assert labels([one("umbrella", 0.8)], classes(r879=0.06)) == ["umbrella"]
    assert labels([one("umbrella", 0.8)], classes(r879=0.06), umbrella=classes(r619=0.5)) == []
    assert labels([one("umbrella", 0.8)], classes(r879=0.06), umbrella=classes(r879=0.5)) == ["umbrella"]


@pytest.mark.parametrize(("label", "sure"), [("kite", 0.78), ("fire hydrant", 0.75), ("scissors", 0.8)])
def test_what_stands_alone_and_has_no_class_must_be_surer(label: str, sure: float) -> None:
    assert labels([one(label, sure)], classes()) == []
    assert labels([one(label, 0.9)], classes()) == [label]


def test_balconies_are_no_ship() -> None:
    from immersivaudio.stages.detect.agreement import named

    assert "boat" not in named(classes(r628=0.6), ())
    assert "boat" in named(classes(r628=0.85), ())


class Looks:
    """Counts what it is shown, and sees nothing."""

    def __init__(self) -> None:
        self.shown: list[Image] = []

    def __call__(self, image: Image) -> Array:
        self.shown.append(image)
        return classes()


PICTURE = np.zeros((60, 120, 3), np.uint8)


def test_only_what_is_in_doubt_is_cut_out() -> None:
    looks = Looks()
    (near,) = closer([[(PICTURE, [one("dog"), one("chair")], classes(r162=0.9))]], looks, still=True)
    assert not looks.shown and not near
    (near,) = closer(
        [[(PICTURE, [one("dog"), one("dog", 0.6, BESIDE)], classes(r162=0.2))]], looks, still=True
    )
    assert len(looks.shown) == 1 and set(near) == {"dog"}


def test_a_long_film_costs_a_few_looks_more_and_no_more() -> None:
    looks = Looks()
    shots = [[(PICTURE, [one("elephant"), one("person")], classes(r343=0.7))] for _ in range(30)]
    assert len(closer(shots, looks, still=False)) == 30
    assert len(looks.shown) == 8


def test_a_cut_out_is_the_square_around_a_box_as_far_as_the_picture_goes() -> None:
    assert cut_out(PICTURE, Box(0.4, 0.25, 0.6, 0.75)).shape[:2] == (36, 36)
    assert cut_out(PICTURE, Box(0.0, 0.0, 0.2, 1.0)).shape[:2] == (60, 47)
