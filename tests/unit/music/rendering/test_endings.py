"""A piece is heard to its film's end: no dead air, and a fade where the pictures fade."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from benchmarks.endings import dead_air, last_onset
from immersivaudio.music import PALETTES, compose, render
from immersivaudio.options import ScoreOptions
from immersivaudio.stages.enhance.rules import RulesEnhancer
from immersivaudio.stages.generate.composer import Composer
from immersivaudio.values import CueSheet
from tests import films
from tests.hearing import RATE, Sound, load
from tests.unit.music.briefs import brief


@pytest.mark.medium
@pytest.mark.parametrize("seconds", [5.0, 8.0, 12.0, 20.0, 45.0])
def test_the_last_note_begins_with_the_last_pictures(seconds: float) -> None:
    late = 0.85 * seconds if seconds <= 12 else seconds - 2
    early = {name: last_onset(compose(brief(name, seconds))) for name in PALETTES}
    assert not {name: at for name, at in early.items() if at < late}


@pytest.mark.medium
@pytest.mark.parametrize("palette", ["horror", "solo piano", "lullaby", "dubstep", "ambient", "drill"])
def test_there_is_no_dead_air(tmp_path: Path, palette: str) -> None:
    assert dead_air(load(render(compose(brief(palette, 16.0)), tmp_path).path)) <= 1.0


def played(sheet: CueSheet, folder: Path) -> Sound:
    """Return the music of a sheet."""
    return load(Composer().generate(sheet, folder, lambda _done: None).path)


@pytest.mark.medium
@pytest.mark.parametrize(
    ("mood", "stems"),
    [
        ("drums only", {"drums", "room"}),
        ("only strings", {"strings", "room"}),
        ("solo piano", {"keys", "room"}),
        ("just brass", {"brass", "room"}),
        ("solo cello", {"strings", "room"}),
    ],
)
def test_who_is_asked_to_play_alone_is_heard_alone_and_without_a_pause(
    tmp_path: Path, mood: str, stems: set[str]
) -> None:
    sheet = RulesEnhancer().enhance(films.film(16, (5, 11)), (), (), ScoreOptions(mood=mood, seed=3))
    track = Composer().generate(sheet, tmp_path, lambda _done: None, stems=True)
    heard = {name for name, path in track.stems.items() if np.abs(load(path)).max() > 1e-4}
    assert heard == stems
    assert dead_air(load(track.path)) <= 1.0


def test_no_melody_is_a_piece_without_a_lead() -> None:
    score = compose(brief("cinematic", 20.0, without=("lead",)))
    assert not any(part.role == "lead" for part in score.parts)


@pytest.mark.medium
def test_music_fades_with_pictures_that_fade(tmp_path: Path) -> None:
    fading = np.full(128, 0.5, dtype=np.float32)
    fading[-16:] = np.linspace(0.5, 0.01, 16)
    cut = np.full(128, 0.5, dtype=np.float32)
    cut[-8:] = 0.01
    ends = {}
    for name, brightness in {"fading": fading, "cut": cut, "lit": 0.5}.items():
        film = films.film(16, (7,), brightness=brightness)
        sheet = RulesEnhancer().enhance(film, (), (), ScoreOptions(mood="rock", seed=3))
        assert bool(sheet.fade) == (name == "fading")
        folder = tmp_path / name
        folder.mkdir()
        sound = played(sheet, folder)
        ends[name] = level(sound[-RATE:]) - level(sound[: 12 * RATE])
        assert dead_air(sound) <= 1.0
    assert ends["fading"] < ends["lit"] - 6
    assert ends["cut"] > ends["fading"] + 4, "a cut to black is no fade"
    assert (
        Fraction(1)
        < RulesEnhancer().enhance(films.film(16, (7,), brightness=fading), (), (), ScoreOptions(seed=3)).fade
        < Fraction(3)
    )


def level(sound: Sound) -> float:
    """Return the mean level, dB."""
    return float(10 * np.log10(np.mean(sound**2) + 1e-12))
