"""`immersivaudio verify`: whether a film is what its mark and its signature say."""

import json as jsons
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from immersivaudio.cli import options
from immersivaudio.cli.progress import bars
from immersivaudio.errors import UserError

if TYPE_CHECKING:
    from immersivaudio.provenance import RenderReceipt
    from immersivaudio.provenance.verification import Check, Verdict

_MODELS = ("musicgen_model", "audiocraft_model", "audiogen_model")
CHANGED = 4
"""Exit code of a film that is not what it says."""
_SIGNS = {"true": "✓", "false": "✗", "unknown": "–"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(verify)


def verify(
    film: Annotated[Path, typer.Argument(help="A film that Immersivaudio scored.")],
    receipt: Annotated[
        Path | None, typer.Option(help="The receipt that was kept, where a platform dropped the mark.")
    ] = None,
    render: Annotated[bool, typer.Option("--render", help="Render it again, and compare.")] = False,
    clip: Annotated[
        Path | None, typer.Option(help="With --render: the clip it was made from, where its sound stayed.")
    ] = None,
    trust: Annotated[Path | None, typer.Option(help="Issuers to trust, as PEM.")] = None,
    save_receipt: Annotated[Path | None, typer.Option(help="Write the film's receipt here, as JSON.")] = None,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Check the mark, the signature and every byte; exit code 4 where something was changed or is missing."""
    from immersivaudio import targets
    from immersivaudio.provenance import receipt as receipts
    from immersivaudio.provenance import verification

    if not film.is_file():
        raise UserError(f"there is no file {film.name}", "check the path")
    targets.check_file(save_receipt, "receipt is JSON", ".json")
    targets.check_apart(film, receipt, clip, trust, save_receipt)
    settings = options.settings()
    given = receipts.load(_text(receipt)) if receipt else None
    found = verification.verify(film, settings, given=given, anchors=_text(trust) if trust else "")
    if render and found.receipt is not None:
        check = _rendered_again(film, clip, found.receipt, quiet=quiet or json)
        found = replace(found, checks=(*found.checks, check))
    if save_receipt and found.receipt is not None:
        targets.write_text(save_receipt, found.receipt.to_json())
    _tell(found, json=json)
    if not found.holds:
        raise typer.Exit(CHANGED)


def _tell(found: "Verdict", *, json: bool) -> None:
    if json:
        checks = [asdict(check) for check in found.checks]
        receipt = jsons.loads(found.receipt.to_json()) if found.receipt else None
        typer.echo(jsons.dumps({"holds": found.holds, "checks": checks, "receipt": receipt}))
        return
    for check in found.checks:
        typer.echo(f"{_SIGNS[check.truth]} {check.what}: {check.words}")


def _rendered_again(film: Path, clip: Path | None, receipt: "RenderReceipt", *, quiet: bool) -> "Check":
    """Play the receipt's sheet once more, over the clip or, where its sound was replaced, over the film."""
    from immersivaudio import sheets
    from immersivaudio.media import guard
    from immersivaudio.pipeline import Pipeline
    from immersivaudio.provenance.verification import Check, same_render

    if clip is not None and guard.digest(clip) != receipt.clip.sha256:
        return Check("render", "false", f"{clip.name} is not the clip it was made from")
    settings = receipt.settings_over(options.settings()).model_copy(update={"sign": False})
    wanted = [receipt.settings.get(name) for name in _MODELS]
    if receipt.by_model and wanted != [getattr(settings, name) for name in _MODELS]:
        return Check("render", "unknown", f"not rendered: it takes the model {receipt.music.model}")
    sheet, request = sheets.load(receipt.sheet), receipt.request()
    stayed = bool(sheet.speech) if request.original == "auto" else request.original != "replace"
    if clip is None and stayed:
        return Check("render", "unknown", "not rendered: its own sound stayed; bring the clip with --clip")
    with bars(quiet=quiet) as listener, tempfile.TemporaryDirectory(prefix="immersivaudio-") as folder:
        pipeline = Pipeline(settings, listener)
        opened = pipeline.open(clip or film, photo_duration=float(sheet.duration))
        if clip is None:
            request = replace(request, original="replace", max_bytes=None)
        elif opened.duration > sheet.duration:  # its end was dissolved into its beginning
            opened = pipeline.closed(opened, replace(request, loop=sheet.loop), Path(folder))
        out = Path(folder) / "again.mp4"
        pipeline.render(opened, sheet, request, out, Path(folder))
        pipeline.close()
        return same_render(out, receipt, settings)


def _text(path: Path) -> str:
    if not path.is_file():
        raise UserError(f"there is no file {path.name}", "check the path")
    return path.read_text("utf-8", errors="replace")
