"""What is given up, and in which order, to make a result fit a size."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from immersivaudio.errors import UserError
from immersivaudio.stages.reconstruct.fitting import SOUND, SizeFit, ways
from immersivaudio.values import Clip

CLIP = Clip(Path("film.mp4"), "video", "mov", Fraction(60), 1920, 1080, Fraction(30), "h264")
PICTURES = 30_000_000
"""bytes of the pictures that are there."""


def first(limit: int | None, clip: Clip = CLIP) -> SizeFit:
    """The best way to fit `limit` bytes."""
    return next(ways(clip, PICTURES, 1800, limit))


def test_nothing_is_given_up_where_there_is_room() -> None:
    assert first(None) == first(2 * PICTURES) == SizeFit(SOUND)


def test_sound_is_lowered_before_the_pictures_are_touched() -> None:
    fit = first(PICTURES + 1_500_000)
    assert fit.pictures is None
    assert fit.sound < SOUND


def test_less_room_never_buys_more() -> None:
    fits = [first(limit) for limit in range(25_000_000, 2_000_000, -1_000_000)]
    for more, less in pairwise(fits):
        assert more.pictures is not None
        assert less.pictures is not None
        assert less.sound <= more.sound
        assert (less.pictures.bit_rate or 0) < (more.pictures.bit_rate or 0)
        assert (less.pictures.longest or 1920) <= (more.pictures.longest or 1920)


@pytest.mark.parametrize("limit", [25_000_000, 9_500_000, 4_000_000])
def test_what_is_planned_fits(limit: int) -> None:
    fit = first(limit)
    assert fit.pictures is not None
    assert (fit.sound + (fit.pictures.bit_rate or 0)) * 60 / 8 < limit
    assert f"to fit {limit / 1e6:.1f} MB" in fit.note(CLIP, limit)


def test_what_cannot_fit_is_refused_with_a_size_that_can() -> None:
    with pytest.raises(UserError, match="allow at least") as refusal:
        list(ways(CLIP, PICTURES, 1800, 200_000))
    advised = float(refusal.value.remedy.split()[3])
    assert first(int(advised * 1e6)).pictures is not None


def test_a_longer_clip_needs_more_room() -> None:
    long = replace(CLIP, duration=Fraction(600))
    with pytest.raises(UserError):
        first(4_000_000, long)
