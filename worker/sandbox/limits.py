"""What a render process may use, where it lives, and what holds for it: values that cross the process
border.
"""

import os
from dataclasses import asdict, dataclass

_TASKS = 128
"""Threads and processes where nothing else is said; two more a processor: libraries start one for each."""


@dataclass(frozen=True, slots=True)
class SandboxLimits:
    """What a render process may use. 0 means no limit."""

    memory: int
    """bytes of address space"""
    cpu: int
    """s of processor time a task"""
    file_size: int
    """bytes"""
    open_files: int
    network: bool
    tasks: int = 0
    """Processes and threads; 0: as many as this machine's libraries need."""
    gpu: bool = False
    """Open the devices of GPUs, and what the kernel tells of them."""
    readable: tuple[str, ...] = ()
    """Folders and files besides the code: models, SoundFonts."""
    sandbox: bool = True
    """False: only the limits of memory, time, files."""

    def plain(self) -> dict[str, object]:
        """As JSON takes it."""
        return asdict(self)

    @property
    def most_tasks(self) -> int:
        """Processes and threads that are allowed."""
        return self.tasks or _TASKS + 2 * (os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a render process lives."""

    folder: str
    """The only one it may write to."""
    parent: int
    """Process number of the worker."""
    identity: int | None = None
    """The user it becomes, where it starts as root."""
    group: str = ""
    """A control group to join."""

    def plain(self) -> dict[str, object]:
        """As JSON takes it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Confined:
    """What holds for this process, as the kernel answered."""

    pid: int
    landlock: int = 0
    """Version of Landlock in force; 0: none."""
    seccomp: bool = False
    own_network: bool = False
    """It has a network of its own, in which nothing is."""
    unprivileged: bool = False
    """It is not root, has no capability (but, where root started it, to read what it is granted), gains
    none.
    """
    counted: str = ""
    """What counts its processes: "group" (all of them, and their memory), "user" (its own), "machine"
    (with all others of the same user), "" (nothing)."""
    code_hidden: bool = False
    """It can no longer read its own code, which lies where only root may look."""

    def plain(self) -> dict[str, object]:
        """As JSON takes it."""
        return asdict(self)
