"""Nothing is left lying: rows whose worker vanished, rows whose queue entry vanished, files past their day.

Every worker process sweeps; each step is one atomic script, so that any number may.
"""

import asyncio
import random
from itertools import count

import structlog
from redis.exceptions import ResponseError

from immersivaudio.queue.connection import AWAY
from immersivaudio.queue.uploads import PendingUploads
from worker.runtime.context import ProgramContext
from worker.sandbox.scratch import clear_scratch

log = structlog.get_logger("worker.runtime.sweeper")

_EVERY = 1.0
"""s between two looks at the rows."""
_TIDY_EVERY = 10
"""Looks at the rows between two at what nobody waits for: files, and Redis's own."""
_BATCH = 200
_REWRITES, _DAY = 600, 86_400
"""s between two rewritings at least, and at most."""
_DAMAGED = 60
"""s until a row that could not be swept is tried again, so that it is in no other's way."""


async def sweep_forever(context: ProgramContext) -> None:
    """Look after the rows until cancelled."""
    for look in count():
        try:
            await sweep(context)
            if look % _TIDY_EVERY == 0:
                await PendingUploads(context.job_store, context.store).sweep()
                await _purge(context)
                await rewrite(context)
        except AWAY as error:
            log.warning("cannot sweep", cause=type(error).__name__)
        except Exception as error:  # the next look may go well, and every lost job hangs on this loop
            log.error("sweeping broke", cause=type(error).__name__)
        await asyncio.sleep(_EVERY * random.uniform(0.7, 1.3))


async def sweep(context: ProgramContext) -> int:
    """One look; returns how many rows were due."""
    job_store = context.job_store
    seconds, _ = await context.redis.time()
    due = await context.redis.zrangebyscore(
        job_store.key("live"), 0, (seconds + 1) * 1000, start=0, num=_BATCH
    )
    if due and await _just_started(context):
        return 0
    for job in due:
        try:
            outcome = await job_store.sweep(job.decode())
        except ResponseError as error:  # this row alone is damaged
            log.error("row cannot be swept", job=job.decode(), cause=type(error).__name__)
            later = (seconds + _DAMAGED) * 1000
            await context.redis.zadd(job_store.key("live"), {job: later}, xx=True)
            continue
        context.metrics.swept.labels(outcome).inc()
        if outcome in {"lost", "over", "enqueued"}:
            log.warning("swept", job=job.decode(), outcome=outcome)
    return len(due)


async def _just_started(context: ProgramContext) -> bool:
    """While Redis was away nobody could renew: every lease gets one more term."""
    info = await context.redis.info("server")
    return float(info["uptime_in_seconds"]) < context.queue.lease


async def _purge(context: ProgramContext) -> None:
    """Once an hour, by one of us; once a day, have Redis write its file anew."""
    key, redis = context.job_store.key, context.redis
    if await redis.set(key("purged"), 1, nx=True, ex=3600):
        if await redis.set(key("rewritten-today"), 1, nx=True, ex=_DAY):
            await redis.set(key("forgotten"), 1)
        hours = await context.store.purge()
        if context.work.scratch is not None:
            await asyncio.to_thread(clear_scratch, context.work.scratch.parent)
        log.info("purged", hours=hours)


async def rewrite(context: ProgramContext) -> None:
    """Have Redis write its append-only file anew where a user's data was deleted, or the day is over.

    Until then the file still holds what was deleted. A storm of deletions makes one rewriting in ten minutes.
    """
    forgotten, lately = context.job_store.key("forgotten"), context.job_store.key("rewritten")
    if not await context.redis.exists(forgotten):
        return
    if not await context.redis.set(lately, 1, nx=True, ex=_REWRITES):
        return
    await context.redis.delete(forgotten)
    try:
        if (await context.redis.info("persistence")).get("aof_enabled"):
            await context.redis.bgrewriteaof()  # type: ignore[no-untyped-call]
    except ResponseError as error:  # a managed Redis does it by itself, and one may be under way
        log.info("the append-only file is not rewritten by us", cause=type(error).__name__)
