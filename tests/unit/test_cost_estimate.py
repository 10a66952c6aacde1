"""Work that would take too long is refused before it begins, and ordinary work is not."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from immersivaudio import cost_estimate, sheets
from immersivaudio.config import Settings
from immersivaudio.errors import MediaTooLargeError, TooMuchWorkError
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.values import Clip, CueSheet, HitPoint, SoundCue
from tests.unit.test_sheets import SHEET

SETTINGS = Settings(_env_file=None)


def _video(seconds: int, width: int, height: int, rate: int = 30, codec: str = "h264") -> Clip:
    return Clip(
        path=Path("clip"),
        kind="video",
        demuxer="mov",
        duration=Fraction(seconds),
        width=width,
        height=height,
        frame_rate=Fraction(rate),
        codec=codec,
        pixel_format="yuv420p",
    )


@pytest.mark.parametrize(
    "clip",
    [
        _video(1800, 1920, 1080),
        _video(600, 3840, 2160),
        _video(600, 1920, 1080, rate=60),
        _video(60, 640, 480, codec="gif"),
        replace(_video(600, 4000, 3000), kind="photo"),
    ],
)
def test_what_people_send_is_within_the_price(clip: Clip) -> None:
    cost_estimate.check_clip(clip, SETTINGS)


@pytest.mark.slow
def test_a_small_file_of_many_large_pictures_is_refused_before_they_are_decoded(tmp_path: Path) -> None:
    path = tmp_path / "flat.gif"
    first, *more = [Image.new("P", (2048, 2048), place % 2) for place in range(40)]
    first.save(path, save_all=True, append_images=more, duration=40)
    assert path.stat().st_size < 300_000
    with pytest.raises(MediaTooLargeError, match="takes about 1 minutes of work, 1 are allowed") as caught:
        Pipeline(Settings(_env_file=None, max_work=3)).open(path)
    assert "\n" not in str(caught.value)
    assert Pipeline(SETTINGS).open(path).width == 2048


@pytest.mark.parametrize(
    "sheet",
    [
        replace(SHEET, sounds=(SoundCue("city", Fraction(0), SHEET.duration),) * 2000),
        replace(SHEET, hits=tuple(HitPoint(Fraction(place, 100_000), 1.0) for place in range(400_000))),
        replace(SHEET, cues=SHEET.cues * 30_000),
        replace(SHEET, duration=Fraction(7800)),
    ],
    ids=["sounds", "hits", "cues", "length"],
)
def test_a_sheet_that_asks_for_days_of_sound_is_refused_before_the_first_note(
    sheet: CueSheet, tmp_path: Path
) -> None:
    with pytest.raises(TooMuchWorkError, match="the cue sheet takes about"):
        Pipeline(SETTINGS).generate(sheet, ScoreOptions(sounds=True), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.medium
def test_the_largest_sheet_that_can_be_loaded_is_priced_by_what_it_asks_for() -> None:
    sounds = tuple(SoundCue("rain", Fraction(0), SHEET.duration) for _ in range(10_000))
    loaded = sheets.load(sheets.dump(replace(SHEET, sounds=sounds)))
    cost_estimate.check_sheet(loaded, SETTINGS, sounds=False)
    with pytest.raises(TooMuchWorkError):
        cost_estimate.check_sheet(loaded, SETTINGS, sounds=True)
