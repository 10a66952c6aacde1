"""The render process's identity: no root, no capabilities, no way to gain any. Linux.

Sources: capabilities(7), prctl(2), credentials(7).
"""

import ctypes
import os
import resource
import signal
import stat
from collections.abc import Iterable
from pathlib import Path

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
_PR_SET_KEEPCAPS, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 8, 24, 38, 47
_AMBIENT_RAISE, _AMBIENT_CLEAR = 2, 4
_CAPABILITIES_V3 = 0x2008_0522
_LAST_CAPABILITY = 63
_READ_SEARCH = 2
"""CAP_DAC_READ_SEARCH: read files whatever their mode. Harmless only where Landlock says which files."""

_FIRST_ID = 0x7000_0000
"""Above every range that distributions, containers and systemd give to users."""
_IDS = 0x0FFF_FFFF
_NOBODY = 65534


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable"))


def new_identity(folder: Path) -> int | None:
    """Give `folder` to a user id of its own; return the id, or None where that is not allowed."""
    candidates = (_FIRST_ID + int.from_bytes(os.urandom(4), "big") % _IDS, _NOBODY)
    for number in candidates:
        try:
            os.chown(folder, number, number)
        except OSError:  # not in the range of this container's user namespace
            continue
        return number
    return None


def become(identity: int, *, read_all: bool) -> None:
    """Leave root for good. With `read_all`, keep the right to read files of any mode; see `unreachable`."""
    libc = ctypes.CDLL(None, use_errno=True)
    if read_all:
        libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(identity, identity, identity)
    os.setresuid(identity, identity, identity)


def drop_capabilities(*, read_all: bool) -> bool:
    """Give up every capability but, with `read_all`, the one to read; whether that worked."""
    libc = ctypes.CDLL(None, use_errno=True)
    kept = 1 << _READ_SEARCH if read_all else 0
    for number in range(_LAST_CAPABILITY):
        if not kept >> number & 1:
            libc.prctl(_PR_CAPBSET_DROP, number, 0, 0, 0)
    libc.prctl(_PR_CAP_AMBIENT, _AMBIENT_CLEAR, 0, 0, 0)
    sets = (_Sets * 2)(_Sets(kept, kept, kept), _Sets(0, 0, 0))
    done = libc.capset(ctypes.byref(_Header(_CAPABILITIES_V3, 0)), sets) == 0
    if done and kept:
        done = libc.prctl(_PR_CAP_AMBIENT, _AMBIENT_RAISE, _READ_SEARCH, 0, 0) == 0
    return bool(done)


def may_read_all() -> bool:
    """Whether this process has the right to read files of any mode."""
    sets = (_Sets * 2)()
    done = ctypes.CDLL(None, use_errno=True).capget(ctypes.byref(_Header(_CAPABILITIES_V3, 0)), sets) == 0
    return done and bool(sets[0].permitted >> _READ_SEARCH & 1)


def gain_nothing() -> bool:
    """Let no program that is started from here on gain a right (`no_new_privs`); whether that worked."""
    return bool(ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)


def end_with_parent(how: signal.Signals = signal.SIGKILL) -> None:
    """Have the kernel send `how` when the parent dies. A change of user undoes it: call this afterwards."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how, 0, 0, 0)


def unreachable(paths: Iterable[Path]) -> bool:
    """Whether any of `paths`, or a package in them, may not be read by every user."""
    return any(path.exists() and not _open_to_all(path) for path in paths)


def tasks_of(user: int) -> int:
    """Threads that run as `user` in all: what the kernel counts against RLIMIT_NPROC."""
    count = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if folder.stat().st_uid == user:
                count += sum(1 for _ in (folder / "task").iterdir())
        except OSError:
            continue
    return count


def limit(which: int, most: int) -> None:
    """Lower a limit of this process; 0 leaves it as it is, -1 means none at all."""
    if not most:
        return
    value = max(most, 0)
    _, hard = resource.getrlimit(which)
    value = value if hard < 0 else min(value, hard)
    resource.setrlimit(which, (value, value))


def _open_to_all(path: Path) -> bool:
    real = path.resolve()
    if not all(folder.stat().st_mode & stat.S_IXOTH for folder in real.parents):
        return False
    if not real.is_dir():
        return bool(real.stat().st_mode & stat.S_IROTH)
    wanted = stat.S_IROTH | stat.S_IXOTH
    if real.stat().st_mode & wanted != wanted:
        return False
    with os.scandir(real) as entries:
        return all(
            entry.stat(follow_symlinks=False).st_mode & wanted == wanted
            for entry in entries
            if entry.is_dir(follow_symlinks=False)
        )
