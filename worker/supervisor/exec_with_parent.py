"""Start a program that ends when its parent does, however that ends: a killed supervisor leaves nobody.

    python -m worker.supervisor.exec_with_parent <pid of the parent> <program> <arguments>

A second Redis on the same data, or a second bot with the same token, would ruin both. Linux.
"""

import ctypes
import os
import signal
import sys

from worker.sandbox.limits import PR_SET_PDEATHSIG


def with_parent(*argv: str) -> tuple[str, ...]:
    """The command line that starts `argv` as a child of this very process."""
    return (sys.executable, "-m", "worker.supervisor.exec_with_parent", str(os.getpid()), *argv)


def main() -> None:
    """Become the program; the kernel keeps the wish across that."""
    parent, *argv = sys.argv[1:]
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() == int(parent):  # else it died before we could ask
        os.execv(argv[0], argv)  # noqa: S606 - a list of our own, and no shell is what we want


if __name__ == "__main__":
    main()
