"""Where every script writes: one section of docs/benchmarks.md, between two marks of its own."""

import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
SECURITY = PAGE.with_name("security.md")
"""What is promised, with the attempts that were made; its sections are written by several scripts."""
HEAD = """# Benchmarks

Written by the scripts in `benchmarks/`; do not edit by hand. Ratios are of medians measured in one run on
one machine, so they carry over to other machines better than seconds do.
"""


def machine() -> str:
    """Name this machine as a reader needs it: processor, cores, Python."""
    model = "an unnamed processor"
    info = Path("/proc/cpuinfo")
    if info.exists():
        found = re.search(r"model name\s*: (.+)", info.read_text())
        model = found[1] if found else model
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def write(section: str, text: str, *, where: str = "", file: Path = PAGE) -> None:
    """Put `text` (Markdown) under the heading `section` of `file`, in place of what stood there."""
    page = file.read_text() if file.exists() else HEAD
    start, end = f"<!-- {section} -->", f"<!-- end of {section} -->"
    stamp = f"*{time.strftime('%Y-%m-%d')}, {where or machine()}*"
    block = f"{start}\n## {section}\n\n{stamp}\n\n{text.strip()}\n{end}"
    if start in page:
        before, _, rest = page.partition(start)
        page = before + block + rest.partition(end)[2]
    else:
        page = page.rstrip() + "\n\n" + block + "\n"
    file.write_text(page)
    sys.stdout.write(f"{block}\n")


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def rows(section: str, file: Path = PAGE) -> list[list[str]]:
    """Return the cells of a section's table, without its heads."""
    block = file.read_text().partition(f"<!-- {section} -->")[2].partition(f"<!-- end of {section} -->")[0]
    lines = [line.strip("|").split("|") for line in block.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines[2:]]


@dataclass(frozen=True)
class Cost:
    """What a command took."""

    cpu: float
    """User and system seconds of it and its children."""
    wall: float
    peak: float
    """Resident at most in its largest process, MB."""


def cost(command: Sequence[str]) -> Cost:
    """Run a command, and return what it took; it must succeed."""
    start = time.perf_counter()
    none = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=none, stdout=none, stderr=none) as process:
        _, status, used = os.wait4(process.pid, 0)
        wall, process.returncode = time.perf_counter() - start, os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def costs(commands: Sequence[Sequence[str]], times: int = 5) -> list[Cost]:
    """Run commands in turn, `times` over, and return the medians in their order."""
    runs = [[cost(command) for command in commands] for _ in range(times)]
    return [
        Cost(*(median(getattr(c, name) for c in column) for name in ("cpu", "wall", "peak")))
        for column in zip(*runs, strict=True)
    ]


def peak_megabytes(command: Sequence[str]) -> float:
    """Run a command in a fresh parent, and return the peak resident size of its largest process, MB."""
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024
