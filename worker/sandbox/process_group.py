"""One process group for all that a render process starts: ended as one, whatever ends.

The leader is a process that does nothing: it forks the render process and waits for it. The filter of
system calls keeps everything below it in its group, so that one signal ends the whole tree at once. The
parent sends it; where the parent itself is killed, the kernel tells the leader, and the leader sends it.
"""

import ctypes
import os
import resource
import signal
import sys
from pathlib import Path
from typing import NoReturn

from worker.sandbox import privileges

_PR_SET_CHILD_SUBREAPER = 36  # <linux/prctl.h>


def follow(parent: int) -> None:
    """Fork; returns in the new process alone. The old one waits, and ends as the new one does.

    Call it first of all, in the leader of a new session that `parent` started.
    """
    follower = os.fork()
    if follower:
        _lead(parent, follower)


def strays(leader: int, follower: int) -> bool:
    """Whether anything runs below these two, seen from the parent: what a task left behind."""
    if sys.platform != "linux":
        return False
    return _children(leader) != {follower} or bool(_children(follower))


def _children(pid: int) -> set[int]:
    """Processes that `pid` started, or that were left to it."""
    found: set[int] = set()
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found |= set(map(int, thread.read_text().split()))
        except OSError:  # the thread has just ended
            continue
    return found


def _lead(parent: int, follower: int) -> NoReturn:
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    if sys.platform == "linux":
        privileges.end_with_parent(signal.SIGTERM)
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # orphans stay in sight: see `strays`
    if os.getppid() != parent:
        os.killpg(0, signal.SIGKILL)
    null = os.open(os.devnull, os.O_RDWR)
    for channel in (0, 1):  # the pipes are the render process's: they must close when it ends
        os.dup2(null, channel)
    status = _waited(follower)
    if os.WIFSIGNALED(status):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        number = os.WTERMSIG(status)
        if number != signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(os.WEXITSTATUS(status))


def _waited(follower: int) -> int:
    """The exit status of the render process; orphans are buried meanwhile."""
    while True:
        pid, status = os.wait()
        if pid == follower:
            return status
