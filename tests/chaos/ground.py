"""What the programs of a fleet stand on: one Redis, or servers, disks, wires and clocks that fail."""

import random
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Protocol

import redis

from tests.chaos.clock_steps import VARIABLE
from tests.chaos.proxy import FaultyProxy
from tests.chaos.small_disk import SmallDisk
from tests.redis_server import RedisServer
from tests.sentinel_servers import SentinelServers

STEPS = (-7200.0, -90.0, 90.0, 7200.0)
"""s by which a clock is off; the longer ones are a multiple of every wait."""


class Ground(Protocol):
    """Where Redis is, and how it is broken."""

    url: str
    """For the frontends."""

    def member(self, name: str) -> dict[str, str]:
        """The environment of the program `name`."""
        ...

    def restart(self) -> None:
        """End Redis, as a stop or as a power cut, and start it again."""
        ...

    def cut(self) -> None:
        """Close every connection to Redis."""
        ...

    def close(self) -> None: ...


class PlainGround:
    """One server on a unix socket."""

    def __init__(self, folder: Path) -> None:
        self._redis = RedisServer(folder / "redis")
        self._redis.start()
        self.url = self._redis.url

    def member(self, name: str) -> dict[str, str]:
        return {"REDIS_URL": self.url}

    def restart(self) -> None:
        self._redis.stop(kill=random.random() < 0.5)
        self._redis.start()

    def cut(self) -> None:
        _cut(redis.Redis.from_url(self.url))

    def close(self) -> None:
        self._redis.stop()


class FaultyGround:
    """Servers behind a Sentinel; every second program, and some frontends, reach them by a proxy instead.

    The store, the scratch folders and the append-only file of each server have small disks of their own,
    where this user may mount them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._close = ExitStack()
        self._turn = threading.Lock()
        self.servers = SentinelServers(folder / "redis", "appendfsync always", "repl-diskless-sync-delay 0")
        self.disks = {
            "store": SmallDisk(folder / "store", 256),
            "scratch": SmallDisk(folder / "scratch", 64),
            "primary": SmallDisk(self.servers.folder(self.servers.primary), 512),
            "replica": SmallDisk(self.servers.folder(self.servers.replica), 512),
        }
        self.small = all(self._mounted(disk) for disk in self.disks.values())
        """Whether disks can be filled."""
        self._close.callback(self.servers.stop)
        self.url = self.servers.url
        self.proxies: list[FaultyProxy] = []
        self.clocks: list[Path] = []
        try:
            self.servers.start()
            self.proxied_url = self._by_proxy()
        except BaseException:
            self.close()
            raise

    def member(self, name: str) -> dict[str, str]:
        clock = self._folder / f"{name}.clock"
        self.clocks.append(clock)
        odd = len(self.clocks) % 2
        return {"REDIS_URL": self._by_proxy() if odd else self.url, VARIABLE: str(clock)}

    def restart(self) -> None:
        self.fail_over(self.servers.kill_primary)

    def cut(self) -> None:
        _cut(redis.Redis(port=self.servers.primary))

    def step_a_clock(self) -> None:
        """Set one program's clock wrong, or right again."""
        random.choice(self.clocks).write_text(f"{random.choice((0.0, *STEPS))}\n")

    def slow(self, seconds: float, delay: float = 0.2) -> None:
        """Every answer that comes by a proxy is `delay` s late, for `seconds`."""
        for proxy in self.proxies:
            proxy.delay = delay
        time.sleep(seconds)
        for proxy in self.proxies:
            proxy.delay = 0.0

    def silence_one(self) -> None:
        random.choice(self.proxies).silence()

    def fill(self, disk: str, seconds: float) -> None:
        self.disks[disk].fill()
        time.sleep(seconds)
        self.disks[disk].free()

    def fail_over(self, kill: Callable[[], None]) -> None:
        """Let Sentinel promote the replica, once it has everything, after `kill`; start the other again."""
        with self._turn:
            self.servers.until_replicated()
            kill()
            self.servers.until_promoted()
            self.servers.restart_replica()

    def fill_append_only_file(self) -> None:
        """Redis ends itself where it cannot write what it must have on disk before it answers."""
        self.fail_over(self._die_of_a_full_disk)

    def close(self) -> None:
        self._close.close()

    def _die_of_a_full_disk(self) -> None:
        folder = self.servers.folder(self.servers.primary)
        disk = next(each for each in self.disks.values() if each.folder == folder)
        disk.fill()
        while not self.servers.primary_died():
            time.sleep(0.05)
        disk.free()

    def _mounted(self, disk: SmallDisk) -> bool:
        if mounted := disk.mount():
            self._close.callback(disk.unmount)
        return mounted

    def _by_proxy(self) -> str:
        proxy = self._close.enter_context(FaultyProxy(self.servers.follow))
        self.proxies.append(proxy)
        return f"redis://127.0.0.1:{proxy.port}/0"


def _cut(client: redis.Redis) -> None:
    with client, suppress(redis.ConnectionError):  # Redis is away: then there is nothing to cut
        for kind in ("normal", "pubsub"):
            client.client_kill_filter(_type=kind, skipme=True)
