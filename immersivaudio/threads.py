"""How many threads the libraries below may start."""

import os
import platform
from collections.abc import MutableMapping

BLAS = "OPENBLAS_NUM_THREADS"


def spare(environment: MutableMapping[str, str] = os.environ) -> None:
    """Let numpy's BLAS work in the thread that calls it, unless `environment` says otherwise.

    The products here are small: a second thread mostly waits, and burns a core while it does. Called before
    numpy is imported. Left alone on ARM, where torch may share the library.
    """
    if platform.machine() in {"x86_64", "AMD64"}:
        environment.setdefault(BLAS, "1")
