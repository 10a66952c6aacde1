"""What `immersivaudio --help` prints, without the libraries that lay it out: importing them is most of it.

Line by line it is what Typer prints (tests/unit/cli/test_overview.py), names of commands coloured alike.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from textwrap import wrap

from immersivaudio.cli.commands import COMMANDS

SUMMARY = "A clip goes in, a scored clip comes out: music that fits what is seen and lands on the cuts."
_USAGE = "Usage: immersivaudio [OPTIONS] COMMAND [ARGS]..."
_OPTIONS = ("--version        <bool>  Print it.", "--help           <bool>  Show this message and exit.")
_NARROWEST = 60
"""Columns below which Typer breaks its lines in ways of its own."""
_NAME, _PLAIN = "\x1b[1;36m", "\x1b[0m"


def shown(arguments: list[str]) -> bool:
    """Print the list of commands if `arguments` (the program's name first) ask for that and nothing else.

    Return whether it was printed: another name, a narrow terminal or one without box characters is Typer's.
    """
    columns = shutil.get_terminal_size((80, 24)).columns
    plain_unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    named = arguments[0].rpartition("/")[2] == "immersivaudio"
    if not named or arguments[1:] != ["--help"] or columns < _NARROWEST or not plain_unicode:
        return False
    coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    sys.stdout.write("".join(f"{line}\n" for line in lines(columns, coloured=coloured)))
    return True


def lines(columns: int, *, coloured: bool = False) -> Iterator[str]:
    """Yield the lines, `columns` wide; `coloured` by ANSI sequences."""
    for text in ("", _USAGE, "", *wrap(SUMMARY, columns - 2), ""):
        yield f" {text}".ljust(columns)
    yield from _panel("Options", _OPTIONS, columns)
    width = max(len(command.name) for command in COMMANDS) + 2
    for panel in dict.fromkeys(command.panel for command in COMMANDS):
        rows = [
            (line, command.name if coloured and not place else "")
            for command in COMMANDS
            if command.panel == panel
            for place, line in enumerate(_row(command.name, command.summary, width, columns - 4))
        ]
        yield from _panel(panel or "Commands", rows, columns)
    yield ""


def _row(name: str, summary: str, width: int, columns: int) -> Iterator[str]:
    for place, text in enumerate(wrap(summary, columns - width, break_on_hyphens=False)):
        yield ("" if place else name).ljust(width) + text


def _panel(title: str, rows: "list[tuple[str, str]] | tuple[str, ...]", columns: int) -> Iterator[str]:
    """A box of rows, each with the name at its beginning that is coloured."""
    yield f"╭─ {title} ".ljust(columns - 1, "─") + "╮"
    for row in rows:
        text, name = (row, "") if isinstance(row, str) else row
        padded = text.ljust(columns - 4)
        yield "│ " + (f"{_NAME}{name}{_PLAIN}" if name else "") + padded[len(name) :] + " │"
    yield "╰" + "─" * (columns - 2) + "╯"
