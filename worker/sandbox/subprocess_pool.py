"""The parent's side of a child: start it, hand it a task, watch the clock, kill it with all it started."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, cast

import orjson
import structlog

from worker.sandbox import ipc
from worker.sandbox.limits import SandboxLimits

log = structlog.get_logger("worker.sandbox.subprocess_pool")

AsyncProgress = Callable[[str, float], Awaitable[None]]
_START = 60.0
"""s a fresh child has to say that it is ready."""


class RenderTaskError(Exception):
    """The task failed, in the child's own words; see `facts`."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.facts = facts
        super().__init__(str(facts.get("problem", "")))


class SubprocessDiedError(Exception):
    """The child is gone: killed, out of memory, a segmentation fault, out of time."""


class RenderSubprocess:
    """One warm child process; the next task after a death starts a fresh one."""

    def __init__(
        self, renderer: str, limits: SandboxLimits, environment: Mapping[str, str], folder: str
    ) -> None:
        self._argv = [
            sys.executable,
            "-m",
            "worker.sandbox.render_process",
            renderer,
            orjson.dumps(limits.plain()).decode(),
        ]
        self._environment = dict(environment)
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """Of the living child."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def run(self, task: Mapping[str, Any], told: AsyncProgress, wall: float) -> dict[str, Any]:
        """Do one task; raises `RenderTaskError` (it says why) or `SubprocessDiedError` (it cannot)."""
        try:
            async with asyncio.timeout(wall):
                process = await self._ready()
                return await self._converse(process, task, told)
        except TimeoutError:
            await self.kill()
            raise SubprocessDiedError("took too long") from None
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            raise SubprocessDiedError(await self._cause()) from None
        except asyncio.CancelledError:
            await self.kill()
            raise

    async def kill(self) -> None:
        """End the child and everything it started."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()

    async def _ready(self) -> asyncio.subprocess.Process:
        if self._process and self._process.returncode is None:
            return self._process
        await self.kill()
        self._process = await asyncio.create_subprocess_exec(
            *self._argv,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # libraries quote file names and metadata there
            env=self._environment,
            cwd=self._folder,
            start_new_session=True,
        )
        async with asyncio.timeout(_START):
            hello = await _receive(self._process)
        if hello.get("refused"):
            log.warning("the kernel did not allow", refused=hello["refused"])
        return self._process

    async def _converse(
        self, process: asyncio.subprocess.Process, task: Mapping[str, Any], told: AsyncProgress
    ) -> dict[str, Any]:
        pipe = cast("asyncio.StreamWriter", process.stdin)
        pipe.write(ipc.pack(dict(task)))
        await pipe.drain()
        while True:
            answer = await _receive(process)
            if "done" in answer:
                return dict(answer["done"])
            if "error" in answer:
                if answer.get("leaves"):
                    await self.kill()
                raise RenderTaskError(answer["error"])
            await told(str(answer["stage"]), float(answer["share"]))

    async def _cause(self) -> str:
        process = self._process
        await self.kill()
        code = process.returncode if process else None
        if code is not None and code < 0:
            return f"died of {signal.Signals(-code).name}"
        return f"left with {code}"


async def _receive(process: asyncio.subprocess.Process) -> dict[str, Any]:
    pipe = cast("asyncio.StreamReader", process.stdout)
    size = ipc.length(await pipe.readexactly(ipc.HEAD))
    return dict(orjson.loads(await pipe.readexactly(size)))
