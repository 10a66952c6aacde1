"""Half the pictures of a film of 60 a second are looked at, and its cuts are where they are."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from immersivaudio.config import Settings
from immersivaudio.media import decode, probe
from immersivaudio.stages.extract.pyav import build
from tests import samples

_CUTS = (37, 74)
"""Pictures: an odd and an even one."""
_LENGTH = 110


def _film(path: Path, *, flash: int | None = None, grain: float = 0.0, **options: str) -> Path:
    """Three moving shots; x264 told to put no key frame where the cuts are."""
    starts = (0, *_CUTS, _LENGTH)
    frames = [
        picture
        for seed, (start, end) in enumerate(pairwise(starts), 1)
        for picture in samples.pan(seed, end - start, (320, 180))
    ]
    if flash is not None:
        frames[flash] = np.full_like(frames[flash], 250)
    if grain:
        dice = np.random.default_rng(1)
        frames = [(f + dice.normal(scale=grain, size=f.shape)).clip(0, 255).astype(np.uint8) for f in frames]
    plain = {"preset": "veryfast", "bf": "3", "sc_threshold": "0", "g": "250"}
    return samples.write(path, frames, 60, **(plain | options))


@pytest.mark.parametrize("options", [{}, {"bf": "0"}, {"b-adapt": "0", "b-pyramid": "none"}], ids=str)
def test_cuts_are_placed_to_the_picture(tmp_path: Path, settings: Settings, options: dict[str, str]) -> None:
    clip = probe(_film(tmp_path / "film.mp4", **options), settings)
    seen = sum(1 for _ in decode.pictures(clip, settings, thinned=True))
    assert seen < 0.75 * _LENGTH
    found = build(settings).extract(clip, lambda _: None)
    assert [shot.start for shot in found.shots] == [0, *(Fraction(cut, 60) for cut in _CUTS)]


def test_cuts_that_no_packet_tells_of_are_placed_to_the_picture(tmp_path: Path, settings: Settings) -> None:
    """Under heavy grain every picture takes as many bytes as a new one."""
    clip = probe(_film(tmp_path / "film.mp4", grain=25), settings)
    found = build(settings).extract(clip, lambda _: None)
    assert [shot.start for shot in found.shots] == [0, *(Fraction(cut, 60) for cut in _CUTS)]


@pytest.mark.parametrize("picture", [20, 22])
def test_a_flash_of_one_picture_is_seen(tmp_path: Path, settings: Settings, picture: int) -> None:
    clip = probe(_film(tmp_path / "film.mp4", flash=picture), settings)
    found = build(settings).extract(clip, lambda _: None)
    assert [m.time for m in found.moments if m.kind == "flash"] == [Fraction(picture, 60)]


def test_pictures_between_two_moments_are_found_again(tmp_path: Path, settings: Settings) -> None:
    clip = probe(_film(tmp_path / "film.mp4"), settings)
    spans = [(Fraction(a, 60), Fraction(b, 60)) for a, b in ((3, 5), (35, 38), (38, 39), (100, 101))]
    found = [[picture.time for picture in pictures] for pictures in decode.between(clip, settings, spans)]
    assert found == [
        [Fraction(n, 60) for n in range(a, b + 1)] for a, b in ((3, 5), (35, 38), (38, 39), (100, 101))
    ]
