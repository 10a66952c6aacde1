"""How frames vouch for each other."""

from fractions import Fraction

import numpy as np
import pytest

from immersivaudio.stages.detect import visual
from immersivaudio.stages.detect.boxes import Rect
from immersivaudio.stages.detect.sighting import Sighting
from immersivaudio.values import Frame


def face(x: float, *, sure: bool, confidence: float = 0.8) -> Sighting:
    return Sighting("face", Rect(x, 50, 40, 40), confidence, sure)


def believed(per_frame: list[list[Sighting]], shots: list[int]) -> list[int]:
    """Which frames' sightings are believed, when these are what was seen."""
    detector = visual.VisualDetector(reach=1)
    image = np.zeros((100, 200, 3), np.uint8)
    frames = [Frame(Fraction(i), shot, image) for i, shot in enumerate(shots)]
    looks = [visual.ScannedFrame(200, 100, tuple(seen)) for seen in per_frame]
    return [i for i in range(len(frames)) if detector.believed(frames, looks, i)]


def test_a_sure_face_vouches_for_a_likely_one_next_to_it() -> None:
    assert believed([[face(50, sure=True)], [face(60, sure=False)]], [0, 0]) == [0, 1]


@pytest.mark.parametrize(
    ("other", "shots"),
    [
        (face(150, sure=False), [0, 0]),
        (face(60, sure=False), [0, 1]),
        (face(60, sure=False, confidence=0.5), [0, 0]),
    ],
    ids=["elsewhere", "in another shot", "hardly seen"],
)
def test_it_does_not_vouch_for_everything(other: Sighting, shots: list[int]) -> None:
    assert believed([[face(50, sure=True)], [other]], shots) == [0]


def test_likely_ones_do_not_vouch_for_each_other() -> None:
    assert believed([[face(50, sure=False)], [face(50, sure=False)]], [0, 0]) == []


def test_a_witness_too_far_off_in_time_is_not_heard() -> None:
    assert believed([[face(50, sure=True)], [], [face(50, sure=False)]], [0, 0, 0]) == [0]
