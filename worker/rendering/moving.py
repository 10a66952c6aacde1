"""Move a file to another folder."""

import errno
import shutil
from pathlib import Path


def moved(path: Path, target: Path) -> Path:
    """Give a file another place and name; returns it.

    Within Landlock's version 1 (Linux before 5.19) nothing moves to another folder: there it is copied.
    """
    try:
        return path.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
    shutil.copyfile(path, target)
    path.unlink()
    return target
