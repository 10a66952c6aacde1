"""The child: takes tasks on its standard input, renders them, answers on its standard output. Stays warm.

    python -P -m worker.sandbox.render_process <renderer> <limits as JSON> <place as JSON>

It holds no token, no address of Redis and, where the kernel allows, no network. Whatever a clip does to it,
the parent only sees a child that died.
"""

import os
import sys
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import orjson

from immersivaudio.errors import Fault, ImmersivaudioError
from worker.sandbox import ipc, process_group
from worker.sandbox.confine import allow_cpu, confine
from worker.sandbox.limits import Place, SandboxLimits

ProgressReport = Callable[[str, float], None]
"""Called with a stage and the share of it that is done, 0 to 1."""


class Renderer(Protocol):
    """What a child runs. Built once in the child, by a factory without arguments."""

    def render(self, task: Mapping[str, Any], folder: Path, report: ProgressReport) -> dict[str, Any]:
        """Do the task in `folder`.

        The task has "action", "kind", "input" (a file in the folder), "options", "sheet" (JSON text or empty)
        and "seen" (a file there, or empty). The answer has "media" and may have "extras" (name: file),
        "seen", "summary" and "sheet"; its files lie in the folder itself. Raises `ImmersivaudioError`.
        """
        ...


class StepwiseRenderer(Renderer, Protocol):
    """The same in three steps, each perhaps on another machine: for workers with a role."""

    def analyse(self, task: Mapping[str, Any], folder: Path, report: ProgressReport) -> dict[str, Any]:
        """Up to the plan. The answer has "sheet", "seconds", "backends" and may have "seen"."""
        ...

    def generate(self, task: Mapping[str, Any], folder: Path, report: ProgressReport) -> dict[str, Any]:
        """The music of each of the task's "works", which have "folder", "action", "options" and "sheet" each.

        The answer has as many "works" with "tracks" (a file of that folder), "seconds" and "backends", and
        "batch": how many were made in one pass.
        """
        ...

    def finish(self, task: Mapping[str, Any], folder: Path, report: ProgressReport) -> dict[str, Any]:
        """As `render`, from the "sheet" and the "tracks" (a file in the folder) of the steps before."""
        ...


def main() -> None:
    """Serve tasks until the parent closes our standard input."""
    factory, limits = sys.argv[1], SandboxLimits(**orjson.loads(sys.argv[2]))
    place = Place(**orjson.loads(sys.argv[3]))
    if limits.sandbox:
        process_group.follow(place.parent)
    tasks, answers = _own_channels()
    answers.write(ipc.pack(confine(limits, place).plain()))
    renderer: Renderer | None = None
    while (task := ipc.receive(tasks)) is not None:
        allow_cpu(limits.cpu)
        try:
            renderer = renderer or _build(factory)
            step = getattr(renderer, task.get("step", "render"))
            answer = {"done": step(task, Path(task["folder"]), ipc.ParentChannel(tasks, answers))}
        except ImmersivaudioError as error:
            answer = {"error": _told(error)}
        except MemoryError:
            answers.write(ipc.pack({"error": _broke("out of memory", ""), "leaves": True}))
            return  # what is left of the heap is not worth keeping warm
        except Exception as error:
            answer = {"error": _broke(type(error).__name__, _where(error))}
        answers.write(ipc.pack(answer))


def _own_channels() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes to the parent, out of reach of libraries that print or read."""
    tasks = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(2, 1)
    os.close(null)
    return tasks, answers


def _build(path: str) -> Renderer:
    module, _, factory = path.partition(":")
    built: Renderer = getattr(import_module(module), factory)()
    return built


def _told(error: ImmersivaudioError) -> dict[str, Any]:
    """An error made for people; a user's fault is not tried again."""
    blame = {Fault.USER: "user", Fault.OPERATOR: "operator", Fault.US: "us"}[error.fault]
    return {
        "problem": error.problem,
        "remedy": error.remedy,
        "blame": blame,
        "stage": error.stage,
        "final": error.fault is Fault.USER,
        "trace": "" if error.fault is Fault.USER else _where(error),
    }


def _broke(name: str, trace: str) -> dict[str, Any]:
    """A defect: people are told that it is ours, the log is told where."""
    return {
        "problem": "something broke while scoring this clip",
        "remedy": "try again, or try another clip",
        "blame": "us",
        "stage": "render",
        "final": False,
        "trace": f"{name} {trace}".strip(),
    }


def _where(error: BaseException) -> str:
    """Places only: a message may quote what a user wrote."""
    places = traceback.extract_tb(error.__traceback__)[-6:]
    return " < ".join(f"{Path(place.filename).name}:{place.lineno}" for place in reversed(places))


if __name__ == "__main__":
    main()
