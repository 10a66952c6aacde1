"""Ledgers for the harness: one that kills its process on purpose, a slow one, one that is switched off."""

import asyncio
import os
import secrets
import signal
from pathlib import Path
from typing import Any

import orjson

from immersivaudio.queue.job_request import Address, JobRequest
from immersivaudio.queue.job_store import JobStore, LeasedJob
from immersivaudio.queue.result import Failure, Result
from immersivaudio.queue.state import SubmitResult


class KillingJobStore(JobStore):
    """Dies once, right before or after the transition that the request's mood names: "die rendered:after"."""

    async def run(self, name: str, *args: Any) -> Any:
        job = str(args[0])
        step = f"{name}-{args[2]}" if name in {"claim", "step"} else name
        wish = await self._wish(job, args)
        _die(f"{step}:before", wish, job)
        answer = await super().run(name, *args)
        _die(f"{step}:after", wish, job)
        return answer

    async def _wish(self, job: str, args: tuple[Any, ...]) -> str:
        row = await self.row(job)
        request = row.get("request") or next((arg for arg in args if isinstance(arg, bytes)), b"{}")
        return str(orjson.loads(request).get("options", {}).get("mood", ""))


def _die(step: str, wish: str, job: str) -> None:
    if f"die {step}" in wish:
        mark = Path(os.environ["DEATHS"]) / wish.replace(" ", "_")
        try:
            mark.touch(exist_ok=False)
        except FileExistsError:
            return
        os.kill(os.getpid(), signal.SIGKILL)


class SlowJobStore(JobStore):
    """Takes its time to put a clip back, as on a busy machine."""

    async def release(self, job: str, fence: int, delay: float = 0.0, **rest: Failure) -> bool:
        await asyncio.sleep(0.5)
        return await super().release(job, fence, delay, **rest)


class NoJobStore(JobStore):
    """arq alone: nothing is told apart, nobody is fenced, and who sends does not know what was sent."""

    exclusive = False

    async def accept(self, request: JobRequest, *, job: str = "") -> SubmitResult:
        return await super().accept(request.model_copy(update={"update": secrets.token_hex(8)}), job=job)

    async def claim(self, job: str, entry: str, verb: str) -> LeasedJob | None:
        row = await self.row(job)
        request = JobRequest.from_json(row["request"])
        result = Result.from_json(row["result"]) if "result" in row else None
        failure = Failure.from_json(row["failure"]) if "failure" in row else None
        nowhere = request.reply.model_copy(update={"message": "none"})
        ref = row["ref"].decode() if "ref" in row else request.source.ref
        return LeasedJob(job, 0, request, nowhere, ref, result, failure, created=0.0, tries=1)

    async def fetched(self, job: str, fence: int, ref: str) -> bool:
        await self._then(job, "ref", ref.encode(), "render")
        return True

    async def renew(self, job: str, fence: int, stage: str = "", done: float = 0.0) -> bool:
        return True

    async def rendered(self, job: str, fence: int, result: Result) -> bool:
        await self._then(job, "result", result.to_json(), "deliver")
        return True

    async def failed(self, job: str, fence: int, failure: Failure, *, final: bool = False) -> str:
        await self._then(job, "failure", failure.to_json(), "deliver")
        return "over"

    async def release(self, job: str, fence: int, delay: float = 0.0, **_: Failure) -> bool:
        """As `arq.Retry` does."""
        if delay:
            await self._then(job, "late", b"1", "deliver")
        return True

    async def delivered(self, job: str, fence: int, failure: Failure | None = None) -> bool:
        await self.redis.zrem(self.key("live"), job)
        return True

    async def place(self, job: str, address: Address) -> Address | None:
        return address

    async def sweep(self, job: str) -> str:
        return "early"

    async def _then(self, job: str, name: str, sealed: bytes, verb: str) -> None:
        await self.redis.hset(self.key("job", job), name, sealed)
        entry = secrets.token_hex(8)
        task = orjson.dumps({"t": None, "f": verb, "a": [job, entry], "k": {}, "et": 1})
        await self.redis.set(f"arq:job:{entry}", task, ex=3600)
        await self.redis.zadd(self.queue("render" if verb == "render" else "deliver"), {entry: 1})
