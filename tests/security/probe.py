"""A renderer that tries all that a taken-over render process might, harmlessly, and says what worked.

The file `input` is JSON: what to aim at. The answer's prompt is JSON: attempt -> what came of it.
"""

import ctypes
import json
import mmap
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from immersivaudio.errors import TooMuchWorkError
from immersivaudio.media import ffmpeg
from immersivaudio.progress import StageProgress
from immersivaudio.queue import Summary
from worker.sandbox.tasks import RenderAnswer, RenderTask

GRANTED = (
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts/", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat"),
    "/proc/loadavg",
    *("/proc/sys/vm/", "/proc/filesystems"),
)


class Probe:
    """Every attempt is a function that returns when it worked and raises when it did not."""

    def render(self, task: RenderTask, folder: Path, report: StageProgress) -> RenderAnswer:
        aims = json.loads((folder / task.input).read_text())
        told = {
            "reads": _reads(aims),
            "read outside": _walk(folder, aims),
            "writes": _worked(_writes(aims)),
            "sockets": _worked(_sockets(aims)),
            "processes": _worked(_on_others()),
            "privileges": _worked(_privileges()),
            "started": _start(300),
            "legal": _legal(folder),
        }
        if aims["survivor"]:
            _leave_behind(aims["survivor"])
        (folder / "scored.bin").write_bytes(b"probed")
        return RenderAnswer(
            media="scored.bin", summary=Summary(prompt=json.dumps(told)), sheet='{"version":1}'
        )


def _worked(attempts: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    done = []
    for name, attempt in attempts.items():
        with suppress(Exception):
            attempt()
            done.append(name)
    return {"made": len(attempts), "worked": done}


def _reads(aims: Mapping[str, Any]) -> dict[str, Any]:
    above = [os.getppid(), *aims["parents"]]
    secrets = [f"/proc/{pid}/{name}" for pid in above for name in ("environ", "maps", "mem", "fd")]
    found = _worked({path: lambda path=path: _read(path) for path in [*aims["secrets"], *secrets]})
    listed = _worked({path: lambda path=path: os.listdir(path) for path in aims["folders"]})
    return {"made": found["made"] + listed["made"], "worked": found["worked"] + listed["worked"]}


def _read(path: str) -> None:
    if Path(path).is_dir():
        list(Path(path).iterdir())
        return
    with open(path, "rb") as file:
        assert file.read(1)


def _walk(folder: Path, aims: Mapping[str, Any]) -> dict[str, Any]:
    """Open whatever has a name: other users' files, the kernel's, those of other processes."""
    worked = []
    own = (str(folder.parent), f"/proc/{os.getpid()}/", *aims["code"])
    names = [name for name in aims["others"] if name not in GRANTED and not name.startswith((*GRANTED, *own))]
    for name in names:
        with suppress(Exception):
            os.close(os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW))
            worked.append(name)
    return {"made": len(names), "worked": worked}


def _writes(aims: Mapping[str, Any]) -> dict[str, Callable[[], Any]]:
    tries: dict[str, Callable[[], Any]] = {}
    for path in aims["secrets"]:
        tries |= {
            f"append {path}": lambda path=path: open(path, "ab").close(),
            f"truncate {path}": lambda path=path: os.truncate(path, 0),
            f"delete {path}": lambda path=path: os.unlink(path),
            f"rename {path}": lambda path=path: os.rename(path, "mine"),
            f"link {path}": lambda path=path: os.link(path, "mine"),
            f"mode {path}": lambda path=path: os.chmod(path, 0o777),
            f"times {path}": lambda path=path: os.utime(path, (0, 0)),
        }
    for place in [*aims["folders"], *aims["code"], "/tmp", "/dev/shm", "/var/tmp"]:
        tries[f"create in {place}"] = lambda place=place: open(f"{place}/probe-{os.getpid()}", "xb").close()
        tries[f"folder in {place}"] = lambda place=place: os.mkdir(f"{place}/probe-{os.getpid()}-folder")
    return tries


def _sockets(aims: Mapping[str, Any]) -> dict[str, Callable[[], Any]]:
    families = {name: getattr(socket, name) for name in dir(socket) if name.startswith("AF_")}
    kinds = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET, socket.SOCK_RAW)
    tries: dict[str, Callable[[], Any]] = {
        f"{name} {kind.name}": lambda family=family, kind=kind: socket.socket(family, kind)
        for name, family in families.items()
        for kind in kinds
    }
    tries["redis"] = lambda: socket.socket(socket.AF_UNIX).connect(aims["redis"])
    tries["a pair of datagram sockets"] = lambda: socket.socketpair(type=socket.SOCK_DGRAM)
    tries["connect one of a pair"] = lambda: socket.socketpair()[0].connect(aims["redis"])
    tries["io_uring"] = lambda: _called(425, 8, ctypes.create_string_buffer(120))
    return tries


