"""One real Redis for the folder; each test has a namespace and a data folder of its own."""

import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from immersivaudio.queue import QueueSettings
from tests.redis_server import RedisServer


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:
        server = RedisServer(Path(folder))
        server.start()
        yield server
        server.stop()


@pytest.fixture
def settings(redis_server: RedisServer, tmp_path: Path) -> QueueSettings:
    return QueueSettings(
        redis_url=redis_server.url, namespace=f"test-{secrets.token_hex(4)}", data=tmp_path, lease=0.3
    )
