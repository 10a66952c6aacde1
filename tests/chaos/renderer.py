"""A quick renderer for tests of the queue: the result is the input, and its mood says what to do."""

import ctypes
import json
import os
import time
from pathlib import Path

from immersivaudio.errors import BadMediaError
from immersivaudio.progress import StageProgress
from immersivaudio.queue import Summary
from worker.sandbox.tasks import (
    GenerateAnswer,
    GenerateTask,
    MusicAnswer,
    PlanAnswer,
    RenderAnswer,
    RenderTask,
)


class CopyRenderer:
    """Copies the clip. A mood "<verb> <argument>" makes it slow, or makes it die in a chosen way.

    With roles the deed is done while the music is made: a poisonous clip breaks the pass it sits in.
    """

    def render(self, task: RenderTask, folder: Path, report: StageProgress) -> RenderAnswer:
        verb, argument, *_ = [*task.options.mood.split(), "", ""]
        report("extract", 0.5)
        words = json.dumps(dict(os.environ)) if verb == "environment" else "a copy"
        _runs(task)
        _DEEDS.get(verb, lambda _: None)(argument)
        (folder / "scored.bin").write_bytes((folder / task.input).read_bytes())
        (folder / "seen.zip").write_bytes(b"what was seen")
        notes = ("looked again",) if not task.seen else ()
        return RenderAnswer(
            media="scored.bin",
            seen="seen.zip",
            summary=Summary(prompt=words, notes=notes, seconds={"extract": 0.01}),
            sheet=task.sheet or '{"version":1}',
        )

    def analyse(self, task: RenderTask, folder: Path, report: StageProgress) -> PlanAnswer:
        report("extract", 0.5)
        return PlanAnswer(sheet=(folder / task.input).read_text(), seconds={"extract": 0.01}, backends={})

    def generate(self, task: GenerateTask, _folder: Path, report: StageProgress) -> GenerateAnswer:
        report("generate", 0.5)
        deeds = [[*work.options.mood.split(), "", ""][:2] for work in task.works]
        for work in task.works:
            _mark("runs.log", f"{work.options.mood} {work.sheet}")
        _mark("passes.log", str(len(task.works)))
        naps = [float(argument) for verb, argument in deeds if verb == "sleep"]
        time.sleep(max(naps, default=0.0))
        for verb, argument in deeds:
            if verb in _DEEDS and verb != "sleep":
                _DEEDS[verb](argument)
        for work in task.works:
            Path(work.folder, "tracks.bin").write_text(work.sheet)
        one = MusicAnswer(tracks="tracks.bin", seconds={"generate": 0.01}, backends={"generate": "copy"})
        return GenerateAnswer(works=(one,) * len(task.works), batch=len(task.works))

    def finish(self, task: RenderTask, folder: Path, report: StageProgress) -> RenderAnswer:
        report("reconstruct", 0.5)
        clip, music = ((folder / name).read_text() for name in (task.input, task.tracks))
        (folder / "scored.bin").write_text(clip if clip == music else f"{clip} with the music of {music}")
        summary = Summary(seconds=task.seconds, backends=task.backends, batch=task.batch)
        return RenderAnswer(media="scored.bin", summary=summary, sheet='{"version":1}')


def _runs(task: RenderTask) -> None:
    """Leave a mark for each run where the test laid out a list: a count of tries that is not our own."""
    if _marks("runs.log"):
        clip = (Path(task.folder) / task.input).read_text()
        _mark("runs.log", f"{task.options.mood} {clip}")


def _marks(name: str) -> Path | None:
    """The list that a test laid out above our folder; only a process that is not shut in can write to it."""
    return next((place / name for place in Path.cwd().parents if (place / name).exists()), None)


def _mark(name: str, line: str) -> None:
    found = _marks(name)
    if found:
        with found.open("a") as file:
            file.write(f"{line}\n")


def _bad_media(_: str) -> None:
    raise BadMediaError("this is not a clip", "send a video")


def _eat_memory(size: str) -> None:
    held = [bytearray(2**20) for _ in range(int(size))]
    del held


def _spin(seconds: str) -> None:
    end = time.process_time() + float(seconds)
    while time.process_time() < end:
        pass


def _reach_out(_: str) -> None:
    import socket

    socket.create_connection(("127.0.0.1", int(_)), timeout=1).close()


def _fill(megabytes: str) -> None:
    with Path("full").open("wb") as file:
        for _ in range(int(megabytes)):
            file.write(b"0" * 2**20)


def _fork(seconds: str) -> None:
    if os.fork() == 0:
        time.sleep(float(seconds))
        os._exit(0)
    time.sleep(float(seconds))


def _work(seconds: float) -> None:
    """Use so much processor time."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


_DEEDS = {
    "sleep": lambda seconds: time.sleep(float(seconds)),
    "work": lambda seconds: _work(float(seconds)),
    "segfault": lambda _: ctypes.string_at(0),
    "kill": lambda _: os.kill(os.getpid(), 9),
    "exit": lambda code: os._exit(int(code or 3)),
    "raise": lambda _: 1 / 0,
    "refuse": _bad_media,
    "memory": _eat_memory,
    "spin": _spin,
    "fill": _fill,
    "fork": _fork,
    "network": _reach_out,
    "print": lambda words: os.write(1, words.encode() * 10_000),
    "kill-parent": lambda _: os.kill(os.getppid(), 9),
}


def build() -> CopyRenderer:
    return CopyRenderer()
