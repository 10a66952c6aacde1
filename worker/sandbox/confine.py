"""What a render process gives up before it touches a stranger's file: files, network, privileges, time,
memory.

Called once, in this order, while there is one thread: what needs a right comes before that right is
given up. Nothing here raises where the kernel does not know a protection; `Confined` says what holds,
and whoever started the process decides whether that is enough. On another system than Linux nothing
holds but some limits.
"""

import ctypes
import os
import resource
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from worker.sandbox import cgroup, grants, landlock, privileges, seccomp

_CLONE_NEWUSER, _CLONE_NEWNET = 0x1000_0000, 0x4000_0000  # <linux/sched.h>
_TASKS = 128
"""Threads and processes where nothing else is said; two more a processor: libraries start one for each."""


@dataclass(frozen=True, slots=True)
class Limits:
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

    @property
    def most_tasks(self) -> int:
        """Processes and threads that are allowed."""
        return self.tasks or _TASKS + 2 * (os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a render process lives."""

    folder: str
    """The only one it may write to."""
    identity: int | None = None
    """The user it becomes, where it starts as root."""
    group: str = ""
    """A control group to join."""


@dataclass(frozen=True, slots=True)
class Confined:
    """What holds for this process, as the kernel answered."""

    landlock: int = 0
    """Version of Landlock in force; 0: none."""
    seccomp: bool = False
    own_network: bool = False
    """It has a network of its own, in which nothing is."""
    root: bool = False
    """It is still root."""
    capabilities: bool = False
    """It has no capability but, where it was started by root, to read the files that it is granted."""
    gains_nothing: bool = False
    counted: str = ""
    """What counts its processes: "group" (all of them, and their memory), "user" (its own), "machine"
    (with all others of the same user), "" (nothing)."""
    dies_first: bool = False

    def plain(self) -> dict[str, object]:
        """As JSON takes it."""
        return asdict(self)


def confine(limits: Limits, place: Place) -> Confined:
    """Give up all that can be given up; returns what holds from now on."""
    os.umask(0o077)
    dies_first = _die_first()
    counted = "group" if place.group and cgroup.join(Path(place.group)) else ""
    for which, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file_size),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, -1),
    ):
        privileges.limit(which, most)
    if sys.platform != "linux" or not limits.sandbox:
        return Confined(root=os.geteuid() == 0)
    rules = grants.granted(
        Path(place.folder), map(Path, limits.readable), network=limits.network, gpu=limits.gpu
    )
    read_all = _needs_read_all(rules)
    own_network = not limits.network and _leave_network(read_all=read_all)
    if place.identity is not None:
        privileges.become(place.identity, read_all=read_all)
    own_user = place.identity is not None or _in_own_user_namespace()
    capabilities = privileges.drop_capabilities(read_all=read_all)
    gains_nothing = privileges.gain_nothing()
    privileges.end_with_parent()
    others = 0 if own_user else privileges.tasks_of(os.geteuid())
    privileges.limit(resource.RLIMIT_NPROC, others + limits.most_tasks)
    version = landlock.restrict(rules, network=limits.network)
    inside = place.identity is not None or landlock.signals_confined(version)
    return Confined(
        landlock=version,
        seccomp=seccomp.install(network=limits.network, signals=inside),
        own_network=own_network,
        root=os.geteuid() == 0,
        capabilities=capabilities,
        gains_nothing=gains_nothing,
        counted=counted or ("user" if own_user else "machine"),
        dies_first=dies_first,
    )


def allow_cpu(seconds: int) -> None:
    """From now on, this process may use `seconds` of processor time; then SIGXCPU ends it."""
    if not seconds:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


def _needs_read_all(rules: list[landlock.Rule]) -> bool:
    """Whether another user than root could not read the code: it lies in root's home, say.

    The right to read files of any mode is worth nothing more than that where Landlock names the files.
    """
    may = os.geteuid() == 0 or privileges.may_read_all()
    return may and landlock.abi() > 0 and privileges.unreachable(rule.path for rule in rules)


def _die_first() -> bool:
    """Where memory is short, let the kernel kill this process, not the parent that has to report it."""
    try:
        Path("/proc/self/oom_score_adj").write_text("1000")
    except OSError:
        return False
    return True


def _leave_network(*, read_all: bool) -> bool:
    """Move into a network namespace with nothing in it; needs a user namespace where we are not root."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True
    user, group = os.geteuid(), os.getegid()
    if read_all or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    me = Path("/proc/self")
    with suppress(OSError):
        (me / "setgroups").write_text("deny")
        (me / "uid_map").write_text(f"{user} {user} 1")
        (me / "gid_map").write_text(f"{group} {group} 1")
    return True


def _in_own_user_namespace() -> bool:
    """Whether the kernel counts this process's user from zero: a namespace of this one user."""
    with suppress(OSError):
        lines = Path("/proc/self/uid_map").read_text().split()
        return len(lines) == 3 and lines[2] == "1"
    return False