def _on_others() -> dict[str, Callable[[], Any]]:
    worker = _parent_of(os.getppid())
    tries: dict[str, Callable[[], Any]] = {}
    for name, pid in (("leader", os.getppid()), ("worker", worker), ("init", 1)):
        tries |= {
            f"signal the {name}": lambda pid=pid: os.kill(pid, 0),
            f"wake the {name}": lambda pid=pid: os.kill(pid, signal.SIGCONT),
            f"limit the {name}": lambda pid=pid: resource.prlimit(pid, resource.RLIMIT_CORE),
            f"trace the {name}": lambda pid=pid: _called(101 if _intel() else 117, 0x4206, pid, 0, 0),
            f"pin the {name}": lambda pid=pid: os.sched_setaffinity(pid, os.sched_getaffinity(0)),
            f"slow the {name}": lambda pid=pid: os.setpriority(os.PRIO_PROCESS, pid, 19),
        }
    return tries


def _privileges() -> dict[str, Callable[[], Any]]:
    return {
        "become root": lambda: os.setresuid(0, 0, 0),
        "keep root": lambda: _must(os.geteuid() == 0),
        "have a group": lambda: _must(bool(os.getgroups()) and os.getgroups() != [os.getegid()]),
        "a user namespace": lambda: _called(272 if _intel() else 97, 0x1000_0000),
        "a shell": lambda: subprocess.run(["/bin/sh", "-c", "true"], check=True),
        "python": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
        "chroot": lambda: os.chroot("."),
        "a device": lambda: os.mknod("device", 0o600 | 0o020000, os.makedev(1, 1)),
        "a link": lambda: os.symlink("/etc/passwd", "link"),
        "raise its limits": lambda: resource.setrlimit(resource.RLIMIT_CORE, (1, 1)),
        "shared memory of others": lambda: _called(29 if _intel() else 194, 0x1234, 4096, 0o1600),
    }


def _start(count: int) -> int:
    """How many processes could be started at once; all are ended again."""
    started = []
    reading, writing = os.pipe()
    try:
        for _ in range(count):
            pid = os.fork()
            if pid == 0:
                os.close(writing)
                os.read(reading, 1)
                os._exit(0)
            started.append(pid)
    except OSError:
        pass
    os.close(writing)
    os.close(reading)
    for pid in started:
        os.waitpid(pid, 0)
    return len(started)


def _leave_behind(name: str) -> None:
    """Processes that do all they can to stay: sessions of their own, orphaned twice."""
    ready, done = os.pipe()
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.setsid()
                with suppress(OSError):
                    os.setpgid(0, 0)
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                ctypes.CDLL(None).prctl(15, name.encode(), 0, 0, 0)  # PR_SET_NAME
                os.write(done, b".")
                time.sleep(300)
            os._exit(0)
    for _ in range(3):
        os.read(ready, 1)


def _legal(folder: Path) -> dict[str, bool]:
    """What must still work."""
    out = folder / "still.mp4"
    ffmpeg.run(["-f", "lavfi", "-i", "color=s=64x64:d=0.2", f"file:{out}"], timeout=60)
    late = "nothing"
    try:
        ffmpeg.run(["-re", "-f", "lavfi", "-i", "color=s=64x64:d=60", "-f", "null", "-"], timeout=0.5)
    except TooMuchWorkError:
        late = "ended"
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()
    (folder / "deep").mkdir()
    out.rename(folder / "deep" / "moved.mp4")
    with mmap.mmap(-1, 4096) as shared:
        shared[0] = 1
    left, right = socket.socketpair()
    left.sendall(b"x")
    return {
        "ffmpeg": (folder / "deep" / "moved.mp4").stat().st_size > 500,
        "pair": right.recv(1) == b"x",
        "late": late == "ended",
    }


def _must(held: bool) -> None:
    if not held:
        raise PermissionError


def _called(number: int, *arguments: Any) -> None:
    if ctypes.CDLL(None, use_errno=True).syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno())


def _intel() -> bool:
    return os.uname().machine == "x86_64"


def _parent_of(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return pid


def build() -> Probe:
    return Probe()
