"""What a piece costs, by palette: composed, rendered, mastered and written, from a cold start and warm.

python -m benchmarks.cost [palette ...]
"""

import subprocess
import sys
from statistics import median

from benchmarks import report
from immersivaudio import music

ALONE = (sys.executable, "-m", "benchmarks.one_piece")
SECONDS, SHORT, LONG = 60, 30, 600
RUNS = 3
HEADS = (
    "palette",
    f"cold start, {SECONDS} s: wall",
    "warm: wall",
    "warm: CPU s a second of music",
    "x real time",
    f"{SHORT} s, no stems, cold: CPU s",
    f"peak MB, {SECONDS} s",
    f"peak MB, {LONG} s",
)
AIMS = ("*aim*", "6 s", "3 s", "0.05", "20", "1.5", "700", "700")


def row(palette: str) -> list[str]:
    """Return the cells of one palette. Cold is a process of its own, warm the later pieces of one process."""
    cold, brief = report.costs(
        [[*ALONE, palette, str(SECONDS)], [*ALONE, palette, str(SHORT), "--mix-only"]], RUNS
    )
    again = [*ALONE, palette, str(SECONDS), str(1 + RUNS)]
    printed = subprocess.run(again, check=True, capture_output=True, text=True).stdout.splitlines()[1:]
    cpu, wall = (
        median(column) for column in zip(*(map(float, line.split()) for line in printed), strict=True)
    )
    peaks = [report.peak_megabytes([*ALONE, palette, str(seconds)]) for seconds in (SECONDS, LONG)]
    return [
        palette,
        f"{cold.wall:.1f} s",
        f"{wall:.1f} s",
        f"{cpu / SECONDS:.3f}",
        f"{SECONDS / wall:.0f}",
        f"{brief.cpu:.2f}",
        *(f"{peak:.0f}" for peak in peaks),
    ]


def main() -> None:
    """Measure the palettes asked for (all: writes the section)."""
    rows = [list(AIMS), *(row(palette) for palette in sys.argv[1:] or music.PALETTES)]
    text = (
        "Composed, rendered, mastered and written, stems included unless said otherwise; medians of "
        f"{RUNS}. Real time: by the warm wall clock.\n\n{report.table(HEADS, rows)}"
    )
    if sys.argv[1:]:
        print(text)
    else:
        report.write("Cost of a piece", text)


if __name__ == "__main__":
    main()
