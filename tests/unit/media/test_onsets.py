"""Beginnings are found where they are, to a few milliseconds, and nowhere else."""

import weakref
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest

from immersivaudio.media import onsets
from tests import voices
from tests.voices import RATE, Sound


def _accents(sound: Sound) -> np.ndarray:
    return onsets.accents(onsets.flux([sound[i : i + 96_000].T for i in range(0, len(sound), 96_000)]))


def _notes(times: list[float], seconds: float, hertz: float = 330.0, attack: float = 0.002) -> Sound:
    out = np.zeros(round(seconds * RATE))
    for time in times:
        here = slice(round(time * RATE), None)
        t = np.arange(len(out[here])) / RATE
        out[here] += 0.3 * np.sin(2 * np.pi * hertz * t) * np.exp(-4 * t) * np.minimum(1, t / attack)
    return np.repeat(out[:, None], 2, axis=1).astype(np.float32)


@pytest.mark.parametrize("hertz", [110.0, 440.0, 1760.0])
def test_notes_are_found_to_ten_milliseconds(hertz: float) -> None:
    times = [0.5, 1.137, 1.9, 2.611, 3.3]
    found = _accents(_notes(times, 4, hertz))
    assert all(np.abs(found - time).min() < 0.010 for time in times)
    assert len(found) <= len(times) + 1


def test_an_accent_over_music_counts_and_a_moment_without_one_does_not() -> None:
    sound = 0.3 * voices.music(6, beat=1.0) + np.pad(_notes([2.5], 6, 880.0), ((0, 0), (0, 0)))
    found = _accents(sound)
    assert onsets.hit(found, [Fraction(2), Fraction(5, 2), Fraction(3)]) == 3
    assert onsets.hit(found, [Fraction(7, 4), Fraction(13, 4), Fraction(18, 4)]) == 0


def test_an_accent_thirty_milliseconds_late_is_no_hit() -> None:
    found = _accents(_notes([1.0, 2.0], 3))
    assert onsets.hit(found, [Fraction(97, 100), Fraction(203, 100)]) == 0
    assert onsets.hit(found, [Fraction(985, 1000), Fraction(2015, 1000)]) == 2


def test_a_held_sound_and_silence_have_no_accents() -> None:
    assert onsets.hit(_accents(np.zeros((RATE * 2, 2), np.float32)), [Fraction(1)]) == 0
    time = np.arange(4 * RATE) / RATE
    vibrato = 0.3 * np.sin(2 * np.pi * 440 * time + 3 * np.sin(2 * np.pi * 5.5 * time))
    held = np.repeat(vibrato[:, None], 2, axis=1).astype(np.float32)
    assert len([t for t in _accents(held) if 0.1 < t < 3.8]) <= 1


def test_a_long_sound_is_not_held_in_memory() -> None:
    alive: weakref.WeakValueDictionary[int, Sound] = weakref.WeakValueDictionary()
    most = 0

    def blocks() -> Iterator[Sound]:
        nonlocal most
        for place in range(30):
            block = np.zeros((2, RATE), np.float32)
            alive[place] = block
            most = max(most, len(alive))
            yield block

    onsets.flux(blocks())
    assert most <= 3
