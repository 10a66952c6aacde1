"""`immersivaudio takes`: several pieces over one clip, to choose from."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from immersivaudio import targets
from immersivaudio.cli import options
from immersivaudio.cli.progress import bars
from immersivaudio.errors import UserError
from immersivaudio.options import ScoreOptions


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(takes)


@options.of_score(but={"take", "original"})
def takes(
    clip: Annotated[Path, typer.Argument(help="A video or a photo.")],
    wishes: ScoreOptions,
    count: Annotated[int, typer.Option("--count", "-n", min=2, max=16, help="How many.")] = 3,
    first: Annotated[int, typer.Option(min=1, max=10_000, help="The first take; then the next ones.")] = 1,
    folder: Annotated[Path | None, typer.Option("--folder", help="Default: beside the clip.")] = None,
    duration: Annotated[float | None, typer.Option(help="How long a photo is held, s.")] = None,
    soundfont: options.SoundFontFile = None,
    backend: options.Backends = None,
    quiet: options.Quiet = False,
) -> None:
    """Score a clip several times, looking at it once; each is what `score --take` makes."""
    from immersivaudio import registry
    from immersivaudio.pipeline import Pipeline

    if not clip.name:
        raise UserError("that is a folder, not a file", "name one video or photo")
    target = folder or clip.parent
    targets.check_folder(folder, option="--folder")
    numbers = range(first, first + count)
    outs = [targets.named(clip, f".take-{number}.mp4", target) for number in numbers]
    for out in outs if target.is_dir() or not folder else ():
        targets.check_result(clip, out)
    requests = [replace(wishes, take=number, length=duration) for number in numbers]
    settings = options.settings(options.with_font(backend, soundfont))
    registry.check(settings, sounds=wishes.sounds)
    with bars(quiet=quiet) as listener, tempfile.TemporaryDirectory(prefix="immersivaudio-") as work:
        pipeline = Pipeline(settings, listener, warm=False)
        opened = pipeline.open(clip, photo_duration=duration)  # nothing is made for one that is refused
        options.tell_length(opened, duration)
        target.mkdir(parents=True, exist_ok=True)
        scored = pipeline.takes(clip, requests, outs, Path(work))
        pipeline.close()
    for one in scored:
        typer.echo(str(one.path))
    for note in dict.fromkeys(note for one in scored for note in one.receipt.notes):
        typer.echo(f"note: {note}")
