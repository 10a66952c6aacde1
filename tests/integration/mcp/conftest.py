"""One service for the folder, and a folder of clips that agents may use."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from tests.integration.web.site import PARROT
from tests.integration.worker.service import ROOT, Service
from tests.patience import PATIENCE

KEY = "agent-key-that-is-long-enough"


class AgentService(Service):
    """A service with a worker and a delivery, and MCP servers at a pipe or by http."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, PARROT)
        self.clips = folder / "clips"
        self.clips.mkdir()
        (self.clips / "clip.mp4").write_bytes(b"a clip of mine " * 1000)
        (folder / "secret.mp4").write_bytes(b"not yours")
        (self.clips / "link.mp4").symlink_to(folder / "secret.mp4")
        self.environment = self.environment | {
            "IMMERSIVAUDIO_QUEUE_PER_USER": "500",
            "IMMERSIVAUDIO_MCP_FOLDERS": json.dumps([str(self.clips)]),
            "IMMERSIVAUDIO_MCP_PORT": "0",
            "IMMERSIVAUDIO_API_KEYS": json.dumps(
                {"agent": {"key": KEY, "per_minute": 60_000, "burst": 5000}}
            ),
        }
        self.url = ""
        self.start("run")
        self.start("deliver")

    def open(self) -> "AgentService":
        """Serve by http, and wait until it listens."""
        log = self.log("mcp")
        environment = self.environment | {"IMMERSIVAUDIO_MCP_TRANSPORT": "http"}
        with log.open("wb") as file:
            argv = [sys.executable, "-m", "bot", "mcp"]
            self.programs["mcp"] = subprocess.Popen(argv, env=environment, cwd=ROOT, stdout=file, stderr=file)
        deadline = time.monotonic() + PATIENCE
        while not (line := next((x for x in log.read_text().splitlines() if '"open"' in x), "")):
            assert time.monotonic() < deadline, log.read_text()
            assert self.programs["mcp"].poll() is None, log.read_text()
            time.sleep(0.05)
        self.url = json.loads(line)["mcp"]
        return self

    @asynccontextmanager
    async def client(self, transport: str, mode: Any = "auto") -> AsyncIterator[Client]:
        """The package's own client."""
        if transport == "stdio":
            server = StdioServerParameters(
                command=sys.executable, args=["-m", "bot", "mcp"], env=dict(self.environment), cwd=ROOT
            )
            async with Client(server, mode=mode) as client:
                yield client
            return
        headers = {"Authorization": f"Bearer {KEY}"}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=PATIENCE) as http,
            Client(streamable_http_client(self.url, http_client=http), mode=mode) as client,
        ):
            yield client


@pytest.fixture(scope="session")
def agents() -> Iterator[AgentService]:
    with tempfile.TemporaryDirectory(prefix="mcp-") as folder, AgentService(Path(folder)) as service:
        yield service.open()


def told(story: Coroutine[Any, Any, None]) -> None:
    """Run a story to its end."""

    async def patient() -> None:
        async with asyncio.timeout(PATIENCE):
            await story

    asyncio.run(patient())


def port_of(url: str) -> tuple[str, int]:
    host, _, port = url.removeprefix("http://").partition("/")[0].partition(":")
    return host, int(port)
