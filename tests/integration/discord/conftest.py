"""One Redis, one worker and one delivery for the folder; each test has a platform and a bot of its own."""

import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.discord.stage import Stage


@pytest.fixture(scope="session")
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture(scope="session")
def stage(free_port: int) -> Iterator[Stage]:
    with (
        tempfile.TemporaryDirectory(prefix="discord-") as folder,
        Stage(Path(folder), free_port, "tests.integration.discord.parrot:build") as stage,
    ):
        stage.start("run")
        stage.start("deliver")
        yield stage
