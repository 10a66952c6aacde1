"""What every frame extractor owes, whatever it is built from."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from PIL import Image

from immersivaudio.config import Settings
from immersivaudio.media import probe
from immersivaudio.registry import load, rows
from immersivaudio.stages import Extractor
from immersivaudio.values import Footage
from tests import samples

BACKENDS = [row.name for row in rows() if row.stage == "extract" and not row.missing]
CURVES = {"motion": (0, 1), "brightness": (0, 1), "saturation": (0, 1), "warmth": (-1, 1), "pan": (-20, 20)}


@pytest.fixture(params=BACKENDS)
def extractor(request: pytest.FixtureRequest) -> Extractor:
    return cast("Extractor", load("extract", Settings(_env_file=None, extract=request.param)))


def _one(folder: Path) -> Path:
    return samples.write(folder / "one.mp4", samples.pan(1, 1))


def _short(folder: Path) -> Path:
    return samples.write(folder / "short.mp4", samples.pan(1, 18), 60)


def _slow(folder: Path) -> Path:
    return samples.film(folder / "slow.mp4", rate=10, shots=3)


def _portrait(folder: Path) -> Path:
    samples.ffmpeg("-display_rotation", "-90", "-i", _slow(folder), "-c", "copy", folder / "portrait.mp4")
    return folder / "portrait.mp4"


def _unequal(folder: Path) -> Path:
    pictures = [Image.fromarray(np.asarray(samples.scene(seed))) for seed in range(1, 6)]
    path = folder / "unequal.gif"
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=[90, 900, 40, 2000, 300])
    return path


def _photo(folder: Path) -> Path:
    Image.fromarray(np.asarray(samples.scene(5, 1200, 700))).save(folder / "photo.png")
    return folder / "photo.png"


def _tiny(folder: Path) -> Path:
    return samples.write(folder / "tiny.mp4", [f[:8, :12] for f in samples.pan(1, 10)])


def _black(folder: Path) -> Path:
    return samples.write(folder / "black.mp4", [np.zeros((90, 160, 3), np.uint8)] * 30)


@pytest.mark.medium
@pytest.mark.parametrize("make", [_one, _short, _slow, _portrait, _unequal, _photo, _tiny, _black])
def test_footage_is_whole(
    make: Callable[[Path], Path], extractor: Extractor, tmp_path: Path, settings: Settings
) -> None:
    clip = probe(make(tmp_path), settings)
    told: list[float] = []
    footage = extractor.extract(clip, told.append)
    assert footage.clip == clip
    _check_shots(footage)
    _check_frames(footage)
    _check_curves(footage)
    assert all(0 <= m.time < clip.duration and 0 <= m.strength <= 1 for m in footage.moments)
    assert list(footage.moments) == sorted(footage.moments, key=lambda moment: moment.time)
    assert told == sorted(told)
    assert told[-1] == 1


def test_hard_cuts_have_exact_times(extractor: Extractor, film: Path, settings: Settings) -> None:
    shots = extractor.extract(probe(film, settings), lambda _: None).shots
    assert [(shot.start, shot.opening) for shot in shots] == [(0, "start"), (1, "cut"), (2, "cut")]
    assert all(shot.strength > 0.5 for shot in shots)


def test_the_same_clip_gives_the_same_footage(extractor: Extractor, film: Path, settings: Settings) -> None:
    clip = probe(film, settings)
    one, two = (extractor.extract(clip, lambda _: None) for _ in range(2))
    assert (one.shots, one.moments) == (two.shots, two.moments)
    assert all(np.array_equal(getattr(one.curves, n), getattr(two.curves, n)) for n in CURVES)
    assert all(np.array_equal(a.image, b.image) for a, b in zip(one.frames, two.frames, strict=True))


def test_the_input_is_not_touched(extractor: Extractor, film: Path, settings: Settings) -> None:
    before = film.read_bytes()
    extractor.extract(probe(film, settings), lambda _: None)
    assert film.read_bytes() == before


def test_closing_twice_is_harmless(extractor: Extractor) -> None:
    extractor.close()
    extractor.close()


def _check_shots(footage: Footage) -> None:
    shots = footage.shots
    assert [shot.index for shot in shots] == list(range(len(shots)))
    assert (shots[0].start, shots[0].opening, shots[-1].end) == (0, "start", footage.clip.duration)
    assert all(one.end == two.start for one, two in pairwise(shots))
    assert all(shot.start < shot.end and 0 <= shot.strength <= 1 for shot in shots)


def _check_frames(footage: Footage) -> None:
    clip = footage.clip
    assert {frame.shot for frame in footage.frames} == {shot.index for shot in footage.shots}
    assert [f.time for f in footage.frames] == sorted({f.time for f in footage.frames})
    for frame in footage.frames:
        shot = footage.shots[frame.shot]
        assert shot.start <= frame.time < shot.end
        height, width, channels = frame.image.shape
        assert (frame.image.dtype, channels) == (np.uint8, 3)
        assert max(width, height) <= 1024
        assert abs(Fraction(width, height) - Fraction(clip.width, clip.height)) < Fraction(1, 20)
        assert not frame.image.flags.writeable


def _check_curves(footage: Footage) -> None:
    curves = footage.curves
    count = -(-footage.clip.duration * curves.rate // 1)
    for name, (low, high) in CURVES.items():
        curve = getattr(curves, name)
        assert (curve.shape, curve.dtype) == ((count,), np.float32), name
        assert np.isfinite(curve).all(), name
        assert low <= curve.min() and curve.max() <= high, name
        assert not curve.flags.writeable
