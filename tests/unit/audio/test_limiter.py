"""No peak passes, nothing else is touched."""

import numpy as np
import pytest
from scipy import signal

from immersivaudio.audio.limiter import grid_levels, limited, limiter_gain, under_gain
from immersivaudio.audio.loudness import measure
from tests import voices
from tests.voices import RATE, Sound


def _music(seconds: float) -> Sound:
    return voices.music(seconds).T


def _blocks(sound: Sound, size: int) -> list[Sound]:
    return [sound[:, i : i + size] for i in range(0, sound.shape[1], size)]


def _in_blocks(sound: Sound, ceiling: float, size: int) -> Sound:
    """As a film's sound is limited: peaks found block by block, then the gain applied block by block."""
    gain = limiter_gain(grid_levels(_blocks(sound, size)).peaks, ceiling)
    pieces = [under_gain(block, i * size, gain) for i, block in enumerate(_blocks(sound, size))]
    return np.concatenate(pieces, axis=1)


@pytest.mark.medium
@pytest.mark.parametrize("gain", [1.0, 4.0, 12.0])
def test_no_true_peak_passes_the_ceiling(gain: float) -> None:
    audible = signal.butter(12, 20_000, fs=RATE, output="sos")
    sound = signal.sosfiltfilt(audible, _music(4), axis=1)
    out = limited((gain * sound).astype(np.float32), 0.7)
    fine = np.abs(signal.resample_poly(out, 8, 1, axis=1)).max()
    assert fine <= 0.7 * 10 ** (0.2 / 20)


def test_it_is_as_loud_as_the_ceiling_allows() -> None:
    assert measure([limited(_music(4) * np.float32(6), 0.7)]).peak >= 0.65


def test_what_is_far_from_a_peak_is_untouched() -> None:
    sound = 0.1 * _music(3)
    sound[:, RATE : RATE + 40] += 1.0
    out = limited(sound, 0.5)
    far = np.abs(np.arange(sound.shape[1]) - RATE) > RATE // 15
    np.testing.assert_array_equal(out[:, far], sound[:, far])
    assert np.abs(out[:, ~far]).max() < 0.51


def test_it_keeps_time_and_length() -> None:
    sound = _music(2.345) * np.float32(5)
    out = limited(sound, 0.6)
    assert out.shape == sound.shape
    lag = np.argmax(np.correlate(out[0, :9600], sound[0, 500:9000], "valid"))
    assert lag == 500


def test_the_size_of_blocks_does_not_matter() -> None:
    sound = _music(2) * np.float32(5)
    whole = limited(sound, 0.6)
    for size in (1000, 7919, 96_000):
        np.testing.assert_allclose(_in_blocks(sound, 0.6, size), whole, atol=1e-6)


def test_the_grid_foretells_the_loudness_of_what_is_limited() -> None:
    sound = _music(6) * np.float32(5)
    levels = grid_levels(_blocks(sound, 96_000))
    gain = limiter_gain(levels.peaks, 0.6)
    heard = measure([under_gain(sound, 0, gain)]).integrated
    assert levels.loudness(gain) == pytest.approx(heard, abs=0.05)


def test_silence_and_nothing_pass() -> None:
    assert not limited(np.zeros((2, 5000), np.float32), 0.5).any()
    assert limited(np.zeros((2, 0), np.float32), 0.5).shape == (2, 0)
    assert grid_levels([]).loudness(np.zeros(0)) == float("-inf")
