"""What is wrong with generated sound, and what is not."""

import numpy as np
import pytest

from immersivaudio.stages.generate.neural.flaws import flaw

RATE = 32_000


def noise(seconds: float) -> np.ndarray:
    return np.random.default_rng(1).normal(0, 0.1, (1, round(seconds * RATE))).astype(np.float32)


def test_sound_that_goes_on_is_fine() -> None:
    assert flaw(noise(8), RATE) == ""


@pytest.mark.parametrize("start", [0, 3, 7])
def test_a_second_of_silence_is_a_flaw_wherever_it_is(start: int) -> None:
    sound = noise(8)
    sound[:, start * RATE : (start + 1) * RATE] = 0
    assert flaw(sound, RATE) == "silence"


def test_a_short_rest_is_music() -> None:
    sound = noise(8)
    sound[:, 4 * RATE : 4 * RATE + RATE // 2] = 0
    assert flaw(sound, RATE) == ""


def test_an_end_that_is_stuck_is_a_flaw() -> None:
    sound = noise(8)
    grain = sound[:, :3200]
    sound[:, 4 * RATE :] = np.tile(grain, 40)
    assert flaw(sound, RATE) == "a loop"


def test_a_held_chord_that_dies_away_is_music() -> None:
    time = np.arange(8 * RATE) / RATE
    chord = sum(np.sin(2 * np.pi * note * time) for note in (220, 277, 330))
    assert flaw((0.1 * chord * np.exp(-time / 3)).astype(np.float32)[None], RATE) == ""


def test_an_offset_hides_neither() -> None:
    sound = noise(8)
    sound[:, 3 * RATE : 5 * RATE] = 0
    assert flaw(sound + 0.5, RATE) == "silence"
