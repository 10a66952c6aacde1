"""Where each part of the mix comes to lie: under speech, beside a kept sound, after the user's own gains."""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
import pytest

from immersivaudio.audio.loudness import Loudness, decibels
from immersivaudio.stages.reconstruct.levels import CONTROL, DELIVERY, Levels, Name, decide

SPEECH = ((Fraction(4), Fraction(7)),)
GAP = 12.0
HOPS = 120
"""12 s"""


def steady(level: float, seconds: float = HOPS / 10) -> Loudness:
    """A sound of one loudness, LUFS."""
    return Loudness(np.full(round(10 * seconds), 10 ** ((level + 0.691) / 10)))


def heard(parts: Mapping[Name, Loudness], levels: Levels, name: Name, start: float, end: float) -> float:
    """How loud a part is from `start` to `end` (s) under its curve, LUFS."""
    gains = levels.curves[name][CONTROL // 20 :: CONTROL // 10][: parts[name].power.size]
    moved = parts[name].power * 10 ** (gains / 10)
    return decibels(float(moved[round(10 * start) : round(10 * end)].mean()))


def test_music_alone_is_delivered_at_the_platforms_level() -> None:
    parts: dict[Name, Loudness] = {"music": steady(-23)}
    levels = decide(parts, "replace", (), GAP, {})
    assert levels.target == pytest.approx(DELIVERY)
    assert heard(parts, levels, "music", 0, 12) == pytest.approx(DELIVERY)


@pytest.mark.parametrize("voice", [-45.0, -25.0, -10.0])
@pytest.mark.parametrize("gap", [6.0, 12.0, 20.0])
def test_speech_stands_out_by_the_gap_and_music_returns_after_it(voice: float, gap: float) -> None:
    parts: dict[Name, Loudness] = {"music": steady(-18), "original": steady(voice)}
    levels = decide(parts, "mix", SPEECH, gap, {})
    above = heard(parts, levels, "original", 4, 7) - heard(parts, levels, "music", 4, 7)
    assert gap <= above < gap + 1
    ducked = heard(parts, levels, "music", 4, 7)
    assert heard(parts, levels, "music", 10, 12) == pytest.approx(heard(parts, levels, "music", 0, 2))
    assert ducked < heard(parts, levels, "music", 10, 12)


def test_a_kept_sound_stays_itself_and_the_music_goes_under_it() -> None:
    parts: dict[Name, Loudness] = {"music": steady(-14), "original": steady(-30)}
    levels = decide(parts, "keep", (), GAP, {})
    assert np.ptp(levels.curves["original"]) == 0
    assert heard(parts, levels, "music", 0, 12) < heard(parts, levels, "original", 0, 12) - 6


def test_turning_everything_down_is_not_made_up_for() -> None:
    parts: dict[Name, Loudness] = {"music": steady(-20)}
    assert decide(parts, "replace", (), GAP, {"music": -9.0}).target == pytest.approx(DELIVERY - 9)


def test_turning_up_never_passes_the_delivery_level() -> None:
    parts: dict[Name, Loudness] = {"music": steady(-20)}
    assert decide(parts, "replace", (), GAP, {"music": 9.0}).target == pytest.approx(DELIVERY)


def test_silence_is_not_lifted() -> None:
    silence = Loudness(np.zeros(HOPS))
    levels = decide({"music": steady(-20), "original": silence}, "mix", SPEECH, GAP, {})
    assert np.isfinite(levels.curves["music"]).all()
    assert levels.curves["original"].max() <= 30
