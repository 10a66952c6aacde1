"""Nothing is left lying: rows whose worker vanished, rows whose queue entry vanished, files past their day.

Every worker process sweeps; each step is one atomic script, so that any number may.
"""

import asyncio
import random

import structlog

from immersivaudio.queue.connection import AWAY
from worker.desk import Desk

log = structlog.get_logger("worker.sweeper")

_EVERY = 1.0
"""s between two looks."""
_BATCH = 200


async def sweep_forever(desk: Desk) -> None:
    """Look after the rows until cancelled."""
    while True:
        try:
            await sweep(desk)
            await _purge(desk)
        except AWAY as error:
            log.warning("cannot sweep", cause=type(error).__name__)
        await asyncio.sleep(_EVERY * random.uniform(0.7, 1.3))


async def sweep(desk: Desk) -> int:
    """One look; returns how many rows were due."""
    ledger = desk.ledger
    seconds, _ = await desk.redis.time()
    due = await desk.redis.zrangebyscore(ledger.key("live"), 0, (seconds + 1) * 1000, start=0, num=_BATCH)
    if due and await _just_started(desk):
        return 0
    for job in due:
        outcome = await ledger.sweep(job.decode())
        desk.meters.swept.labels(outcome).inc()
        if outcome in {"lost", "over", "enqueued"}:
            log.warning("swept", job=job.decode(), outcome=outcome)
    return len(due)


async def _just_started(desk: Desk) -> bool:
    """While Redis was away nobody could renew: every lease gets one more term."""
    info = await desk.redis.info("server")
    return float(info["uptime_in_seconds"]) < desk.queue.lease


async def _purge(desk: Desk) -> None:
    """Once an hour, by one of us."""
    if await desk.redis.set(desk.ledger.key("purged"), 1, nx=True, ex=3600):
        hours = await desk.store.purge()
        log.info("purged", hours=hours)
