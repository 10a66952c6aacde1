"""Each sound is held against its physics: what a listener would know it by."""

import numpy as np
import pytest
from scipy import signal

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.sound import TABLE
from immersivaudio.sound.synthesis import blocks

BEDS = tuple(name for name, row in TABLE.items() if row.fade)
EFFECTS = tuple(name for name, row in TABLE.items() if not row.fade)


def take(name: str, seconds: float, seed: int = 3) -> np.ndarray:
    """Play a sound of the table at its own level: shape (samples, 2)."""
    row = TABLE[name]
    voice = row.make(np.random.default_rng([seed, 1]), seconds)
    sound = np.concatenate(list(blocks(voice, int(seconds * SAMPLE_RATE))), axis=1).T
    return sound.astype(float) * 10 ** (row.trim_db / 20)


def octave_levels(sound: np.ndarray, lowest: float, highest: float) -> tuple[np.ndarray, np.ndarray]:
    """Level (dB) of each octave band between two frequencies, and the centres."""
    hertz, power = signal.welch(sound.mean(1), SAMPLE_RATE, nperseg=8192)
    centres = lowest * 2 ** np.arange(int(np.log2(highest / lowest)) + 1)
    bands = [power[(hertz >= c / 2**0.5) & (hertz < c * 2**0.5)].sum() for c in centres]
    return centres, 10 * np.log10(bands)


def centroid(sound: np.ndarray) -> float:
    """Spectral centroid, Hz."""
    hertz, power = signal.welch(sound.mean(1), SAMPLE_RATE, nperseg=8192)
    return float((hertz * power).sum() / power.sum())


