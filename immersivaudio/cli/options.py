"""Options that several commands share, and how their text is understood."""

import re
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from immersivaudio.config import Settings
from immersivaudio.errors import OperatorError, UserError
from immersivaudio.registry import STAGES
from immersivaudio.values import Clip

Mood = Annotated[str, typer.Option(help='The mood, in your words: "hopeful, slow piano", "not sad".')]
Seed = Annotated[
    int | None, typer.Option(help="Another number, another piece. Default: drawn from the clip.")
]
Share = Annotated[str, typer.Option(help="A share code (IV-…): the same mood, players and seed.")]
Take = Annotated[int, typer.Option(min=1, max=10_000, help="Another piece over the same plan.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bars.")]
Backends = Annotated[
    list[str] | None,
    typer.Option("--backend", "-b", metavar="STAGE=NAME", help="Use another backend; may be repeated."),
]
Gain = Annotated[float, typer.Option(min=-60, max=24, help="dB")]
Folder = Annotated[Path, typer.Argument(help="A folder that `immersivaudio frames` wrote.")]

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmg]?)i?b?", re.IGNORECASE)
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}


def size(text: str | None) -> int | None:
    """Understand "9.5M", "800k", "12000000": bytes."""
    if text is None:
        return None
    match = _SIZE.fullmatch(text.strip())
    if not match:
        raise UserError(f"{text!r} is not a size", "write it like 9.5M or 800k")
    return int(float(match[1]) * _UNITS[match[2].lower()])


def beside(clip: Path) -> Path:
    """Return where the result goes when nobody says: next to the clip."""
    if not clip.name:
        raise UserError("that is a folder, not a file", "name one video or photo")
    return clip.with_name(f"{clip.stem}.scored.mp4")


def check_folders(*targets: Path | None) -> None:
    """Refuse a target that is a folder or in a folder that is not there, before any work is done."""
    for target in targets:
        if target is None:
            continue
        if target.is_dir():
            raise UserError(f"{target.name or target} is a folder", "name a file in it")
        if not target.parent.is_dir():
            raise UserError(f"the folder of {target.name} does not exist", "make it first, or name another")
        _check_writable(target.parent)


def check_result(target: Path) -> None:
    """Refuse the same for a result, which is written whole and takes the place of what has its name."""
    check_folders(target)
    if target.exists() and not target.is_file():
        raise UserError(f"{target} is a device, not a file", "name a file")


def check_apart(clip: Path, *targets: Path | None) -> None:
    """Refuse to write over the clip, which is never touched, or two things under one name."""
    taken = [clip.resolve()]
    for target in filter(None, targets):
        if any(_same(target.resolve(), other) for other in taken):
            whose = "the clip itself" if _same(target.resolve(), taken[0]) else "another result"
            raise UserError(f"{target.name} would overwrite {whose}", "give it another name")
        taken.append(target.resolve())


def _same(one: Path, other: Path) -> bool:
    return one == other or (one.exists() and other.exists() and one.samefile(other))


def check_plot(target: Path | None) -> None:
    """Refuse a drawing whose name promises anything but the PNG that is written."""
    _check_ending(target, "plot is a PNG", ".png")


def check_sheet(target: Path | None) -> None:
    """Refuse a cue sheet whose name promises anything but JSON, such as the film it is for."""
    _check_ending(target, "cue sheet is JSON", ".json")


def _check_ending(target: Path | None, what: str, ending: str) -> None:
    check_folders(target)
    if target is not None and target.suffix.lower() not in {"", ending}:
        wrong = target.suffix[1:].upper()
        raise UserError(f"the {what}, and cannot be {wrong}", f"name it {target.stem}{ending}")


def check_made(*folders: Path | None, option: str = "") -> None:
    """Refuse to make a folder where a file has its name."""
    for folder in folders:
        if folder is not None and folder.exists() and not folder.is_dir():
            raise UserError(f"{folder.name} is a file, not a folder", "name a folder; it need not exist")
        if folder is not None:
            _check_writable(
                next(above for above in (folder, *folder.absolute().parents) if above.is_dir()), option
            )


def _check_writable(folder: Path, option: str = "") -> None:
    """Refuse a folder in which nothing can be written, by trying it: no mode tells of a read-only disk."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError as error:
        why = (error.strerror or "it cannot be used").lower()
        raise OperatorError(
            f"nothing can be written in {folder.absolute()} ({why})",
            f"name another folder{option and f' with {option}'}",
        ) from None


def tell_length(clip: Clip, asked: float | None) -> None:
    """Say on standard error that a video keeps its own length, where another was asked for."""
    if asked is not None and clip.kind == "video":
        length = f"{float(clip.duration):.1f} s"
        typer.echo(f"immersivaudio: --duration is for photos; the video keeps its {length}.", err=True)


def sheet_text(path: Path) -> str:
    """Read a cue sheet's text; whether it is one is for `sheets.load` to say."""
    if not path.is_file():
        raise UserError(f"the cue sheet {path.name or path} is not there", "make one with --save-sheet")
    return path.read_text(encoding="utf-8", errors="replace")


def settings(backends: list[str] | None = None) -> Settings:
    """Read the settings, with the backends chosen on the command line over those of the environment."""
    chosen: dict[str, str] = {}
    for item in backends or []:
        stage, _, name = item.partition("=")
        if stage not in STAGES or not name:
            raise UserError(
                f"{item!r} is not a backend", f"write STAGE=NAME, with a stage of: {', '.join(STAGES)}"
            )
        chosen[stage] = name
    return Settings(**chosen)  # type: ignore[arg-type]  # names of fields, checked above
