"""What does the sandbox cost a job, and what does a probe reach from inside it?

    python -m benchmarks.sandbox

The same jobs with and without the sandbox, in turn, in one run; each copies its input, so that what is
measured is the handing in and out, the look for what was left behind, and the kernel's checks. The probe is
that of `tests/security`, in every way this machine can start it: by root, by a user, without namespaces.
"""

import asyncio
import os
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

import pytest

from benchmarks import report
from immersivaudio.config import Settings
from tests.security.test_sandbox import MODES, Grounds, alive, probed
from worker.sandbox.subprocess_pool import RenderSubprocess, render_subprocess
from worker.sandbox.tasks import RenderAnswer, RenderTask
from worker.settings import WorkerSettings

_JOBS, _STARTS = 60, 9
_PROMISES = ("reads", "read outside", "writes", "sockets", "processes", "privileges")


async def _untold(_stage: str, _done: float) -> None:
    """Tell nobody."""


async def _job(process: RenderSubprocess, scratch: Path, clip: bytes) -> tuple[float, float]:
    """Wall seconds of one job, and processor seconds of the parent's part."""
    wall, cpu = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        (Path(folder) / "input").write_bytes(clip)
        await process.run(RenderTask(folder=folder), RenderAnswer, _untold, 60.0)
    return time.perf_counter() - wall, time.process_time() - cpu


async def _start(process: RenderSubprocess) -> float:
    """Wall seconds until a fresh process is ready."""
    await process.kill()
    begun = time.perf_counter()
    await process.start()
    return time.perf_counter() - begun


async def overhead() -> list[list[object]]:
    """Rows of a table: the medians with the sandbox, without, and what lies between."""
    clip = os.urandom(4_000_000)
    with tempfile.TemporaryDirectory(prefix="overhead-") as place:
        scratch = Path(place)
        scratch.chmod(0o711)
        pair = []
        for mode in ("auto", "off"):
            work = WorkerSettings(
                _env_file=None, renderer="tests.chaos.renderer:build", scratch=scratch, sandbox=mode
            )
            pair.append(render_subprocess(work, Settings(_env_file=None)))
        try:
            starts = [[await _start(process) for process in pair] for _ in range(_STARTS)]
            taken = [[await _job(process, scratch, clip) for process in pair] for _ in range(_JOBS)][5:]
        finally:
            for process in pair:
                await process.kill()
    rows: list[list[object]] = []
    for name, column in (("a job of 4 MB, wall", 0), ("of it the parent's processor time", 1)):
        shut, free = (median(round_[which][column] for round_ in taken) * 1000 for which in (0, 1))
        aim = "<= 30 ms" if column == 0 else ""
        rows.append([name, f"{shut:.1f} ms", f"{free:.1f} ms", f"{shut - free:.1f} ms", aim])
    shut, free = (median(round_[which] for round_ in starts) * 1000 for which in (0, 1))
    rows.append(
        ["a process until it is ready", f"{shut:.0f} ms", f"{free:.0f} ms", f"{shut - free:.0f} ms", ""]
    )
    return rows


def probes() -> list[list[object]]:
    """Rows of a table: attempts and failures of each promise, in each way of starting."""
    rows: list[list[object]] = []
    for mode in MODES:
        grounds = Grounds(Path(tempfile.mkdtemp(prefix="grounds-")))
        try:
            told = probed(grounds, mode)
        except pytest.skip.Exception as reason:
            rows.append([f"started by {mode}", f"not tried: {reason}", ""])
            continue
        finally:
            grounds.redis.stop()
            shutil.rmtree(grounds.folder, ignore_errors=True)
        rows += [
            [f"{name}, started by {mode}", told[name]["made"], len(told[name]["worked"])]
            for name in _PROMISES
        ]
        rows.append([f"300 processes, started by {mode}", 300, f"{told['started']} at once, then no more"])
        rows.append([f"programs left behind, started by {mode}", 6, len(alive())])
    return rows


def main() -> None:
    """Measure and write."""
    rows = asyncio.run(overhead())
    heads = ["what", "shut in", "not", "overhead", "aim"]
    report.write("The sandbox", report.table(heads, rows))
    words = (
        "What a renderer that is out for harm reaches from inside; a failure is an attempt that worked.\n\n"
    )
    report.write(
        "The render process, probed",
        words + report.table(["attempts", "made", "failures"], probes()),
        file=report.SECURITY,
    )


if __name__ == "__main__":
    main()
