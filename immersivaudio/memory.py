"""Memory that was freed, given back to the system.

The C library keeps what is freed for the next request. A worker that has watched a long film would carry its
pictures' room through the composing, which needs room of its own.
"""

import ctypes
from functools import cache
from typing import Any


def trim() -> None:
    """Give back what is free; a hundredth of a second. Nothing happens where the C library is not glibc."""
    glibc = _library()
    if glibc is not None:
        glibc.malloc_trim(0)


@cache
def _library() -> Any:
    try:
        library = ctypes.CDLL(None)
        library.malloc_trim.argtypes = [ctypes.c_size_t]
    except (OSError, AttributeError, TypeError):
        return None
    return library
