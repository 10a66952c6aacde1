"""The best font that is there plays, and one that is asked for is never replaced in silence."""

from pathlib import Path

import pytest

from immersivaudio.music.errors import SoundFontError
from immersivaudio.music.soundfont import SoundFont, find_soundfont


def test_the_carried_font_is_found_and_complete() -> None:
    found = find_soundfont(folders=())
    assert found.path.name == "TimGM6mb.sf2"
    assert not found.better
    assert found.licence.startswith("GPL-2")
    presets = SoundFont(found.path).presets
    assert {(0, program) for program in range(128)} <= set(presets)
    assert (128, 0) in presets


def test_a_better_font_on_the_system_is_preferred(tmp_path: Path) -> None:
    for name in ("FluidR3_GM.sf2", "MuseScore_General_Lite.sf3", "somebody.sf2"):
        (tmp_path / name).touch()
    found = find_soundfont(folders=[str(tmp_path)])
    assert found.path.name == "MuseScore_General_Lite.sf3"
    assert found.better
    assert found.licence == "MIT"


def test_the_font_asked_for_comes_first(tmp_path: Path) -> None:
    mine = tmp_path / "mine.sf2"
    mine.touch()
    found = find_soundfont(mine)
    assert found.path == mine
    assert found.licence == "unknown"


def test_a_font_asked_for_and_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SoundFontError, match=r"gone\.sf2"):
        find_soundfont(tmp_path / "gone.sf2")
