"""One command a stage, each reading and writing files, so that anyone can build another pipeline from them.

immersivaudio frames clip.mp4 seen
immersivaudio detect seen && immersivaudio select seen && immersivaudio describe seen
immersivaudio prompt seen -o sheet.json --mood hopeful
immersivaudio generate sheet.json music
immersivaudio mix clip.mp4 sheet.json music/mix.wav -o scored.mp4
"""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from immersivaudio import targets
from immersivaudio.cli import options
from immersivaudio.cli.progress import bars
from immersivaudio.errors import UserError
from immersivaudio.options import OriginalSound, ScoreOptions
from immersivaudio.share.apply import open_code
from immersivaudio.values import Soundtrack

Sheet = Annotated[Path, typer.Argument(help="A cue sheet, as `immersivaudio prompt` writes it.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (frames, detect, select, describe, prompt, remix, generate, mix):
        app.command(rich_help_panel="One stage at a time")(command)


def frames(
    clip: Annotated[Path, typer.Argument(help="A video or a photo.")],
    folder: Annotated[Path, typer.Argument(help="Where footage.json and the frames go.")],
    duration: Annotated[float | None, typer.Option(help="How long a photo is held, s.")] = None,
    backend: options.Backends = None,
    quiet: options.Quiet = False,
) -> None:
    """Frame extraction: sample frames, find shots, measure motion and colour."""
    from immersivaudio import work_folder
    from immersivaudio.pipeline import Pipeline

    targets.check_folder(folder)
    with bars(quiet=quiet) as listener:
        pipeline = Pipeline(options.settings(backend), listener)
        opened = pipeline.open(clip, photo_duration=duration)
        options.tell_length(opened, duration)
        footage = pipeline.watch(opened)
    work_folder.save_footage(footage, folder)
    typer.echo(f"{len(footage.frames)} frames of {len(footage.shots)} shots in {folder}")


def detect(
    folder: options.Folder,
    backend: options.Backends = None,
    plot: Annotated[
        Path | None, typer.Option(help="Draw boxes and words on the best frame of each shot, as PNG.")
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Object detection: write detections.json."""
    from immersivaudio import work_folder
    from immersivaudio.pipeline import Pipeline

    targets.check_plot(plot)
    footage = work_folder.load_footage(folder)
    with bars(quiet=quiet) as listener:
        pipeline = Pipeline(options.settings(backend))
        found = pipeline.detector.detect(footage.frames, partial(listener, "detect"))
    work_folder.save(found, folder / work_folder.DETECTIONS)
    if plot:
        from immersivaudio import annotation

        with targets.written(plot) as new:
            annotation.sheet(footage, found, pipeline.selector.select(footage).shots).save(new, "PNG")
    placed = [detection for detection in found if detection.placed]
    labels = ", ".join(sorted({detection.label for detection in placed})) or "nothing it is sure of"
    typer.echo(f"{len(placed)} detections: {labels}")
    if words := sorted({detection.label for detection in found if not detection.placed}):
        typer.echo(f"of the whole picture: {', '.join(words)}")


def select(folder: options.Folder, backend: options.Backends = None, quiet: options.Quiet = False) -> None:
    """Best-frame selection: write selection.json."""
    from immersivaudio import work_folder
    from immersivaudio.pipeline import Pipeline

    footage = work_folder.load_footage(folder)
    with bars(quiet=quiet) as listener:
        listener("select", 0.0)
        selection = Pipeline(options.settings(backend)).selector.select(footage)
        listener("select", 1.0)
    work_folder.save(selection, folder / work_folder.SELECTION)
    typer.echo(f"frame {selection.clip} stands for the clip")


def describe(folder: options.Folder, backend: options.Backends = None, quiet: options.Quiet = False) -> None:
    """Frame description: write descriptions.json."""
    from immersivaudio import work_folder
    from immersivaudio.pipeline import Pipeline

    footage = work_folder.load_footage(folder)
    selection, found = work_folder.load_selection(folder), work_folder.load_detections(folder)
    with bars(quiet=quiet) as listener:
        describer = Pipeline(options.settings(backend)).describer
        said = describer.describe(footage, selection, found, partial(listener, "describe"))
    work_folder.save(said, folder / work_folder.DESCRIPTIONS)
    typer.echo(said[0].text)


@options.of_score("share", but={"original"})
def prompt(
    folder: options.Folder,
    wishes: ScoreOptions,
    out: Annotated[Path, typer.Option("--out", "-o", help="The cue sheet.")] = Path("sheet.json"),
    backend: options.Backends = None,
    quiet: options.Quiet = False,
) -> None:
    """Prompt enhancer: what was seen and your mood become a cue sheet."""
    from immersivaudio import sheets, work_folder
    from immersivaudio.pipeline import Pipeline

    targets.check_sheet(out)
    pipeline = Pipeline(options.settings(backend))
    request = open_code(wishes)
    footage = work_folder.load_footage(folder)
    found, said = work_folder.load_detections(folder), work_folder.load_descriptions(folder)
    with bars(quiet=quiet) as listener:
        listener("enhance", 0.0)
        sheet = pipeline.planned(footage, found, said, request)
        listener("enhance", 1.0)
    targets.write_text(out, sheets.dump(sheet))
    typer.echo(sheet.prompt)
    for note in sheet.notes:
        typer.echo(f"note: {note}")


@options.of_score("share", "cue", but={"sounds", "original"})
def remix(
    sheet: Sheet,
    out: Annotated[Path, typer.Option("--out", "-o", help="The new cue sheet.")],
    wishes: ScoreOptions,
    backend: options.Backends = None,
    quiet: options.Quiet = False,
) -> None:
    """Another mood, seed or take over the same cuts; play the result with `score --sheet`."""
    from immersivaudio import sheets
    from immersivaudio.pipeline import Pipeline

    targets.check_sheet(out)
    plan = sheets.load(options.sheet_text(sheet))
    with bars(quiet=quiet) as listener:
        changed = Pipeline(options.settings(backend), listener).remix(plan, open_code(wishes))
    targets.write_text(out, sheets.dump(changed))
    typer.echo(changed.prompt)
    for note in changed.notes:
        typer.echo(f"note: {note}")


def generate(
    sheet: Sheet,
    folder: Annotated[Path, typer.Argument(help="Where the mix, the stems and the MIDI file go.")],
    stems: Annotated[bool, typer.Option("--stems", help="Write each instrument group, too.")] = False,
    sounds: Annotated[bool, typer.Option("--sounds", help="Make the sounds the sheet plans, too.")] = False,
    soundfont: options.SoundFontFile = None,
    backend: options.Backends = None,
    quiet: options.Quiet = False,
) -> None:
    """Audio generation: a cue sheet becomes sound."""
    from immersivaudio import sheets
    from immersivaudio.pipeline import Pipeline

    targets.check_folder(folder)
    plan = sheets.load(options.sheet_text(sheet))
    with bars(quiet=quiet) as listener, targets.filled(folder) as work:
        pipeline = Pipeline(options.settings(options.with_font(backend, soundfont)), listener)
        tracks = pipeline.generate(plan, ScoreOptions(sounds=sounds, stems=stems), work)
    for track in tracks:
        typer.echo(str(folder / track.path.relative_to(work)))


def mix(
    clip: Annotated[Path, typer.Argument(help="The clip the sheet was made for.")],
    sheet: Sheet,
    music: Annotated[list[Path], typer.Argument(help="One WAV file or two: music, sounds.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Default: beside the clip.")] = None,
    original: Annotated[OriginalSound, typer.Option(help="What becomes of the clip's own sound.")] = "auto",
    max_bytes: Annotated[str | None, typer.Option(help="Make the result fit, e.g. 9.5M.")] = None,
    backend: options.Backends = None,
    quiet: options.Quiet = False,
) -> None:
    """Reconstruction: put the sound on the clip."""
    from immersivaudio import sheets
    from immersivaudio.cli.summary import rows
    from immersivaudio.media import decode_audio
    from immersivaudio.pipeline import Pipeline

    missing = [path.name for path in music if not path.is_file()]
    if missing:
        raise UserError(f"{missing[0]} is not there", "make it with: immersivaudio generate")
    for path in music:
        decode_audio.check(path)
    plan = sheets.load(options.sheet_text(sheet))
    target = out or targets.named(clip, ".scored.mp4")
    targets.check_result(clip, target)
    request = ScoreOptions(original=original, max_bytes=options.size(max_bytes))
    tracks = tuple(Soundtrack(path, "file", hits=tuple(hit.time for hit in plan.hits)) for path in music)
    with bars(quiet=quiet) as listener:
        pipeline = Pipeline(options.settings(backend), listener)
        opened = pipeline.open(clip, photo_duration=float(plan.duration))
        sheets.check_fits(plan, opened)
        scored = pipeline.assemble(opened, plan, tracks, request, target)
    typer.echo(str(scored.path))
    typer.echo(dict(rows(scored))["sound"])
    for note in scored.receipt.notes:
        typer.echo(f"note: {note}")
