"""The render process: takes tasks on its standard input, renders them, answers on its standard output.

    python -P -m worker.sandbox.render_process <renderer> <limits as JSON> <place as JSON>

It holds no token, no address of Redis and, where the kernel allows, no network. Whatever a clip does to it,
the parent only sees a child that died.
"""

import os
import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import orjson
from pydantic import TypeAdapter

from immersivaudio.errors import Fault, ImmersivaudioError, out_of_space
from immersivaudio.progress import StageProgress
from immersivaudio.queue.result import Blame
from worker.sandbox import ipc, process_group
from worker.sandbox.confine import allow_cpu, confine
from worker.sandbox.limits import Place, SandboxLimits
from worker.sandbox.tasks import (
    GenerateAnswer,
    GenerateTask,
    Message,
    PlanAnswer,
    RenderAnswer,
    RenderTask,
    Task,
    TaskFailure,
)

_TASK: TypeAdapter[Task] = TypeAdapter(Task)
_BLAME: Mapping[Fault, Blame] = {Fault.USER: "user", Fault.OPERATOR: "operator", Fault.US: "us"}


class Renderer(Protocol):
    """What a render process runs. Built once in it, by a factory without arguments."""

    def render(self, task: RenderTask, folder: Path, report: StageProgress) -> RenderAnswer:
        """Do the task in `folder`, where the files of the answer lie, too. Raises `ImmersivaudioError`."""
        ...


class StepwiseRenderer(Renderer, Protocol):
    """The same in three steps, each perhaps on another machine: for workers with a role."""

    def analyse(self, task: RenderTask, folder: Path, report: StageProgress) -> PlanAnswer:
        """Up to the plan."""
        ...

    def generate(self, task: GenerateTask, folder: Path, report: StageProgress) -> GenerateAnswer:
        """Make the music of each of the task's works in its own folder."""
        ...

    def finish(self, task: RenderTask, folder: Path, report: StageProgress) -> RenderAnswer:
        """As `render`, from the sheet and the tracks of the steps before."""
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
            answer = {"done": _done(renderer, _TASK.validate_python(task), ipc.ParentChannel(tasks, answers))}
        except ImmersivaudioError as error:
            answer = {"error": _told(error).plain()}
        except MemoryError:
            answers.write(ipc.pack({"error": _broke("out of memory", "").plain(), "leaves": True}))
            return  # what is left of the heap is not worth keeping warm
        except Exception as error:
            answer = {"error": _broke(type(error).__name__, _where(error), error).plain()}
        answers.write(ipc.pack(answer))


def _done(renderer: Renderer, task: Task, parent: ipc.ParentChannel) -> dict[str, Any]:
    answer: Message = getattr(renderer, task.step)(task, Path(task.folder), parent)
    return answer.plain()


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


def _told(error: ImmersivaudioError) -> TaskFailure:
    """An error made for people; a user's fault is not tried again."""
    own = error.fault is Fault.USER
    return TaskFailure(
        problem=error.problem,
        remedy=error.remedy,
        blame=_BLAME[error.fault],
        stage=error.stage,
        final=own,
        trace="" if own else _where(error),
        no_space=out_of_space(error),
    )


def _broke(name: str, trace: str, error: Exception | None = None) -> TaskFailure:
    """A defect: people are told that it is ours, the log is told where."""
    return TaskFailure(
        problem="something broke while scoring this clip",
        remedy="try again, or try another clip",
        stage="render",
        trace=f"{name} {trace}".strip(),
        no_space=out_of_space(error),
    )


def _where(error: BaseException) -> str:
    """Places only: a message may quote what a user wrote."""
    places = traceback.extract_tb(error.__traceback__)[-6:]
    return " < ".join(f"{Path(place.filename).name}:{place.lineno}" for place in reversed(places))


if __name__ == "__main__":
    main()
