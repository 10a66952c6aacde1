"""Tonal balance moves a mix towards the bands of finished music, and leaves alone what is inside them."""

import numpy as np
import pytest

from immersivaudio.music.mastering.balance import CENTRES, PIECE, Aim, Balance


def coloured(slope: float, share: float = 0.3) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return noise of `slope` dB an octave (in octave bands), sides sharing part of it."""
    chance = np.random.default_rng(3)
    frequency = np.maximum(np.fft.rfftfreq(PIECE, 1 / 48_000), 20)
    shape = (frequency / 1000) ** ((slope - 3) / 6.02)
    mid, side = (np.fft.irfft(np.fft.rfft(chance.standard_normal(PIECE)) * shape) for _ in range(2))
    return np.stack((mid + share * side, mid - share * side)).astype(np.float32)


def listened(sound: np.ndarray[tuple[int, ...], np.dtype[np.float32]], aim: Aim) -> Balance:
    balance = Balance(aim)
    balance.add(sound)
    return balance


def test_a_mix_inside_the_bands_is_left_alone() -> None:
    slope = -2.5
    aim = Aim(slope=slope, air=7 * slope, correlation=0.9)
    balance = listened(coloured(slope), aim)
    assert np.abs(balance.correction_db()[1:7]).max() < 0.3
    assert balance.width() == pytest.approx(1.0, abs=0.15)


@pytest.mark.parametrize(("slope", "tilts"), [(0.5, "darker"), (-5.0, "brighter")])
def test_a_mix_outside_is_tilted_back(slope: float, tilts: str) -> None:
    change = listened(coloured(slope), Aim()).correction_db()
    assert (change[6] < change[1] - 3) if tilts == "darker" else (change[6] > change[1] + 3)
    assert np.abs(change[CENTRES < 6000]).max() <= 6.0


def test_a_narrow_mix_is_widened_and_its_bottom_stays_mono() -> None:
    balance = listened(coloured(-2.5, share=0.1), Aim(correlation=0.5))
    assert balance.width() > 1.5
    _, side = balance.response(PIECE)
    mid, _ = balance.response(PIECE)
    bass, treble = round(40 * PIECE / 48_000), round(2000 * PIECE / 48_000)
    assert abs(side[bass]) < 0.25 * abs(mid[bass])
    assert abs(side[treble]) > 1.4 * abs(mid[treble])


def test_mono_is_not_divided_by_nothing() -> None:
    mono = np.repeat(coloured(-2.5)[:1], 2, axis=0)
    assert listened(mono, Aim()).width() == 1.0
