"""The master is as loud as promised, never clips and keeps its length; the judges are not our code."""

from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
from numpy.typing import NDArray

from immersivaudio.audio.loudness import integrated, loudness_range
from immersivaudio.audio.wav import WavWriter
from immersivaudio.music.brief import DYNAMICS_RATE
from immersivaudio.music.mastering import Aim, master
from tests.hearing import load
from tests.measure import loudness

RATE = 48_000


def mastered(folder: Path, sound: NDArray[np.floating], aim: Aim | None = None) -> tuple[Path, object]:
    mix, out = folder / "mix-in.wav", folder / "mix-out.wav"
    with WavWriter(mix, sound.shape[1]) as writer:
        writer.write(0, sound.astype(np.float32))
    return out, master(mix, out, aim)


def music(seconds: float, *, seed: int = 1, level: float = 0.05) -> NDArray[np.float64]:
    """Return pink-ish noise in swells, with sharp hits: peaks far over its loudness."""
    chance = np.random.default_rng(seed)
    size = round(seconds * RATE)
    spectrum = np.fft.rfft(chance.standard_normal((2, size)))
    frequency = np.maximum(np.fft.rfftfreq(size, 1 / RATE), 30)
    sound = np.fft.irfft(spectrum / frequency**0.7, size)
    sound *= level / np.sqrt(np.mean(sound**2))
    t = np.arange(size) / RATE
    sound *= 10 ** (6 * np.sin(2 * np.pi * t / 9) / 20)
    for at in range(RATE // 3, size - 2400, RATE * 3 // 4):
        sound[:, at : at + 2400] += 1.2 * np.exp(-np.arange(2400) / 300) * np.sin(np.arange(2400) * 0.9)
    return sound


@pytest.mark.medium
def test_loudness_and_true_peak_are_what_two_judges_measure(tmp_path: Path) -> None:
    out, measured = mastered(tmp_path, music(25))
    theirs = loudness(out)
    assert theirs.integrated == pytest.approx(-14.0, abs=0.2)
    assert pyloudnorm.Meter(RATE).integrated_loudness(load(out)) == pytest.approx(-14.0, abs=0.2)
    assert theirs.true_peak <= -1.0
    assert np.abs(load(out)).max() < 1.0
    assert measured.loudness == pytest.approx(theirs.integrated, abs=0.15)
    assert measured.loudness_range == pytest.approx(theirs.spread, abs=0.5)
    assert measured.true_peak == pytest.approx(theirs.true_peak, abs=0.5)


@pytest.mark.medium
@pytest.mark.parametrize("seconds", [0.05, 0.3, 1.0, 10.01])
def test_every_length_comes_back_to_the_sample(tmp_path: Path, seconds: float) -> None:
    sound = music(seconds) if seconds > 0.2 else music(1)[:, : round(seconds * RATE)]
    out, measured = mastered(tmp_path, sound)
    assert load(out).shape == (sound.shape[1], 2)
    assert measured.true_peak <= -1.0
    assert np.isfinite(load(out)).all()


def test_silence_stays_silent(tmp_path: Path) -> None:
    out, measured = mastered(tmp_path, np.zeros((2, RATE)))
    assert not load(out).any()
    assert measured.loudness == -np.inf


def test_a_lone_click_in_silence_is_not_blown_past_the_ceiling(tmp_path: Path) -> None:
    sound = np.zeros((2, 5 * RATE))
    sound[:, 2 * RATE : 2 * RATE + 30] = 0.9 * np.hanning(30)
    out, _ = mastered(tmp_path, sound)
    assert loudness(out).true_peak <= -1.0


def test_direct_current_is_taken_out(tmp_path: Path) -> None:
    out, _ = mastered(tmp_path, music(10) + 0.05)
    assert np.abs(load(out).mean(axis=0)).max() < 5e-4  # it was 0.05, before a gain of about 10 dB


def test_limiting_leaves_a_bass_its_shape(tmp_path: Path) -> None:
    t = np.arange(10 * RATE) / RATE
    sound = 0.3 * np.sin(2 * np.pi * 55 * t) + 0.02 * np.sin(2 * np.pi * 1500 * t)
    sound *= np.where((t % 2) < 0.5, 3.0, 0.35)
    out, _ = mastered(tmp_path, np.stack((sound, sound)))
    loud = load(out)[round(4.1 * RATE) : round(4.4 * RATE), 0]
    spectrum = np.abs(np.fft.rfft(loud * np.blackman(len(loud)))) ** 2
    frequency = np.fft.rfftfreq(len(loud), 1 / RATE)
    third = spectrum[(frequency > 150) & (frequency < 180)].sum() / spectrum[frequency < 80].sum()
    assert 10 * np.log10(third) < -45


def test_loudness_of_the_standards_reference_tone() -> None:
    # BS.1770-4: 997 Hz at 0 dBFS in one channel is -3.01 LUFS; K weighting is +0.69 dB there.
    power = np.full(20_000, 0.5 * 10 ** (0.691 / 10))
    assert integrated(power, 1000) == pytest.approx(-3.01, abs=0.02)


def test_loudness_range_of_two_levels_is_their_distance() -> None:
    power = np.repeat(10 ** (np.array([-30.0, -20.0]) / 10), 20_000)
    assert loudness_range(power, 1000) == pytest.approx(10, abs=0.1)


@pytest.mark.medium
def test_a_range_too_wide_to_follow_is_drawn_together_and_keeps_its_order(tmp_path: Path) -> None:
    steps = np.repeat([-24.0, -8.0, -20.0, -2.0, -14.0], 8 * RATE)
    steady = np.random.default_rng(2).standard_normal((2, len(steps))) * 0.1
    out, _ = mastered(tmp_path, steady * 10 ** (steps / 20))
    assert loudness(out).spread <= 12.0
    sound = load(out)
    level = [np.sqrt(np.mean(sound[(8 * i + 3) * RATE : (8 * i + 6) * RATE] ** 2)) for i in range(5)]
    assert list(np.argsort(level)) == [0, 2, 4, 1, 3]


@pytest.mark.medium
def test_a_piece_with_a_modest_range_keeps_it(tmp_path: Path) -> None:
    steps = np.repeat([-4.0, 0.0, -3.0, 0.0], 8 * RATE)
    steady = np.random.default_rng(2).standard_normal((2, len(steps))) * 0.1
    out, _ = mastered(tmp_path, steady * 10 ** (steps / 20))
    assert loudness(out).spread > 2.5


@pytest.mark.medium
def test_the_fader_follows_the_film_where_the_mix_does_not(tmp_path: Path) -> None:
    steps = np.repeat([0.0, -4.0, -4.0, 0.0], 8 * RATE)
    steady = np.random.default_rng(2).standard_normal((2, len(steps))) * 0.1 * 10 ** (steps / 20)
    ride = tuple(float(db) for db in np.repeat([-8.0, 0.0, -8.0, 0.0], 8 * DYNAMICS_RATE))
    out, _ = mastered(tmp_path, steady, Aim(ride=ride))
    sound = load(out)
    level = [np.sqrt(np.mean(sound[(8 * i + 3) * RATE : (8 * i + 6) * RATE] ** 2)) for i in range(4)]
    quiet, loud = 20 * np.log10(level[0::2]), 20 * np.log10(level[1::2])
    assert 4.0 < loud.min() - quiet.max() < 9.0
    assert loudness(out).integrated == pytest.approx(-14.0, abs=0.2)
