"""A share code crosses processes and folders with nothing beside it, and brings the same soundtrack back."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from immersivaudio import example
from tests import measure, samples


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example.make(tmp_path_factory.mktemp("example") / "example.mp4")


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("photo") / "photo.jpg"
    Image.fromarray(samples.scene(3)).save(path)
    return path


def run(folder: Path, *arguments: str | Path, code: int = 0) -> str:
    """The command as a user gives it, in a process of its own."""
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "immersivaudio", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout if code == 0 else done.stderr


def score(folder: Path, clip: Path, *options: str) -> dict[str, Any]:
    out = folder / "out.mp4"
    told: dict[str, Any] = json.loads(
        run(folder, "score", clip, "-o", out, "--json", "--stems", folder, *options)
    )
    return told


def sounds(folder: Path) -> dict[str, str]:
    return {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.suffix in {".wav", ".mid"}
    }


def test_the_same_clip_and_code_give_the_same_bytes(clip: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    first = score(here, clip, "--mood", "wistful but hopeful, with cello", "--sounds", "--original", "mix")
    code = first["receipt"]["share"]
    assert "hopeful" not in code.lower()
    there.mkdir()
    copy = there / "renamed.mp4"
    copy.write_bytes(clip.read_bytes())
    second = score(there, copy, "--share", code)
    assert len(sounds(here)) > 4
    assert sounds(there) == sounds(here)
    assert measure.sound(here / "out.mp4").tobytes() == measure.sound(there / "out.mp4").tobytes()
    assert second["receipt"]["share"] == code
    assert second["sheet"] == first["sheet"]


def test_a_photo_is_held_as_long_as_the_code_says(photo: Path, tmp_path: Path) -> None:
    first = score(tmp_path / "here", photo, "--duration", "4.5")
    second = score(tmp_path / "there", photo, "--mood", first["receipt"]["share"])
    assert second["sheet"] == first["sheet"]
    assert sounds(tmp_path / "there") == sounds(tmp_path / "here")


def test_a_code_of_other_settings_says_so_and_a_damaged_one_is_refused(film: Path, tmp_path: Path) -> None:
    run(tmp_path, "frames", film, "seen", "-q")
    for stage in ("detect", "select", "describe"):
        run(tmp_path, stage, "seen")
    run(tmp_path, "prompt", "seen", "-o", "sheet.json", "--mood", "epic", "--seed", "5")
    code = score(tmp_path / "here", film, "--mood", "epic", "--seed", "5")["receipt"]["share"]

    assert "note" not in run(tmp_path, "prompt", "seen", "-o", "again.json", "--share", code)
    assert (tmp_path / "again.json").read_text() == (tmp_path / "sheet.json").read_text()
    other = run(tmp_path, "prompt", "seen", "--share", code, "-b", "describe=vlm")
    assert "another version or with other settings" in other

    slip = code[:-1] + ("0" if code[-1] != "0" else "2")
    told = run(tmp_path, "remix", "sheet.json", "-o", "no.json", "--share", slip, code=2)
    assert told.strip() == (
        "immersivaudio: this share code is damaged; copy it again, all of it from IV- to the end."
    )
    assert not (tmp_path / "no.json").exists()
