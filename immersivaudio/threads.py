"""How many threads the libraries below may start."""

import os
import platform
from collections.abc import MutableMapping

BLAS = "OPENBLAS_NUM_THREADS"
_BUSY = 1.5
"""Programs that want each core, on average over a minute, from which none is free: one that uses all cores
alone makes it 1.
"""


def spare(environment: MutableMapping[str, str] = os.environ) -> None:
    """Let numpy's BLAS work in the thread that calls it, unless `environment` says otherwise.

    The products here are small: a second thread mostly waits, and burns a core while it does. Called before
    numpy is imported. Left alone on ARM, where torch may share the library.
    """
    if platform.machine() in {"x86_64", "AMD64"}:
        environment.setdefault(BLAS, "1")


def spared(most: int) -> int:
    """Return how many threads, at most `most`, one piece of work should use now: one on a busy machine.

    There a decoder's second thread makes nothing quicker and takes a sixth more of CPU. Where the load cannot
    be told (Windows), the machine is taken to be free.
    """
    cores = os.cpu_count() or 1
    try:
        wanted = os.getloadavg()[0]
    except (AttributeError, OSError):
        wanted = 0.0
    return 1 if wanted >= _BUSY * cores else max(1, min(most, cores))
