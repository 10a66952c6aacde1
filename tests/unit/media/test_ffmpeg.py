"""The runner: nothing outlives it, nothing but local files is opened, one line is said."""

import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from immersivaudio.errors import Fault, StageFailedError, TooMuchWorkError
from immersivaudio.media import ffmpeg
from tests import measure

_ENDLESS = ("-f", "lavfi", "-re", "-i", "testsrc=s=64x64:r=10", "-f", "null", "-")


def _children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


def test_what_takes_too_long_is_killed_and_gone() -> None:
    before = _children()
    started = time.monotonic()
    with pytest.raises(TooMuchWorkError, match="not done after 1 s"):
        ffmpeg.run(_ENDLESS, timeout=1)
    assert time.monotonic() - started < 30
    assert _children() <= before


def test_an_interruption_leaves_no_process() -> None:
    before = _children()

    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ffmpeg.run(_ENDLESS, timeout=60, told=interrupted)
    assert _children() <= before


def test_failure_is_one_plain_line_without_paths(tmp_path: Path) -> None:
    with pytest.raises(StageFailedError) as caught:
        ffmpeg.run([*ffmpeg.source("mov", tmp_path / "not there.mp4"), "-f", "null", "-"], timeout=30)
    said = str(caught.value)
    assert "\n" not in said
    assert str(tmp_path) not in said


@pytest.mark.parametrize(
    ("log", "words", "fault"),
    [("av_write: No space left on device", "disk is full", Fault.OPERATOR), ("?", "ffmpeg", Fault.US)],
)
def test_a_full_disk_is_named_and_no_fault_of_ours(log: str, words: str, fault: Fault) -> None:
    error = ffmpeg.failure(log)
    assert words in str(error)
    assert error.fault is fault


def test_a_playlist_in_disguise_opens_nothing(tmp_path: Path) -> None:
    measure.ffmpeg("-f", "lavfi", "-i", "testsrc=s=64x64:d=1", tmp_path / "secret.mp4")
    playlist = tmp_path / "clip.mp4"
    playlist.write_text("ffconcat version 1.0\nfile secret.mp4\n")
    with pytest.raises(StageFailedError):
        ffmpeg.run([*ffmpeg.source("mov", playlist), "-f", "null", "-"], timeout=30)


def test_progress_is_told_and_pictures_can_be_fed(tmp_path: Path) -> None:
    heard: list[float] = []

    def pictures() -> Iterator[bytes]:
        for shade in range(50):
            yield bytes([shade]) * (64 * 64 * 3)

    raw = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "64x64", "-r", "25", "-i", "pipe:0")
    out = tmp_path / "fed.mp4"
    ffmpeg.run([*raw, "-c:v", "libx264", f"file:{out}"], timeout=60, told=heard.append, feed=pictures())
    assert measure.video_packets(out).count == 50
    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(2.0, abs=0.2)


def test_a_feed_that_breaks_is_not_taken_for_the_end(tmp_path: Path) -> None:
    def pictures() -> Iterator[bytes]:
        yield bytes(64 * 64 * 3)
        raise MemoryError

    raw = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "64x64", "-r", "25", "-i", "pipe:0")
    with pytest.raises(MemoryError):
        ffmpeg.run([*raw, "-f", "null", "-"], timeout=60, feed=pictures())
