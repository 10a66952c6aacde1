"""One Redis, one worker and one delivery for the folder; each test has a platform and a bot of its own."""

import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.discord.stage import Stage
from tests.web_site import served


@pytest.fixture(scope="session")
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """A web server that people link to."""
    with served() as origin:
        yield origin


@pytest.fixture(scope="session")
def stage(free_port: int, site: str) -> Iterator[Stage]:
    with (
        tempfile.TemporaryDirectory(prefix="discord-") as folder,
        Stage(Path(folder), free_port, "tests.integration.discord.parrot:build") as stage,
    ):
        stage.environment["IMMERSIVAUDIO_LINKS_INSIDE"] = f'["{site}"]'
        stage.start("run")
        stage.start("deliver")
        yield stage
