"""Make a lock of PyPI's files one for a processor's torch: part of `make lock`.

    uv pip compile --generate-hashes ... | python requirements/cpu_torch.py > requirements/neural.txt

PyPI's torch for Linux brings 6 GB of CUDA. The processor's lies in an index of PyTorch's own, under the
version 2.13.0+cpu, with other hashes: those of `torch-cpu.sha256`, lines as `sha256sum` writes them. For a
new torch, take them from the links of https://download.pytorch.org/whl/cpu/torch/ (#sha256=...). A
Mac has PyPI's files alone, which are for processors.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

SUMS = Path(__file__).with_name("torch-cpu.sha256")
_OF_CUDA = re.compile(r"nvidia-(?!ml-py)|cuda-|triton")


def entries(lines: Iterable[str]) -> Iterator[list[str]]:
    """Each requirement with the lines of its hashes."""
    entry: list[str] = []
    for line in lines:
        if entry and not line.startswith(" "):
            yield entry
            entry = []
        entry.append(line)
    if entry:
        yield entry


def torch(entry: list[str], sums: str) -> list[str]:
    """Return PyPI's torch for Macs, and the processor's for others. Raises `ValueError` without hashes."""
    version = entry[0].split()[0].partition("==")[2]
    hashes = [line.split()[0] for line in sums.splitlines() if f"-{version}+cpu-" in line]
    if not hashes:
        raise ValueError(f"torch-cpu.sha256 has no file of torch {version}")
    lines = [f"    --hash=sha256:{each}" for each in hashes]
    return [
        f"torch=={version} ; sys_platform == 'darwin' \\\n",
        *entry[1:],
        f"torch=={version}+cpu ; sys_platform != 'darwin' \\\n",
        " \\\n".join(lines) + "\n",
    ]


def main() -> None:
    """From standard input to standard output."""
    for entry in entries(sys.stdin):
        if entry[0].startswith("torch=="):
            sys.stdout.writelines(torch(entry, SUMS.read_text()))
        elif not _OF_CUDA.match(entry[0]):
            sys.stdout.writelines(entry)


if __name__ == "__main__":
    try:
        main()
    except ValueError as error:
        sys.exit(str(error))
