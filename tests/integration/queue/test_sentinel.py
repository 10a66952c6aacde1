"""Redis behind Sentinels: the primary dies, and the queue goes on with its replica."""

import asyncio
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from immersivaudio.queue import Queue, QueueSettings
from tests.integration.queue.requests import request
from tests.patience import PATIENCE
from worker.supervisor.embedded_redis import binary

pytestmark = pytest.mark.slow


class Servers:
    """A primary, a replica and a Sentinel, each a real server on a port of the loopback."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.primary, self.replica, self.sentinel = _free_ports(3)
        self._running: dict[int, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        self._serve(self.primary, "appendonly yes")
        self._serve(self.replica, f"replicaof 127.0.0.1 {self.primary}")

    def watch(self) -> None:
        self._serve(
            self.sentinel,
            f"sentinel monitor clips 127.0.0.1 {self.primary} 1",
            "sentinel down-after-milliseconds clips 500",
            "sentinel failover-timeout clips 3000",
            sentinel=True,
        )

    def kill_primary(self) -> None:
        self._running[self.primary].kill()

    def stop(self) -> None:
        for process in self._running.values():
            process.kill()
            process.wait()

    def _serve(self, port: int, *lines: str, sentinel: bool = False) -> None:
        folder = self._folder / str(port)
        folder.mkdir()
        ours = ("bind 127.0.0.1", f"port {port}", f"dir {folder}", *lines)
        (folder / "redis.conf").write_text("\n".join(ours) + "\n")
        argv = [str(binary()), str(folder / "redis.conf"), *(["--sentinel"] if sentinel else [])]
        self._running[port] = subprocess.Popen(argv, stdout=subprocess.DEVNULL)


@contextmanager
def servers(folder: Path) -> Iterator[Servers]:
    three = Servers(folder)
    try:
        three.start()
        yield three
    finally:
        three.stop()


def _free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


async def _until_replicated(port: int) -> None:
    """Wait until the replica's link to its primary stands."""
    while True:
        with suppress(RedisError):
            async with Redis(port=port) as replica:
                if (await replica.info("replication")).get("master_link_status") == "up":
                    return
        await asyncio.sleep(0.05)


async def _until_known(port: int) -> None:
    """Wait until the Sentinel knows the replica: before that it has nothing to promote."""
    while True:
        with suppress(RedisError):
            async with Redis(port=port, decode_responses=True) as sentinel:
                answer = await sentinel.execute_command("SENTINEL", "REPLICAS", "clips")
                if answer:
                    return
        await asyncio.sleep(0.05)


def test_a_failover_loses_nothing_that_was_replicated_and_takes_new_clips(tmp_path: Path) -> None:
    async def story(three: Servers) -> None:
        async with asyncio.timeout(PATIENCE):
            await _until_replicated(three.replica)
            three.watch()
            await _until_known(three.sentinel)
            url = f"redis+sentinel://127.0.0.1:{three.sentinel}/clips"
            settings = QueueSettings(_env_file=None, redis_url=url, data=tmp_path, patience=300)
            async with Queue.connect(settings) as queue:
                before = await queue.submit(request("before"))
                async with Redis(port=three.primary) as primary:
                    await primary.wait(1, 0)
                three.kill_primary()
                after = await queue.submit(request("after"))
                assert after.accepted
                assert {status.job for status in await queue.list_for_user(request("after").user)} == {
                    before.job,
                    after.job,
                }

    with servers(tmp_path) as three:
        asyncio.run(story(three))
