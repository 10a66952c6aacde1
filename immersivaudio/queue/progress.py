"""Looking at requests: once, or again and again until they are over."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

from redis.exceptions import ConnectionError as Away
from redis.exceptions import TimeoutError as Slow

from immersivaudio.queue.job_store import JobStore, value_in
from immersivaudio.queue.result import Failure, Result
from immersivaudio.queue.state import State, Status

_NEXT = {State.PLANNED: "generate", State.GENERATED: "reconstruct"}
"""The stage that a job between two roles waits for; users see it as running."""
_LOOK_AGAIN = 1.0
"""s: positions move without a word from the job itself, so a watcher looks this often."""


async def look(job_store: JobStore, job: str) -> Status | None:
    """The status of one job; None when there is no such job (any more)."""
    async with job_store.redis.pipeline(transaction=False) as pipe:
        pipe.hgetall(job_store.key("job", job))
        pipe.xrevrange(job_store.key("progress", job), count=1)
        pipe.time()
        raw, last, (seconds, microseconds) = await pipe.execute()
    if b"state" not in raw:
        return None
    row = {name.decode(): value for name, value in raw.items()}
    state = State(raw[b"state"].decode())
    told = last[0][1] if last else {}
    stage = told.get(b"stage", b"").decode() if told.get(b"state") == raw[b"state"] else ""
    stage = stage or _NEXT.get(state, "")
    return Status(
        job=job,
        state=state,
        stage=stage,
        done=float(told.get(b"done", 0) or 0) if stage else 0.0,
        position=await position(job_store, raw[b"entry"].decode()) if state is State.QUEUED else None,
        put_off=b"rests" in raw,
        tries=int(raw[b"failures"]) + int(raw[b"losses"]),
        result=value_in(row, "result", Result),
        failure=value_in(row, "failure", Failure),
        asked=time.time() - max(0.0, seconds + microseconds / 1e6 - int(raw[b"created"]) / 1000),
    )


async def position(job_store: JobStore, entry: str) -> int:
    """Place of a queue entry among those that wait, from 1."""
    rank = await job_store.redis.zrank(job_store.queue("render"), entry)
    return 1 if rank is None else int(rank) + 1


async def watch(
    job_store: JobStore, job: str, on_away: Callable[[], None] = lambda: None
) -> AsyncIterator[Status]:
    """Yield every change of a job, the present state first, until it is over.

    A Redis that goes away is waited for: `on_away` is called each time it did not answer.
    """
    seen: Status | None = None
    mark = "0"
    while True:
        try:
            status = await look(job_store, job)
            if status is None:
                return
            if status != seen:
                seen = status
                yield status
            if status.state.over:
                return
            mark = await _bell(job_store, job, mark)
        except (Away, Slow):
            on_away()
            await asyncio.sleep(_LOOK_AGAIN)


async def _bell(job_store: JobStore, job: str, mark: str) -> str:
    """Wait until the job says something after `mark`, or until it is time to look again."""
    stream = job_store.key("progress", job)
    block = int(_LOOK_AGAIN * 1000)
    started = time.monotonic()
    answer = await job_store.redis.xread({stream: mark}, block=block)
    if answer:
        return str(answer[0][1][-1][0].decode())
    await asyncio.sleep(max(0.0, _LOOK_AGAIN - (time.monotonic() - started)))
    return mark
