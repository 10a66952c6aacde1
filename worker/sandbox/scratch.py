"""One private folder a worker for all that it holds of users' clips; what a killed worker left is deleted.

The folder is locked for as long as its worker lives, so that any other can tell a live one from a dead
one, whatever container or machine it ran on.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "immersivaudio-worker-"
_LOCK = ".lock"


@contextmanager
def private_scratch(base: Path) -> Iterator[Path]:
    """Make a folder in `base`, having deleted those of dead workers; gone in the end."""
    clear_scratch(base)
    made = Path(tempfile.mkdtemp(prefix=f".{_PREFIX}", dir=base)).resolve()
    made.chmod(0o711 if os.geteuid() == 0 else 0o700)  # a render process that root started is another user
    with (made / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = made.rename(made.with_name(made.name[1:]))  # found by others only once it is locked
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def clear_scratch(base: Path) -> int:
    """Delete the folders of workers that are gone; returns how many there were."""
    count = 0
    for folder in base.glob(f"{_PREFIX}*"):
        with suppress(OSError), (folder / _LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
            count += 1
    return count
