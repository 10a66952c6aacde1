"""Landlock: a process gives up every file that it was not granted. Linux 5.13, no privileges needed.

Source of the numbers: <linux/landlock.h> and Documentation/userspace-api/landlock.rst. The system calls
have the same numbers on every processor. What Landlock does not cover (`chmod`, sockets, `prlimit`) is
refused by `seccomp`.
"""

import ctypes
import errno
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION = 1
_PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE, _MAKE_DIR, _MAKE_REG = 1 << 4 | 1 << 5, 1 << 7, 1 << 8
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15

LIST = READ_DIR
"""Names only."""
READ = READ_FILE | READ_DIR
RUN = READ_FILE | EXECUTE
OWN = READ | WRITE_FILE | _REMOVE | _MAKE_DIR | _MAKE_REG | _REFER | _TRUNCATE
"""Plain files and folders; never a link, a pipe, a socket or a device. Version 1 knows no REFER: whatever is
granted, nothing moves from one folder to another there."""
DEVICE = READ | WRITE_FILE | _TRUNCATE | _IOCTL_DEV
_OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | _TRUNCATE | _IOCTL_DEV
"""The rights that a rule for a single file may name."""

_FILES_BY_ABI = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many of the rights over files each version of the interface knows."""
_NEWEST = 1 << 16
_TCP_ABI, _SCOPE_ABI = 4, 6
_TCP = 1 << 0 | 1 << 1
_SCOPE = 1 << 0 | 1 << 1


class Rule(NamedTuple):
    """A path, and what may be done with it and with all that is beneath."""

    path: Path
    rights: int


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("tcp", ctypes.c_uint64), ("scope", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("parent", ctypes.c_int32))


def abi() -> int:
    """Return the version of Landlock that this kernel speaks; 0 where there is none, or it is off."""
    if sys.platform != "linux":
        return 0
    answer = int(_libc().syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION))
    return max(answer, 0)


def signals_confined(version: int) -> bool:
    """Whether this version also stops signals to processes outside."""
    return version >= _SCOPE_ABI


def restrict(rules: Iterable[Rule], *, network: bool, newest: int = _NEWEST) -> int:
    """Confine the calling thread, and all it starts, to `rules`; return the version of Landlock in force.

    Without `network`, TCP is refused too, where the version can. 0 means that nothing was done: there is
    no Landlock. `newest` keeps to an older version, which then confines as on an older kernel. Needs
    `no_new_privs`. Paths that do not exist are left out. Raises `OSError` where the kernel refuses a rule.
    """
    version = min(abi(), newest)
    if not version:
        return 0
    known = (1 << _FILES_BY_ABI.get(version, 16)) - 1
    ruleset = _Ruleset(
        known,
        0 if network or version < _TCP_ABI else _TCP,
        _SCOPE if version >= _SCOPE_ABI else 0,
    )
    size = 8 if version < _TCP_ABI else 16 if version < _SCOPE_ABI else 24
    handle = _called(_CREATE, ctypes.byref(ruleset), ctypes.c_size_t(size), 0)
    try:
        for rule in rules:
            _add(handle, rule, known)
        _called(_RESTRICT, handle, 0)
    finally:
        os.close(handle)
    return version


def _add(handle: int, rule: Rule, known: int) -> None:
    try:
        place = os.open(rule.path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        is_folder = stat.S_ISDIR(os.fstat(place).st_mode)
        rights = rule.rights & known & (known if is_folder else _OF_FILES)
        if rights:
            _called(_ADD, handle, _PATH_BENEATH, ctypes.byref(_Beneath(rights, place)), 0)
    finally:
        os.close(place)


def _called(number: int, *arguments: object) -> int:
    answer = int(_libc().syscall(number, *arguments))
    if answer < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"landlock: {errno.errorcode.get(code, code)}")
    return answer


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
