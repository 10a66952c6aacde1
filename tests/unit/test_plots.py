"""The plot shows the sheet in its places: a person finds the cuts, the sections and the loud parts."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import soundfile

from immersivaudio import plots
from immersivaudio.config import Settings
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Analysis
from immersivaudio.registry import load
from immersivaudio.values import CueSheet, Description, Footage, HitPoint, Selection
from tests import films


def _planned(seen: Footage, settings: Settings) -> CueSheet:
    told = tuple(Description("A scene.", 0.2, 0.1, (), shot) for shot in (None, *range(len(seen.shots))))
    analysis = Analysis(seen, (), Selection(0, tuple(range(len(seen.shots)))), told)
    sheet: CueSheet = load("enhance", settings).enhance(analysis.footage, (), told, ScoreOptions(seed=1))
    return sheet


def _pixels(seen: Footage, sheet: CueSheet, folder: Path) -> np.ndarray:
    sound = np.zeros((48_000 * 10, 2), np.float32)
    sound[48_000 * 5 :] = 0.5
    soundfile.write(folder / "mix.wav", sound, 48_000)
    return np.asarray(plots.draw(seen, sheet, folder / "mix.wav")).astype(int)


def _columns(pixels: np.ndarray, ink: tuple[int, int, int], rows: slice) -> np.ndarray:
    """Columns in which a colour is found, as seconds of a film of 10 s."""
    near = np.abs(pixels[rows] - np.array(ink)).sum(axis=2) < 30
    at = np.flatnonzero(near.any(axis=0))
    return (at - plots.MARGIN) / (plots.WIDTH - 2 * plots.MARGIN) * 10


def test_hits_stand_where_they_fall(tmp_path: Path, settings: Settings) -> None:
    seen = films.film(10, [2, 7])
    sheet = replace(_planned(seen, settings), hits=(HitPoint(Fraction(2), 1.0), HitPoint(Fraction(7), 1.0)))
    marks = _columns(_pixels(seen, sheet, tmp_path), plots.HIT, slice(95, 115))
    assert marks.size
    assert all(min(abs(mark - 2), abs(mark - 7)) < 0.06 for mark in marks)
    assert {round(float(mark)) for mark in marks} == {2, 7}


def test_the_loud_half_is_drawn_higher(tmp_path: Path, settings: Settings) -> None:
    seen = films.film(10, [5])
    sheet = replace(_planned(seen, settings), hits=(), dynamics=())
    pixels = _pixels(seen, sheet, tmp_path)
    lane = pixels.shape[0] - 64 - 6 - plots.LANE
    upper = _columns(pixels, plots.LOUD, slice(lane, lane + plots.LANE // 2))
    assert upper.size
    assert upper.min() > 4.5


def test_a_film_without_frames_or_hits_can_be_drawn(tmp_path: Path, settings: Settings) -> None:
    seen = films.film(10)
    sheet = replace(_planned(seen, settings), hits=(), dynamics=(), speech=((Fraction(1), Fraction(3)),))
    assert _pixels(replace(seen, frames=()), sheet, tmp_path).shape[1:] == (plots.WIDTH, 3)
