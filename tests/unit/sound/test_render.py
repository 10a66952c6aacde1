"""From events to a file: level, place, fades, chance, stems."""

import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.sound import NAMES, Event, UnknownSoundError, render


def played(events: list[Event], seconds: float, folder: Path, **options: object) -> np.ndarray:
    render(events, int(seconds * SAMPLE_RATE), folder / "out.wav", **options)  # type: ignore[arg-type]
    sound, rate = soundfile.read(folder / "out.wav", dtype="float32", always_2d=True)
    assert rate == SAMPLE_RATE
    return sound


@pytest.mark.medium
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    events = [Event(name, 0, 3 * SAMPLE_RATE) for name in NAMES]
    render(events, 3 * SAMPLE_RATE, tmp_path / "a.wav", seed=4)
    time.sleep(1.1)  # a file that keeps the hour of its making would differ
    render(events, 3 * SAMPLE_RATE, tmp_path / "b.wav", seed=4)
    render(events, 3 * SAMPLE_RATE, tmp_path / "c.wav", seed=5)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()
    assert (tmp_path / "a.wav").read_bytes() != (tmp_path / "c.wav").read_bytes()


def test_a_sound_is_heard_in_its_stretch_alone_and_fades_at_both_ends(tmp_path: Path) -> None:
    sound = played([Event("rain", 2 * SAMPLE_RATE, 6 * SAMPLE_RATE)], 8, tmp_path)
    assert len(sound) == 8 * SAMPLE_RATE
    assert not sound[: 2 * SAMPLE_RATE].any()
    assert not sound[6 * SAMPLE_RATE :].any()
    assert np.abs(sound[2 * SAMPLE_RATE : 2 * SAMPLE_RATE + 480]).max() < 0.1 * np.abs(sound).max()
    assert np.abs(sound[6 * SAMPLE_RATE - 480 : 6 * SAMPLE_RATE]).max() < 0.1 * np.abs(sound).max()


def test_gain_and_pan_mean_what_they_say(tmp_path: Path) -> None:
    plain = played([Event("stream", 0, 4 * SAMPLE_RATE)], 4, tmp_path)
    soft = played([Event("stream", 0, 4 * SAMPLE_RATE, gain_db=-6.0)], 4, tmp_path)
    assert np.allclose(soft, plain * 10 ** (-6 / 20), atol=1e-6)
    left = played([Event("stream", 0, 4 * SAMPLE_RATE, pan=-1.0)], 4, tmp_path)
    assert np.abs(left[:, 1]).max() < 1e-6 < np.abs(left[:, 0]).max()


def test_stems_sum_to_the_whole(tmp_path: Path) -> None:
    events = [
        Event("rain", 0, 5 * SAMPLE_RATE),
        Event("impact", SAMPLE_RATE, 3 * SAMPLE_RATE),
        Event("rain", 3 * SAMPLE_RATE, 5 * SAMPLE_RATE),
    ]
    stems = render(events, 5 * SAMPLE_RATE, tmp_path / "out.wav", stems=tmp_path)
    assert set(stems) == {"rain", "impact"}
    total = sum(soundfile.read(path, dtype="float32")[0] for path in stems.values())
    assert np.allclose(total, soundfile.read(tmp_path / "out.wav", dtype="float32")[0], atol=1e-6)


def test_a_pile_of_loud_sounds_never_clips(tmp_path: Path) -> None:
    sound = played([Event("impact", 0, 2 * SAMPLE_RATE, gain_db=20.0) for _ in range(8)], 2, tmp_path)
    assert np.abs(sound).max() < 1.0


def test_no_events_give_silence_of_the_right_length(tmp_path: Path) -> None:
    assert played([], 1.5, tmp_path).shape == (int(1.5 * SAMPLE_RATE), 2)


def test_an_unknown_name_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownSoundError, match=r"dog.*rain"):
        render([Event("dog", 0, SAMPLE_RATE)], SAMPLE_RATE, tmp_path / "out.wav")


def test_progress_rises_to_one(tmp_path: Path) -> None:
    heard: list[float] = []
    render([Event("wind", 0, 7 * SAMPLE_RATE)], 7 * SAMPLE_RATE, tmp_path / "out.wav", progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
