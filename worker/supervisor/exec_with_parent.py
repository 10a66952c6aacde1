"""Start a program that ends when its parent does, however that ends: a killed supervisor leaves no process.

    python -m worker.supervisor.exec_with_parent <pid of the parent> <program> <arguments>

A second Redis on the same data, or a second bot with the same token, would ruin both. On Linux the kernel
sees to it; elsewhere (macOS) this process stays beside the program, passes signals on, looks for its parent.
"""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
_LOOK = 0.5
"""s between two looks for the parent, where the kernel does not tell."""


def with_parent(*argv: str) -> tuple[str, ...]:
    """The command line that starts `argv` as a child of this very process."""
    return (sys.executable, "-m", "worker.supervisor.exec_with_parent", str(os.getpid()), *argv)


def main() -> None:
    """Become the program, or stay and watch."""
    parent, *argv = sys.argv[1:]
    if sys.platform != "linux":
        sys.exit(watch(int(parent), argv))
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)  # kept across exec
    if os.getppid() == int(parent):  # else it died before we could ask
        os.execv(argv[0], argv)  # noqa: S606 - a list of our own, and no shell is what we want


def watch(parent: int, argv: Sequence[str]) -> int:
    """Run the program, and end it when `parent` is gone; returns its exit status, as a shell gives it."""
    program = subprocess.Popen(argv, close_fds=False)  # what we were told to hold open, it holds
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: program.send_signal(number))
    while True:
        try:
            code = program.wait(_LOOK)
        except subprocess.TimeoutExpired:
            if os.getppid() != parent:
                program.terminate()
        else:
            return code if code >= 0 else 128 - code


if __name__ == "__main__":
    main()
