"""`immersivaudio up` and `submit`: the doors to the queue and the worker, which are other programs.

The library knows neither (a never of the design), so these commands start them by name.
"""

import subprocess
import sys
from importlib.util import find_spec

import typer

from immersivaudio.errors import BackendUnavailableError

_PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(context_settings=_PASS_ON, rich_help_panel="As a service")(up)
    app.command(context_settings=_PASS_ON, rich_help_panel="As a service")(submit)


def up(context: typer.Context) -> None:
    """Start Redis, a worker and every frontend that has credentials; Ctrl-C stops them."""
    worker("up", context.args)


def submit(context: typer.Context) -> None:
    """Send a clip through the queue, and wait for the result."""
    worker("submit", context.args)


def worker(command: str, arguments: list[str]) -> None:
    """Run `python -m worker <command>` and leave with its exit code."""
    if find_spec("arq") is None:
        raise BackendUnavailableError(
            "the queue is not installed", "install it with: pip install 'immersivaudio[queue]'"
        )
    process = subprocess.Popen([sys.executable, "-m", "worker", command, *arguments])
    while True:
        try:
            raise typer.Exit(process.wait())
        except KeyboardInterrupt:
            continue  # Ctrl-C reached the child, too: wait for its clean stop
