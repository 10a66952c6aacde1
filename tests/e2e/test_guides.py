"""The code in docs/ does what the page says when somebody copies it."""

import asyncio
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from immersivaudio import example
from immersivaudio.config import Settings
from immersivaudio.media import probe
from immersivaudio.queue import Queue
from tests.integration.worker.service import Service
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]


def _code(page: str) -> str:
    """The first Python block of a page."""
    found = re.search(r"```python\n(.*?)```", (ROOT / "docs" / page).read_text(), re.DOTALL)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example.make(tmp_path_factory.mktemp("clip") / "clip.mp4")


def test_a_palette_from_the_guide_is_found_chosen_and_heard(tmp_path: Path, clip: Path) -> None:
    package = tmp_path / "immersivaudio"
    shutil.copytree(ROOT / "immersivaudio", package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "music" / "palettes" / "desert.py").write_text(_code("writing-a-palette.md"))
    out = tmp_path / "out.mp4"
    command = [sys.executable, "-m", "immersivaudio", "score", "-q", str(clip), "-o", str(out)]
    done = subprocess.run(
        [*command, "--mood", "desert", "--save-sheet", str(tmp_path / "sheet.json")],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "sheet.json").read_text())["palette"] == "desert"
    assert probe(out, Settings()).audio is not None


def test_a_palette_from_the_guide_passes_the_line_that_judges_it(tmp_path: Path) -> None:
    """In a copy of the checkout, the line as the page gives it."""
    page = (ROOT / "docs" / "writing-a-palette.md").read_text()
    line = re.search(r"^\.venv/bin/(pytest .*?)\s*#", page, re.MULTILINE)
    assert line
    for part in ("immersivaudio", "tests", "docs"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "immersivaudio" / "music" / "palettes" / "desert.py").write_text(
        _code("writing-a-palette.md")
    )
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(line[1]), "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert re.search(r"[1-9]\d* passed", done.stdout)


def test_a_backend_from_the_guide_is_listed_chosen_and_judged(tmp_path: Path, clip: Path) -> None:
    page = (ROOT / "docs" / "writing-a-backend.md").read_text()
    module, suite = _code("writing-a-backend.md"), re.search(r"^pytest (tests/.*)$", page, re.MULTILINE)
    points = re.search(r'^"(detect\.mine)" = "(\S+)"$', page, re.MULTILINE)
    assert points
    assert suite
    installed = tmp_path / "my_package-1.dist-info"
    for path, text in (
        (tmp_path / "my_package" / "__init__.py", ""),
        (tmp_path / "my_package" / "mine.py", module),
        (
            installed / "METADATA",
            "Metadata-Version: 2.4\nName: my-package\nVersion: 1\nLicense-Expression: GPL-3.0-or-later\n",
        ),
        (installed / "entry_points.txt", f"[immersivaudio.backends]\n{points[1]} = {points[2]}\n"),
    ):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    def said(*arguments: str, here: Path = tmp_path) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=here, env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    listed = {row["what"]: row for row in json.loads(said("immersivaudio", "doctor", "--json"))}
    assert listed["detect mine"]["licence"] == "GPL-3.0-or-later", "a stranger's, never a default"
    told = said("immersivaudio", "score", str(clip), "-b", "detect=mine", "-o", str(tmp_path / "out.mp4"))
    assert "detect mine" in told
    assert re.search(r"[1-9]\d* passed", said("pytest", "-q", *suite[1].split(), here=ROOT))


def test_the_frontend_from_the_guide_scores_a_folder_once(tmp_path: Path, clip: Path) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    shutil.copy(clip, folder / "holiday.mp4")
    program = tmp_path / "folder.py"
    program.write_text(_code("writing-a-frontend.md"))
    with Service(tmp_path, renderer="worker.rendering.pipeline_renderer:build") as service:
        service.start("run")
        service.start("deliver")

        def frontend() -> str:
            done = subprocess.run(
                [sys.executable, str(program), str(folder), "hopeful"],
                env=service.environment, cwd=tmp_path, capture_output=True, text=True, check=False,
                timeout=120,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            return done.stdout

        said = frontend()
        assert "holiday.mp4 delivered" in said
        assert len((folder / "holiday.scored.mp4").read_bytes()) > 100_000
        again = frontend()
        assert "holiday.mp4 delivered" in again
        accepted = asyncio.run(_accepted(service))
    assert accepted == 1, "the same file twice is one request"


async def _accepted(service: Service) -> int:
    async with Queue.connect(service.settings) as queue:
        return int(await queue.redis.hget(queue.job_store.key("count"), "accepted") or 0)
