"""The worker's side of a render process: start it, give it a task, time it, kill it with all it started."""

import asyncio
import base64
import os
import signal
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar, cast

import orjson

from immersivaudio.config import Settings
from immersivaudio.errors import OperatorError
from immersivaudio.progress import AsyncStageProgress
from immersivaudio.provenance.credentials import SigningIdentity, identity
from worker.sandbox import ipc, process_group
from worker.sandbox.cgroup import ControlGroup
from worker.sandbox.environment import for_child, limits_of, private_folders
from worker.sandbox.limits import Confined, Place, SandboxLimits
from worker.sandbox.tasks import Message, RenderTask, SignerFacts, Task, TaskFailure
from worker.sandbox.workspace import Workspace
from worker.settings import WorkerSettings

AnswerT = TypeVar("AnswerT", bound=Message)
_START = 60.0
"""s a fresh child has to say that it is ready."""
_LARGEST_CLAIM = 64 * 1024
"""Bytes that are signed: a claim holds digests alone."""
_SIGNATURES = 2
"""That one task is given: c2pa may try a second time."""
_LAST_WORD = 5.0
"""s that a process whose pipes are closed has to end."""


class RenderTaskError(Exception):
    """The task failed, in the render process's own words."""

    def __init__(self, failure: TaskFailure) -> None:
        self.failure = failure
        super().__init__(failure.problem)


class SubprocessDiedError(Exception):
    """The child is gone: killed, out of memory, a segmentation fault, out of time."""


class SubprocessTimeoutError(SubprocessDiedError):
    """It was not done in its time, and would not be the next time."""


