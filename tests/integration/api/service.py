"""The service with its API, as real processes: Redis, a worker, a delivery, `bot api`."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from tests.integration.web.site import PARROT
from tests.integration.worker.service import ROOT, Service
from tests.patience import PATIENCE

KEY, OTHER = "studio-key-that-is-long-enough", "other-key-that-is-long-enough"


class ApiService(Service):
    """A service whose API listens on a free port."""

    def __init__(self, folder: Path, **api: str) -> None:
        super().__init__(folder, PARROT)
        keys = {"studio": {"key": KEY, "per_minute": 60_000, "burst": 1000}, "other": OTHER}
        chosen = {"PORT": "0", "KEYS": json.dumps(keys), "UPLOAD_LIMIT": "3000000"} | api
        self.environment = self.environment | {
            "IMMERSIVAUDIO_QUEUE_PER_USER": "500",
            **{f"IMMERSIVAUDIO_API_{name}": value for name, value in chosen.items()},
        }
        self.url = ""

    def open(self) -> "ApiService":
        """Start the API, a worker and a delivery, and wait until it answers."""
        self.start("run")
        self.start("deliver")
        log = self.log("api")
        with log.open("wb") as file:
            argv = [sys.executable, "-m", "bot", "api"]
            self.programs["api"] = subprocess.Popen(
                argv, env=self.environment, cwd=ROOT, stdout=file, stderr=file
            )
        deadline = time.monotonic() + PATIENCE
        while not (line := next((x for x in log.read_text().splitlines() if '"open"' in x), "")):
            assert time.monotonic() < deadline, log.read_text()
            assert self.programs["api"].poll() is None, log.read_text()
            time.sleep(0.05)
        self.url = json.loads(line)["api"].removesuffix("/v1")
        return self

    def client(self, key: str = KEY, **options: Any) -> httpx.Client:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=PATIENCE, **options)


def ended(client: httpx.Client, job: str) -> dict[str, Any]:
    """Follow a job's events to their end; returns the last."""
    last: dict[str, Any] = {}
    with client.stream("GET", f"/v1/jobs/{job}/events") as stream:
        assert stream.status_code == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream.iter_lines():
            if line.startswith("data: "):
                last = json.loads(line[6:])
    return last


def sent(client: httpx.Client, data: bytes = b"clip", **query: Any) -> str:
    """Submit a clip; returns the job."""
    answer = client.post("/v1/jobs", params=query, content=data, headers={"Content-Type": "video/mp4"})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["job"])