def envelope(sound: np.ndarray, rate: int = 100) -> np.ndarray:
    """RMS level, `rate` values a second."""
    mono = sound.mean(1)
    step = SAMPLE_RATE // rate
    return np.sqrt(np.mean(mono[: len(mono) // step * step].reshape(-1, step) ** 2, axis=1))


def events(sound: np.ndarray, *, gap: float) -> np.ndarray:
    """Times (s) of envelope peaks that stand out, at least `gap` seconds apart."""
    level = envelope(sound, 200)
    peaks, _ = signal.find_peaks(level, height=level.max() * 0.3, distance=int(gap * 200))
    return peaks / 200


@pytest.mark.medium
def test_rain_is_broadband_and_made_of_unequal_drops() -> None:
    rain = take("rain", 20)
    centres, levels = octave_levels(rain, 1000, 8000)
    slope = np.polyfit(np.log2(centres), levels, 1)[0]
    assert -3 < slope < 3  # an octave band of rain is about as strong as the next
    above = signal.sosfilt(signal.butter(4, 2500, "high", fs=SAMPLE_RATE, output="sos"), rain.mean(1))
    kurtosis = np.mean(above**4) / np.mean(above**2) ** 2
    assert kurtosis > 4  # Gaussian noise has 3: single drops stick out


@pytest.mark.medium
def test_the_sea_comes_and_goes_with_the_period_of_swell() -> None:
    level = signal.sosfiltfilt(
        signal.butter(2, 0.25, "low", fs=20, output="sos"), envelope(take("sea", 240), 20)
    )
    peaks, _ = signal.find_peaks(level, prominence=np.ptp(level) * 0.15)
    assert 6 <= np.median(np.diff(peaks) / 20) <= 14


def test_the_heart_beats_at_a_resting_rate_twice_a_beat_and_low() -> None:
    heart = take("heartbeat", 40)
    times = events(heart, gap=0.6)
    assert 55 <= 60 / np.median(np.diff(times)) <= 80
    assert len(events(heart, gap=0.15)) > 1.7 * len(times)
    assert centroid(heart) < 120


def test_footsteps_keep_a_walking_pace_without_locking() -> None:
    gaps = np.diff(events(take("footsteps", 40), gap=0.3))
    assert 95 <= 60 / np.median(gaps) <= 120
    assert np.std(gaps) > 0.01


def test_crickets_sing_one_high_narrow_note() -> None:
    hertz, power = signal.welch(take("night insects", 10).mean(1), SAMPLE_RATE, nperseg=8192)
    song = (hertz > 3800) & (hertz < 5600)
    assert power[song].sum() > 0.8 * power[hertz > 2000].sum()
    assert 3800 < hertz[np.argmax(power)] < 5600


def test_birds_whistle_above_two_kilohertz_and_rest_between_phrases() -> None:
    birds = take("birds", 30)
    assert 2000 < centroid(birds) < 6500
    level = envelope(birds)
    assert np.mean(level < 0.1 * level.max()) > 0.3


@pytest.mark.medium
def test_the_fire_crackles() -> None:
    fire = take("fire", 20)
    snaps = signal.sosfilt(signal.butter(2, 2000, "high", fs=SAMPLE_RATE, output="sos"), fire.mean(1))
    assert np.abs(snaps).max() / np.sqrt(np.mean(snaps**2)) > 15
    assert centroid(fire) < 1200  # over a low roar


@pytest.mark.medium
def test_the_stream_is_brighter_than_the_sea_and_steadier() -> None:
    stream, sea = take("stream", 30), take("sea", 30)
    assert centroid(stream) > centroid(sea)
    spread = [np.std(level) / np.mean(level) for level in (envelope(stream, 2), envelope(sea, 2))]
    assert spread[0] < 0.5 * spread[1]


@pytest.mark.medium
def test_wind_is_low_and_gusty() -> None:
    wind = take("wind", 40)
    assert centroid(wind) < 500
    level = envelope(wind, 2)
    assert 20 * np.log10(np.percentile(level, 95) / np.percentile(level, 5)) > 5


@pytest.mark.medium
def test_an_engine_has_harmonics_of_its_firing_rate() -> None:
    hertz, power = signal.welch(take("engine", 20).mean(1), SAMPLE_RATE, nperseg=16384)
    first = hertz[np.argmax(np.where((hertz > 40) & (hertz < 62), power, 0))]
    around = [power[np.abs(hertz - k * first) < 12 * k].max() for k in (2, 3)]
    between = [power[np.abs(hertz - k * first) < 8].min() for k in (1.5, 2.5)]
    assert min(around) > 2 * max(between)


def test_a_train_knocks_in_pairs() -> None:
    gaps = np.diff(events(take("train", 30), gap=0.08))
    assert np.mean((gaps > 0.1) & (gaps < 0.2)) > 0.25  # two axles
    assert np.mean((gaps > 0.5) & (gaps < 0.9)) > 0.25  # rail to rail


@pytest.mark.medium
def test_a_car_passes_from_one_side_to_the_other() -> None:
    traffic = take("traffic", 60, seed=5)
    left, right = (
        np.array(
            [
                np.mean(traffic[i : i + SAMPLE_RATE // 2, c] ** 2)
                for i in range(0, 60 * SAMPLE_RATE, SAMPLE_RATE // 2)
            ]
        )
        for c in (0, 1)
    )
    balance = (right - left) / (right + left)
    assert balance.max() > 0.5 > -0.5 > balance.min()


def test_an_impact_is_there_at_once_and_dies_away() -> None:
    level = envelope(take("impact", 2))
    assert np.argmax(level) < 15
    assert level[-5:].max() < 0.02 * level.max()


def test_a_whoosh_swells_to_the_middle_and_crosses() -> None:
    whoosh = take("whoosh", 1.0)
    level = envelope(whoosh)
    assert 0.35 < np.argmax(level) / len(level) < 0.8
    half = len(whoosh) // 2
    assert np.sum(whoosh[:half, 0] ** 2) > np.sum(whoosh[:half, 1] ** 2)
    assert np.sum(whoosh[half:, 0] ** 2) < np.sum(whoosh[half:, 1] ** 2)


@pytest.mark.medium
@pytest.mark.parametrize("name", BEDS)
def test_a_bed_has_no_loop_no_clipping_and_its_level(name: str) -> None:
    import pyloudnorm

    bed = take(name, 24)
    mono = bed.sum(1) - bed.sum(1).mean()
    spectrum = np.abs(np.fft.rfft(mono, 2 * len(mono))) ** 2
    correlation = np.fft.irfft(spectrum)[: len(mono)]
    unbiased = correlation * len(mono) / (len(mono) - np.arange(len(mono))) / correlation[0]
    assert np.abs(unbiased[2 * SAMPLE_RATE : len(mono) // 2]).max() < 0.2  # no audible loop
    peak, rms = np.abs(bed).max(), np.sqrt(np.mean(bed**2))
    assert peak < 0.9
    assert 20 * np.log10(peak / rms) < 27
    assert -37 < pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(bed) < -21  # music stands at -14


@pytest.mark.medium
def test_no_two_sounds_are_alike() -> None:
    spectra = {name: octave_levels(take(name, 6), 62.5, 8000)[1] for name in BEDS}
    names = list(spectra)
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            assert np.abs(spectra[a] - spectra[b]).max() > 3, (a, b)


def test_effects_have_no_fade_that_would_blunt_them() -> None:
    assert {"impact", "whoosh"} == set(EFFECTS)
