"""Feelings move the way the literature says, and stay in range."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from immersivaudio.stages.describe.affect import Sensed, arousal, valence

shares = st.floats(0, 1)
anything = st.builds(Sensed, shares, shares, shares, st.floats(0, 200), shares, st.floats(-1, 1))
MIDDLE = Sensed(0.42, 0.38, 0.1, 5, 0, 0)


@given(anything)
def test_feelings_stay_in_range(sensed: Sensed) -> None:
    assert -1 <= valence(sensed) <= 1
    assert -1 <= arousal(sensed) <= 1


@given(anything, shares)
def test_more_light_never_displeases_and_more_motion_never_calms(sensed: Sensed, more: float) -> None:
    brighter = replace(sensed, brightness=max(sensed.brightness, more))
    faster = replace(sensed, motion=max(sensed.motion, more))
    assert valence(brighter) >= valence(sensed)
    assert arousal(faster) >= arousal(sensed)


def test_an_ordinary_picture_is_near_the_middle() -> None:
    assert abs(valence(MIDDLE)) < 0.1
    assert abs(arousal(MIDDLE)) < 0.3


def test_colour_weighs_as_measured_by_valdez_and_mehrabian() -> None:
    vivid, bright = replace(MIDDLE, saturation=0.6), replace(MIDDLE, brightness=0.62)
    assert valence(bright) > valence(vivid) > valence(MIDDLE)
    assert arousal(vivid) > arousal(MIDDLE) > arousal(bright)


def test_quick_cuts_excite() -> None:
    assert arousal(replace(MIDDLE, cuts=40)) > arousal(MIDDLE) + 0.1
