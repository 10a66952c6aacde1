"""A broken or hostile file ends in one clear error, never in a crash, a hang or a gigabyte."""

import random
from pathlib import Path

import numpy as np
import pytest

from immersivaudio.music.errors import SoundFontError
from immersivaudio.music.soundfont import SoundFont
from immersivaudio.music.soundfont.player import SampledPlayer
from tests import tiny_soundfont as tiny


@pytest.fixture
def good(tmp_path: Path) -> bytes:
    presets = [tiny.Preset(0, 0, (tiny.steady(),)), tiny.Preset(128, 0, (tiny.Zone(tiny.knock()),))]
    return tiny.write(tmp_path / "good.sf2", presets).read_bytes()


def sound_everything(path: Path) -> None:
    font = SoundFont(path)
    for bank, program in font.presets:
        tone = SampledPlayer(font, bank, program).tone(60, 100, 4096, ())
        assert np.isfinite(tone.sound).all()
        assert tone.sound.shape[1] <= 4096


@pytest.mark.parametrize(
    "body", [b"", b"RIFF", b"not a font at all", bytes(1000), b"RIFF\xff\xff\xff\xffsfbk"]
)
def test_what_is_no_soundfont_says_so(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "bad.sf2").write_bytes(body)
    with pytest.raises(SoundFontError, match=r"bad\.sf2"):
        SoundFont(tmp_path / "bad.sf2")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SoundFontError, match="cannot be read"):
        SoundFont(tmp_path / "nowhere.sf2")


def test_a_font_cut_short_at_any_place_plays_or_says_so(tmp_path: Path, good: bytes) -> None:
    for size in range(0, len(good), max(1, len(good) // 60)):
        (tmp_path / "cut.sf2").write_bytes(good[:size])
        with pytest.raises(SoundFontError):
            sound_everything(tmp_path / "cut.sf2")


def test_damaged_bytes_play_or_say_so(tmp_path: Path, good: bytes) -> None:
    chance = random.Random(7)
    tables = good.index(b"pdta")
    played = 0
    for _ in range(150):
        body = bytearray(good)
        for _ in range(3):
            body[chance.randrange(tables, len(body))] = chance.randrange(256)
        (tmp_path / "hurt.sf2").write_bytes(body)
        try:
            sound_everything(tmp_path / "hurt.sf2")
            played += 1
        except SoundFontError:
            pass
    assert played > 10


def test_a_preset_the_font_lacks_says_so(tmp_path: Path, good: bytes) -> None:
    (tmp_path / "good.sf2").write_bytes(good)
    with pytest.raises(SoundFontError, match="program 5"):
        SoundFont(tmp_path / "good.sf2").regions(0, 5)
