"""Two builds side by side, in one run: what `score` takes in this tree, as a ratio to another revision.

    python -m benchmarks.against REV CLIP [CLIP ...] [--times 5] [--detect visual] [--beside FOLDER] [--write]

The other revision is checked out into a work tree of its own, and runs in this environment: both builds use
the same libraries. What only the other one needs is looked for in FOLDER (`pip install --target`). They
alternate; the ratios are of medians. Prints a table; `--write` puts it into docs/benchmarks.md, too.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import report

HERE = Path(__file__).resolve().parents[1]
_MAIN = "import sys; sys.argv[0] = 'immersivaudio'; from immersivaudio.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Side:
    """One build."""

    tree: Path
    beside: Path | None = None
    """Where packages are that this environment lacks."""

    def command(self, *arguments: str) -> list[str]:
        """Return what runs this build, whatever is installed: its tree comes first on Python's path."""
        environment = "PYTHONPATH=" + os.pathsep.join(str(path) for path in (self.tree, self.beside) if path)
        return ["env", environment, sys.executable, "-P", "-c", _MAIN, *arguments]


@contextmanager
def checked_out(revision: str) -> Iterator[Path]:
    """Yield a work tree of `revision`, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="against-") as folder:
        tree = Path(folder) / "tree"
        git = ["git", "-C", str(HERE), "worktree"]
        subprocess.run([*git, "add", "-q", "--detach", str(tree), revision], check=True)
        try:
            yield tree
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def rows(old: Side, new: Side, clips: list[Path], times: int) -> Iterator[list[str]]:
    """Measure help and every clip."""
    works: list[tuple[str, list[str]]] = [("--help", ["--help"])]
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "out.mp4")
        works += [(clip.name, ["score", str(clip), "-o", out, "-q"]) for clip in clips]
        for place, (name, arguments) in enumerate(works):
            commands = [side.command(*arguments) for side in (old, new)]
            if place < 2:  # help and the first clip load what there is to load
                report.costs(commands, 1)  # fill the caches of both
            before, after = report.costs(commands, times)
            yield [
                name,
                f"{before.cpu:.2f} -> {after.cpu:.2f} s ({after.cpu / before.cpu:.2f})",
                f"{before.wall:.2f} -> {after.wall:.2f} s ({after.wall / before.wall:.2f})",
                f"{before.peak:.0f} -> {after.peak:.0f} MB ({after.peak / before.peak:.2f})",
            ]


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision")
    parser.add_argument("clips", nargs="*", type=Path)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--beside", type=Path, help="packages that only the other build needs")
    parser.add_argument("--write", action="store_true", help="write the table into docs/benchmarks.md")
    parser.add_argument("--detect", help="the detector of both, such as visual where one has no eyes")
    arguments = parser.parse_args()
    if arguments.detect:
        os.environ["IMMERSIVAUDIO_DETECT"] = arguments.detect
    clips = [clip.resolve() for clip in arguments.clips]
    heads = ["what", "CPU (ratio)", "wall (ratio)", "peak of one process (ratio)"]
    load = f"load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores"
    told = f"{arguments.revision} to this build, medians of {arguments.times}, {load}; detector: "
    told += arguments.detect or "as the build has it"
    found: list[list[str]] = []
    with checked_out(arguments.revision) as tree:
        old, new = Side(tree, arguments.beside and arguments.beside.resolve()), Side(HERE)
        for row in rows(old, new, clips, arguments.times):
            found.append(row)
            if arguments.write:  # row by row: a long run that is stopped keeps what it has
                report.write(f"Against {arguments.revision}", f"{told}.\n\n{report.table(heads, found)}")
    if not arguments.write:
        sys.stdout.write(f"{told}\n{report.table(heads, found)}\n")


if __name__ == "__main__":
    main()
