"""Rectangles keep their promises, and one thing is reported once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from immersivaudio.stages.detect.boxes import Rect, iou, nested
from immersivaudio.stages.detect.sighting import Sighting, thin

numbers = st.floats(-500, 500)
sizes = st.floats(1, 500)
rects = st.builds(Rect, numbers, numbers, sizes, sizes)


@given(rects, rects)
def test_overlap_is_a_share_and_has_no_order(a: Rect, b: Rect) -> None:
    assert 0 <= iou(a, b) <= nested(a, b) + 1e-9
    assert nested(a, b) <= 1 + 1e-9
    assert iou(a, b) == pytest.approx(iou(b, a))


@given(rects)
def test_a_rectangle_is_all_of_itself(rect: Rect) -> None:
    assert iou(rect, rect) == pytest.approx(1)


@given(st.floats(0, 99), st.floats(0, 99), sizes, sizes)
def test_shares_stay_inside_the_picture(x: float, y: float, w: float, h: float) -> None:
    box = Rect(x, y, w, h).shares(100, 100)
    assert 0 <= box.left < box.right <= 1
    assert 0 <= box.top < box.bottom <= 1


@given(rects, st.integers(1, 200), st.integers(1, 200))
def test_a_window_can_always_be_cut_out(rect: Rect, width: int, height: int) -> None:
    rows, columns = rect.window(width, height)
    assert 0 <= rows.start <= rows.stop
    assert 0 <= columns.start <= columns.stop


def person(rect: Rect, *, sure: bool = True, label: str = "person") -> Sighting:
    return Sighting(label, rect, 0.8, sure)


def test_a_leg_is_no_second_person() -> None:
    whole, leg = person(Rect(0, 0, 60, 200)), person(Rect(10, 100, 30, 100))
    assert thin([leg, whole]) == [whole]


def test_the_sure_one_of_two_stays() -> None:
    sure, unsure = person(Rect(0, 0, 60, 200)), person(Rect(0, 0, 70, 220), sure=False)
    assert thin([unsure, sure]) == [sure]


def test_neighbours_and_other_kinds_are_kept() -> None:
    left, right = person(Rect(0, 0, 60, 200)), person(Rect(50, 0, 60, 200))
    face = person(Rect(20, 10, 20, 20), label="face")
    assert set(thin([left, right, face])) == {left, right, face}
