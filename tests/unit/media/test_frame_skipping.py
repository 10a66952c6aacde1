"""Half the pictures of a large film are looked at, and its cuts are where they are."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from immersivaudio.config import Settings
from immersivaudio.media import decode, probe
from immersivaudio.stages.extract.pyav import build
from tests import samples
from tests.samples import Pixels

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


@pytest.mark.medium
@pytest.mark.parametrize("options", [{}, {"bf": "0"}, {"b-adapt": "0", "b-pyramid": "none"}], ids=str)
def test_cuts_are_placed_to_the_picture(tmp_path: Path, settings: Settings, options: dict[str, str]) -> None:
    clip = probe(_film(tmp_path / "film.mp4", **options), settings)
    seen = sum(1 for _ in decode.pictures(clip, settings, thinned=True))
    assert seen < 0.75 * _LENGTH
    found = build(settings).extract(clip, lambda _: None)
    assert [shot.start for shot in found.shots] == [0, *(Fraction(cut, 60) for cut in _CUTS)]


@pytest.mark.medium
def test_cuts_that_no_packet_tells_of_are_placed_to_the_picture(tmp_path: Path, settings: Settings) -> None:
    """Under heavy grain every picture takes as many bytes as a new one."""
    clip = probe(_film(tmp_path / "film.mp4", grain=25), settings)
    found = build(settings).extract(clip, lambda _: None)
    assert [shot.start for shot in found.shots] == [0, *(Fraction(cut, 60) for cut in _CUTS)]


@pytest.mark.medium
@pytest.mark.parametrize("picture", [20, 22])
def test_a_flash_of_one_picture_is_seen(tmp_path: Path, settings: Settings, picture: int) -> None:
    clip = probe(_film(tmp_path / "film.mp4", flash=picture), settings)
    found = build(settings).extract(clip, lambda _: None)
    assert [m.time for m in found.moments if m.kind == "flash"] == [Fraction(picture, 60)]


def test_pictures_between_two_moments_are_found_again(tmp_path: Path, settings: Settings) -> None:
    clip = probe(_film(tmp_path / "film.mp4"), settings)
    numbers = ((3, 5), (35, 38), (39, 40), (100, 101))
    spans = [(Fraction(a, 60), Fraction(b, 60)) for a, b in numbers]
    found = list(decode.between(clip, settings, spans, lambda picture: picture.time))
    assert found == [[(Fraction(n, 60), Fraction(n, 60)) for n in range(a, b + 1)] for a, b in numbers]


@pytest.mark.medium
def test_damaged_pictures_are_counted_as_if_all_were_looked_at(tmp_path: Path, settings: Settings) -> None:
    """A bit of every fourth picture is flipped; what is predicted from it may be damaged, too."""
    path = _film(tmp_path / "film.mp4", grain=4)
    data = bytearray(path.read_bytes())
    with av.open(str(path)) as container:
        packets = [(packet.pos, packet.size) for packet in container.demux(video=0) if packet.size]
    for place, size in packets[3::4]:
        data[place + size * 3 // 4] ^= 0x08
    path.write_bytes(data)
    clip = probe(path, settings)
    hurt = sum(picture.frame.is_corrupt for picture in decode.pictures(clip, settings))
    assert 5 < hurt < _LENGTH
    (note,) = build(settings).extract(clip, lambda _: None).notes
    assert note == f"{hurt} of the clip's {_LENGTH} pictures are damaged"


_LARGE, _SMALL = (1280, 720), (640, 360)


def _copies(folder: Path, frames: list[Pixels], rate: int = 30) -> list[Path]:
    """The same film twice: so large that pictures are left out, and so small that none is."""
    return [
        samples.write(
            folder / f"{size[0]}.mp4", [cv2.resize(f, size) for f in frames], rate, preset="veryfast", bf="3"
        )
        for size in (_LARGE, _SMALL)
    ]


@pytest.mark.medium
def test_a_large_film_is_told_as_its_small_copy_is(tmp_path: Path, settings: Settings) -> None:
    """Three shots, the last from a hand that shakes: what moves to and fro between two pictures counts."""
    wide, times = samples.scene(3, 480, 270), np.arange(60) / 30
    across, down = (24 + 4 * np.sin(2 * np.pi * hertz * times) for hertz in (7, 5))
    shaken = [
        cv2.getRectSubPix(wide, (320, 180), (x + 160, y + 90)) for x, y in zip(across, down, strict=True)
    ]
    frames = [f for seed in (1, 2) for f in samples.pan(seed, 37)] + shaken
    large, small = (probe(path, settings) for path in _copies(tmp_path, frames))
    assert sum(1 for _ in decode.pictures(large, settings, thinned=True)) < 0.75 * len(frames)
    told, all_told = (build(settings).extract(clip, lambda _: None) for clip in (large, small))
    assert [shot.start for shot in told.shots] == [shot.start for shot in all_told.shots]
    assert [shot.start for shot in told.shots] == [0, Fraction(37, 30), Fraction(74, 30)]
    assert float(told.curves.motion.mean()) == pytest.approx(float(all_told.curves.motion.mean()), rel=0.05)
