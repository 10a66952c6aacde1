"""A child with the limits of a test."""

import asyncio
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from immersivaudio.config import Settings
from immersivaudio.options import ScoreOptions
from worker.sandbox.environment import for_child
from worker.sandbox.limits import SandboxLimits
from worker.sandbox.subprocess_pool import RenderSubprocess
from worker.sandbox.tasks import RenderAnswer, RenderTask

ROOT = Path(__file__).parents[3]
RENDERER = "tests.chaos.renderer:build"
LIMITS = SandboxLimits(memory=1 * 2**30, cpu=60, file_size=2**20, open_files=64, network=False)


class Nest:
    """A folder, a child in it, and tasks for it."""

    def __init__(self, folder: Path, limits: SandboxLimits) -> None:
        self.folder = folder
        environment = for_child(os.environ | {"PYTHONPATH": str(ROOT)}, Settings(_env_file=None))
        self.child = RenderSubprocess(RENDERER, limits, environment, str(folder))
        self.told: list[tuple[str, float]] = []

    def run(self, *moods: str, wall: float = 30.0) -> list[Any]:
        """One result, or one exception, a mood; all by the same child."""
        return asyncio.run(self._run(moods, wall))

    async def _run(self, moods: tuple[str, ...], wall: float) -> list[Any]:
        try:
            return [await self._one(mood, wall) for mood in moods]
        finally:
            await self.child.kill()

    async def _one(self, mood: str, wall: float) -> Any:
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            (Path(folder) / "input").write_bytes(b"clip")
            task = RenderTask(folder=folder, options=ScoreOptions(mood=mood))
            before = self.child.pid
            try:
                done = await self.child.run(task, RenderAnswer, self._tell, wall)
            except Exception as error:
                return error
            return done.plain() | {"same child": before == self.child.pid}

    async def _tell(self, stage: str, done: float) -> None:
        self.told.append((stage, done))


@pytest.fixture
def nest() -> Iterator[Callable[..., Nest]]:
    with tempfile.TemporaryDirectory(prefix="nest-") as folder:
        yield lambda limits=LIMITS: Nest(Path(folder), limits)
