"""Worn media waver and crackle, a little, and the same way every time."""

import numpy as np

from immersivaudio.music.mixing.blocks import Block
from immersivaudio.music.mixing.tape import surface, wow


def test_a_tape_wavers_by_its_depth_and_stays_in_time() -> None:
    t = np.arange(4 * 48_000) / 48_000
    steady = np.tile(np.sin(2 * np.pi * 1000 * t), (2, 1)).astype(np.float32)
    wavering = wow(steady, 0, 10.0)
    crossings = np.flatnonzero((wavering[0, :-1] < 0) & (wavering[0, 1:] >= 0))
    periods = np.diff(crossings[::40]) / 40
    cents = 1200 * np.log2(periods.max() / periods.min())
    assert 5 < cents < 22
    assert np.abs(crossings / 48 - np.round(crossings / 48)).mean() < 2


def test_stems_waver_alike() -> None:
    chance = np.random.default_rng(0)
    a, b = (chance.standard_normal((2, 48_000)).astype(np.float32) for _ in range(2))
    together, apart = wow(a + b, 7_000, 8.0), wow(a, 7_000, 8.0) + wow(b, 7_000, 8.0)
    assert np.abs(together - apart).max() < 1e-5


def test_the_surface_is_quiet_seamless_and_repeatable() -> None:
    first, second = Block(0, 96_000, 0, 0), Block(96_000, 192_000, 96_000, 1)
    once, again = surface(first, 5, 1.0), surface(first, 5, 1.0)
    assert np.array_equal(once, again)
    assert not np.array_equal(once, surface(second, 5, 1.0))
    assert once[0, 0] == 0
    assert once[0, -1] == 0 or abs(once[0, -1]) < 1e-6
    assert 20 * np.log10(np.sqrt(np.mean(once**2))) < -50
