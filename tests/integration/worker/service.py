"""A small service for tests: Redis, one renderer, one console delivery adapter, as real processes."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from immersivaudio.queue import Address, JobRequest, Queue, QueueSettings, ScoreOptions, Source, State, Status
from tests.patience import PATIENCE
from tests.redis_server import RedisServer

ROOT = Path(__file__).parents[3]


class Service:
    """Programs of ours on a Redis of their own, in one folder."""

    def __init__(self, folder: Path, renderer: str = "tests.chaos.renderer:build", **work: str) -> None:
        self.folder = folder
        self.redis = RedisServer(folder / "redis")
        self.redis.start()
        self.settings = QueueSettings(_env_file=None, redis_url=self.redis.url, data=folder)
        scratch = folder / "scratch"
        scratch.mkdir(parents=True)
        chosen = {"RENDERER": renderer, "SCRATCH": str(scratch), "EDIT_EVERY": "0.2"} | work
        self.environment = os.environ | {
            "REDIS_URL": self.redis.url,
            "IMMERSIVAUDIO_QUEUE_DATA": str(folder),
            "IMMERSIVAUDIO_CONSOLE_FOLDER": str(folder / "out"),
            "PYTHONPATH": str(ROOT),
            **{f"IMMERSIVAUDIO_WORKER_{name}": value for name, value in chosen.items()},
        }
        self.programs: dict[str, subprocess.Popen[bytes]] = {}

    def start(
        self, command: str, *arguments: str, name: str = "", tree: Path = ROOT
    ) -> "subprocess.Popen[bytes]":
        """`python -m worker <command>` of the code in `tree`, its output in a file of that `name`."""
        name = name or command
        environment = self.environment | ({"PYTHONPATH": str(tree)} if tree != ROOT else {})
        with self.log(name).open("wb") as log:
            argv = [sys.executable, "-m", "worker", command, *arguments]
            program = subprocess.Popen(argv, env=environment, cwd=self.folder, stdout=log, stderr=log)
        self.programs[name] = program
        return program

    def log(self, command: str) -> Path:
        return self.folder / f"{command}.log"

    def run(self, story: Callable[[Queue], Coroutine[Any, Any, None]]) -> None:
        async def told() -> None:
            async with asyncio.timeout(PATIENCE), Queue.connect(self.settings) as queue:
                await story(queue)

        asyncio.run(told())

    def __enter__(self) -> "Service":
        return self

    def __exit__(self, *_: object) -> None:
        for program in self.programs.values():
            program.kill()
            program.wait()
        self.redis.stop()


async def send(
    queue: Queue, update: str, mood: str = "", data: bytes = b"clip", user: str = "console:1", **fields: Any
) -> str:
    """Submit a clip; returns the job."""
    request = JobRequest(
        platform="console",
        update=update,
        user=user,
        source=fields.pop("source", None) or Source(ref=await queue.store.put_bytes(data)),
        reply=Address(platform="console", chat="1", message=update),
        options=ScoreOptions(mood=mood),
        **fields,
    )
    submitted = await queue.submit(request)
    assert submitted.accepted, submitted
    return submitted.job


async def ended(queue: Queue, job: str) -> Status:
    """Wait for the end."""
    async for status in queue.watch(job):
        last = status
    return last


async def reaches(queue: Queue, job: str, state: State) -> None:
    async for status in queue.watch(job):
        if status.state is state:
            return
