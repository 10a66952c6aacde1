"""Progress on the terminal: one bar a stage, on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from immersivaudio.progress import StageProgress

WORDS = {
    "assemble": "Cutting the film",
    "extract": "Watching the clip",
    "listen": "Listening to it",
    "detect": "Looking for people and things",
    "select": "Choosing the best frames",
    "describe": "Putting it into words",
    "enhance": "Planning the music",
    "generate": "Composing and playing",
    "sounds": "Making sounds of the scene",
    "reconstruct": "Putting it together",
    "export": "Writing files for editors",
    "pull": "Downloading",
}
"""Each stage's label beside its progress bar."""


@contextmanager
def bars(*, quiet: bool = False) -> Iterator["StageProgress"]:
    """Yield a listener that draws a bar for each stage; with `quiet`, one that says nothing."""
    console = Console(stderr=True, quiet=quiet)
    columns = (TextColumn("{task.description:<30}"), BarColumn(), TimeElapsedColumn())
    progress = Progress(*columns, console=console, transient=False)
    tasks: dict[str, TaskID] = {}

    def listen(stage: str, done: float) -> None:
        progress.start()  # not before there is a bar: an empty display would leave an empty line
        if stage not in tasks:
            tasks[stage] = progress.add_task(WORDS.get(stage, stage), total=1.0)
        progress.update(tasks[stage], completed=done)

    try:
        yield listen
    finally:
        if tasks:
            progress.stop()
