"""Commands that are listed without being imported: the list must say what each says of itself."""

import importlib
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from immersivaudio.cli.commands import COMMANDS, register


def _help(app: typer.Typer) -> str:
    return CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).output


def test_the_list_is_what_the_commands_say_of_themselves() -> None:
    listed, whole = typer.Typer(rich_markup_mode="rich"), typer.Typer(rich_markup_mode="rich")
    register(listed, ["--help"])
    for room in dict.fromkeys(command.room for command in COMMANDS):
        importlib.import_module(f"immersivaudio.cli.{room}").register(whole)
    assert _help(listed) == _help(whole)


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_a_command_that_is_named_is_whole(command: str) -> None:
    app = typer.Typer()
    register(app, [command, "--help"])
    names = [one.name or one.callback.__name__ for one in app.registered_commands if one.callback]
    names += [group.name for group in app.registered_groups if group.name]
    assert sorted(names) == sorted(one.name for one in COMMANDS)
    functions = {
        one.callback.__module__ for one in app.registered_commands if one.name is None and one.callback
    }
    assert functions <= {f"immersivaudio.cli.{room}" for room in {one.room for one in COMMANDS}}


@pytest.mark.medium
def test_a_slip_of_the_keyboard_is_answered_with_the_nearest_command() -> None:
    argv = [sys.executable, "-m", "immersivaudio", "scroe"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "'score'" in done.stderr
