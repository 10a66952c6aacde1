"""No peak passes, nothing else is touched."""

import numpy as np
import pytest
from scipy import signal

from immersivaudio.media.limiter import limited
from immersivaudio.media.loudness import measure
from tests import voices
from tests.voices import RATE, Sound


def _limited(sound: Sound, ceiling: float, size: int = 96_000) -> Sound:
    return np.concatenate(list(limited([sound[i : i + size] for i in range(0, len(sound), size)], ceiling)))


@pytest.mark.parametrize("gain", [1.0, 4.0, 12.0])
def test_no_true_peak_passes_the_ceiling(gain: float) -> None:
    audible = signal.butter(12, 20_000, fs=RATE, output="sos")
    sound = signal.sosfiltfilt(audible, voices.music(4), axis=0)
    out = _limited((gain * sound).astype(np.float32), 0.7)
    fine = np.abs(signal.resample_poly(out, 8, 1, axis=0)).max()
    assert fine <= 0.7 * 10 ** (0.2 / 20)


def test_it_is_as_loud_as_the_ceiling_allows() -> None:
    out = _limited(voices.music(4) * np.float32(6), 0.7)
    assert measure([out]).peak >= 0.65


def test_what_is_far_from_a_peak_is_untouched() -> None:
    sound = 0.1 * voices.music(3)
    sound[RATE : RATE + 40] += 1.0
    out = _limited(sound, 0.5)
    far = np.abs(np.arange(len(sound)) - RATE) > RATE // 15
    np.testing.assert_array_equal(out[far], sound[far])
    assert np.abs(out[~far]).max() < 0.51


def test_it_keeps_time_and_length() -> None:
    sound = voices.music(2.345) * np.float32(5)
    out = _limited(sound, 0.6)
    assert out.shape == sound.shape
    lag = np.argmax(np.correlate(out[:9600, 0], sound[500:9000, 0], "valid"))
    assert lag == 500


def test_the_size_of_blocks_does_not_matter() -> None:
    sound = voices.music(2) * np.float32(5)
    np.testing.assert_allclose(_limited(sound, 0.6, 1000), _limited(sound, 0.6, 96_000), atol=1e-6)


def test_silence_and_nothing_pass() -> None:
    assert list(limited([], 0.5)) == []
    assert not _limited(np.zeros((5000, 2), np.float32), 0.5).any()
