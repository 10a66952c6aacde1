"""`immersivaudio export`: a clip's music, handed over to an editor or a composer."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from immersivaudio import targets
from immersivaudio.cli import options
from immersivaudio.cli.progress import bars
from immersivaudio.errors import UserError
from immersivaudio.recutting import noted
from immersivaudio.share.apply import apply_code, photo_length
from immersivaudio.values import Clip, CueSheet, CutList, OriginalSound, Request, Seconds

if TYPE_CHECKING:
    from immersivaudio.pipeline import Pipeline


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    clip: Annotated[Path, typer.Argument(help="A video.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="A folder, or a .zip, .otioz or .dawproject. Default: beside the clip."
        ),
    ] = None,
    mood: options.Mood = "",
    share: options.Share = "",
    seed: options.Seed = None,
    take: options.Take = 1,
    sheet: Annotated[Path | None, typer.Option(help="Play this cue sheet instead of planning one.")] = None,
    cuts: Annotated[
        Path | None, typer.Option(help="An editor's cuts and markers: .edl, .fcpxml, .otio, .xml, .csv.")
    ] = None,
    sounds: Annotated[bool, typer.Option("--sounds", help="Add sounds of the scene.")] = False,
    original: Annotated[OriginalSound, typer.Option(help="What becomes of the clip's own sound.")] = "auto",
    start: Annotated[
        str, typer.Option(help="Timecode of the first picture. Default: the film's own, else 00:00:00:00.")
    ] = "",
    backend: options.Backends = None,
    quiet: options.Quiet = False,
) -> None:
    """Hand the film over with its music: WAV stems, MIDI, and timelines for editors and DAWs."""
    from immersivaudio.export import package, planning
    from immersivaudio.pipeline import Pipeline

    target = out or targets.named(clip, "-export")
    options.check_plan(
        sheet, share=share, changed=bool(mood.strip()) or seed is not None or take != 1, cuts=cuts
    )
    package.check(target, clip)
    request = apply_code(
        Request(mood=mood, share=share, seed=seed, take=take, sounds=sounds, original=original, stems=True)
    )
    settings = options.settings(backend)
    with bars(quiet=quiet) as listener, tempfile.TemporaryDirectory(prefix="immersivaudio-") as name:
        pipeline = Pipeline(settings, listener)
        opened = pipeline.open(clip, photo_duration=photo_length(None, request.share))
        if opened.kind == "photo":
            raise UserError("a photo has no timeline", "score it, and export the video that comes back")
        if start:
            planning.start_at(opened, start)
        plan, shots = _planned(pipeline, opened, request, sheet, options.cut_list(cuts, opened))
        work = Path(name)
        scored = pipeline.render(opened, plan, request, work / "scored.mp4", work)
        listener("export", 0.0)
        made = package.export(
            scored, shots, target, settings, start=start, progress=lambda done: listener("export", done)
        )
        pipeline.close()
    timeline = made.timeline
    typer.echo(str(made.path))
    typer.echo(
        f"{len(timeline.sounds)} sounds, {len(timeline.markers)} markers, {len(timeline.cuts)} cuts, "
        f"{float(timeline.rate.rate):.5g} pictures a second from {timeline.rate.timecode(timeline.start)}"
    )


def _planned(
    pipeline: "Pipeline", clip: Clip, request: Request, sheet: Path | None, edit: CutList | None
) -> tuple[CueSheet, tuple[Seconds, ...]]:
    """Return the plan, and where the film's shots begin."""
    from immersivaudio import sheets

    if sheet is None:
        seen = pipeline.analyse(clip, edit)
        plan, footage = noted(pipeline.plan(seen, request), edit), seen.footage
    else:
        plan = sheets.load(options.sheet_text(sheet))
        sheets.check_fits(plan, clip)
        footage = pipeline.watch(clip)
    return plan, tuple(shot.start for shot in footage.shots if shot.start > 0)
