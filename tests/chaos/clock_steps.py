"""A wall clock that is stepped from outside: what a file says is added to it."""

import os
import time
from pathlib import Path

VARIABLE = "CHAOS_CLOCK"


def follow() -> None:
    """From now on this process's clock is off by what the file of the environment says, s."""
    file, right = Path(os.environ[VARIABLE]), time.time

    def wrong() -> float:
        try:
            return right() + float(file.read_text())
        except (OSError, ValueError):  # not stepped yet, or being written
            return right()

    time.time = wrong
