"""`immersivaudio models`: pull, list and verify weights of neural backends. Nothing else downloads any."""

import json as jsons
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from immersivaudio.cli import options
from immersivaudio.cli.progress import bars
from immersivaudio.errors import OperatorError

Name = Annotated[str, typer.Argument(help="A name of `models list`, or owner/name@commit.")]


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(no_args_is_help=True, help="Weights of neural backends: pull, list, verify.")
    for command in (list_models, pull, verify):
        group.command("list" if command is list_models else None)(command)
    app.add_typer(group, name="models", rich_help_panel="As a service")


def list_models(json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Say which models we know, whether they are here, and what their licence asks."""
    from immersivaudio.models import listing
    from immersivaudio.models.model_store import as_dict

    entries = listing(options.settings())
    if json:
        typer.echo(jsons.dumps([as_dict(entry) for entry in entries]))
        return
    table = Table()
    for head in ("stage", "model", "state", "MB", "licence", "what it is"):
        table.add_column(head, overflow="fold")
    for entry in entries:
        table.add_row(
            entry.stage, entry.name, entry.state, str(entry.megabytes), entry.licence, entry.summary
        )
    Console().print(table)


def pull(name: Name) -> None:
    """Download a model at its pinned revision, and check every file."""
    from immersivaudio import models
    from immersivaudio.models.model_store import resolve

    typer.echo(f"licence: {resolve(name).licence}")
    with bars() as listener:
        folder = models.pull(name, options.settings(), lambda done: listener("pull", done))
    typer.echo(f"{name} is in {folder}")


def verify(name: Name) -> None:
    """Hash the files of a pulled model again."""
    from immersivaudio import models

    wrong = models.verify(name, options.settings())
    for line in wrong:
        typer.echo(line)
    if wrong:
        raise OperatorError(f"{name} is not what was pulled", f"immersivaudio models pull {name}")
    typer.echo(f"{name} is whole")
