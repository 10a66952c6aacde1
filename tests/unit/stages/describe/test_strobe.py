"""Light that beats: no picture of it moves, and nobody would call it calm."""

from dataclasses import replace
from fractions import Fraction

from immersivaudio.config import Settings
from immersivaudio.stages.describe.visual import build
from immersivaudio.values import Moment, Selection
from tests import pictures
from tests.pictures import footage


def test_a_strobe_excites() -> None:
    calm = footage([[pictures.grass(1)]], seconds=[4], motion=0.0)
    flashes = tuple(Moment(Fraction(2 * i + 1, 15), "flash", 1.0) for i in range(29))
    (before, *_), (after, *_) = (
        build(Settings()).describe(film, Selection(0, (0,)), (), lambda _done: None)
        for film in (calm, replace(calm, moments=flashes))
    )
    assert after.arousal > before.arousal + 0.2
    assert "still" in before.text
    assert "still" not in after.text
    assert "flashing" in after.text
    assert "flashing" not in before.text
