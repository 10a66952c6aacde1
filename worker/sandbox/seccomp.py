"""Seccomp: a filter of system calls, as a small program for the kernel's classic BPF machine.

Names no more than `syscalls`: sockets, other processes, rights and times of files, namespaces. Source:
Documentation/userspace-api/seccomp_filter.rst. See docs/decisions/0130-the-sandbox.md for what was weighed.
"""

import ctypes
import errno
import os
import platform
import socket
import sys
from collections.abc import Iterable
from typing import NamedTuple

from worker.sandbox import syscalls
from worker.sandbox.syscalls import Numbers

_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_ARCHITECTURES = {"x86_64": (0, 0xC000_003E), "aarch64": (1, 0xC000_00B7)}
"""machine -> (column of the tables, AUDIT_ARCH of <linux/audit.h>)"""
_X32 = 0x4000_0000

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_NUMBER, _ARCH, _ARGUMENT = 0, 4, 16
"""Offsets in struct seccomp_data, bytes. The lower half of argument n is at 16 + 8 n on both processors."""
_KILL, _ERRNO, _ALLOW = 0x8000_0000, 0x0005_0000, 0x7FFF_0000
_REFUSE = _ERRNO | errno.EPERM
_NO_SUCH_CALL = _ERRNO | errno.ENOSYS
_NO_SOCKET = _ERRNO | errno.EACCES
_PRETEND = _ERRNO

_NAMESPACES = 0x7E02_0080
"""CLONE_NEW*: cgroup, uts, ipc, user, pid, net; mount; time."""
_TYPE = 0xF
"""The bits of a socket's type without its flags."""


class Step(NamedTuple):
    """One instruction: struct sock_filter."""

    code: int
    yes: int
    no: int
    value: int


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("yes", ctypes.c_ubyte),
        ("no", ctypes.c_ubyte),
        ("value", ctypes.c_uint32),
    )


_EMPTIED = [
    Step(_ANY_BIT, 0, 2, os.O_TRUNC),
    Step(_ANY_BIT, 1, 0, os.O_WRONLY | os.O_RDWR),
    Step(_RETURN, 0, 0, _REFUSE),
]
"""Opened for reading, and emptied at that: Landlock before its version 3 looks at the reading alone."""


def available() -> bool:
    """Whether this kernel filters system calls, and we know the numbers of its processor."""
    if sys.platform != "linux" or platform.machine() not in _ARCHITECTURES:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, None, 0, 0)
    return ctypes.get_errno() == errno.EFAULT  # it looked for the filter, so it takes them


def install(*, network: bool, signals: bool) -> bool:
    """Filter the calling thread and all it starts, for good; False where this machine cannot.

    Without `network`, no socket is made or used. Without `signals`, none is sent but within the calling
    process. Needs `no_new_privs`. Call it while there is one thread.
    """
    only = None if signals else os.getpid()
    return available() and apply(program(platform.machine(), network=network, signals_to=only))


def apply(steps: Iterable[Step]) -> bool:
    """Hand a program to the kernel; False where it is not taken."""
    instructions = [_Instruction(*step) for step in steps]
    array = (_Instruction * len(instructions))(*instructions)
    handed = _Filter(len(instructions), ctypes.cast(array, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(handed), 0, 0) == 0)


def program(machine: str, *, network: bool, signals_to: int | None = None) -> list[Step]:
    """Return the filter for a `machine` as `platform.machine` names it; None: signals are not filtered."""
    column, architecture = _ARCHITECTURES[machine]
    steps = _foreign_calls(machine, architecture)
    for table, answer in (
        (syscalls.REFUSED, _REFUSE),
        (syscalls.UNKNOWN, _NO_SUCH_CALL),
        (syscalls.PRETENDED, _PRETEND),
        ({} if network else syscalls.SOCKETS, _NO_SOCKET),
        ({} if signals_to is None else syscalls.SIGNALS, _REFUSE),
    ):
        for numbers in table.values():
            steps += answered(numbers[column], answer)
    inet = (socket.AF_INET, socket.AF_INET6) if network else ()
    steps += _looked_into(syscalls.CLONE, column, [Step(_ANY_BIT, 0, 1, _NAMESPACES), _ends(_REFUSE)])
    for numbers, flags in ((syscalls.OPEN, 1), (syscalls.OPENAT, 2)):
        if numbers[column] is not None:
            steps += _looked_into(numbers, column, _EMPTIED, flags)
    steps += _looked_into(syscalls.SOCKET, column, [*_one_of(inet), _ends(_NO_SOCKET)])
    steps += _pairs(column)
    steps += _looked_into(syscalls.PRLIMIT, column, [*_one_of((0,)), _ends(_REFUSE)])
    if signals_to is not None:
        for numbers in (syscalls.KILL, syscalls.TGKILL):
            steps += _looked_into(numbers, column, [*_one_of((signals_to,)), _ends(_REFUSE)])
    return [*steps, _ends(_ALLOW)]


def denying(numbers: Numbers, machine: str) -> list[Step]:
    """Return a filter that refuses one call and nothing else: what a strict container does, for tests."""
    column, architecture = _ARCHITECTURES[machine]
    return [*_foreign_calls(machine, architecture), *answered(numbers[column], _REFUSE), _ends(_ALLOW)]


def _foreign_calls(machine: str, architecture: int) -> list[Step]:
    """Kill a process that uses another architecture's system call numbers, which mean other calls."""
    steps = [
        Step(_LOAD, 0, 0, _ARCH),
        Step(_EQUAL, 1, 0, architecture),
        _ends(_KILL),
        Step(_LOAD, 0, 0, _NUMBER),
    ]
    return [*steps, Step(_AT_LEAST, 0, 1, _X32), _ends(_NO_SUCH_CALL)] if machine == "x86_64" else steps


def answered(number: int | None, answer: int) -> list[Step]:
    """Return the steps that answer one call without carrying it out."""
    return [] if number is None else [Step(_EQUAL, 0, 1, number), _ends(answer)]


def _looked_into(numbers: Numbers, column: int, steps: list[Step], argument: int = 0) -> list[Step]:
    """`steps` see the lower half of an argument of this call; a call that passes them is allowed."""
    inner = [Step(_LOAD, 0, 0, _ARGUMENT + 8 * argument), *steps, _ends(_ALLOW)]
    return [Step(_EQUAL, 0, len(inner), numbers[column] or 0), *inner]


def _pairs(column: int) -> list[Step]:
    """Two ends of one connection, as event loops use; a pair of datagram sockets could be sent elsewhere."""
    inner = [
        Step(_LOAD, 0, 0, _ARGUMENT),
        Step(_EQUAL, 1, 0, socket.AF_UNIX),
        _ends(_NO_SOCKET),
        Step(_LOAD, 0, 0, _ARGUMENT + 8),
        Step(_AND, 0, 0, _TYPE),
        Step(_EQUAL, 1, 0, socket.SOCK_STREAM),
        _ends(_NO_SOCKET),
        _ends(_ALLOW),
    ]
    return [Step(_EQUAL, 0, len(inner), syscalls.SOCKETPAIR[column] or 0), *inner]


def _one_of(values: Iterable[int]) -> list[Step]:
    """Allow these values of the argument that was loaded; others go on to the next step."""
    return [step for value in values for step in (Step(_EQUAL, 0, 1, value), _ends(_ALLOW))]


def _ends(answer: int) -> Step:
    return Step(_RETURN, 0, 0, answer)
