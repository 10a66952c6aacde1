"""Results are written whole or not at all, under names that disks take."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from immersivaudio import targets


@contextmanager
def full_after(size: int) -> Iterator[None]:
    """As on a disk that takes so many more bytes of a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_sheet_that_does_not_fit_leaves_the_one_before(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.json"
    sheet.write_text("before")
    with full_after(1000), pytest.raises(OSError, match="too large"):
        targets.write_text(sheet, "x" * 5000)
    assert sheet.read_text() == "before"
    assert list(tmp_path.iterdir()) == [sheet]


def test_of_stems_that_do_not_all_fit_none_is_left(tmp_path: Path) -> None:
    with (
        full_after(1000),
        pytest.raises(OSError, match="too large"),
        targets.filled(tmp_path / "stems") as new,
    ):
        (new / "small.wav").write_bytes(bytes(500))
        (new / "large.wav").write_bytes(bytes(5000))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("letter", ["a", "ü", "音"])
def test_a_name_that_is_too_long_is_shortened(letter: str, tmp_path: Path) -> None:
    clip = tmp_path / f"{letter * (250 // len(letter.encode()))}.mp4"
    clip.write_bytes(b"clip")
    place = targets.named(clip, ".scored.mp4")
    assert place.name.endswith(f"{letter}.scored.mp4")
    place.write_bytes(b"film")
