"""The judges of structure and motion find what was put there."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from benchmarks import motion, structure

SECTION = 2 * 15
"""Frames of the matrix."""


@pytest.mark.medium
@pytest.mark.parametrize(
    ("form", "expected"), [("AAAA", 0.75), ("AABA", 4 / 7), ("ABAC", 1 / 3), ("ABCD", 0.0)]
)
def test_a_section_that_returns_explains_its_share_of_the_piece(form: str, expected: float) -> None:
    """With every return exact, score and coverage follow from the form: (returns / sections) of each."""
    chance = np.random.default_rng(1)
    letters = {letter: chance.dirichlet(np.full(12, 0.3), size=SECTION).T for letter in sorted(set(form))}
    frames = np.concatenate([letters[letter] for letter in form], axis=1)
    found = structure.fitness(structure.similarity(frames / np.linalg.norm(frames, axis=0)))
    assert found[SECTION - 1] == pytest.approx(expected, abs=0.1)


@pytest.mark.medium
def test_loudness_that_follows_motion_is_found_to_and_the_contrary_too(tmp_path: Path) -> None:
    rate, seconds = 48_000, 20
    moved = 0.5 + 0.4 * np.sin(np.arange(4 * seconds) / 9)
    noise = np.random.default_rng(2).standard_normal((rate * seconds, 2)).astype(np.float32)
    for way, expected in ((1, 1.0), (-1, -1.0)):
        gain = 10 ** ((-30 + 12 * way * np.repeat(moved, rate // 4)) / 20)
        soundfile.write(tmp_path / "noise.wav", 0.3 * noise * gain[:, None], rate)
        level = motion.short_term(tmp_path / "noise.wav")
        assert len(level) == pytest.approx((seconds - motion.WINDOW) / motion.STEP, abs=2)
        assert motion.together(level, moved, 4.0) == pytest.approx(expected, abs=0.02)
