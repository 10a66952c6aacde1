"""`immersivaudio score`: a clip goes in, a scored clip comes out."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from immersivaudio import targets
from immersivaudio.apply_cut_list import noted
from immersivaudio.cli import options, summary
from immersivaudio.cli.batch.score import Batch
from immersivaudio.cli.progress import bars
from immersivaudio.errors import UserError
from immersivaudio.options import ScoreOptions
from immersivaudio.share.apply import open_code
from immersivaudio.stage_costs import StageCosts
from immersivaudio.values import Clip, CueSheet, ScoredClip

if TYPE_CHECKING:
    from immersivaudio.pipeline import Analysis, Pipeline


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(score)


@options.of_score("share")
def score(
    clips: Annotated[list[Path], typer.Argument(metavar="CLIP...", help="Videos or photos.")],
    wishes: ScoreOptions,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Default: beside the clip. Of several: a folder.")
    ] = None,
    duration: Annotated[float | None, typer.Option(help="How long a photo is held, s.")] = None,
    like: options.Like = None,
    sheet: Annotated[Path | None, typer.Option(help="Play this cue sheet instead of planning one.")] = None,
    save_sheet: Annotated[Path | None, typer.Option(help="Write the cue sheet, to edit and play.")] = None,
    stems: Annotated[Path | None, typer.Option(help="Keep stems, mix and MIDI in this folder.")] = None,
    cuts: Annotated[
        Path | None, typer.Option(help="An editor's cuts and markers: .edl, .fcpxml, .otio, .xml, .csv.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw the sheet over the filmstrip, as PNG.")] = None,
    profile: Annotated[
        Path | None, typer.Option(help="Write what each stage took, as JSON: CPU, wall, memory, bytes read.")
    ] = None,
    max_bytes: Annotated[str | None, typer.Option(help="Make the result fit, e.g. 9.5M.")] = None,
    speech_gap: Annotated[
        float, typer.Option(min=0, max=40, help="Speech over music, LU; 20 is clear speech.")
    ] = 12.0,
    music_gain: options.Gain = 0.0,
    sounds_gain: options.Gain = 0.0,
    original_gain: options.Gain = 0.0,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=1, max=64, help="Of several clips, how many side by side.")
    ] = 1,
    soundfont: options.SoundFontFile = None,
    backend: options.Backends = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Score a clip or a photo, or several: a clip that is done already is not done again."""
    from immersivaudio.pipeline import Pipeline

    wishes = replace(wishes, like=like is not None)
    options.check_plan(sheet, wishes, cuts=cuts)
    asked = replace(
        wishes,
        length=duration,
        music_gain_db=music_gain,
        sounds_gain_db=sounds_gain,
        original_gain_db=original_gain,
        speech_gap_lu=speech_gap,
        max_bytes=options.size(max_bytes),
        stems=stems is not None,
    )
    request = open_code(asked)
    chosen = options.with_font(backend, soundfont)
    if len(clips) > 1:
        _check_several(
            sheet=sheet, save_sheet=save_sheet, stems=stems, plot=plot, cuts=cuts, profile=profile, like=like
        )
        code = Batch(request, chosen).score(clips, out, jobs, quiet=quiet, json=json)
        raise typer.Exit(code)
    (clip,) = clips
    with bars(quiet=quiet or json) as listener:
        costs = StageCosts()
        pipeline = Pipeline(options.settings(chosen), listener, *([costs.of] if profile else []), warm=False)
        pipeline.song = like
        run = Run(pipeline, clip, request, out or targets.named(clip, ".scored.mp4"))
        targets.check_file(profile, "profile is JSON", ".json")
        targets.check_apart(clip, run.out, save_sheet, plot, profile)
        scored = run(sheet=sheet, save_sheet=save_sheet, stems=stems, plot=plot, cuts=cuts)
        if profile:
            targets.write_text(profile, costs.as_json())
    if json:
        typer.echo(summary.as_json(scored))
    else:
        summary.show(scored)


def _check_several(**alone: Path | None) -> None:
    """Refuse what is of one clip only."""
    named = [f"--{name.replace('_', '-')}" for name, path in alone.items() if path]
    if named:
        raise UserError(f"{named[0]} is for one clip", "score the clips one by one for it")


class Run:
    """One scoring with the extras a person may ask for."""

    def __init__(self, pipeline: "Pipeline", clip: Path, request: ScoreOptions, out: Path) -> None:
        """`request` is opened: see `share.apply`."""
        self.pipeline, self.path, self.request, self.out = pipeline, clip, request, out

    def __call__(
        self,
        *,
        sheet: Path | None = None,
        save_sheet: Path | None = None,
        stems: Path | None = None,
        plot: Path | None = None,
        cuts: Path | None = None,
    ) -> ScoredClip:
        """Score, and write what was asked for beside the result."""
        from immersivaudio import registry, sheets

        targets.check_result(self.path, self.out)
        targets.check_sheet(save_sheet)
        targets.check_plot(plot)
        targets.check_folder(stems)
        targets.check_apart(self.path, self.out, save_sheet, plot)
        registry.check(self.pipeline.settings, sounds=self.request.sounds)
        with ExitStack() as stack:
            stack.callback(self.pipeline.close)
            clip = self.pipeline.open(self.path, photo_duration=self.request.length)
            clip = self.pipeline.closed(clip, self.request, stack.enter_context(_temporary()))
            options.tell_length(clip, self.request.length)
            edit = options.cut_list(cuts, clip)
            seen = self.pipeline.analyse(clip, edit) if plot or edit else None
            plan = noted(self._plan(clip, seen, sheet), edit)
            folder = stack.enter_context(targets.filled(stems) if stems else _temporary())
            scored = self.pipeline.render(clip, plan, self.request, self.out, folder)
            if save_sheet:
                targets.write_text(save_sheet, sheets.dump(plan))
            if plot and seen:
                from immersivaudio import annotation, plots

                with targets.written(plot) as new:
                    drawn = plots.draw(seen.footage, scored.sheet, scored.tracks[0].path)
                    frames = annotation.sheet(seen.footage, seen.detections, seen.selection.shots)
                    plots.joined(drawn, frames).save(new, "PNG")
            return targets.moved(scored, folder, stems) if stems else scored

    def _plan(self, clip: Clip, seen: "Analysis | None", sheet: Path | None) -> CueSheet:
        """Read the sheet, or make one. What was seen only for it is let go: a long film fills 200 MB."""
        if sheet is None:
            return self.pipeline.plan(seen or self.pipeline.analyse(clip), self.request)
        from immersivaudio import sheets
        from immersivaudio.share.fingerprint import is_unedited

        plan = sheets.load(options.sheet_text(sheet))
        sheets.check_fits(plan, clip)
        return plan if is_unedited(plan) else replace(plan, notes=(*plan.notes, summary.LABELS))


@contextmanager
def _temporary() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="immersivaudio-") as folder:
        yield Path(folder)
