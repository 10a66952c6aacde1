"""Making music that is there already land on the cuts: beats found, a tempo map, a stretch."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.stages.generate.neural import conform
from immersivaudio.stages.generate.neural.beats import beats
from immersivaudio.stages.generate.neural.stretch import conformed

Sound = NDArray[np.float32]


def pulse(tempo: float, seconds: float, first: float = 0.3) -> Sound:
    """Struck notes on every beat, over a little noise: (n, 2), 48 kHz."""
    rng = np.random.default_rng(5)
    sound = rng.normal(0, 0.003, (round(seconds * SAMPLE_RATE), 2))
    time = np.arange(2400) / SAMPLE_RATE
    for number, beat in enumerate(np.arange(first, seconds - 0.2, 60 / tempo)):
        start = round(beat * SAMPLE_RATE)
        note = np.sin(2 * np.pi * (220 + 110 * (number % 4)) * time) * np.exp(-time * 100)
        sound[start : start + 2400] += 0.5 * note[:, None]
    return sound.astype(np.float32)


def strikes(sound: Sound) -> NDArray[np.float64]:
    """Where notes are struck, s, by the level alone: independent of the code's own onsets."""
    level = np.abs(sound[:, 0])
    loud = np.flatnonzero(level > 0.15)
    return loud[np.diff(loud, prepend=-SAMPLE_RATE) > SAMPLE_RATE // 10] / SAMPLE_RATE


@pytest.mark.medium
@pytest.mark.parametrize("tempo", [72, 90, 121, 140])
def test_beats_are_found_within_ten_milliseconds(tempo: float) -> None:
    sound = pulse(tempo * 1.03, 15)
    truth = strikes(sound)
    found = beats(sound, tempo)
    assert len(found) >= 0.9 * len(truth)
    assert np.abs(found[:, None] - truth).min(axis=1).max() < 0.010


def test_there_are_no_beats_in_silence_or_in_a_moment() -> None:
    assert not beats(np.zeros((5 * SAMPLE_RATE, 2), np.float32), 100).size
    assert not beats(pulse(100, 0.9), 100).size


def test_strong_hits_are_reached_within_the_bound() -> None:
    grid = np.arange(0.2, 40, 0.5)
    hits = [(4.13, 0.9), (9.71, 0.8), (15.2, 1.0), (22.36, 0.9), (29.0, 0.7)]
    map_ = conform.anchors(grid, hits, 32.0)
    targets = {anchor.target for anchor in map_}
    assert {time for time, _ in hits} <= targets
    for before, after in pairwise(map_):
        rate = (after.target - before.target) / (after.source - before.source)
        assert abs(rate - 1) <= conform.MOST + 1e-9
    assert (map_[0].target, map_[-1].target) == (0.0, 32.0)
    assert map_[-1].source <= conform.needed(32.0)


def test_the_stronger_of_two_hits_is_taken_when_both_are_out_of_reach() -> None:
    grid = np.arange(0.0, 20, 2.0)
    targets = {anchor.target for anchor in conform.anchors(grid, [(6.2, 0.3), (7.1, 0.9)], 10.0)}
    assert 7.1 in targets or 6.2 in targets
    weak, strong = conform.anchors(grid, [(6.2, 0.9), (6.6, 0.2)], 10.0), 6.2
    assert strong in {anchor.target for anchor in weak}


def test_without_a_beat_there_is_no_map() -> None:
    assert conform.anchors(np.zeros(0), [(3.0, 1.0)], 10.0) == []
    assert conform.anchors(np.array([5.0, 6.0]), [(3.0, 1.0)], 10.0) == []


@pytest.mark.medium
def test_notes_are_heard_on_the_hits_after_stretching() -> None:
    sound = pulse(118, conform.needed(16))
    hits = [(3.17, 0.9), (7.77, 0.8), (12.4, 1.0)]
    map_ = conform.anchors(beats(sound, 115), hits, 16.0)
    result = conformed(sound, map_)
    assert len(result) == 16 * SAMPLE_RATE
    landed = [time for time, _ in hits if time in {anchor.target for anchor in map_}]
    assert len(landed) >= 2
    heard = strikes(result)
    assert max(np.abs(heard - time).min() for time in (0.0, *landed)) < 0.015


def test_stretching_keeps_the_pitch_and_the_level() -> None:
    time = np.arange(6 * SAMPLE_RATE) / SAMPLE_RATE
    tone = np.repeat(0.4 * np.sin(2 * np.pi * 440 * time)[:, None], 2, axis=1).astype(np.float32)
    map_ = [conform.WarpAnchor(0, 0), conform.WarpAnchor(2.5, 2.6), conform.WarpAnchor(5.0, 5.0)]
    result = conformed(tone, map_)[:, 0]
    spectrum = np.abs(np.fft.rfft(result * np.hanning(len(result))))
    assert np.argmax(spectrum) * SAMPLE_RATE / len(result) == pytest.approx(440, abs=1)
    levels = np.sqrt(np.square(result[: len(result) // 4800 * 4800].reshape(-1, 4800)).mean(axis=1))
    assert levels[1:-1] == pytest.approx(0.4 / np.sqrt(2), rel=0.12)
