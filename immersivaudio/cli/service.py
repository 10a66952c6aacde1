"""`immersivaudio up`, `submit`, `api` and `mcp`: doors to the queue and the worker, which are other programs.

The library knows neither (a never of the design), so these commands start them by name.
"""

import json as jsons
import os
import secrets
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from immersivaudio import installation
from immersivaudio.errors import BackendUnavailableError

_PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(context_settings=_PASS_ON, rich_help_panel="As a service")(up)
    app.command(context_settings=_PASS_ON, rich_help_panel="As a service")(submit)
    app.command(rich_help_panel="As a service")(api)
    app.command(rich_help_panel="As a service")(mcp)


def api(
    new_key: Annotated[
        str | None, typer.Option(help="Make a key for a client of this name, and say where it goes.")
    ] = None,
) -> None:
    """Serve the HTTP API on the queue of `up`, for the clients that have a key."""
    if new_key is None:
        become("bot", "api", [])
        return
    from immersivaudio.chat.api import ApiSettings

    key = secrets.token_urlsafe(32)
    ApiSettings(keys={new_key: SecretStr(key)}, _env_file=None)  # type: ignore[call-arg] # a name that is none is refused
    typer.echo(f"IMMERSIVAUDIO_API_KEYS='{jsons.dumps({new_key: key})}'")
    typer.echo(
        "Put this line into .env, with any key that stands there; give the key to the client alone.", err=True
    )


def mcp(
    folder: Annotated[
        list[Path] | None, typer.Option(help="Where agents may read and write; may be repeated.")
    ] = None,
    http: Annotated[
        bool, typer.Option("--http", help="Serve /mcp to clients with an API key, not one at a pipe.")
    ] = False,
) -> None:
    """Serve the Model Context Protocol to an agent, on the queue of `up`."""
    if folder:
        os.environ["IMMERSIVAUDIO_MCP_FOLDERS"] = jsons.dumps([str(each.absolute()) for each in folder])
    if http:
        os.environ["IMMERSIVAUDIO_MCP_TRANSPORT"] = "http"
    become("bot", "mcp", [])


def up(context: typer.Context) -> None:
    """Start Redis, a worker and every frontend that has credentials; Ctrl-C stops them."""
    worker("up", context.args)


def submit(context: typer.Context) -> None:
    """Send a clip through the queue, and wait for the result."""
    worker("submit", context.args)


def worker(command: str, arguments: list[str]) -> None:
    """Become `python -m worker <command>`."""
    become("worker", command, arguments)


def become(package: str, command: str, arguments: list[str]) -> None:
    """Become `python -m <package> <command>`.

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
    os.execv(sys.executable, [sys.executable, "-m", package, command, *arguments])  # noqa: S606 - no shell
