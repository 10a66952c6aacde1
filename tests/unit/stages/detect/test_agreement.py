"""What the detector calls an animal or an airplane: the classifier must see it where it fills the picture."""

import numpy as np
import pytest

from immersivaudio.stages.detect.agreement import agreed, whole
from immersivaudio.values import Box, Detection

LARGE, SMALL = Box(0.1, 0.1, 0.7, 0.7), Box(0.1, 0.1, 0.3, 0.3)
BEAGLE, AIRLINER, HARE, LLAMA = 162, 404, 331, 355


@pytest.mark.parametrize(("label", "row"), [("dog", BEAGLE), ("airplane", AIRLINER)])
def test_what_fills_the_picture_needs_the_classifier(label: str, row: int) -> None:
    classes = np.zeros(1000, np.float32)
    assert not agreed([Detection(label, 0.88, LARGE, 0)], classes)
    assert agreed([Detection(label, 0.99, LARGE, 0)], classes)
    assert agreed([Detection(label, 0.88, SMALL, 0)], classes)
    classes[row] = 0.2
    assert agreed([Detection(label, 0.88, LARGE, 0)], classes)


def test_a_doubtful_person_as_large_as_the_picture_is_the_picture() -> None:
    classes, box = np.zeros(1000, np.float32), Box(0.01, 0.01, 0.99, 0.99)
    assert not agreed([Detection("person", 0.45, box, 0)], classes)
    assert agreed([Detection("person", 0.9, box, 0)], classes)
    assert agreed([Detection("person", 0.45, LARGE, 0)], classes)


def test_what_is_like_no_animal_at_all_is_hardly_one() -> None:
    classes = np.zeros(1000, np.float32)
    assert not agreed([Detection("horse", 0.96, LARGE, 0)], classes)
    classes[LLAMA] = 0.8
    assert agreed([Detection("horse", 0.96, LARGE, 0)], classes)


def test_a_rabbit_is_no_dog() -> None:
    classes = np.zeros(1000, np.float32)
    classes[[BEAGLE, HARE]] = 0.3, 0.4
    assert not agreed([Detection("dog", 0.86, SMALL, 0)], classes)
    beside = Detection("dog", 0.86, Box(0.6, 0.6, 0.8, 0.8), 0)
    assert len(agreed([Detection("dog", 0.95, SMALL, 0), beside], classes)) == 2
    classes[[BEAGLE, HARE]] = 0.4, 0.3
    assert agreed([beside], classes)


def test_a_doubtful_person_as_large_as_the_picture_is_offered_for_a_face() -> None:
    box = Box(0.01, 0.01, 0.99, 0.99)
    assert whole(Detection("person", 0.5, box, 0))
    assert not whole(Detection("person", 0.3, box, 0))
    assert not whole(Detection("person", 0.5, LARGE, 0))
