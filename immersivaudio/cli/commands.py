"""Which commands there are, and where each lives. Only the one that is named is imported.

What a command needs (numpy, pydantic, bars on a terminal) takes longer to import than all the names and their
first sentences take to print.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

_STAGES = "One stage at a time"
_SERVICE = "As a service"


@dataclass(frozen=True, slots=True)
class Command:
    """A command as `--help` lists it."""

    name: str
    room: str
    """Module of `immersivaudio.cli` that registers it."""
    summary: str
    """The first sentence of its own help."""
    panel: str | None = None


COMMANDS = (
    Command(
        "score",
        "score",
        "Score a clip or a photo, or several: a clip that is done already is not done again.",
    ),
    Command(
        "film",
        "film",
        "Cut several clips and photos to one film: photos are panned over, every change falls on a beat.",
    ),
    Command(
        "takes", "takes", "Score a clip several times, looking at it once; each is what `score --take` makes."
    ),
    Command(
        "export",
        "export",
        "Hand the film over with its music: WAV stems, MIDI, and timelines for editors and DAWs.",
    ),
    Command(
        "verify",
        "verify",
        "Check the mark, the signature and every byte; "
        "exit code 4 where something was changed or is missing.",
    ),
    Command("measure", "measure", "Measure how well the sound of a film lands on its cuts, beyond chance."),
    Command("demo", "demo", "Score an example clip, and keep everything there is to look at."),
    Command(
        "doctor",
        "doctor",
        "Say which backends are available, what each licence asks, and how to install the rest.",
    ),
    Command(
        "frames", "stages", "Frame extraction: sample frames, find shots, measure motion and colour.", _STAGES
    ),
    Command("detect", "stages", "Object detection: write detections.json.", _STAGES),
    Command("select", "stages", "Best-frame selection: write selection.json.", _STAGES),
    Command("describe", "stages", "Frame description: write descriptions.json.", _STAGES),
    Command("prompt", "stages", "Prompt enhancer: what was seen and your mood become a cue sheet.", _STAGES),
    Command(
        "remix",
        "stages",
        "Another mood, seed or take over the same cuts; play the result with `score --sheet`.",
        _STAGES,
    ),
    Command("generate", "stages", "Audio generation: a cue sheet becomes sound.", _STAGES),
    Command("mix", "stages", "Reconstruction: put the sound on the clip.", _STAGES),
    Command(
        "up",
        "service",
        "Start Redis, a worker and every frontend that has credentials; Ctrl-C stops them.",
        _SERVICE,
    ),
    Command("submit", "service", "Send a clip through the queue, and wait for the result.", _SERVICE),
    Command(
        "api",
        "service",
        "Serve the HTTP API on the queue of `up`, for the clients that have a key.",
        _SERVICE,
    ),
    Command(
        "mcp",
        "service",
        "Serve the Model Context Protocol to an agent, on the queue of `up`.",
        _SERVICE,
    ),
    Command("models", "models", "Weights of neural backends: pull, list, verify.", _SERVICE),
)


def register(app: "typer.Typer", arguments: list[str]) -> None:
    """Add the command that `arguments` name, whole; the others with their names and summaries only."""
    named = next((argument for argument in arguments if not argument.startswith("-")), None)
    room = next((command.room for command in COMMANDS if command.name == named), None)
    for command in COMMANDS:
        if command.room != room:
            app.command(command.name, help=command.summary, rich_help_panel=command.panel)(_unnamed)
    if room:
        import_module(f"immersivaudio.cli.{room}").register(app)


def _unnamed() -> None:
    """Stand in for a command that was not named, and so is never run."""
