"""The meter against the standard's own cases and against two judges: pyloudnorm and ffmpeg's ebur128."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
from scipy import signal

from immersivaudio.audio import loudness
from tests import measure, voices
from tests.voices import RATE, Sound


def _sine(seconds: float, level: float, hertz: float = 1000.0, phase: float = 0.0) -> Sound:
    """A stereo sine whose peak is at `level` dBFS."""
    wave = 10 ** (level / 20) * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE + phase)
    return np.repeat(wave[None], 2, axis=0).astype(np.float32)


def _blocks(sound: Sound, size: int = 7919) -> list[Sound]:
    return [sound[:, i : i + size] for i in range(0, sound.shape[1], size)]


@pytest.mark.medium
@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(20, -23)], -23.0),  # Tech 3341, case 1
        ([(20, -33)], -33.0),  # case 2
        ([(10, -36), (60, -23), (10, -36)], -23.0),  # case 3: the relative gate
        ([(10, -72), (10, -36), (60, -23), (10, -36), (10, -72)], -23.0),  # case 4: both gates
    ],
)
def test_integrated_loudness_meets_the_cases_of_tech_3341(
    parts: list[tuple[float, float]], expected: float
) -> None:
    sound = np.concatenate([_sine(seconds, level) for seconds, level in parts], axis=1)
    assert loudness.measure(_blocks(sound, 48_000)).integrated == pytest.approx(expected, abs=0.1)


@pytest.mark.medium
@pytest.mark.parametrize(
    ("parts", "expected"),
    [([(20, -20), (20, -30)], 10.0), ([(20, -20), (20, -15)], 5.0), ([(20, -40), (20, -20)], 20.0)],
)
def test_loudness_range_meets_the_cases_of_tech_3342(
    parts: list[tuple[float, float]], expected: float
) -> None:
    sound = np.concatenate([_sine(seconds, level) for seconds, level in parts], axis=1)
    assert loudness.measure([sound]).range == pytest.approx(expected, abs=1.0)


@pytest.mark.parametrize(
    ("hertz", "phase", "expected"),
    [(RATE / 4, 0.0, -6.0), (RATE / 4, 45.0, -6.0), (RATE / 6, 60.0, -6.0), (RATE / 8, 67.5, -6.0)],
)
def test_true_peak_meets_the_cases_of_tech_3341(hertz: float, phase: float, expected: float) -> None:
    sound = _sine(1.0, -6.02, hertz, np.radians(phase)) * np.hanning(RATE).astype(np.float32)
    peak = loudness.measure(_blocks(sound)).peak_dbtp
    assert expected - 0.4 <= peak <= expected + 0.2


@pytest.mark.medium
def test_two_judges_agree(tmp_path: Path) -> None:
    raw = np.concatenate([voices.music(8), 0.2 * voices.music(6, seed=1), voices.voice(5)])
    audible = signal.butter(12, 20_000, fs=RATE, output="sos")  # no real sound has peaks made above that
    sound = signal.sosfiltfilt(audible, raw, axis=0).astype(np.float32)
    ours = loudness.measure(_blocks(sound.T))
    theirs = measure.loudness(voices.save(tmp_path / "a.wav", sound))
    assert ours.integrated == pytest.approx(pyloudnorm.Meter(RATE).integrated_loudness(sound), abs=0.1)
    assert ours.integrated == pytest.approx(theirs.integrated, abs=0.1)
    assert ours.peak_dbtp == pytest.approx(theirs.true_peak, abs=0.2)
    assert ours.range == pytest.approx(theirs.spread, abs=1.0)


def test_the_size_of_blocks_does_not_matter() -> None:
    sound = voices.music(3).T
    whole, cut = loudness.measure([sound]), loudness.measure(_blocks(sound, 997))
    assert cut.peak == pytest.approx(whole.peak, rel=1e-6)
    np.testing.assert_allclose(cut.power, whole.power, rtol=1e-9)


def test_a_stretch_is_measured_alone() -> None:
    sound = np.concatenate([_sine(2, -20), _sine(2, -40), _sine(2, -20)], axis=1)
    seen = loudness.measure([sound])
    assert seen.over([(Fraction(5, 2), Fraction(7, 2))]) == pytest.approx(-40.0, abs=0.3)
    assert seen.over([(Fraction(0), Fraction(3, 2))]) == pytest.approx(-20.0, abs=0.3)


def test_silence_and_the_shortest_sounds_have_a_loudness() -> None:
    assert loudness.measure([np.zeros((2, RATE), np.float32)]).integrated == float("-inf")
    assert loudness.measure([]).integrated == float("-inf")
    assert loudness.measure([_sine(0.3, -20)]).integrated == pytest.approx(-20, abs=1.0)


@pytest.mark.parametrize("sizes", [(1, 95, 96, 97, 1000, 0, 3000), (4289,)], ids=["pieces", "whole"])
def test_the_weighting_is_that_of_a_filter_that_goes_sample_by_sample(sizes: tuple[int, ...]) -> None:
    sound = np.random.default_rng(1).normal(size=(2, sum(sizes))).astype(np.float32)
    weighting = loudness.KWeighting()
    heard = [weighting(part) for part in np.split(sound, np.cumsum(sizes)[:-1], axis=1)]
    # BS.1770-5, tables 1 and 2.
    shelf = signal.lfilter(
        [1.53512485958697, -2.69169618940638, 1.19839281085285],
        [1, -1.69065929318241, 0.73248077421585],
        sound,
    )
    expected = signal.lfilter([1, -2, 1], [1, -1.99004745483398, 0.99007225036621], shelf)
    assert np.allclose(np.concatenate(heard, axis=1), expected, atol=1e-6)
