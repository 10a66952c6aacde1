"""Stems are lossless where they fit, smaller where they must be, and always as long as the film."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from immersivaudio.values import Soundtrack
from worker.rendering.stem_archives import Packed, pack

pytestmark = pytest.mark.medium

RATE = 48_000
FRAMES = 4 * RATE + 123


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Soundtrack:
    """Six groups of 4 s: each a tone with hiss, and a click at a place of its own."""
    folder = tmp_path_factory.mktemp("music")
    stems = {}
    for number in range(6):
        path = folder / f"group {number}.wav"
        soundfile.write(path, sound(number), RATE, subtype="FLOAT")
        stems[f"group {number}"] = path
    notes = folder / "music.mid"
    notes.write_bytes(b"MThd" + bytes(500))
    return Soundtrack(folder / "mix.wav", "composer", stems=stems, midi=notes)


def sound(number: int) -> NDArray[np.float32]:
    time = np.arange(FRAMES) / RATE
    tone = 0.2 * np.sin(2 * np.pi * 110 * (number + 2) * time)
    both = np.stack([tone, tone]) + np.random.default_rng(number).normal(0, 0.02, (2, FRAMES))
    both[:, click(number)] = 0.95
    return both.T.astype(np.float32)


def click(number: int) -> int:
    return RATE // 2 + 7000 * number


def packed(
    music: Soundtrack, folder: Path, limit: int | None, parts: int = 1
) -> tuple[Packed, Mapping[str, bytes]]:
    (folder / "work").mkdir()
    made = pack([music], folder / "work", folder, limit=limit, parts=parts)
    files: dict[str, bytes] = {}
    for name in made.names:
        assert limit is None or (folder / name).stat().st_size <= limit
        with zipfile.ZipFile(folder / name) as archive:
            assert archive.testzip() is None
            assert not files.keys() & set(archive.namelist()), "nothing comes twice"
            files |= {inner: archive.read(inner) for inner in archive.namelist()}
    return made, files


def heard(files: Mapping[str, bytes], folder: Path, suffix: str) -> None:
    """Every stem is there, whole, and at its place to the sample."""
    assert set(files) == {f"group {number}{suffix}" for number in range(6)} | {"score.mid"}
    for number in range(6):
        path = folder / f"heard{suffix}"
        path.write_bytes(files[f"group {number}{suffix}"])
        samples, rate = soundfile.read(path)
        assert (rate, samples.shape) == (RATE, (FRAMES, 2))
        jumps = np.abs(np.diff(samples[:, 0]))
        assert abs(int(jumps.argmax()) - click(number)) <= 3


def test_what_fits_is_lossless(music: Soundtrack, tmp_path: Path) -> None:
    made, files = packed(music, tmp_path, None)
    assert made == Packed(("stems.zip",), 0)
    heard(files, tmp_path, ".flac")
    (tmp_path / "a.flac").write_bytes(files["group 3.flac"])
    assert np.allclose(soundfile.read(tmp_path / "a.flac")[0], sound(3), atol=2**-22)


@pytest.mark.parametrize(
    ("limit", "parts", "archives", "least"),
    [
        (1_000_000, 1, 1, 150),  # well under what FLAC takes: the best that is not lossless
        (400_000, 1, 1, 60),  # smaller, in one
        (400_000, 10, 1, 96),
        (300_000, 10, 2, 150),  # two good ones are better than one poor one
        (220_000, 10, 3, 150),
    ],
)
def test_what_is_too_large_is_made_to_fit(
    music: Soundtrack, tmp_path: Path, limit: int, parts: int, archives: int, least: int
) -> None:
    made, files = packed(music, tmp_path, limit, parts)
    heard(files, tmp_path, ".opus")
    assert len(made.names) == archives
    assert made.kbps >= least


def test_what_can_never_fit_comes_as_small_as_it_is_worth_having(music: Soundtrack, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    made = pack([music], tmp_path / "work", tmp_path, limit=10_000, parts=2)
    assert made.kbps == 40, "the delivery says how large it is"
    assert made.names == ("stems.zip",)
