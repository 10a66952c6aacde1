"""Damaged files of every kind we take: each is scored, or refused in one line. Nothing else may happen.

    python -m benchmarks.mutations [--count 10000] [--journal FILE [--again]]

Seeds are small clips and photos made here; each is damaged by its number, so that a finding can be made again
and no damaged file is ever kept. Half of the damage knows the format: lengths and counts of boxes, elements,
chunks and segments, sections left out, doubled, swapped or taken from another seed. The rest flips bits, cuts
and overwrites. Each is watched, planned and put together with a soundtrack in the worker's render process,
shut in as it always is. A journal takes every outcome, and a run that was ended goes on from it.
"""

import argparse
import asyncio
import hashlib
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import report
from benchmarks.damage import damaged
from benchmarks.mutation_seeds import make
from immersivaudio.audio import wav
from immersivaudio.config import Settings
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.progress import StageProgress
from immersivaudio.values import Soundtrack
from worker.sandbox.subprocess_pool import (
    RenderSubprocess,
    RenderTaskError,
    SubprocessDiedError,
    SubprocessTimeoutError,
    render_subprocess,
)
from worker.sandbox.tasks import RenderAnswer, RenderTask
from worker.settings import WorkerSettings

_LATE = 120
"""s of processor time after which a file has cost too much."""
_FAILURES = ("broke", "died", "late")
_HUNG = 1200.0
"""s of any time: a machine that does much else is no failure, a process that waits for ever is one."""


class DamageRenderer:
    """Scores the input with silence: what the composer plays does not depend on the damage."""

    def __init__(self) -> None:
        self._pipeline = Pipeline(Settings(_env_file=None))

    def render(self, task: RenderTask, folder: Path, _report: StageProgress) -> RenderAnswer:
        music = folder / "music.wav"
        wav.write(music, [])
        clip = self._pipeline.open(folder / task.input, photo_duration=1.0)
        sheet = self._pipeline.plan(self._pipeline.analyse(clip), ScoreOptions())
        track = (Soundtrack(music, "composer"),)
        self._pipeline.assemble(clip, sheet, track, ScoreOptions(), folder / "out.mp4")
        return RenderAnswer(media="out.mp4")


build = DamageRenderer


class Outcome(NamedTuple):
    """How one damaged file ended."""

    number: int
    how: str
    """"scored", "refused", or one of `_FAILURES`."""
    where: str
    spent: float
    """s of processor time."""


async def outcome(process: RenderSubprocess, scratch: Path, data: bytes, number: int) -> Outcome:
    """Hand one file to the render process; the next file finds a fresh one where this one ended it."""
    pid = (await process.start()).pid
    before, how, where = used(pid), "scored", ""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        (Path(folder) / "input").write_bytes(data)
        try:
            await process.run(RenderTask(folder=folder), RenderAnswer, _silent, _HUNG)
        except RenderTaskError as error:
            how = "refused" if error.failure.blame == "user" else "broke"
            where = f"{error.failure.problem} {error.failure.trace}"
        except SubprocessTimeoutError as error:
            how, where = "late", str(error)
        except SubprocessDiedError as error:
            how, where = "died", str(error)
    spent = _LATE if how == "late" else max(0.0, used(pid) - before)
    return Outcome(number, how, where, round(spent, 2))


def used(pid: int) -> float:
    """Seconds of processor time of a process; 0 where it is gone."""
    if not Path(f"/proc/{pid}/stat").exists():
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _silent(_stage: str, _done: float) -> None:
    """Nobody listens."""


async def outcomes(seeds: Mapping[str, bytes], numbers: Sequence[int]) -> AsyncIterator[Outcome]:
    """Try every number in turn."""
    with tempfile.TemporaryDirectory(prefix="mutations-") as place:
        scratch = Path(place)
        scratch.chmod(0o711)  # the render process of a root is another user
        work = WorkerSettings(
            _env_file=None, renderer="benchmarks.mutations:build", scratch=scratch, cpu=_LATE
        )
        process = render_subprocess(work, Settings(_env_file=None))
        try:
            for number in numbers:
                yield await outcome(process, scratch, damaged(seeds, number), number)
        finally:
            await process.kill()


def seeds() -> dict[str, bytes]:
    """The undamaged files by name."""
    with tempfile.TemporaryDirectory(prefix="seeds-") as place:
        folder = Path(place) / "seeds"
        make(folder)
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def journaled(path: Path | None, known: str) -> list[Outcome]:
    """What runs before this one found with the same seeds and the same damage, in their order."""
    if path is None or not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    return [Outcome(*row[1:]) for row in rows if row[0] == known]


async def tried(count: int, path: Path | None, *, again: bool) -> tuple[int, int, dict[int, Outcome]]:
    """Return how many seeds there are, how many files failed in an earlier run, and the outcome of each."""
    files = seeds()
    code = Path(__file__).with_name("damage.py").read_bytes()
    known = hashlib.sha256(code + b"".join(files.values())).hexdigest()[:16]
    before = journaled(path, known)
    failed = {each.number for each in before if each.how in _FAILURES and each.number < count}
    found = {each.number: each for each in before if not (again and each.how in _FAILURES)}
    async for each in outcomes(files, [number for number in range(count) if number not in found]):
        found[each.number] = each
        if path is not None:
            with path.open("a") as journal:
                journal.write(json.dumps([known, *each]) + "\n")
        if each.how in _FAILURES:
            sys.stderr.write(f"{each.number}: {each.how}, {each.where}, {each.spent} s\n")
    return len(files), len(failed), {number: found[number] for number in range(count)}


def main() -> None:
    """Measure and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--journal", type=Path)
    options.add_argument("--again", action="store_true")
    chosen = options.parse_args()
    kinds, failed, found = asyncio.run(tried(chosen.count, chosen.journal, again=chosen.again))
    seen = Counter(each.how for each in found.values())
    mended = (
        f" {failed} failed in the first pass; the faults were mended, and they count as they ended when they "
        "were run again."
    )
    rows = [
        ["damaged media files", chosen.count, sum(seen[how] for how in _FAILURES)],
        ["of them scored all the same", seen["scored"], ""],
        ["of them refused in one line", seen["refused"], ""],
    ]
    report.write(
        "Damaged media",
        f"{kinds} kinds of file, damaged by `python -m benchmarks.mutations --count {chosen.count}` and "
        "handed to the worker's render process; a failure is anything but a result or one plain line: a "
        "defect of ours, the death of that process, two minutes of processor time. "
        f"The slowest took {max(each.spent for each in found.values()):.1f} s."
        + (mended if failed and chosen.again else "")
        + "\n\n"
        + report.table(["attempts", "made", "failures"], rows),
        file=report.SECURITY,
    )


if __name__ == "__main__":
    main()
