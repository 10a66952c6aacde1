"""One process group for all that a render process starts: ended as one, whatever ends.

The leader is a process that does nothing: it forks the render process and waits for it. The filter of
system calls keeps everything below it in its group, so that one signal ends the whole tree at once. The
parent sends it; where the parent itself is killed, the kernel tells the leader, and the leader sends it.
"""

import os
import resource
import signal
import sys
from typing import NoReturn

from worker.sandbox import privileges


def follow(parent: int) -> None:
    """Fork; returns in the new process alone. The old one waits, and ends as the new one does.

    Call it first of all, in the leader of a new session that `parent` started.
    """
    if os.fork() == 0:
        return
    _lead(parent)


def _lead(parent: int) -> NoReturn:
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    if sys.platform == "linux":
        privileges.end_with_parent(signal.SIGTERM)
    if os.getppid() != parent:
        os.killpg(0, signal.SIGKILL)
    null = os.open(os.devnull, os.O_RDWR)
    for channel in (0, 1):  # the pipes are the render process's: they must close when it ends
        os.dup2(null, channel)
    _, status = os.wait()
    if os.WIFSIGNALED(status):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        number = os.WTERMSIG(status)
        if number != signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(os.WEXITSTATUS(status))
