"""How long a test waits for what it waits for.

A wait is for an event and ends when that comes: this only says when a test gives up. Nothing takes this long,
however busy the machine is. It measures no speed: what must be quick is measured in processor time.
"""

import time
from collections.abc import Iterable
from pathlib import Path

PATIENCE = 600.0
"""s."""


def undisturbed(others: Iterable[int] = ()) -> float:
    """Return a time, s, by a clock for the time limits of a platform on a busy machine.

    It stands still while this thread, or the first one of a process of `others`, waits for a processor.
    """
    waited = 0
    for task in ("thread-self", *map(str, others)):
        try:
            waited += int(Path(f"/proc/{task}/schedstat").read_text().split()[1])
        except (OSError, IndexError):  # not Linux, or the process is gone
            continue
    return time.monotonic() - waited / 1e9
