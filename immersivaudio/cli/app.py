"""Where the commands meet, and where every error becomes one plain line."""

import os
import signal
import sys

import typer

from immersivaudio import __version__, terminal, threads
from immersivaudio.cli import commands, overview
from immersivaudio.cli.explaining import explained
from immersivaudio.errors import ImmersivaudioError

app = typer.Typer(
    help=overview.SUMMARY,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print it."),
) -> None:
    """Options that stand before the command."""


def main() -> None:
    """Run the command; end with one line and an exit code where something is wrong."""
    terminal.be_plain()
    threads.spare()
    # A plain `kill`, or a terminal that closes, unwinds like Ctrl-C, so that half-made files are taken away.
    for ending in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(ending) is not signal.SIG_IGN:  # under nohup, it goes on
            signal.signal(ending, lambda number, _frame: sys.exit(128 + number))
    try:
        commands.register(app, sys.argv[1:])
        app(standalone_mode=True)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    except Exception as error:
        if os.environ.get("IMMERSIVAUDIO_DEBUG") and not isinstance(error, ImmersivaudioError):
            raise
        line, code = explained(error)
        _say(line)
        sys.exit(code)


def _say(line: str) -> None:
    """Print one line, whatever the message holds."""
    typer.echo(f"immersivaudio: {' '.join(line.split())}", err=True)
