"""Music that was made elsewhere: it ends with the film, keeps its length, and its key is known."""

from itertools import pairwise

import numpy as np
import pytest

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.theory import pitch_class
from immersivaudio.stages.generate.neural import conform, endings, keys
from immersivaudio.terms import Key


def bars(seconds: float, tempo: float = 120.0, tail: float = 0.0) -> np.ndarray:
    """A pulse of decaying tones, the last one falling to nothing, and `tail` s of silence."""
    beat = 60 / tempo
    sound = np.zeros(round(seconds * SAMPLE_RATE), np.float32)
    for number in range(round(seconds / beat)):
        start = round(number * beat * SAMPLE_RATE)
        time = np.arange(min(round(beat * SAMPLE_RATE), len(sound) - start)) / SAMPLE_RATE
        pitch = 220 * 2 ** ((0, 4, 7, 12)[number % 4] / 12)
        sound[start : start + len(time)] += 0.3 * np.sin(2 * np.pi * pitch * time) * np.exp(-5 * time)
    return np.pad(np.repeat(sound[:, None], 2, axis=1), ((0, round(tail * SAMPLE_RATE)), (0, 0)))


@pytest.mark.medium
@pytest.mark.parametrize("missing", [1.5, 4.0, 13.0])
def test_a_piece_that_ended_early_ends_with_the_film(missing: float) -> None:
    sound = bars(12, tail=missing)
    made, early = endings.landed(sound, len(sound))
    assert early
    assert len(made) == len(sound)
    assert endings.sounding(made) >= len(made) - SAMPLE_RATE // 2, "no silent tail"
    ending = bars(12)[-2 * SAMPLE_RATE :]
    assert np.allclose(made[-2 * SAMPLE_RATE :], ending, atol=1e-6), "its own ending is heard at the end"
    assert np.array_equal(made[: 2 * SAMPLE_RATE], sound[: 2 * SAMPLE_RATE]), "it begins as it did"
    steps = np.abs(np.diff(made[:, 0]))
    assert steps.max() <= 1.5 * np.abs(np.diff(sound[:, 0])).max(), "no click where it plays again"


def test_a_piece_that_lasts_is_left_alone() -> None:
    sound = bars(8)
    made, early = endings.landed(sound, len(sound))
    assert not early
    assert np.array_equal(made, sound)


def test_silence_is_not_made_into_music() -> None:
    made, early = endings.landed(np.zeros((SAMPLE_RATE * 4, 2), np.float32), SAMPLE_RATE * 4)
    assert (early, made.any()) == (False, False)


def test_a_held_map_keeps_both_ends_and_reaches_what_it_can() -> None:
    beats = np.arange(0, 20, 0.5)
    map_ = conform.held(beats, [(4.1, 0.9), (9.9, 0.5)], 20.0)
    assert (map_[0].source, map_[0].target, map_[-1].source, map_[-1].target) == (0, 0, 20, 20)
    assert [anchor.target for anchor in map_[1:-1]] == [4.1, 9.9]
    for before, after in pairwise(map_):
        rate = (after.target - before.target) / (after.source - before.source)
        assert abs(rate - 1) <= conform.MOST + 1e-9


def test_a_hit_that_cannot_be_reached_leaves_the_ends_where_they_are() -> None:
    map_ = conform.held(np.array([5.0]), [(2.0, 1.0)], 10.0)
    assert [(anchor.source, anchor.target) for anchor in map_] == [(0, 0), (10, 10)]


def cadence(tonic: str, minor: bool) -> np.ndarray:
    """I IV V I in block chords with partials."""
    root = 48 + pitch_class(tonic)
    third = 3 if minor else 4
    chords = [(0, third, 7), (5, 5 + third, 12), (7, 11, 14), (0, third, 7)]
    time = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    parts = []
    for chord in chords:
        tones = [440 * 2 ** ((root + step - 69) / 12) for step in chord]
        parts.append(sum(np.sin(2 * np.pi * f * k * time) / k for f in tones for k in (1, 2, 3)))
    return np.repeat((0.1 * np.concatenate(parts)).astype(np.float32)[:, None], 2, axis=1)


@pytest.mark.parametrize("tonic", ["C", "D", "F#", "Bb"])
@pytest.mark.parametrize("minor", [False, True])
def test_a_key_that_was_asked_for_is_not_said_to_be_another(tonic: str, minor: bool) -> None:
    asked = f"{tonic} {'minor' if minor else 'major'}"
    assert keys.contrary(cadence(tonic, minor), asked) == ""


def test_another_key_is_named() -> None:
    assert keys.contrary(cadence("Eb", minor=False), "D major") == "D# major"
    assert keys.contrary(cadence("Eb", minor=False), "Ab minor") == "Eb major"


def test_what_has_no_key_is_not_said_to_have_one() -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, (4 * SAMPLE_RATE, 2)).astype(np.float32)
    assert keys.contrary(noise, "C major") == ""
    assert keys.contrary(np.zeros_like(noise), "C major") == ""


@pytest.mark.parametrize(
    ("mode", "name"), [("dorian", "A minor"), ("lydian", "A major"), ("phrygian dominant", "A major")]
)
def test_a_mode_counts_by_its_third(mode: str, name: str) -> None:
    assert keys.name(Key("A", mode)) == name
