"""`immersivaudio demo`: watch it work on a clip that is made on the spot, or on yours."""

import shlex
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from immersivaudio import targets
from immersivaudio.cli import options, summary
from immersivaudio.cli.progress import bars
from immersivaudio.cli.score import Run
from immersivaudio.options import ScoreOptions
from immersivaudio.share.apply import open_code


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    clip: Annotated[Path | None, typer.Argument(help="Yours; default: an example made on the spot.")] = None,
    mood: Annotated[str, typer.Option(help="The mood, in your words.")] = "",
    folder: Annotated[Path, typer.Option("--folder", "-o", help="Where the results go.")] = Path("out"),
) -> None:
    """Score an example clip, and keep everything there is to look at."""
    from immersivaudio import example
    from immersivaudio.pipeline import Pipeline

    targets.check_folder(folder, option="-o")
    folder.mkdir(parents=True, exist_ok=True)
    if clip is None:
        clip = folder / "example.mp4"
        if not clip.exists():
            typer.echo(f"Cutting an example clip together... {example.CREDIT}")
            example.make(clip)
    out = folder / f"{clip.stem}.scored.mp4"
    sheet, plot = folder / f"{clip.stem}.sheet.json", folder / f"{clip.stem}.sheet.png"
    with bars() as listener:
        run = Run(
            Pipeline(options.settings(), listener, warm=False),
            clip,
            open_code(ScoreOptions(mood=mood, stems=True)),
            out,
        )
        scored = run(save_sheet=sheet, stems=folder / f"{clip.stem}.stems", plot=plot)
    summary.show(scored)
    typer.echo(f"\nWatch {out}\nLook at {plot}\nEdit {sheet} and play it again with:")
    typer.echo(f"  {_called()} score {shlex.quote(str(clip))} --sheet {shlex.quote(str(sheet))}")


def _called() -> str:
    """Return how this program is called here: `make demo` runs it where it is not on the PATH."""
    program = Path(sys.argv[0])
    if program.name == "__main__.py":
        return shlex.join([sys.executable, "-m", "immersivaudio"])
    found = shutil.which(program.name)
    return program.name if found and program.samefile(found) else shlex.quote(str(program))