class RenderSubprocess:
    """One warm child process; the next task after a death starts a fresh one."""

    def __init__(
        self,
        renderer: str,
        limits: SandboxLimits,
        environment: Mapping[str, str],
        scratch: str,
        signer: SigningIdentity | None = None,
    ) -> None:
        """`signer` signs results for the child, which never sees its key."""
        self._signer = signer
        self._renderer, self._limits = renderer, limits
        self._environment = dict(environment)
        self._scratch = Path(scratch)
        self._process: asyncio.subprocess.Process | None = None
        self._workspace: Workspace | None = None
        self._group: ControlGroup | None = None
        self._confined = Confined(0)

    @property
    def pid(self) -> int | None:
        """Of the living child."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def run(self, task: Task, answer: type[AnswerT], told: AsyncStageProgress, wall: float) -> AnswerT:
        """Do one task within `wall` s, and return its answer.

        Raises `RenderTaskError` (the process says why) or `SubprocessDiedError` (it cannot).
        """
        try:
            async with asyncio.timeout(wall):
                process, workspace = await self._ready()
                with workspace.lent_to(task) as lent:
                    return answer.model_validate(await self._tidily(process, lent, told))
        except TimeoutError:
            await self.kill()
            raise SubprocessTimeoutError("took too long") from None
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            cause = await self._cause()
            kind = SubprocessTimeoutError if signal.SIGXCPU.name in cause else SubprocessDiedError
            raise kind(cause) from None
        except asyncio.CancelledError:
            await self.kill()
            raise

    async def kill(self) -> None:
        """End the child and everything it started."""
        await self._end()
        if self._group is not None:
            self._group.remove()
        if self._workspace is not None:
            await asyncio.to_thread(self._workspace.remove)
        self._group = self._workspace = None

    async def start(self) -> Confined:
        """Start the process unless it runs; returns what holds for it. Raises `OperatorError` for a root that
        cannot be left."""
        await self._ready()
        return self._confined

    async def _ready(self) -> tuple[asyncio.subprocess.Process, Workspace]:
        if self._process and self._process.returncode is None and self._workspace:
            return self._process, self._workspace
        await self.kill()
        workspace = self._workspace = Workspace(self._scratch, own_user=self._limits.sandbox)
        if self._limits.sandbox:
            self._group = ControlGroup.make(tasks=self._limits.most_tasks, memory=self._limits.memory)
        process = self._process = await asyncio.create_subprocess_exec(
            *self._argv(workspace),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # libraries quote file names and metadata there
            env=self._environment | private_folders(workspace),
            cwd=workspace.path,
            start_new_session=True,
        )
        async with asyncio.timeout(_START):
            self._confined = Confined(**await _receive(process))
        if self._confined.code_hidden:
            await self.kill()
            raise OperatorError(
                "the program lies in a folder of root's, where an ordinary user cannot read it",
                "install it elsewhere, or start it as an ordinary user",
            )
        return process, workspace

    def _argv(self, workspace: Workspace) -> list[str]:
        group = str(self._group.folder) if self._group else ""
        place = Place(str(workspace.path), os.getpid(), workspace.identity, group)
        values = (orjson.dumps(value.plain()).decode() for value in (self._limits, place))
        return [sys.executable, "-P", "-m", "worker.sandbox.render_process", self._renderer, *values]

    async def _end(self) -> None:
        """End every process; what they wrote stays for now."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()

    async def _tidily(
        self, process: asyncio.subprocess.Process, task: Task, told: AsyncStageProgress
    ) -> dict[str, Any]:
        """Do one task, and end the process where the task left anything running behind it."""
        failed: RenderTaskError | None = None
        try:
            answer = await self._converse(process, task, told)
        except RenderTaskError as error:
            failed = error
        if self._limits.sandbox and process_group.strays(process.pid, self._confined.pid):
            await self._end()
        if failed is not None:
            raise failed
        return answer

    async def _converse(
        self, process: asyncio.subprocess.Process, task: Task, told: AsyncStageProgress
    ) -> dict[str, Any]:
        pipe = cast("asyncio.StreamWriter", process.stdin)
        if self._signer and isinstance(task, RenderTask):
            signer = SignerFacts(chain=self._signer.chain, algorithm=self._signer.algorithm)
            task = task.model_copy(update={"signer": signer})
        pipe.write(ipc.pack(task.plain()))
        await pipe.drain()
        signed = 0
        while True:
            answer = await _receive(process)
            if "done" in answer:
                return dict(answer["done"])
            if "error" in answer:
                if answer.get("leaves"):
                    await self._end()
                raise RenderTaskError(TaskFailure.model_validate(answer["error"]))
            if "sign" in answer:
                signed += 1
                pipe.write(ipc.pack({"signature": await self._signature(answer["sign"], signed)}))
                continue
            await told(str(answer["stage"]), float(answer["share"]))

    async def _signature(self, claim: object, number: int) -> str:
        """The signature of a claim as base64; empty where none is given."""
        data = base64.b64decode(str(claim))
        if self._signer is None or number > _SIGNATURES or len(data) > _LARGEST_CLAIM:
            return ""
        return base64.b64encode(await asyncio.to_thread(self._signer.ask, data)).decode()

    async def _cause(self) -> str:
        process = self._process
        if process is not None:
            with suppress(TimeoutError):  # it says itself what it died of, unless it only closed its pipes
                await asyncio.wait_for(process.wait(), _LAST_WORD)
        await self.kill()
        code = process.returncode if process else None
        if code is not None and code < 0:
            return f"died of {signal.Signals(-code).name}"
        return f"left with {code}"


async def _receive(process: asyncio.subprocess.Process) -> dict[str, Any]:
    pipe = cast("asyncio.StreamReader", process.stdout)
    size = ipc.length(await pipe.readexactly(ipc.HEAD))
    return dict(orjson.loads(await pipe.readexactly(size)))


def render_subprocess(work: WorkerSettings, library: Settings) -> RenderSubprocess:
    """One render process, not started yet."""
    scratch = str(work.scratch or tempfile.gettempdir())
    signer = identity(library) if library.sign else None
    environment = for_child(os.environ, library)
    return RenderSubprocess(work.renderer, limits_of(work, library), environment, scratch, signer)
