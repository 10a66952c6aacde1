"""Timecode counts as SMPTE ST 12-1 says, and as an independent package counts."""

from fractions import Fraction

import pytest
from timecode import Timecode

from immersivaudio.export.frame_rate import FrameRate, standard
from tests.edit_timelines import RATES


@pytest.mark.parametrize("rate", RATES.values(), ids=RATES)
def test_every_number_of_a_day_comes_back(rate: FrameRate) -> None:
    day = 24 * 3600 * rate.nominal - (24 * 60 * 9 // 10 * rate.nominal // 15 * rate.drop)
    edges = {minute * 60 * rate.nominal + by for minute in range(0, 1440, 7) for by in range(-4, 5)}
    for frame in sorted(frame for frame in edges | set(range(0, day, 99_991)) if 0 <= frame < day):
        assert rate.parse(rate.timecode(frame)) == frame
    assert rate.timecode(day) == rate.timecode(0)


@pytest.mark.parametrize(
    ("name", "told"), [("29.97 drop", "29.97"), ("59.94 drop", "59.94"), ("25", "25"), ("60", "60")]
)
def test_another_package_counts_the_same(name: str, told: str) -> None:
    rate = RATES[name]
    for frame in (0, 1, 1799, 1800, 3596, 3597, 3600, 17981, 17982, 17983, 35964, 107892, 2_000_000):
        assert str(Timecode(told, frames=frame + 1)) == rate.timecode(frame)


def test_drop_frame_keeps_up_with_the_clock() -> None:
    for name in ("29.97 drop", "59.94 drop"):
        rate = RATES[name]
        hour = rate.parse("01:00:00;00")
        assert abs(rate.seconds(hour) - 3600) < Fraction(1, 250)
    assert RATES["29.97"].seconds(RATES["29.97"].parse("01:00:00:00")) == Fraction(36036, 10)


@pytest.mark.parametrize("text", ["", "1:2:3", "00:60:00:00", "00:00:00:30", "aa:00:00:00", "00:00:00:00:00"])
def test_what_is_no_timecode_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        RATES["30"].parse(text)


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        (Fraction("23.976"), Fraction(24000, 1001)),
        (Fraction("29.97"), Fraction(30000, 1001)),
        (Fraction(30), Fraction(30)),
        (Fraction(15), Fraction(30)),
        (Fraction(10), Fraction(30)),
        (Fraction(12), Fraction(24)),
        (Fraction("29.87"), Fraction(30000, 1001)),
        (Fraction(120), Fraction(60)),
        (Fraction(41), Fraction(48)),
    ],
)
def test_a_films_rate_becomes_one_that_editors_know(told: Fraction, meant: Fraction) -> None:
    assert standard(told) == meant
