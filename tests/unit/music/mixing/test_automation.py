"""Faders follow the score, make room for hits, and never touch the section before."""

from itertools import pairwise

import numpy as np
import pytest

from immersivaudio.music.mixing.automation import FOR_ACCENT, Moments, dips, drawn, dynamics, grid
from immersivaudio.music.mixing.blocks import blocks
from tests.unit.music.scores import piece


def moments(*at: int, since: int = 0) -> Moments:
    return Moments(np.array(at, np.int64), np.full(len(at), since, np.int64))


def curve(hits: Moments, start: int, size: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return drawn(dips(hits, FOR_ACCENT, grid(start, size)), size)


def test_room_is_made_at_the_accent_and_given_back() -> None:
    gain = curve(moments(48_000), 0, 96_000)
    assert gain[0] == 1.0
    assert 20 * np.log10(gain[48_000]) == pytest.approx(-FOR_ACCENT.depth_db, abs=0.2)
    assert gain[80_000] == 1.0
    assert np.abs(np.diff(gain)).max() < 0.002


def test_nothing_moves_before_the_section_of_the_accent() -> None:
    gain = curve(moments(48_010, since=48_000), 0, 96_000)
    assert (gain[:48_000] == 1.0).all()
    assert gain[48_400] < 0.7


def test_a_curve_is_the_same_wherever_its_block_begins() -> None:
    hits = moments(30_000, 70_000)
    whole, later = curve(hits, 0, 96_000), curve(hits, 12_800, 64_000)
    assert np.array_equal(whole[12_800:76_800], later)


def test_dynamics_are_read_in_decibels_at_the_middle_of_each_quarter_second() -> None:
    gain = drawn(dynamics((0.0, -6.0, -12.0), grid(0, 36_000)), 36_000)
    assert 20 * np.log10(gain[6_000]) == pytest.approx(0, abs=0.05)
    assert 20 * np.log10(gain[18_000]) == pytest.approx(-6, abs=0.05)
    assert 20 * np.log10(gain[30_000]) == pytest.approx(-12, abs=0.05)


def test_blocks_cover_the_piece_once_and_never_cross_a_section() -> None:
    score = piece(seconds=70, sections=(0.0, 13.0, 55.0))
    parts = blocks(score)
    assert parts[0].start == 0
    assert parts[-1].end == score.length
    assert all(a.end == b.start for a, b in pairwise(parts))
    assert {0, 13 * 48_000, 55 * 48_000} <= {block.start for block in parts}
    assert max(block.end - block.start for block in parts) <= 16 * 48_000
