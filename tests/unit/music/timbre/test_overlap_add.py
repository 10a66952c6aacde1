"""A filter made of short blocks is the filter, for any length, and never looks ahead."""

import numpy as np
import pytest

from immersivaudio.audio.layout import Sound
from immersivaudio.music.timbre.filters import Filter, response
from immersivaudio.music.timbre.overlap_add import BLOCK, heard_through, passed, transformed

BAND = (Filter("highpass", 160), Filter("peak", 2500, 0.6, -2.5))
DARK = (Filter("lowpass", 900, 1.4), *BAND)


def noise(channels: int, size: int) -> Sound:
    return np.random.default_rng(1).standard_normal((channels, size), np.float32)


def whole(sound: Sound, filters: tuple[Filter, ...]) -> Sound:
    """Return the same by one transform of everything."""
    size = 1 << (sound.shape[1] + 8192).bit_length()
    found = np.fft.rfft(sound, size) * response(filters, size)
    return np.fft.irfft(found, size)[:, : sound.shape[1]].astype(np.float32)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("size", [700, BLOCK, 3 * BLOCK + 11, 20 * BLOCK])
def test_blocks_filter_as_one_transform_does(channels: int, size: int) -> None:
    bright, dark = noise(channels, size), noise(channels, size)[:, ::-1].copy()
    heard = passed({BAND: bright, DARK: dark})
    wanted = whole(bright, BAND) + whole(dark, DARK)
    assert heard.shape == wanted.shape
    assert 20 * np.log10(np.abs(heard - wanted).max() / np.abs(wanted).max()) < -80


@pytest.mark.parametrize("channels", [1, 2])
def test_what_comes_later_changes_no_bit(channels: int) -> None:
    sound = noise(channels, 23 * BLOCK)
    for blocks in (1, 2, 3, 5, 8, 13, 17):
        size = blocks * BLOCK
        assert np.array_equal(passed({DARK: sound[:, :size]}), passed({DARK: sound})[:, :size])


def test_one_transform_serves_many_filters() -> None:
    sound = noise(1, 2 * BLOCK + 5)
    rows = transformed(sound)
    for filters in (BAND, DARK):
        assert np.allclose(heard_through(filters, rows, sound.shape[1]), whole(sound, filters)[0], atol=1e-4)
