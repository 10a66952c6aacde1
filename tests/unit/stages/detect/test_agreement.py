"""What the detector calls an animal or an airplane: the classifier must see it where it fills the picture."""

import numpy as np
import pytest

from immersivaudio.stages.detect.agreement import agreed
from immersivaudio.values import Box, Detection

LARGE, SMALL = Box(0.1, 0.1, 0.7, 0.7), Box(0.1, 0.1, 0.3, 0.3)
BEAGLE, AIRLINER = 162, 404


@pytest.mark.parametrize(("label", "row"), [("dog", BEAGLE), ("airplane", AIRLINER)])
def test_what_fills_the_picture_needs_the_classifier(label: str, row: int) -> None:
    classes = np.zeros(1000, np.float32)
    assert not agreed([Detection(label, 0.88, LARGE, 0)], classes)
    assert agreed([Detection(label, 0.97, LARGE, 0)], classes)
    assert agreed([Detection(label, 0.88, SMALL, 0)], classes)
    classes[row] = 0.2
    assert agreed([Detection(label, 0.88, LARGE, 0)], classes)


def test_a_doubtful_person_as_large_as_the_picture_is_the_picture() -> None:
    classes, whole = np.zeros(1000, np.float32), Box(0.01, 0.01, 0.99, 0.99)
    assert not agreed([Detection("person", 0.45, whole, 0)], classes)
    assert agreed([Detection("person", 0.9, whole, 0)], classes)
    assert agreed([Detection("person", 0.45, LARGE, 0)], classes)
