"""The users of Redis in docker-compose.yml: each program can do its work with its own, and no more."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
import yaml

from immersivaudio.queue import Queue, QueueSettings, State
from tests.integration.worker.service import Service, ended, send
from tests.patience import PATIENCE
from worker.supervisor.embedded_redis import binary

ROOT = Path(__file__).parents[3]
PASSWORDS = {
    "REDIS_PASSWORD": "administrator",
    "REDIS_WORKER_PASSWORD": "of-the-worker",
    "REDIS_FRONTEND_PASSWORD": "of-the-frontend",
}


@contextmanager
def composed(folder: Path) -> Iterator[Path]:
    """Run the command of docker-compose.yml, with its configuration, on a socket in `folder`."""
    service = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["redis"]
    assert set(service["environment"]) == set(PASSWORDS)
    (folder / "data").mkdir()
    (folder / "bin").mkdir()
    (folder / "bin" / "valkey-server").symlink_to(binary())
    configuration = (
        (ROOT / "docker" / "redis.conf").read_text().replace("dir /data", f"dir {folder / 'data'}")
    )
    socket = folder / "redis.sock"
    (folder / "redis.conf").write_text(f"{configuration}\nport 0\nunixsocket {socket}\n")
    shell, flag, script = service["command"]
    script = script.replace("$$", "$").replace("/etc/redis.conf", str(folder / "redis.conf"))
    environment = os.environ | PASSWORDS | {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}
    server = subprocess.Popen([shell, flag, script], env=environment, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + PATIENCE
    try:
        while not socket.exists():
            assert server.poll() is None, "Redis refuses its command line"
            assert time.monotonic() < deadline
            time.sleep(0.02)
        yield socket
    finally:
        server.kill()
        server.wait()


def url(socket: Path, user: str) -> str:
    return f"unix://{user}:of-the-{user}@{socket}"


def test_a_clip_goes_through_with_the_users_of_compose(tmp_path: Path) -> None:
    (tmp_path / "redis").mkdir()
    with composed(tmp_path / "redis") as socket, Service(tmp_path / "service") as service:
        service.environment |= {"REDIS_URL": url(socket, "worker")}
        service.settings = QueueSettings(
            _env_file=None, redis_url=url(socket, "frontend"), data=service.folder
        )
        service.start("run")
        service.start("deliver")

        async def story(queue: Queue) -> None:
            assert (await queue.ready()).ready
            job = await send(queue, "1")
            assert (await ended(queue, job)).state is State.DELIVERED
            assert await queue.list_for_user("console:1")
            assert await queue.forget("console:1") == 1

        service.run(story)
        for program in ("run", "deliver"):
            assert "NoPermission" not in service.log(program).read_text()


@pytest.mark.parametrize("user", ["worker", "frontend"])
@pytest.mark.parametrize(
    "command",
    [
        ["CONFIG", "GET", "*"],
        ["FLUSHALL"],
        ["SHUTDOWN", "NOSAVE"],
        ["KEYS", "*"],
        ["ACL", "LIST"],
        ["GET", "of-another-program"],
        ["SUBSCRIBE", "of-another-program"],
    ],
)
def test_neither_may_administer_redis_or_see_what_is_of_others(
    tmp_path: Path, user: str, command: list[str]
) -> None:
    with composed(tmp_path) as socket, redis.Redis.from_url(url(socket, user)) as client:
        assert client.set("immersivaudio:probe", 1)
        with pytest.raises(redis.exceptions.NoPermissionError):
            client.execute_command(*command)


def test_without_a_password_nothing_is_answered(tmp_path: Path) -> None:
    with (
        composed(tmp_path) as socket,
        redis.Redis.from_url(f"unix://{socket}") as client,
        pytest.raises(redis.exceptions.AuthenticationError),
    ):
        client.ping()
