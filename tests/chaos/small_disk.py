"""A disk that is small enough to be filled: a tmpfs of its own, where this user may mount one."""

import os
import subprocess
from pathlib import Path

_BALLAST = "ballast"


class SmallDisk:
    """`folder` becomes a volume of `megabytes`."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder = folder
        self._size = megabytes

    def mount(self) -> bool:
        """Return whether it could be mounted: that takes root."""
        self.folder.mkdir(parents=True, exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", f"size={self._size}m,mode=0700", "none", str(self.folder)]
        return os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0

    def unmount(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)

    def fill(self) -> None:
        """Leave no room for a single byte."""
        with (self.folder / _BALLAST).open("ab", buffering=0) as file:
            for size in (1 << 20, 4096):
                try:
                    while True:
                        file.write(b"0" * size)
                except OSError:
                    continue

    def free(self) -> None:
        (self.folder / _BALLAST).unlink(missing_ok=True)
