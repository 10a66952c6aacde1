"""Chords are what their numerals say, and voices lead."""

from itertools import combinations, pairwise
from statistics import mean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music import Score, compose
from immersivaudio.music.harmony import PROGRESSIONS, chord, lead_voices
from immersivaudio.music.harmony.chords import thicken
from tests.unit.music.briefs import brief


@pytest.mark.parametrize(
    ("symbol", "name", "pitches"),
    [
        ("I", "C", {0, 4, 7}),
        ("ii7", "Dm7", {2, 5, 9, 0}),
        ("V7/vi", "E7", {4, 8, 11, 2}),
        ("bVImaj7", "Abmaj7", {8, 0, 3, 7}),
        ("iiø7", "Dø7", {2, 5, 8, 0}),
        ("V/3", "G/B", {7, 11, 2}),
        ("bII", "Db", {1, 5, 8}),
    ],
)
def test_numerals_in_c(symbol: str, name: str, pitches: set[int]) -> None:
    found = chord(symbol, 0)
    assert found.name == name
    assert set(found.pitches) == pitches


def test_a_bad_numeral_is_refused() -> None:
    with pytest.raises(ValueError, match="numeral"):
        chord("H7", 0)


def test_the_scale_decides_the_seventh() -> None:
    assert thicken(chord("I", 0), 0, "ionian").name == "Cmaj7"
    assert thicken(chord("I", 0), 0, "mixolydian").name == "C7"
    assert thicken(chord("V", 0), 0, "ionian").name == "G7"


ALL = [p for modes in PROGRESSIONS.values() for table in modes.values() for p in table]


@pytest.mark.medium
@given(st.sampled_from(ALL), st.integers(0, 11), st.integers(2, 4), st.integers(52, 70))
def test_voices_move_little_and_stay_in_range(progression: str, tonic: int, voices: int, centre: int) -> None:
    chords = [chord(symbol, tonic) for symbol in progression.replace("|", " ").split()]
    low, high = centre - 12, centre + 12
    placed = lead_voices(chords, voices, centre, low, high)
    for harmony, notes in zip(chords, placed, strict=True):
        assert all(low <= note <= high for note in notes)
        assert {note % 12 for note in notes} <= set(harmony.pitches)
        assert list(notes) == sorted(set(notes))
    moves = [
        abs(b - a)
        for one, two in pairwise(placed)
        if len(one) == len(two)
        for a, b in zip(one, two, strict=True)
    ]
    assert sum(moves) / max(len(moves), 1) <= 4


def test_common_tones_are_held() -> None:
    first, second = lead_voices([chord("I", 0), chord("vi", 0)], 3, 60, 48, 72)
    assert len(set(first) & set(second)) == 2


def test_no_parallel_fifths_in_a_plain_cadence() -> None:
    chords = [chord(symbol, 0) for symbol in ["I", "vi", "IV", "ii", "V7", "I"]]
    for a, b in pairwise(lead_voices(chords, 3, 60, 48, 76)):
        for i in range(3):
            for j in range(i + 1, 3):
                moved = a[i] != b[i] and a[j] != b[j]
                parallel = (a[j] - a[i]) % 12 == (b[j] - b[i]) % 12 in {0, 7}
                assert not (moved and parallel)


@pytest.mark.parametrize("voices", [3, 4])
@pytest.mark.parametrize("centre", [55, 60, 66])
def test_no_root_is_laid_a_minor_ninth_above_its_seventh(voices: int, centre: int) -> None:
    chords = [chord(symbol, 0) for symbol in ("Imaj7", "vi9", "IVmaj9", "ii9", "V9", "Imaj9")]
    for notes in lead_voices(chords, voices, centre, centre - 14, centre + 14):
        assert not any(upper - lower == 13 for lower in notes for upper in notes), notes


@pytest.mark.medium
@pytest.mark.parametrize("palette", ["deep house", "vaporwave", "cinematic", "tense", "house"])
def test_accompanists_do_not_rub_against_each_other(palette: str) -> None:
    """Each laid its chords alone: a piano's ninth lay a semitone under the third that a pad held."""
    rubbed = [_rubbed(compose(brief(palette, 60.0, seed=seed))) for seed in range(3)]
    assert mean(rubbed) <= 0.03


def _rubbed(score: Score) -> float:
    """Return the share of a piece in which two accompanists hold notes a semitone apart for 0.25 s."""
    shortest = SAMPLE_RATE // 4
    held = [
        (note.onset, note.onset + note.duration, note.pitch, part.name)
        for part in score.parts
        if part.role in {"pad", "arp"}
        for note in part.notes
        if note.duration > shortest
    ]
    marked = np.zeros(score.length // 480 + 1, bool)
    for (_, end, pitch, name), (other, until, beside, who) in combinations(sorted(held), 2):
        stop = min(end, until)
        if name != who and abs(pitch - beside) == 1 and stop - other > shortest:
            marked[other // 480 : stop // 480] = True
    return float(marked.mean())
