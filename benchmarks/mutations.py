"""Damaged files of every kind we take: each is scored, or refused in one line. Nothing else may happen.

    python -m benchmarks.mutations [--count 2000] [--first 0]

Seeds are small clips and photos made here; each is damaged by its number, so that a finding can be made again
and no damaged file is ever kept. Half of the damage knows the format: lengths and counts of boxes, elements,
chunks and segments, sections left out, doubled, swapped or taken from another seed. The rest flips bits, cuts
and overwrites. Each is watched, planned and put together with a soundtrack, as a worker does it.
"""

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import report
from benchmarks.damage import damaged
from benchmarks.mutation_seeds import make

_MEMORY = 6 * 2**30
_LATE = 120.0
"""s of processor time after which a file has cost too much."""


def serve(folder: Path) -> None:
    """Score what standard input names, and say on standard output how each ended."""
    from immersivaudio.config import Settings
    from immersivaudio.errors import Fault, ImmersivaudioError
    from immersivaudio.media import audio
    from immersivaudio.pipeline import Pipeline
    from immersivaudio.values import Request, Soundtrack

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    pipeline = Pipeline(Settings(_env_file=None))
    music = folder / "music.wav"
    if not music.exists():
        audio.write(music, [])
    seeds = {path.name: path.read_bytes() for path in sorted((folder / "seeds").iterdir())}
    for line in sys.stdin:
        number = int(line)
        before = time.process_time()
        with tempfile.TemporaryDirectory(dir=folder) as place:
            path = Path(place) / "input"
            path.write_bytes(damaged(seeds, number))
            how, where = "scored", ""
            try:
                clip = pipeline.open(path, photo_duration=1.0)
                sheet = pipeline.plan(pipeline.analyse(clip), Request())
                track = (Soundtrack(music, "composer"),)
                pipeline.assemble(clip, sheet, track, Request(), Path(place) / "out.mp4")
            except ImmersivaudioError as error:
                how = "refused" if error.fault is Fault.USER else "broke"
                where = f"{type(error).__name__}: {error.problem} {_where(error)}"
            except Exception as error:
                how, where = "broke", f"{type(error).__name__} {_where(error)}"
        spent = time.process_time() - before
        sys.stdout.write(json.dumps([number, how, where, round(spent, 2)]) + "\n")
        sys.stdout.flush()


def _where(error: BaseException) -> str:
    places = traceback.extract_tb(error.__traceback__)[-5:]
    return " < ".join(f"{Path(place.filename).name}:{place.lineno}" for place in reversed(places))


def outcomes(folder: Path, numbers: Sequence[int]) -> Iterator[tuple[int, str, str, float]]:
    """Hand out the numbers to a process that is replaced when it dies or takes too long."""
    left = list(numbers)
    while left:
        argv = [sys.executable, "-m", "benchmarks.mutations", "--serve", str(folder)]
        process = subprocess.Popen(
            argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert process.stdin
        assert process.stdout
        while left:
            process.stdin.write(f"{left[0]}\n")
            process.stdin.flush()
            line = _answer(process)
            number = left.pop(0)
            if not line:
                break
            yield tuple(json.loads(line))
        if not line:
            code = process.wait()
            yield number, "late" if code == -signal.SIGXCPU else "died", f"left with {code}", _LATE
        else:
            process.stdin.close()
            process.wait()


def _answer(process: "subprocess.Popen[str]") -> str:
    """The next line; "" where the process died, or was ended for taking too long."""
    used = _used(process.pid)
    resource.prlimit(process.pid, resource.RLIMIT_CPU, (int(used + _LATE), resource.RLIM_INFINITY))
    assert process.stdout
    return process.stdout.readline()


def _used(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + 1


def main() -> None:
    """Measure and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--serve", type=Path)
    chosen = options.parse_args()
    if chosen.serve:
        serve(chosen.serve)
        return
    seen: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory(prefix="mutations-") as place:
        folder = Path(place)
        names = make(folder / "seeds")
        for number, how, where, spent in outcomes(folder, range(chosen.first, chosen.first + chosen.count)):
            seen[how] += 1
            slowest = max(slowest, spent)
            if how not in {"scored", "refused"} or spent > _LATE / 4:
                sys.stderr.write(f"{number}: {how}, {where}, {spent} s\n")
    failures = seen["broke"] + seen["died"] + seen["late"]
    rows = [
        ["damaged media files", chosen.count, failures],
        ["of them scored all the same", seen["scored"], ""],
        ["of them refused in one line", seen["refused"], ""],
    ]
    report.write(
        "Damaged media",
        f"{len(names)} kinds of file, damaged by `python -m benchmarks.mutations --count {chosen.count}`; a "
        "failure is anything but a result or one plain line: a defect of ours, a death, two minutes of "
        "processor time. "
        f"The slowest took {slowest:.1f} s.\n\n" + report.table(["attempts", "made", "failures"], rows),
        file=report.SECURITY,
    )


if __name__ == "__main__":
    main()
