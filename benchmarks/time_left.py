"""How true the page's "about 20 s left" is, from the halfway mark on, on real clips.

    python -m benchmarks.time_left [folder]

Every clip of the folder (../shared/media/dev) that the pipeline takes is scored. What it tells of its stages
is what the page's countdown hears: with what is typical, and with what it learned from the clips before. Once
more by processor time, in which the work of others on the machine does not count.
"""

import os
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import report
from bot.web.time_left import Countdown, StagePace
from immersivaudio.config import Settings
from immersivaudio.errors import UserError
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.queue import State, Status, Summary

_NEAR = 0.3
"""Share of what is left by which the estimate may be wrong."""
_ROUNDED = 2.0
"""s by which it may be, however little is left: the page says "about 1 s"."""
_ENDINGS = {".mp4", ".mpg", ".webm", ".avi", ".gif"}
_LOOKS = 0.25
"""s between two looks."""


@dataclass(frozen=True, slots=True)
class Told:
    """One word of the pipeline."""

    at: float
    """s since the beginning."""
    worked: float
    """s of processor time since then."""
    stage: str
    done: float


def worked() -> float:
    """Return s of processor time that this process and its children took."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def followed(path: Path, folder: Path, pipeline: Pipeline, told: list[Told]) -> tuple[Told, float, Summary]:
    """Score a clip; returns when it was done, s it plays, and what a worker would say of it."""
    told.clear()
    begun, work = time.monotonic(), worked()
    scored = pipeline.score(path, ScoreOptions(), folder / "scored.mp4", folder)
    end = Told(time.monotonic() - begun, worked() - work, "", 1.0)
    length = float(scored.clip.duration)
    return end, length, Summary(duration=length, seconds=dict(pipeline.spent))


def hits(told: list[Told], taken: float, pace: StagePace, length: float) -> float:
    """Return the share of looks from the halfway mark on at which the estimate was right."""
    right, place, now = [], 0, told[0].at
    clock = [now]
    countdown = Countdown(pace, length, clock=lambda: clock[0])
    while now < taken:
        while place + 1 < len(told) and told[place + 1].at <= now:
            place += 1
        clock[0] = now
        word = told[place]
        _, left = countdown.look(Status("", State.RUNNING, word.stage, word.done))
        if now >= taken / 2 and left is not None:
            real = taken - now
            right.append(abs(left - real) <= max(_NEAR * real, _ROUNDED))
        now += _LOOKS
    return sum(right) / max(1, len(right))


def main() -> None:
    """Measure, and write the section."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/media/dev")
    clips = sorted(path for path in folder.iterdir() if path.suffix in _ENDINGS)
    told: list[Told] = []
    begun, work = time.monotonic(), worked()

    def listen(stage: str, done: float) -> None:
        told.append(Told(time.monotonic() - begun, worked() - work, stage, done))

    pipeline = Pipeline(Settings(), listen)
    learned, rows = StagePace(), []
    for path in clips:
        with tempfile.TemporaryDirectory(prefix="left-") as name:
            begun, work = time.monotonic(), worked()
            try:
                end, length, summary = followed(path, Path(name), pipeline, told)
            except UserError:
                continue
        shares = [hits(told, end.at, pace, length) for pace in (StagePace(), learned)]
        busy = [replace(word, at=word.worked) for word in told]
        shares.append(hits(busy, end.worked, StagePace(), length))
        learned.learn(summary)
        rows.append([path.name, f"{length:.0f} s", f"{end.at:.0f} s", *(f"{share:.0%}" for share in shares)])
    pipeline.close()
    right = "estimates within 30 %, first clip of a process"
    heads = ["clip", "plays", "took", right, "after those above", "the first, by processor time"]
    told_all = f"\n\nLooks from the halfway mark on, four a second; off by {_ROUNDED:g} s counts as right."
    told_all += f" Load average of the machine: {os.getloadavg()[0]:.0f}."
    report.write("The time that is left", report.table(heads, rows) + told_all)


if __name__ == "__main__":
    main()
