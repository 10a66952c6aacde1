"""Options that several commands share, and how their text is understood."""

import codecs
import re
from collections.abc import Callable, Container
from pathlib import Path
from typing import Annotated, Any, get_args

import typer
from pydantic.fields import FieldInfo

from immersivaudio.config import Settings
from immersivaudio.errors import UserError
from immersivaudio.options import ScoreOptions, everywhere, with_options
from immersivaudio.registry import STAGES
from immersivaudio.values import Clip, CutList

Like = Annotated[
    Path | None,
    typer.Option("--like", help="Sound like this song: tempo, key, pace, colour, players, form."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bars.")]
Backends = Annotated[
    list[str] | None,
    typer.Option("--backend", "-b", metavar="STAGE=NAME", help="Use another backend; may be repeated."),
]
SoundFontFile = Annotated[
    Path | None,
    typer.Option("--soundfont", metavar="FILE", help="Let this SoundFont play (.sf2 or .sf3)."),
]
Gain = Annotated[float, typer.Option(min=-60, max=24, help="dB")]
Folder = Annotated[Path, typer.Argument(help="A folder that `immersivaudio frames` wrote.")]


def option(name: str, hint: Any) -> Any:
    """Return the annotation of an option of `ScoreOptions` as an option of a command; a bool is a flag."""
    kind, *more = get_args(hint)
    about = next(each for each in more if isinstance(each, FieldInfo))
    least, most = (
        next((getattr(each, bound) for each in about.metadata if hasattr(each, bound)), None)
        for bound in ("ge", "le")
    )
    words = about.description or ""
    names = [f"--{name}"] if kind is bool else []
    return Annotated[kind, typer.Option(*names, min=least, max=most, help=f"{words[:1].upper()}{words[1:]}.")]


def of_score(*more: str, but: Container[str] = ()) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a command take the options that stand everywhere, and `more`, as one argument `options`."""
    names = [name for name in (*everywhere(), *more) if name not in but]
    return with_options(*names, dressed=option)


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


def tell_length(clip: Clip, asked: float | None) -> None:
    """Say on standard error that a video keeps its own length, where another was asked for."""
    if asked is not None and clip.kind == "video":
        length = f"{float(clip.duration):.1f} s"
        typer.echo(f"immersivaudio: --duration is for photos; the video keeps its {length}.", err=True)


def sheet_text(path: Path) -> str:
    """Read a cue sheet's text; whether it is one is for `sheets.load` to say."""
    if not path.is_file():
        raise UserError(f"the cue sheet {path.name or path} is not there", "make one with --save-sheet")
    data = path.read_bytes()
    # Editors on Windows save UTF-16, which begins with a mark of its own.
    encoding = "utf-16" if data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8-sig"
    return data.decode(encoding, errors="replace")


_FONT = "soundfont"


def with_font(backends: list[str] | None, font: Path | None) -> list[str]:
    """Return the choices of a command line, the SoundFont among them, as they travel to other processes."""
    return [*(backends or []), *([f"{_FONT}={font.absolute()}"] if font else [])]


def settings(backends: list[str] | None = None) -> Settings:
    """Read the settings, with the backends (and the SoundFont) chosen on the command line over those of the
    environment.
    """
    chosen: dict[str, str] = {}
    for item in backends or []:
        stage, _, name = item.partition("=")
        if stage not in {*STAGES, _FONT} or not name:
            raise UserError(
                f"{item!r} is not a backend", f"write STAGE=NAME, with a stage of: {', '.join(STAGES)}"
            )
        chosen[stage] = name
    return Settings(**chosen)  # type: ignore[arg-type]  # names of fields, checked above


def check_plan(sheet: Path | None, wishes: ScoreOptions, *, cuts: Path | None = None) -> None:
    """Refuse a cue sheet beside another wish for the music: a sheet is played as it stands."""
    changed = bool(wishes.mood.strip()) or wishes.seed is not None or wishes.take != 1
    if sheet and wishes.share:
        raise UserError("a cue sheet and a share code both say what to play", "leave one of them out")
    if sheet and cuts:
        raise UserError("a cue sheet already holds the hit points", "leave out --cuts, or --sheet")
    if sheet and changed:
        raise UserError(
            "a cue sheet already decides mood, seed and take",
            f"change it first: immersivaudio remix {sheet.name} -o new.json --mood ...",
        )


def cut_list(path: Path | None, clip: Clip) -> CutList | None:
    """Read the cuts and markers of an editor, where some are brought."""
    if path is None:
        return None
    from immersivaudio.export import cut_lists

    return cut_lists.read(path, clip)
