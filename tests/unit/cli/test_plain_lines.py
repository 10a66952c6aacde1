"""What stands between a user and a neural backend is one plain line each, with the remedy in it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from immersivaudio import sheets
from immersivaudio.registry import TABLE
from tests.contracts.test_generate import sheet

WITHOUT = """
import sys
from importlib.machinery import PathFinder

class Without:
    "Finds what is installed, but none of these: as on a machine without them."
    find_distributions = PathFinder.find_distributions
    @staticmethod
    def find_spec(name, path=None, target=None):
        heavy = {"torch", "transformers", "ultralytics", "accelerate", "audiocraft", "diffusers"}
        if name.partition(".")[0] in heavy | {"llguidance"}:
            return None
        return PathFinder.find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(PathFinder)] = Without
from immersivaudio.cli import main
main()
"""
NEURAL = [row for row in TABLE if "torch" in row.needs]
needs_torch = pytest.mark.neural


def told(code: list[str], *arguments: object, **environment: str) -> str:
    """The one line a command ends with, and the exit status of an installation at fault."""
    done = subprocess.run(
        [sys.executable, *code, *map(str, arguments)],
        env=os.environ | {f"IMMERSIVAUDIO_{name}": value for name, value in environment.items()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.json"
    path.write_text(sheets.dump(sheet("1")), encoding="utf-8")
    return path


@pytest.mark.medium
@pytest.mark.parametrize("row", NEURAL, ids=lambda row: f"{row.stage}-{row.name}")
def test_a_missing_extra_names_the_command_that_installs_it(row, tmp_path: Path) -> None:
    line = told(["-c", WITHOUT], "score", tmp_path / "clip.mp4", "-b", f"{row.stage}={row.name}")
    needs = ", ".join(row.needs)
    assert line == (
        f"immersivaudio: the {row.stage} backend {row.name!r} needs {needs}; install it with: {row.install}."
    )


def test_the_extra_is_what_brings_what_the_backends_need() -> None:
    """The command in the line above would really help."""
    import tomllib

    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {
        extra: {line.split(">")[0].split("[")[0].partition("-opencv")[0] for line in lines}
        for extra, lines in project["optional-dependencies"].items()
    }
    checked = [row.name for row in NEURAL if row.extra in extras and set(row.needs) <= extras[row.extra]]
    assert checked == [row.name for row in NEURAL if row.name not in ("audiocraft", "audiogen")]
    assert not [package for package in extras["neural"] if "ultralytics" in package], "it is under AGPL"


@needs_torch
@pytest.mark.parametrize("row", [row for row in NEURAL if row.extra == "neural"], ids=lambda row: row.name)
def test_missing_weights_are_told_before_the_clip_is_watched(row, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_text("whoever looks at this sees that it is no clip")
    line = told(
        ["-m", "immersivaudio"],
        *("score", clip, "--quiet", "-b", f"{row.stage}={row.name}"),
        MODELS=str(tmp_path / "models"),
    )
    assert "are not on this machine; fetch them with: immersivaudio models pull " in line


@needs_torch
def test_doctor_names_the_command_that_fetches_what_is_missing(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "immersivaudio", "doctor", "--json"],
        env=os.environ | {"IMMERSIVAUDIO_MODELS": str(tmp_path)},
        capture_output=True,
        check=True,
    ).stdout
    row = next(one for one in json.loads(found) if one["what"] == "generate acestep")
    command = "immersivaudio models pull ACE-Step/acestep-v15-xl-turbo-diffusers"
    assert (row["state"], row["remedy"]) == ("missing", command)


@needs_torch
def test_missing_weights_name_the_command_that_fetches_them(plan: Path, tmp_path: Path) -> None:
    line = told(
        ["-m", "immersivaudio"],
        *("generate", plan, tmp_path / "out", "--quiet", "-b", "generate=musicgen"),
        MODELS=str(tmp_path / "models"),
    )
    assert line == (
        "immersivaudio: the weights of facebook/musicgen-small are not on this machine; "
        "fetch them with: immersivaudio models pull facebook/musicgen-small."
    )


@needs_torch
def test_weights_of_another_revision_are_named_and_so_is_the_command(plan: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models" / "facebook--musicgen-small"
    folder.mkdir(parents=True)
    (folder / "immersivaudio.json").write_text(json.dumps({"revision": "b" * 40, "files": {}}))
    line = told(
        ["-m", "immersivaudio"],
        *("generate", plan, tmp_path / "out", "--quiet", "-b", "generate=musicgen"),
        MODELS=str(tmp_path / "models"),
    )
    assert "is here at revision bbbbbbbb, but 4c8334b0 is asked for; fetch that one with: " in line
    assert line.endswith("immersivaudio models pull facebook/musicgen-small.")


@needs_torch
def test_a_gpu_that_is_asked_for_and_missing_names_the_setting(plan: Path, tmp_path: Path) -> None:
    line = told(
        ["-m", "immersivaudio"],
        *("generate", plan, tmp_path / "out", "--quiet", "-b", "generate=musicgen"),
        MUSICGEN_MODEL=str(tmp_path),
        DEVICE="cuda",
    )
    cures = ("start on a machine with an NVIDIA driver", "install a torch that is built for CUDA")
    assert line in {
        f"immersivaudio: no GPU is visible here; set IMMERSIVAUDIO_DEVICE=cpu, or {cure}." for cure in cures
    }
