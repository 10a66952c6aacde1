"""What a render process gives up before it opens an untrusted file: files, network, privileges, time,
memory.

Called once, in this order, while there is one thread: what needs a right comes before that right is
given up. Nothing here raises where the kernel does not know a protection; `Confined` says what holds,
and the parent process decides whether that is enough. On another system than Linux nothing
holds but some limits.
"""

import ctypes
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

from worker.sandbox import allowed_paths, cgroup, landlock, privileges, seccomp
from worker.sandbox.limits import Confined, Place, SandboxLimits

_CLONE_NEWUSER, _CLONE_NEWNET = 0x1000_0000, 0x4000_0000  # <linux/sched.h>


def confine(limits: SandboxLimits, place: Place) -> Confined:
    """Give up all that can be given up; returns what holds from now on."""
    os.umask(0o077)
    _die_first()
    grouped = bool(place.group) and cgroup.join(Path(place.group))
    for which, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file_size),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, -1),
    ):
        privileges.limit(which, most)
    if sys.platform != "linux":
        return Confined(os.getpid())
    if not limits.sandbox:
        privileges.end_with_parent()
        return Confined(os.getpid())
    return _shut_in(limits, place, grouped=grouped)


def _shut_in(limits: SandboxLimits, place: Place, *, grouped: bool) -> Confined:
    rules = allowed_paths.granted(
        Path(place.folder), map(Path, limits.readable), network=limits.network, gpu=limits.gpu
    )
    hidden = privileges.unreachable(rule.path for rule in rules)
    read_all = hidden and landlock.abi() > 0 and privileges.may_read_all()
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
        os.getpid(),
        landlock=version,
        seccomp=seccomp.install(network=limits.network, signals=inside),
        own_network=own_network,
        unprivileged=os.geteuid() != 0 and capabilities and gains_nothing,
        counted="group" if grouped else "user" if own_user else "machine",
        code_hidden=hidden and place.identity is not None and not read_all,
    )


def allow_cpu(seconds: int) -> None:
    """From now on, this process may use `seconds` of processor time; then SIGXCPU ends it."""
    if not seconds:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


def _die_first() -> None:
    """Where memory is short, let the kernel kill this process, not the parent that has to report it."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


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
