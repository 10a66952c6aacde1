"""A primary, a replica and a Sentinel for tests: real servers on ports of the loopback."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import redis

from tests.patience import PATIENCE
from worker.supervisor.embedded_redis import binary

SERVICE = "clips"


class SentinelServers:
    """Three servers in `folder`, each in a folder of its own that is named by its port."""

    def __init__(self, folder: Path, *lines: str) -> None:
        """`lines` are for the configuration of both data servers."""
        self._folder = folder
        self._lines = lines
        self.primary, self.replica, self.sentinel = _free_ports(3)
        self._running: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def url(self) -> str:
        return f"redis+sentinel://127.0.0.1:{self.sentinel}/{SERVICE}"

    def folder(self, port: int) -> Path:
        return self._folder / str(port)

    def start(self) -> None:
        """Start all three; returns when the Sentinel knows the replica, and that has all of the primary."""
        self._serve(self.primary)
        self._serve(self.replica, f"replicaof 127.0.0.1 {self.primary}")
        self.until_replicated()
        self._serve(
            self.sentinel,
            f"sentinel monitor {SERVICE} 127.0.0.1 {self.primary} 1",
            # Under 3.4 s, a primary that dies while the Sentinel is in TILT mode (a busy machine) is never
            # replaced.
            f"sentinel down-after-milliseconds {SERVICE} 4000",
            f"sentinel failover-timeout {SERVICE} 1500",
            sentinel=True,
        )
        _until(lambda: bool(self._asked(self.sentinel, "SENTINEL", "REPLICAS", SERVICE)))

    def until_replicated(self) -> None:
        """Wait until the replica has heard everything: before that, its promotion would lose some of it."""
        _until(lambda: self._info(self.replica).get("master_link_status") == "up" or self._swapped())
        _until(lambda: self._asked(self.primary, "WAIT", 1, 500) == 1 or self._swapped())

    def follow(self) -> int:
        """Return the port of the primary as the Sentinel knows it: a busy machine fails over by itself."""
        known = self._asked(self.sentinel, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", SERVICE)
        if known and int(known[1]) == self.replica:
            self.primary, self.replica = self.replica, self.primary
        return self.primary

    def kill_primary(self) -> None:
        self._running[self.primary].kill()
        self._running[self.primary].wait()

    @contextmanager
    def replica_frozen(self) -> Iterator[None]:
        """Within, the replica is there and hears nothing, as on a machine that swaps."""
        frozen = self._running[self.replica]
        frozen.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            frozen.send_signal(signal.SIGCONT)

    def cut_replica_off(self) -> None:
        """From now on the replica hears nothing, as if the net broke; Sentinel may promote it still."""
        self._asked(self.replica, "REPLICAOF", "127.0.0.1", 1)

    def until_promoted(self) -> None:
        """Wait until the replica is the primary; then the two have changed places."""
        died = self.primary
        _until(lambda: self.follow() != died)

    def restart_replica(self) -> None:
        """Start the server that died again, as the replica of the one that took its place."""
        self._running[self.replica].wait(PATIENCE)
        self._serve(self.replica, f"replicaof 127.0.0.1 {self.primary}")
        self.until_replicated()

    def primary_died(self) -> bool:
        return self._running[self.primary].poll() is not None

    def stop(self) -> None:
        for process in self._running.values():
            process.kill()
            process.wait()

    def _swapped(self) -> bool:
        """Never true: looks whether the two have changed places before the next look."""
        self.follow()
        return False

    def _serve(self, port: int, *lines: str, sentinel: bool = False) -> None:
        folder = self.folder(port)
        folder.mkdir(exist_ok=True)
        ours = ("bind 127.0.0.1", f"port {port}", f"dir {folder}", f"logfile {folder / 'log'}")
        data = () if sentinel else ("appendonly yes", 'save ""', *self._lines)
        (folder / "redis.conf").write_text("\n".join((*ours, *data, *lines)) + "\n")
        argv = [str(binary()), str(folder / "redis.conf"), *(["--sentinel"] if sentinel else [])]
        self._running[port] = subprocess.Popen(argv, stdout=subprocess.DEVNULL)

    def _info(self, port: int) -> dict[str, Any]:
        with redis.Redis(port=port) as client, suppress(redis.RedisError):
            return dict(client.info("replication"))  # type: ignore[arg-type]
        return {}

    def _asked(self, port: int, *command: Any) -> Any:
        with redis.Redis(port=port, decode_responses=True) as client, suppress(redis.RedisError):
            return client.execute_command(*command)  # type: ignore[no-untyped-call]
        return None


@contextmanager
def sentinel_servers(folder: Path, *lines: str) -> Iterator[SentinelServers]:
    servers = SentinelServers(folder, *lines)
    try:
        servers.start()
        yield servers
    finally:
        servers.stop()


def _free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


def _until(came: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not came():
        assert time.monotonic() < deadline, "the servers did not find each other"
        time.sleep(0.05)
