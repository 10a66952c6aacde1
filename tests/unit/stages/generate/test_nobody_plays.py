"""A sheet in which nobody would be heard gives silence, and one plain line says why."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from immersivaudio.config import Settings
from immersivaudio.i18n import library
from immersivaudio.i18n.library import translated
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.stages.enhance.rules import RulesEnhancer
from immersivaudio.stages.generate.composer import Composer
from immersivaudio.values import CueSheet
from tests import samples
from tests.films import film
from tests.hearing import load

STEMS = ("bass", "drums", "guitars", "keys", "mallets", "synths")
"""Of lo-fi on this film; its record crackles besides."""


@pytest.fixture
def sheet() -> CueSheet:
    return RulesEnhancer().enhance(film(6, (3,)), (), (), ScoreOptions(mood="lo-fi", seed=3))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"without": STEMS}, "leaves out everyone"),
        ({"without": ("lead", "counter", "pad", "arp", "bass", "drums")}, "leaves out everyone"),
        ({"instruments": ("violin",), "without": ("violin",)}, "leaves out everyone"),
        ({"levels": tuple((stem, -60.0) for stem in STEMS)}, "turned all the way down"),
    ],
)
def test_silence_says_why(
    sheet: CueSheet, tmp_path: Path, changes: dict[str, tuple[object, ...]], why: str
) -> None:
    """What was left, a crackle or an echo, was lifted to the loudness of music, or silence came unsaid."""
    track = Composer().generate(replace(sheet, **changes), tmp_path, lambda _done: None)  # type: ignore[arg-type]
    assert not np.any(load(track.path))
    (said,) = track.notes
    assert why in said
    assert all(translated(code, said) != said for code in library.TABLES)


@pytest.mark.medium
def test_one_stem_that_is_left_plays_and_nothing_is_said(sheet: CueSheet, tmp_path: Path) -> None:
    left = replace(sheet, levels=tuple((stem, -60.0) for stem in STEMS if stem != "keys"))
    track = Composer().generate(left, tmp_path, lambda _done: None)
    assert np.any(load(track.path))
    assert not track.notes


@pytest.mark.medium
@pytest.mark.parametrize("changes", [{"without": STEMS}, {"music_gain_db": -60.0}])
def test_the_receipt_tells_it(sheet: CueSheet, tmp_path: Path, changes: dict[str, object]) -> None:
    """As the page, the bots and the command line show it."""
    clip = samples.film(tmp_path / "clip.mp4", shots=2, seconds=3, rate=24)
    pipeline = Pipeline(Settings(_env_file=None, detect="visual"))
    try:
        opened = pipeline.open(clip)
        scored = pipeline.render(
            opened,
            replace(sheet, duration=opened.duration, **changes),  # type: ignore[arg-type]
            ScoreOptions(),
            tmp_path / "out.mp4",
            tmp_path,
        )
    finally:
        pipeline.close()
    assert any(note.startswith("No music plays") for note in scored.receipt.notes)
