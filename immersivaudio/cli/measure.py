"""`immersivaudio measure`: how well the music of any film lands on its cuts, whoever made it."""

import json as jsons
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from immersivaudio.cli import options, summary
from immersivaudio.cli.progress import bars
from immersivaudio.errors import UserError
from immersivaudio.values import SyncFigure


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(measure)


def measure(
    films: Annotated[list[Path], typer.Argument(help="Films with their music.")],
    cuts: Annotated[
        Path | None, typer.Option(help="The cuts as an editor knows them: .edl, .fcpxml, .otio, .xml, .csv.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a film.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Measure how well the sound of a film lands on its cuts, beyond chance."""
    if cuts and len(films) > 1:
        raise UserError("a cut list is of one film", "measure one film with it")
    for film in films:
        with bars(quiet=quiet or json) as listener:
            found = _measured(film, cuts, listener)
        if json:
            typer.echo(jsons.dumps(_plain(film, found), ensure_ascii=False))
        elif found is None:
            typer.echo(f"{film.name}: no hard cut, so there is nothing to measure")
        else:
            typer.echo(f"{film.name}: sync {summary.sync(found)}; by chance alone {_odds(found.luck)}")


def _measured(film: Path, cuts: Path | None, listener: Any) -> SyncFigure | None:
    from immersivaudio.apply_cut_list import recut
    from immersivaudio.media import decode_audio, onsets, sync
    from immersivaudio.pipeline import Pipeline, hard_cuts

    settings = options.settings()
    pipeline = Pipeline(settings, listener)
    clip = pipeline.open(film)
    if clip.kind == "photo":
        raise UserError(f"{film.name} is a photo", "measure a film")
    if clip.audio is None or not clip.audio.streams:
        raise UserError(f"{film.name} has no sound", "measure a film with its music")
    edit = options.cut_list(cuts, clip)
    footage = pipeline.watch(clip)
    pipeline.close()
    times = hard_cuts(recut(footage, edit) if edit else footage)
    heard = onsets.accents(onsets.flux(decode_audio.own_sound(clip, settings)))
    return sync.figure(times, heard, clip.duration)


def _odds(luck: float) -> str:
    return "less than 1 time in 1000" if luck < 0.001 else f"{luck:.1%} of the time"


def _plain(film: Path, found: SyncFigure | None) -> dict[str, Any]:
    if found is None:
        return {"film": film.name, "cuts": 0}
    return {"film": film.name, "sync": round(found.sync, 4), "share": round(found.share, 4)} | asdict(found)
