"""`immersivaudio --help` is what Typer would print, and imports next to nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from immersivaudio.cli import commands, overview
from immersivaudio.cli.app import app

_RUN = "import sys; sys.argv[:] = {!r}; from immersivaudio.cli import main; main()"


@pytest.mark.parametrize("columns", [60, 80, 97, 200])
def test_it_is_line_by_line_what_typer_prints(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "registered_commands", [])
    commands.register(app, ["--help"])
    printed = CliRunner().invoke(
        app, ["--help"], prog_name="immersivaudio", env={"COLUMNS": str(columns), "TERM": "dumb"}
    )
    assert list(overview.lines(columns)) == printed.output.splitlines()


def test_the_command_line_prints_it_without_typer() -> None:
    code = _RUN.format(["/somewhere/immersivaudio", "--help"]) + "; print(sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_utf8()
    )
    *told, modules = done.stdout.splitlines()
    assert told == list(overview.lines(80))
    assert not {"'typer'", "'rich'", "'numpy'", "'pydantic'"} & set(modules.strip("[]").split(", "))


@pytest.mark.parametrize("arguments", [["immersivaudio", "--version"], ["immersivaudio", "score", "--help"]])
def test_whatever_else_is_asked_is_typers(arguments: list[str]) -> None:
    assert not overview.shown(arguments)


def test_names_have_a_colour_on_a_terminal_and_the_same_width() -> None:
    plain, coloured = list(overview.lines(80)), list(overview.lines(80, coloured=True))
    assert any("\x1b[1;36mscore\x1b[0m" in line for line in coloured)
    assert [line.replace("\x1b[1;36m", "").replace("\x1b[0m", "") for line in coloured] == plain


def _utf8() -> dict[str, str]:
    return {"PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(Path(overview.__file__).parents[2]), "PATH": ""}
