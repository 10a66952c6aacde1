"""`immersivaudio up` and `submit`: the doors to the queue and the worker, which are other programs.

The library knows neither (a never of the design), so these commands start them by name.
"""

import os
import sys
from importlib.util import find_spec

import typer

from immersivaudio import installation
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
    """Become `python -m worker <command>`.

    Become, not start: so that a signal to this process, be it Ctrl-C, a plain kill or a service manager's,
    reaches the one that knows how to stop without losing anything.
    """
    installation.check_service()
    if find_spec("arq") is None:
        raise BackendUnavailableError(
            "the queue is not installed", f"install it with: {installation.command('queue')}"
        )
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "worker", command, *arguments])  # noqa: S606 - no shell
