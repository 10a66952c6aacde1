"""Places that are not a developer's: a terminal without Unicode, folders that cannot be written, no home."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

COMMAND = [sys.executable, "-m", "immersivaudio"]
UNWRITABLE = "/sys"
"""Nobody writes there, root included."""


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    Image.radial_gradient("L").convert("RGB").save(path)
    return path


def run(*words: object, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    known = {name: value for name, value in os.environ.items() if name not in {"LC_ALL", "LANG", "HOME"}}
    return subprocess.run(
        [*COMMAND, *map(str, words)], cwd=cwd, env=known | environment, capture_output=True, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_a_terminal_without_unicode_gets_plain_letters(encoding: str, photo: Path) -> None:
    clip = photo.rename(photo.with_name("söndag – ♥.png"))
    for words in (
        ["score", clip.name, "--duration", "1"],
        ["doctor"],
        ["score", "--help"],
        ["demo", "--help"],
    ):
        done = run(*words, cwd=photo.parent, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert done.returncode == 0, done.stderr
        said = done.stdout.decode(encoding)
        assert "Traceback" not in done.stderr.decode(encoding)
        if words[0] == "doctor":
            assert "* chosen   o ready   - not installed" in said
    done = run("score", "nichts – da.mp4", cwd=photo.parent, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)


@pytest.mark.medium
@pytest.mark.parametrize(
    "words",
    [
        ["score", "photo.png", "-o", f"{UNWRITABLE}/film.mp4"],
        ["score", "photo.png", "--save-sheet", f"{UNWRITABLE}/sheet.json"],
        ["score", "photo.png", "--plot", f"{UNWRITABLE}/plot.png"],
        ["score", "photo.png", "--stems", f"{UNWRITABLE}/stems"],
        ["takes", "photo.png", "--folder", f"{UNWRITABLE}/takes"],
        ["frames", "photo.png", f"{UNWRITABLE}/seen"],
        ["demo", "-o", f"{UNWRITABLE}/out"],
    ],
)
def test_a_target_that_cannot_be_written_is_told_before_any_work(words: list[str], photo: Path) -> None:
    done = run(*words, cwd=photo.parent)
    said = done.stderr.decode()
    assert (done.returncode, said.count("\n")) == (3, 1), said
    assert said.startswith(f"immersivaudio: nothing can be written in {UNWRITABLE} (")
    assert "name another folder" in said
    assert list(photo.parent.iterdir()) == [photo]


@pytest.mark.medium
def test_a_demo_where_nothing_can_be_written_names_its_option() -> None:
    """As in a checkout on a read-only disk."""
    done = run("demo", cwd=Path(UNWRITABLE), PYTHONPATH=str(Path(__file__).parents[3]))
    assert done.returncode == 3
    assert done.stderr.decode().strip().endswith("name another folder with -o.")


@pytest.mark.medium
def test_without_a_home_what_needs_none_works_and_the_rest_says_what_to_set(photo: Path) -> None:
    """A user id that no passwd knows, as containers have it."""
    code = (
        "import pwd, sys\n"
        "def unknown(_): raise KeyError('uid not found')\n"
        "pwd.getpwuid = unknown\n"
        "from immersivaudio.cli import main\n"
        "sys.argv[0] = 'immersivaudio'\n"
        "main()"
    )

    def homeless(*words: str) -> "subprocess.CompletedProcess[str]":
        known = {name: value for name, value in os.environ.items() if name != "HOME"}
        return subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=photo.parent,
            env=known,
            capture_output=True,
            text=True,
            check=False,
        )

    done = homeless("score", "photo.png", "--duration", "1")
    assert done.returncode == 0, done.stderr
    assert homeless("doctor").returncode == 0
    done = homeless("models", "list")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1), done.stderr
    assert "there is no home folder here; set HOME or IMMERSIVAUDIO_MODELS" in done.stderr
