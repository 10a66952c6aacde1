"""What a child gives up before it touches a stranger's file: memory, time, files, the network. Linux."""

import ctypes
import os
import resource
import signal
from dataclasses import asdict, dataclass
from pathlib import Path

CLONE_NEWUSER, CLONE_NEWNET = 0x1000_0000, 0x4000_0000  # <linux/sched.h>
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38  # <linux/prctl.h>


@dataclass(frozen=True, slots=True)
class SandboxLimits:
    """0 means no limit."""

    memory: int
    cpu: int
    file_size: int
    open_files: int
    network: bool

    def plain(self) -> dict[str, int | bool]:
        """As JSON takes it."""
        return asdict(self)


def enter_sandbox(limits: SandboxLimits) -> tuple[str, ...]:
    """Give up what can be given up now; returns in plain words what the kernel did not allow.

    Call once, early: a process with threads may not leave its user namespace.
    """
    refused = []
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # a killed parent leaves no child behind
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        refused.append("no_new_privs")
    os.umask(0o077)
    if not _die_first():
        refused.append("oom_score_adj")
    for which, limit in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file_size),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, -1),
    ):
        _lower(which, limit)
    if not limits.network and not _leave_network(libc):
        refused.append("network off")
    return tuple(refused)


def _die_first() -> bool:
    """Where memory is short, let the kernel kill this process, not the parent that has to report it."""
    try:
        Path("/proc/self/oom_score_adj").write_text("1000")
    except OSError:
        return False
    return True


def allow_cpu(seconds: int) -> None:
    """From now on, this process may use `seconds` of processor time; then SIGXCPU ends it."""
    if not seconds:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


def _lower(which: int, limit: int) -> None:
    """0 leaves it as it is, -1 means none at all."""
    if not limit:
        return
    value = max(limit, 0)
    _, hard = resource.getrlimit(which)
    value = value if hard < 0 else min(value, hard)
    resource.setrlimit(which, (value, value))


def _leave_network(libc: ctypes.CDLL) -> bool:
    """Move into a network namespace with nothing in it; needs a user namespace where we are not root."""
    if libc.unshare(CLONE_NEWNET) == 0:
        return True
    user, group = os.geteuid(), os.getegid()
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        return False
    me = Path("/proc/self")
    (me / "setgroups").write_text("deny")
    (me / "uid_map").write_text(f"{user} {user} 1")
    (me / "gid_map").write_text(f"{group} {group} 1")
    return True
