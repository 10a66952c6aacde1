"""The processes under test: Redis, renderers, deliveries, in a folder of their own; the dead are replaced."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from immersivaudio.queue import QueueSettings
from tests.chaos.ground import Ground, PlainGround
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]


class Member:
    """One program, started anew whenever it is found dead."""

    def __init__(self, argv: list[str], environment: dict[str, str], log: Path) -> None:
        self._argv, self._environment, self._log = argv, environment, log
        self.stopped = False
        self.codes: list[int] = []
        self._log.touch()
        self.start()

    @property
    def at_work(self) -> bool:
        """Started, by its own word, and neither dead nor stopped."""
        said = self._log.read_text().count('"event": "starts"')
        return said > len(self.codes) and self.process.poll() is None and not self.stopped

    def start(self) -> None:
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._argv, env=self._environment, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )

    def tend(self) -> None:
        if self.process.poll() is not None:
            self.codes.append(self.process.returncode)
            self.start()

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)
        self.stopped = number == signal.SIGSTOP

    def children(self) -> list[int]:
        try:
            text = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        except OSError:
            return []
        return [int(pid) for pid in text.split()]

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


class Fleet:
    """`renderers` and `delivery adapters` processes on one Redis, all of it in `folder`."""

    def __init__(
        self,
        folder: Path,
        port: int,
        *,
        job_store: str = "JobStore",
        lease: float = 1.0,
        gather: float = 0.3,
        ground: Callable[[Path], Ground] = PlainGround,
    ) -> None:
        self.folder = folder
        self.scratch = folder / "scratch"
        self.deaths = folder / "deaths"
        self.deaths.mkdir()
        self.ground = ground(folder)
        self.scratch.mkdir(exist_ok=True)
        self.settings = QueueSettings(
            redis_url=self.ground.url, data=folder, lease=lease, per_user=100_000, total=100_000
        )
        self._job_store, self._gather = job_store, str(gather)
        self._environment = self._environ(port)
        self.renderers: list[Member] = []
        self.adapters: list[Member] = []
        self.generators: list[Member] = []

    def man(self, renderers: int, adapters: int, generators: int | None = None) -> None:
        """Start this many of each; with generators (which may come later), the others do not generate."""
        role = "all" if generators is None else "analyse"
        self.renderers += [self._member("run", n, ROLE=role) for n in range(renderers)]
        self.adapters += [self._member("deliver", n) for n in range(adapters)]
        generate = {"ROLE": "generate", "BATCH": "4", "GATHER": self._gather}
        self.generators += [self._member("run", n, "generate", **generate) for n in range(generators or 0)]

    @property
    def members(self) -> list[Member]:
        return self.renderers + self.adapters + self.generators

    def tend(self) -> None:
        """Replace the dead, as a supervisor does."""
        for member in self.members:
            member.tend()

    def pick(self) -> Member | None:
        """Somebody who is at work; None when nobody is."""
        busy = [member for member in self.members if member.at_work]
        return random.choice(busy) if busy else None

    def submit(self, request: bytes) -> int:
        """Hand a request over from a process of its own; returns its exit status."""
        argv = [sys.executable, "-m", "tests.chaos.launch", "submit", self._job_store]
        return subprocess.run(argv, input=request, env=self._environment, cwd=ROOT, check=False).returncode

    def crashes(self) -> list[str]:
        """Tracebacks in the logs; a log line of ours is JSON and holds none at the start of a line."""
        logs = "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))
        parts = re.split(r"^Traceback", logs, flags=re.MULTILINE)[1:]
        return [f"Traceback{part[:3000]}" for part in parts]

    def left_behind(self) -> list[int]:
        """Processes that still live in our scratch folder."""
        found = []
        for link in Path("/proc").glob("[0-9]*/cwd"):
            try:
                if link.readlink().is_relative_to(self.scratch):
                    found.append(int(link.parent.name))
            except OSError:
                continue
        return found

    def __enter__(self) -> "Fleet":
        return self

    def __exit__(self, *_: object) -> None:
        for member in self.members:
            member.end()
        deadline = time.monotonic() + PATIENCE
        while self.left_behind():
            assert time.monotonic() < deadline, "children outlived their parents"
            time.sleep(0.05)
        self.ground.close()

    def _member(self, command: str, number: int, name: str = "", **work: str) -> Member:
        argv = [sys.executable, "-m", "tests.chaos.launch", command, self._job_store]
        environment = self._environment | self.ground.member(f"{name or command}-{number}")
        environment |= {f"IMMERSIVAUDIO_WORKER_{key}": word for key, word in work.items()}
        return Member(argv, environment, self.folder / f"{name or command}-{number}.log")

    def _environ(self, port: int) -> dict[str, str]:
        queue = {
            "DATA": str(self.folder),
            "LEASE": str(self.settings.lease),
            "PER_USER": "100000",
            "TOTAL": "100000",
        }
        work = {
            "RENDERER": "tests.chaos.renderer:build",
            "ADAPTERS": json.dumps({"chaos": "tests.chaos.adapter:build"}),
            "SCRATCH": str(self.scratch),
            "SANDBOX": "off",  # the renderer here writes lists outside its folder, and kills its worker
            "DRAIN": "20",
            "PLACE_AFTER": "1",
            "EDIT_EVERY": "1",
        }
        return (
            dict(os.environ)
            | {"REDIS_URL": self.ground.url, "JUDGE_PORT": str(port), "DEATHS": str(self.deaths)}
            | {"PYTHONPATH": str(ROOT)}
            | {f"IMMERSIVAUDIO_QUEUE_{name}": value for name, value in queue.items()}
            | {f"IMMERSIVAUDIO_WORKER_{name}": value for name, value in work.items()}
        )
