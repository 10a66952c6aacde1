"""A real Redis for tests: the embedded server's program and command line, killed and restarted at will."""

import subprocess
import time
from pathlib import Path

import redis

from tests.patience import PATIENCE
from worker.supervisor.embedded_redis import argv


class RedisServer:
    """One server process on a unix socket; its data outlives it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"unix://{folder / 'redis.sock'}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(argv(self.folder), stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE
        with redis.Redis.from_url(self.url) as client:
            while True:
                try:
                    client.ping()
                except (redis.RedisError, OSError):
                    assert time.monotonic() < deadline, "Redis did not start"
                    time.sleep(0.01)
                else:
                    return

    def stop(self, *, kill: bool = False) -> None:
        if self._process is not None:
            self._process.kill() if kill else self._process.terminate()
            self._process.wait(20)
            self._process = None
