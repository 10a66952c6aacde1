"""`immersivaudio film`: several clips and photos become one film, cut to its music."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from immersivaudio import targets
from immersivaudio.cli import options, summary
from immersivaudio.cli.progress import bars
from immersivaudio.errors import UserError
from immersivaudio.options import ScoreOptions


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(film)


@options.of_score("share")
def film(
    parts: Annotated[list[Path], typer.Argument(help="Videos and photos, in their order.")],
    wishes: ScoreOptions,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Default: beside the first part.")] = None,
    like: options.Like = None,
    save_sheet: Annotated[Path | None, typer.Option(help="Write the cue sheet.")] = None,
    max_bytes: Annotated[str | None, typer.Option(help="Make the result fit, e.g. 9.5M.")] = None,
    soundfont: options.SoundFontFile = None,
    backend: options.Backends = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Cut several clips and photos to one film: photos are panned over, every change falls on a beat."""
    from immersivaudio import registry, sheets
    from immersivaudio.pipeline import Pipeline

    if not all(part.name for part in parts):
        raise UserError("that is a folder, not a file", "name videos and photos")
    target = out or targets.named(parts[0], ".film.mp4")
    targets.check_sheet(save_sheet)
    for part in parts:
        targets.check_result(part, target)
        targets.check_apart(part, target, save_sheet)
    request = replace(wishes, like=like is not None, max_bytes=options.size(max_bytes))
    settings = options.settings(options.with_font(backend, soundfont))
    registry.check(settings)
    with bars(quiet=quiet or json) as listener, tempfile.TemporaryDirectory(prefix="immersivaudio-") as work:
        pipeline = Pipeline(settings, listener, warm=False)
        pipeline.song = like
        try:
            scored = pipeline.film(parts, request, target, Path(work))
        finally:
            pipeline.close()
        if save_sheet:
            targets.write_text(save_sheet, sheets.dump(scored.sheet))
    if json:
        typer.echo(summary.as_json(scored))
    else:
        summary.show(scored)
