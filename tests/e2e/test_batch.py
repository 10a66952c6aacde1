"""Whole folders: side by side, gone on with, and one film's trouble is its own."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from immersivaudio.cli.batch.plan import MANIFEST
from tests import samples
from tests.patience import PATIENCE

COMMAND = [sys.executable, "-m", "immersivaudio", "score"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("many")
    for number in range(3):
        samples.film(place / f"clip {number}.mp4", shots=2, seconds=1.2 + number / 5)
        (place / f"silent-clip {number}.mp4").unlink(missing_ok=True)
    (place / "broken.mp4").write_text("hello")
    return place


def run(
    folder: Path, *arguments: object, clips: list[Path] | None = None
) -> subprocess.CompletedProcess[str]:
    named = clips or sorted(folder.glob("*.mp4"))
    command = [*COMMAND, *map(str, named), *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)


def test_a_folder_is_scored_once_and_gone_on_with(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "scored"
    done = run(folder, "--jobs", 2, "-o", out)
    assert done.returncode == 2, done.stderr  # one of them is no film
    assert "3 scored, 1 failed" in done.stdout
    assert "broken.mp4: the file is text, not a video" in done.stdout
    assert sorted(path.name for path in out.glob("*.mp4")) == [f"clip {n}.scored.mp4" for n in range(3)]
    assert "4/4" in done.stderr  # no terminal: a line for each film

    alone = tmp_path / "alone.mp4"
    subprocess.run(
        [*COMMAND, "-q", str(folder / "clip 1.mp4"), "-o", str(alone)], check=True, capture_output=True
    )
    assert alone.read_bytes() == (out / "clip 1.scored.mp4").read_bytes()

    before = {path: path.stat().st_mtime_ns for path in out.glob("*.mp4")}
    (out / "clip 2.scored.mp4").unlink()
    again = run(folder, "--jobs", 2, "-o", out, "-q")
    assert "1 scored, 2 kept from before, 1 failed" in again.stdout and not again.stderr
    kept = out / "clip 0.scored.mp4"
    assert kept.stat().st_mtime_ns == before[kept]

    other = run(
        folder, "-o", out, "--json", "--seed", 5, clips=[folder / "clip 0.mp4", folder / "clip 1.mp4"]
    )
    rows = [json.loads(line) for line in other.stdout.splitlines()]
    assert [row["sheet"]["seed"] for row in rows] == [5, 5]  # another wish: scored anew
    assert other.returncode == 0


def test_results_among_the_clips_are_left_out(folder: Path, tmp_path: Path) -> None:
    clips = [samples.film(tmp_path / f"{name}.mp4", shots=1, seconds=2) for name in "ab"]
    (tmp_path / "a.scored.mp4").write_bytes(b"of before")
    done = run(tmp_path, "-q", clips=[*clips, tmp_path / "a.scored.mp4"])
    assert "2 scored" in done.stdout and "failed" not in done.stdout
    assert not (tmp_path / "a.scored.scored.mp4").exists()


def test_what_cannot_be_is_refused_before_the_first_film(folder: Path, tmp_path: Path) -> None:
    first, second = folder / "clip 0.mp4", folder / "clip 1.mp4"
    twin = tmp_path / "clip 0.mov"
    twin.write_bytes(first.read_bytes())
    for clips, arguments, said in (
        ([first, twin], ["-o", tmp_path / "out"], "would both become clip 0.scored.mp4; rename one of them"),
        ([first, second], ["-o", "all.mp4"], "all.mp4 is one file, and there are 2 clips; name a folder"),
        ([first, second], ["--plot", "x.png"], "--plot is for one clip; score the clips one by one for it"),
        ([first, second], ["--cuts", "x.edl"], "--cuts is for one clip"),
    ):
        done = run(tmp_path, "-q", *arguments, clips=clips)
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert not list(tmp_path.rglob("*.scored.mp4"))


def until(event: Callable[[], object]) -> None:
    """Wait for an event."""
    end = time.monotonic() + PATIENCE
    while not event():
        assert time.monotonic() < end
        time.sleep(0.02)


def children(process: "subprocess.Popen[str]") -> list[psutil.Process]:
    """The processes that score; on one that is gone, none."""
    try:
        found = psutil.Process(process.pid).children()
        return [child for child in found if "immersivaudio.cli.batch.process" in child.cmdline()]
    except psutil.Error:
        return []


def started(folder: Path, out: Path) -> "subprocess.Popen[str]":
    clips = [str(folder / f"clip {number}.mp4") for number in range(3)]
    command = [*COMMAND, *clips, "-o", str(out), "-q"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_process_that_dies_costs_one_film(folder: Path, tmp_path: Path) -> None:
    process = started(folder, tmp_path / "out")
    until(lambda: children(process))
    children(process)[0].kill()
    said, _ = process.communicate(timeout=300)
    assert "2 scored, 1 failed" in said
    assert "clip 0.mp4: the process ended over this film, perhaps for want of memory" in said
    assert process.returncode == 1


@pytest.mark.usefixtures("terminal")
def test_a_batch_that_is_stopped_leaves_whole_results_and_no_process(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = started(folder, out)
    until((out / MANIFEST).exists)
    left = children(process)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 130
    assert "left, with which the same command goes on" in said
    until(lambda: not any(child.is_running() for child in left))
    assert not [path for path in out.iterdir() if path.name.startswith(".immersivaudio-") and path.is_dir()]
    done = started(folder, out)
    told, _ = done.communicate(timeout=300)
    assert done.returncode == 0
    assert "kept from before" in told and "0 scored" not in told
