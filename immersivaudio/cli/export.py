"""`immersivaudio export`: a clip's music, handed over to an editor or a composer."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from immersivaudio import targets
from immersivaudio.apply_cut_list import noted
from immersivaudio.cli import options
from immersivaudio.cli.progress import bars
from immersivaudio.errors import UserError
from immersivaudio.options import ScoreOptions
from immersivaudio.share.apply import open_code
from immersivaudio.values import Clip, CueSheet, Seconds

if TYPE_CHECKING:
    from immersivaudio.config import Settings
    from immersivaudio.export.package import Exported
    from immersivaudio.pipeline import Pipeline
    from immersivaudio.progress import StageProgress


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


@options.of_score("share")
def export(
    film: Annotated[Path, typer.Argument(metavar="CLIP|RESULT", help="A video, or one that was scored.")],
    wishes: ScoreOptions,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="A folder, or a .zip, .otioz or .dawproject. Default: beside the clip."
        ),
    ] = None,
    sheet: Annotated[Path | None, typer.Option(help="Play this cue sheet instead of planning one.")] = None,
    cuts: Annotated[
        Path | None, typer.Option(help="An editor's cuts and markers: .edl, .fcpxml, .otio, .xml, .csv.")
    ] = None,
    clip: Annotated[
        Path | None, typer.Option(help="Of a result: the clip it was made of. Default: looked for beside it.")
    ] = None,
    start: Annotated[
        str, typer.Option(help="Timecode of the first picture. Default: the film's own, else 00:00:00:00.")
    ] = "",
    soundfont: options.SoundFontFile = None,
    backend: options.Backends = None,
    quiet: options.Quiet = False,
) -> None:
    """Hand the film over with its music: WAV stems, MIDI, and timelines for editors and DAWs."""
    from immersivaudio.export import package
    from immersivaudio.export.result import scored_before

    target = out or targets.named(film, "-export")
    options.check_plan(sheet, wishes, cuts=cuts)
    package.check(target, film)
    settings = options.settings(options.with_font(backend, soundfont))
    request = replace(wishes, stems=True)
    before = scored_before(film, clip, settings)
    if before is None:
        job = _Export(film, settings, open_code(request), sheet, cuts)
    elif request != ScoreOptions(stems=True) or sheet or cuts or backend or soundfont:
        raise UserError(
            f"{film.name} says itself what to play",
            "leave out the other wishes, or export the clip it was made of",
        )
    else:
        job = _Export(before.film, before.settings, before.request, before.sheet, None)
    for note in before.notes if before else ():
        typer.echo(f"note: {note}", err=True)
    with bars(quiet=quiet) as listener:
        made = job.run(target, start, listener)
    timeline = made.timeline
    typer.echo(str(made.path))
    typer.echo(
        f"{len(timeline.sounds)} sounds, {len(timeline.markers)} markers, {len(timeline.cuts)} cuts, "
        f"{float(timeline.rate.rate):.5g} pictures a second from {timeline.rate.timecode(timeline.start)}"
    )


class _Export:
    """A film, what to play over it, and the way from there to the files."""

    def __init__(
        self,
        film: Path,
        settings: "Settings",
        request: ScoreOptions,
        sheet: Path | CueSheet | None,
        cuts: Path | None,
    ) -> None:
        self._film, self._settings, self._request = film, settings, request
        self._sheet, self._cuts = sheet, cuts

    def run(self, target: Path, start: str, listener: "StageProgress") -> "Exported":
        """Play the music with its stems, and write everything to `target`."""
        from immersivaudio.export import package, planning
        from immersivaudio.pipeline import Pipeline

        with tempfile.TemporaryDirectory(prefix="immersivaudio-") as name:
            pipeline = Pipeline(self._settings, listener)
            clip = pipeline.open(self._film, photo_duration=self._request.length)
            if clip.kind == "photo":
                raise UserError("a photo has no timeline", "score it, and export the video that comes back")
            if start:
                planning.start_at(clip, start)
            plan, shots = self._planned(pipeline, clip)
            work = Path(name)
            scored = pipeline.render(clip, plan, self._request, work / "scored.mp4", work)
            listener("export", 0.0)
            made = package.export(
                scored,
                shots,
                target,
                self._settings,
                start=start,
                progress=lambda done: listener("export", done),
            )
            pipeline.close()
            return made

    def _planned(self, pipeline: "Pipeline", clip: Clip) -> tuple[CueSheet, tuple[Seconds, ...]]:
        """Return the plan, and where the film's shots begin."""
        from immersivaudio import sheets
        from immersivaudio.pipeline import hard_cuts

        if self._sheet is None:
            edit = options.cut_list(self._cuts, clip)
            seen = pipeline.analyse(clip, edit)
            plan = noted(pipeline.plan(seen, self._request), edit)
            return plan, tuple(shot.start for shot in seen.footage.shots if shot.start > 0)
        told = self._sheet
        plan = told if isinstance(told, CueSheet) else sheets.load(options.sheet_text(told))
        sheets.check_fits(plan, clip)
        return plan, plan.cuts or hard_cuts(pipeline.watch(clip))
