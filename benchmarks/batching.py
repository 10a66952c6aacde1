"""What does it gain to make the music of several clips in one pass, and what do separate roles cost?

    python -m benchmarks.batching [seconds] [rounds]

The gain: MusicGen-small's architecture with random weights plays sheets of one section, one at a time and
side by side, as a worker of the role `generate` does. The cost (on a CPU only: it is none of the GPU's):
clips that need no work at all, through one kind of worker and through three steps, on loopback.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from benchmarks import report
from benchmarks.generation import build
from immersivaudio.stages.generate.musicgen import MusicGen
from immersivaudio.stages.generate.neural.musicgen import MusicGenModel
from immersivaudio.stages.generate.neural.precision import choose_precision
from immersivaudio.values import Cue, CueSheet
from tests.contracts.test_generate import sheet
from tests.neural import tiny

if TYPE_CHECKING:
    from tests.integration.worker.service import Service


def player(device: str, precision: str, most: int) -> MusicGen:
    """A MusicGen as large as the small one, in memory already."""
    dtype = torch.bfloat16 if device == "cuda" else torch.float32
    made = MusicGen(Path("in memory"), device=device, precision=precision, batch=most)
    made._model = MusicGenModel(build(device, dtype), tiny.t5_tokenizer(), precision=precision, batch=most)
    return made


def plans(count: int, seconds: float) -> list[CueSheet]:
    """Sheets that differ in their seed alone."""
    end = Fraction(seconds)
    cue = Cue(Fraction(0), end, "A", "hopeful", 0.5, 0.1, 0.5, "warm piano and strings")
    return [sheet(end, cues=(cue,), hits=(), seed=number) for number in range(count)]


def passes(made: MusicGen, sizes: Sequence[int], seconds: float, rounds: int) -> dict[int, float]:
    """Clips in one pass -> seconds a clip, the best of the rounds.

    Of the processor, which others may use meanwhile; where there is a GPU, of the clock.
    """
    clock = time.perf_counter if torch.cuda.is_available() else time.process_time
    taken: dict[int, list[float]] = {size: [] for size in sizes}
    for _ in range(rounds):
        for size in sizes:
            with tempfile.TemporaryDirectory() as place:
                folders = [Path(place) / str(number) for number in range(size)]
                for folder in folders:
                    folder.mkdir()
                start = clock()
                made.generate_many(plans(size, seconds), folders, lambda _done: None)
                taken[size].append((clock() - start) / size)
            sys.stderr.write(f"{size} in one pass: {taken[size][-1]:.2f} s a clip\n")
    return {size: min(times) for size, times in taken.items()}


def through(start: "Callable[[Service], None]", jobs: int = 40, **work: str) -> float:
    """Median seconds of a clip that needs no work, with these workers."""
    import asyncio

    from benchmarks.queue import overhead
    from tests.integration.worker.service import Service

    with tempfile.TemporaryDirectory(prefix="roles-") as folder, Service(Path(folder), **work) as service:
        start(service)
        service.start("deliver")
        return statistics.median(asyncio.run(overhead(service, jobs)))


def split(service: "Service") -> None:
    """One who looks and finishes, one who plays."""
    service.start("run", "--role", "analyse", name="analyse")
    service.start("run", "--role", "generate", name="generate")


def main() -> None:
    """Measure, and write the section."""
    seconds, rounds = (float(sys.argv[1]), int(sys.argv[2])) if sys.argv[2:] else (8.0, 2)
    cuda = torch.cuda.is_available()
    device = "cuda" if cuda else "cpu"
    precision = choose_precision("auto", device)
    sizes = (1, 4, 8, 16) if cuda else (1, 4, 8)
    found = passes(player(device, precision, max(sizes)), sizes, seconds, rounds)
    rows = [
        [size, f"{each:.1f}", f"{60 / each:.1f}", f"{found[1] / each:.2f} x"] for size, each in found.items()
    ]
    unit = "s" if cuda else "CPU s"
    gain = report.table(["clips in one pass", f"{unit} a clip", f"clips in 60 {unit}", "gain"], rows)
    where = f"{report.machine()}, torch {torch.__version__} with {torch.get_num_threads()} threads"
    if cuda:
        where = f"{torch.cuda.get_device_name()}, torch {torch.__version__}"
    text = (
        f"MusicGen-small's architecture, random weights, {precision}, {seconds:g} s of film in one section, "
        f"best of {rounds} rounds in turn; conforming and writing included.\n\n{gain}"
    )
    if cuda:
        report.write("Several clips in one pass of a GPU", text, where=where)
    else:
        report.write("Several clips in one pass", f"{text}\n\n{costs()}", where=where)


def costs() -> str:
    """A table of what a clip that needs no work takes."""
    spent = {
        "one kind of worker": through(lambda service: service.start("run")),
        "three steps, no waiting for others": through(split, GATHER="0"),
        "three steps, 0.3 s of waiting": through(split),
    }
    rows = [[name, f"{1000 * each:.0f}"] for name, each in spent.items()]
    return report.table(["a clip that needs no work, median", "ms"], rows)


if __name__ == "__main__":
    main()
