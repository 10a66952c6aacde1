"""`immersivaudio doctor`: what is here, what is missing, and the command that installs it."""

import json as jsons
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from immersivaudio import __version__
from immersivaudio.cli import service
from immersivaudio.config import Settings
from immersivaudio.errors import OperatorError
from immersivaudio.registry import Row, chosen, rows

_MARKS = {"missing": ("–", "yellow"), "chosen": ("●", "bold green"), "ready": ("○", "green")}


class Finding(NamedTuple):
    """One line of the report."""

    what: str
    state: str
    """"ready", "chosen", "missing"."""
    detail: str
    remedy: str = ""
    licence: str = ""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    live: Annotated[
        bool, typer.Option("--live", help="Send a film of ours through queue, worker and delivery.")
    ] = False,
    patience: Annotated[float, typer.Option(min=1, help="With --live: seconds it may take.")] = 300.0,
) -> None:
    """Say which backends are available, what each licence asks, and how to install the rest."""
    if live:
        service.worker("checkup", ["--patience", str(patience), *(["--json"] if json else [])])
    settings = Settings()
    findings = [*_machine(settings), *_sandbox(), *_backends(settings)]
    if json:
        typer.echo(jsons.dumps([finding._asdict() for finding in findings]))
        return
    _show(findings, Console())


def _show(findings: Sequence[Finding], console: Console) -> None:
    """Print the table, and under it each command once, whole and on a line of its own, to be copied."""
    table = Table(title=f"immersivaudio {__version__}", title_justify="left")
    for head in ("", "what", "detail", "licence"):
        table.add_column(head, overflow="fold")
    for finding in findings:  # as texts: "[neural]" is no markup
        table.add_row(
            Text(*_MARKS[finding.state]), *map(Text, (finding.what, finding.detail, finding.licence))
        )
    console.print(table)
    console.print("● chosen   ○ ready   – not installed, or without its weights", style="dim")
    remedies = dict.fromkeys(finding.remedy for finding in findings if finding.remedy)
    for remedy in remedies:
        helped = ", ".join(finding.what for finding in findings if finding.remedy == remedy)
        console.print(Text(f"\n{helped}:\n  ").append(remedy, "yellow"), soft_wrap=True)


def _machine(settings: Settings) -> Iterator[Finding]:
    """ffmpeg, the SoundFont, the GPU."""
    import imageio_ffmpeg

    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    version = subprocess.run([ffmpeg, "-version"], capture_output=True, text=True, check=True).stdout
    yield Finding("ffmpeg", "ready", " ".join(version.split()[:3]), licence="GPL-3, a program of its own")
    yield _soundfont(settings)
    yield _signing(settings)
    gpu = shutil.which("nvidia-smi")
    yield Finding(
        "GPU", "ready" if gpu else "missing", "NVIDIA driver found" if gpu else "none: the CPU does it all"
    )
    yield Finding("disk", "ready", f"{shutil.disk_usage(Path.cwd()).free / 1e9:.0f} GB free here")


def _sandbox() -> Iterator[Finding]:
    """Return what the sandbox of the render process holds, tried by the worker itself."""
    if find_spec("arq") is None:
        return
    argv = [sys.executable, "-m", "worker", "sandbox", "--json"]
    try:
        told = jsons.loads(subprocess.run(argv, capture_output=True, check=False, timeout=60).stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        yield Finding("sandbox", "missing", "it could not be tried", "see: python -m worker sandbox")
        return
    for row in told:
        yield Finding(f"sandbox: {row['name']}", "ready" if row["holds"] else "missing", row["words"])


def _signing(settings: Settings) -> Finding:
    """Return whether results are signed, and with which certificate."""
    from immersivaudio import installation
    from immersivaudio.provenance import credentials

    try:
        credentials.check_installed()
        if not settings.sign:
            return Finding("content credentials", "ready", "off: IMMERSIVAUDIO_SIGN=true signs results")
        credentials.identity(settings)
    except OperatorError as error:
        return Finding("content credentials", "missing", error.problem, installation.command("c2pa"))
    whose = (
        "your certificate"
        if settings.signing_certificate
        else "a certificate of this machine, trusted nowhere"
    )
    return Finding("content credentials", "chosen", f"results are signed with {whose}")


def _soundfont(settings: Settings) -> Finding:
    from immersivaudio import soundfonts
    from immersivaudio.music import find_soundfont

    font = find_soundfont(soundfonts.chosen(settings))
    better = "" if font.better else f"a better one: immersivaudio models pull {soundfonts.PULLED}"
    return Finding("SoundFont", "ready", font.path.name, better, font.licence)


def _backends(settings: Settings) -> Iterator[Finding]:
    for row in rows():
        remedy = row.install if row.lacking(settings) else _weights(row, settings)
        state = "missing" if remedy else "chosen" if _name(row.stage, settings) == row.name else "ready"
        yield Finding(
            f"{row.stage} {row.name}", state, row.summary, remedy, row.licence or "not named by its package"
        )


def _weights(row: Row, settings: Settings) -> str:
    """Return the command that fetches what the backend loads, or ""."""
    try:
        error = row.unpulled(settings)
    except OperatorError as wrong:
        return wrong.remedy
    return (
        error.remedy.removeprefix("fetch them with: ").removeprefix("fetch that one with: ") if error else ""
    )


def _name(stage: str, settings: Settings) -> str:
    """What does the stage; the setting itself where nothing can."""
    try:
        return chosen(stage, settings)
    except OperatorError:
        return str(getattr(settings, stage))
