"""The whole service with its page, as real processes, for tests: Redis, a worker, a delivery, `bot web`."""

import json
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.integration.worker.service import ROOT, Service
from tests.patience import PATIENCE

PARROT = "tests.integration.web.parrot:build"
BUSY = {"CALLS_PER_MINUTE": "6000"}
"""For tests whose many visitors come from one address: none waits for the turn of another."""


class Site(Service):
    """A service whose page listens on a free port."""

    def __init__(self, folder: Path, renderer: str = PARROT, **web: str) -> None:
        super().__init__(folder, renderer)
        chosen = {"PORT": "0", "EXAMPLES_AT_START": "false"} | web
        self.environment = self.environment | {
            "IMMERSIVAUDIO_BOT_TALK_BURST": "1000",
            **{f"IMMERSIVAUDIO_WEB_{name}": value for name, value in chosen.items()},
        }
        self.url = ""

    def open(self) -> "Site":
        """Start the page, and wait until it answers."""
        log = self.log("web")
        with log.open("wb") as file:
            argv = [sys.executable, "-m", "bot", "web"]
            self.programs["web"] = subprocess.Popen(
                argv, env=self.environment, cwd=ROOT, stdout=file, stderr=file
            )
        deadline = time.monotonic() + PATIENCE
        while not self._answers(log.read_text()):
            assert time.monotonic() < deadline, log.read_text()
            assert self.programs["web"].poll() is None, log.read_text()
            time.sleep(0.1)
        return self

    def _answers(self, log: str) -> bool:
        """Whether the page has said where it is, and is there."""
        opened = next((line for line in log.splitlines() if '"open"' in line), None)
        if opened is None:
            return False
        self.url = json.loads(opened)["page"]
        try:
            httpx.get(self.url)
        except httpx.TransportError:
            return False
        return True

    def work(self) -> "Site":
        """Start a worker and a delivery adapter."""
        self.start("run")
        self.start("deliver")
        return self
