"""The two programs: `python -m worker run` renders, `python -m worker deliver` talks to the platforms."""

import asyncio
import os
import tempfile
import time
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

import structlog
from redis.asyncio import Redis

from immersivaudio.config import Settings
from immersivaudio.queue.connection import plainly, pool
from immersivaudio.queue.health import serve
from immersivaudio.queue.ledger import Ledger
from immersivaudio.queue.settings import QueueSettings
from immersivaudio.queue.store import Store
from worker.announce import announce_forever
from worker.cage import Limits
from worker.couriers import Couriers
from worker.deliver import deliver, fetch
from worker.desk import Desk
from worker.engine import Job, SteadyWorker, options
from worker.environment import for_child
from worker.gathering import Gathering
from worker.metrics import Meters
from worker.nursery import Child
from worker.render import finish, play, render
from worker.settings import WorkSettings
from worker.sweeper import sweep_forever

log = structlog.get_logger("worker")

Chore = Callable[[Desk], Coroutine[Any, Any, None]]
_STALE = 15.0
"""s without a look at the queue after which a worker is not ready."""
_TRANSFER = 900.0
"""s after which arq itself ends a delivery."""


async def run(queue: QueueSettings, work: WorkSettings, *, ledger: type[Ledger] = Ledger) -> None:
    """Render until told to stop."""
    desk = _desk(queue, work, ledger)
    limit = work.longest + 180
    try:
        if work.lane == "play":
            await _serve(desk, "play", {"play": play}, work.batch, limit, (sweep_forever, _conduct))
        else:
            jobs: dict[str, Job] = {"render": render, "finish": finish}
            await _serve(desk, "render", jobs, work.children, limit, (sweep_forever,))
    finally:
        for child in desk.children:
            await child.kill()


async def bring(queue: QueueSettings, work: WorkSettings, *, ledger: type[Ledger] = Ledger) -> None:
    """Fetch and deliver until told to stop."""
    desk = _desk(queue, work, ledger)
    jobs: dict[str, Job] = {"fetch": fetch, "deliver": deliver}
    try:
        await _serve(desk, "courier", jobs, work.sends, _TRANSFER, (sweep_forever, announce_forever))
    finally:
        await desk.couriers.close()


async def _conduct(desk: Desk) -> None:
    if desk.gathering is not None:
        await desk.gathering.conduct()


def _desk(queue: QueueSettings, work: WorkSettings, ledger: type[Ledger]) -> Desk:
    redis = Redis(connection_pool=pool(queue))
    library = Settings()
    limits = Limits(work.memory, work.cpu, work.file_size, work.open_files, work.network)
    folder = str(work.scratch or tempfile.gettempdir())
    environment = for_child(os.environ, library)
    store, meters = Store(queue), Meters()
    count = 1 if work.lane == "play" else work.children
    children = [Child(work.renderer, limits, environment, folder) for _ in range(count)]
    playing = work.lane == "play"
    return Desk(
        queue=queue,
        work=work,
        library=library,
        redis=redis,
        ledger=ledger(redis, queue),
        store=store,
        meters=meters,
        children=children,
        couriers=Couriers(work.couriers),
        gathering=Gathering(children[0], store, meters, work) if playing else None,
    )


async def _serve(
    desk: Desk, lane: str, jobs: dict[str, Job], at_once: int, wall: float, chores: tuple[Chore, ...]
) -> None:
    worker = SteadyWorker(
        settings=desk.queue,
        lane=lane,
        jobs=jobs,
        max_jobs=at_once,
        ctx={"desk": desk},
        **options(desk.work.drain, wall),
    )

    gathering = desk.gathering
    if gathering is not None:
        worker.gate = lambda: gathering.open

    async def ready() -> bool:
        return time.monotonic() - worker.polled < _STALE and bool(await desk.redis.ping())

    log.info("starts", lane=lane, at_once=at_once, redis=plainly(desk.queue.url))
    async with AsyncExitStack() as stack:
        if desk.work.health_port:
            page = partial(desk.meters.page, desk.ledger)
            await stack.enter_async_context(serve(desk.work.health_host, desk.work.health_port, ready, page))
        tasks = [asyncio.create_task(chore(desk)) for chore in chores]
        try:
            await worker.async_run()
        except asyncio.CancelledError:
            log.info("stops", lane=lane)  # arq ends its main task this way, after the drain
        finally:
            for task in tasks:
                task.cancel()
            await worker.close()
            await desk.redis.aclose()
