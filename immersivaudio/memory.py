"""This process's memory: given back to the system when it is free, closed to other processes of the same
user.

The C library keeps what is freed for the next request. A worker that has watched a long film would carry
its pictures' room through the composing, which needs room of its own.
"""

import ctypes
import sys
from functools import cache
from typing import Any

_PR_SET_DUMPABLE = 4  # <linux/prctl.h>


def trim() -> None:
    """Give back what is free; a hundredth of a second. Nothing happens where the C library is not glibc."""
    glibc = _library()
    if glibc is not None:
        glibc.malloc_trim(0)


def hide() -> None:
    """Keep memory and environment, which hold tokens, from other processes of this user (not from root).

    No core is written, and no debugger attaches, either. Call it first of all in a program. Linux; elsewhere
    nothing happens. Source: PR_SET_DUMPABLE in prctl(2).
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


@cache
def _library() -> Any:
    try:
        library = ctypes.CDLL(None)
        library.malloc_trim.argtypes = [ctypes.c_size_t]
    except (OSError, AttributeError, TypeError):
        return None
    return library
