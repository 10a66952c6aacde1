"""The examples on the first screen, as they are looked at."""

from itertools import combinations

import numpy as np
import pytest
from PIL import Image as Pictures

from bot.web.examples import EXAMPLES, FOLDER


def glance(name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """What is left of a poster at a glance: large patches of colour."""
    with Pictures.open(FOLDER / f"{name}.webp") as poster:
        return np.asarray(poster.convert("RGB").resize((8, 5), Pictures.Resampling.BOX), np.float64)


@pytest.mark.parametrize(("one", "other"), list(combinations(EXAMPLES, 2)))
def test_no_example_looks_like_another(one: str, other: str) -> None:
    assert np.abs(glance(one) - glance(other)).mean() > 12
