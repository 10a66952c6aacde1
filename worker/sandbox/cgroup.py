"""A control group (version 2) for one render process, where this machine lets us make one.

Counts processes and memory of the whole tree, and ends it in one write. Source: Documentation/admin-
guide/cgroup-v2.rst. Needs delegation: systemd's `Delegate=yes` with `DelegateSubgroup=main`, or root.
Without it, limits are those of single processes.
"""

import os
from contextlib import suppress
from pathlib import Path

_PREFIX = "immersivaudio-"


class ControlGroup:
    """One group, for one process and all it starts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def make(cls, *, tasks: int, memory: int) -> "ControlGroup | None":
        """Make a group for a process that is about to start; None where that is not allowed. 0: no limit."""
        for base in _bases():
            made = cls(base / f"{_PREFIX}{os.getpid()}-{os.urandom(4).hex()}")
            try:
                _clear(base)
                _enable(base)
                made.folder.mkdir()
            except OSError:
                continue
            if made._limited(tasks, memory):
                return made
            made.remove()
        return None

    def remove(self) -> None:
        """End everything that is still inside, and the group."""
        with suppress(OSError):
            (self.folder / "cgroup.kill").write_text("1")
        with suppress(OSError):
            self.folder.rmdir()

    def _limited(self, tasks: int, memory: int) -> bool:
        try:
            (self.folder / "pids.max").write_text(str(tasks or "max"))
            (self.folder / "memory.max").write_text(str(memory or "max"))
        except OSError:
            return False
        with suppress(OSError):
            (self.folder / "memory.swap.max").write_text("0")
        return True


def join(folder: Path) -> bool:
    """Move this process into a group; whether that worked."""
    try:
        (folder / "cgroup.procs").write_text("0")
    except OSError:
        return False
    return True


def _bases() -> list[Path]:
    """Where a group may be made: beside our own, or within it."""
    root = _mounted()
    own = _own()
    if root is None or own is None:
        return []
    here = root / own.lstrip("/")
    return [base for base in (here.parent, here) if _ours(base) and root in (base, *base.parents)]


def _ours(base: Path) -> bool:
    """Whether systemd gave this part of the tree away."""
    for name in ("user.delegate", "trusted.delegate"):
        with suppress(OSError):
            if os.getxattr(base, name) == b"1":
                return True
    return False


def _mounted() -> Path | None:
    with suppress(OSError):
        for line in Path("/proc/self/mountinfo").read_text().splitlines():
            before, _, after = line.partition(" - ")
            if after.startswith("cgroup2 "):
                return Path(before.split()[4])
    return None


def _own() -> str | None:
    with suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            if line.startswith("0::"):
                return line[3:]
    return None


def _enable(base: Path) -> None:
    """Ask for the controllers; refused where processes run in `base` itself."""
    with suppress(OSError):
        (base / "cgroup.subtree_control").write_text("+pids +memory")


def _clear(base: Path) -> None:
    """Remove the groups of workers that are gone."""
    for folder in base.glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdigit() and not Path("/proc", owner).exists():
            ControlGroup(folder).remove()
