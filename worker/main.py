"""The two programs: `python -m worker run` renders, `python -m worker deliver` talks to the platforms."""

import asyncio
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from redis.asyncio import Redis

from immersivaudio.config import Settings
from immersivaudio.errors import OperatorError
from immersivaudio.queue.artifact_store import ArtifactStore
from immersivaudio.queue.clock import ServerClock
from immersivaudio.queue.connection import pool
from immersivaudio.queue.health import serve_where_set
from immersivaudio.queue.job_store import JobStore
from immersivaudio.queue.readiness import Readiness
from immersivaudio.queue.redis_url import plainly
from immersivaudio.queue.settings import QueueSettings
from worker.delivery.adapters import AdapterRegistry
from worker.delivery.context import DeliveryContext
from worker.delivery.jobs import deliver, fetch
from worker.delivery.progress_updates import update_progress_forever
from worker.runtime.arq_worker import ArqWorker, Job, arq_options
from worker.runtime.batcher import Batcher
from worker.runtime.context import ProgramContext, WorkerContext
from worker.runtime.jobs import finish, generate, render
from worker.runtime.metrics import Metrics
from worker.runtime.sweeper import sweep_forever
from worker.sandbox.environment import limits_of
from worker.sandbox.guarantees import broken
from worker.sandbox.scratch import private_scratch
from worker.sandbox.subprocess_pool import render_subprocess
from worker.settings import WorkerSettings

log = structlog.get_logger("worker")

Chore = Callable[[], Coroutine[Any, Any, None]]
_STALE = 15.0
"""s without a look at the queue after which a worker is not ready."""
_TRANSFER = 900.0
"""s after which arq itself ends a delivery."""


async def run_worker(
    queue: QueueSettings, work: WorkerSettings, *, job_store: type[JobStore] = JobStore
) -> None:
    """Render until told to stop."""
    with _own_scratch(work) as own:
        await _render(queue, own, job_store)


async def _render(queue: QueueSettings, work: WorkerSettings, job_store: type[JobStore]) -> None:
    context = _worker_context(queue, work, job_store)
    limit = work.longest + 180
    chores: list[Chore] = [partial(sweep_forever, context)]
    try:
        await _shut_in(context)
        if batcher := context.batcher:
            chores.append(batcher.run)
            await _serve(context, "generate", {"generate": generate}, work.batch, limit, chores, batcher)
        else:
            jobs: dict[str, Job] = {"render": render, "finish": finish}
            await _serve(context, "render", jobs, work.children, limit, chores)
    finally:
        for child in context.children:
            await child.kill()


async def run_delivery(
    queue: QueueSettings, work: WorkerSettings, *, job_store: type[JobStore] = JobStore
) -> None:
    """Fetch and deliver until told to stop."""
    with _own_scratch(work) as own:
        await _deliver(queue, own, job_store)


async def _deliver(queue: QueueSettings, work: WorkerSettings, job_store: type[JobStore]) -> None:
    shared = _shared(queue, work, job_store)
    context = DeliveryContext(**shared, adapters=AdapterRegistry(work.adapters))
    jobs: dict[str, Job] = {"fetch": fetch, "deliver": deliver}
    chores: list[Chore] = [partial(sweep_forever, context), partial(update_progress_forever, context)]
    try:
        await _serve(context, "deliver", jobs, work.sends, _TRANSFER, chores)
    finally:
        await context.adapters.close()


@contextmanager
def _own_scratch(work: WorkerSettings) -> Iterator[WorkerSettings]:
    """The settings with a scratch folder that is this process's alone."""
    with private_scratch(Path(work.scratch or tempfile.gettempdir())) as folder:
        yield work.model_copy(update={"scratch": folder})


def _shared(queue: QueueSettings, work: WorkerSettings, job_store: type[JobStore]) -> dict[str, Any]:
    """The fields of a `ProgramContext`."""
    redis = Redis(connection_pool=pool(queue))
    clock = ServerClock(redis)
    return {
        "queue": queue,
        "work": work,
        "library": Settings(),
        "redis": redis,
        "job_store": job_store(redis, queue),
        "store": ArtifactStore(queue, clock.now),
        "metrics": Metrics(),
        "clock": clock,
    }


def _worker_context(queue: QueueSettings, work: WorkerSettings, job_store: type[JobStore]) -> WorkerContext:
    shared = _shared(queue, work, job_store)
    generates = work.role == "generate"
    count = 1 if generates else work.children
    children = [render_subprocess(work, shared["library"]) for _ in range(count)]
    batcher = Batcher(children[0], shared["store"], shared["metrics"], work) if generates else None
    return WorkerContext(**shared, children=children, batcher=batcher)


async def _shut_in(context: WorkerContext) -> None:
    """Start one render process, and say what does not hold for it; raises `OperatorError` where it must."""
    work = context.work
    if work.sandbox == "off":
        log.warning("the sandbox is off: a hostile file may do what this user may do")
        return
    limits = limits_of(work, context.library)
    missing = broken(await context.children[0].start(), limits)
    for promise in missing:
        log.warning("the sandbox does not hold", promise=promise.name, words=promise.words)
    if missing and work.sandbox == "required":
        raise OperatorError(
            f"IMMERSIVAUDIO_WORKER_SANDBOX is required, and this does not hold: {missing[0].words}",
            "see all with: python -m worker sandbox",
        )


async def _serve(
    context: ProgramContext,
    queue_name: str,
    jobs: dict[str, Job],
    at_once: int,
    wall: float,
    chores: Sequence[Chore],
    batcher: Batcher | None = None,
) -> None:
    worker = ArqWorker(
        settings=context.queue,
        queue_name=queue_name,
        jobs=jobs,
        max_jobs=at_once,
        ctx={"context": context},
        clock=context.clock,
        locks=not context.job_store.exclusive,
        **arq_options(context.work.drain, wall),
    )
    if batcher is not None:
        worker.gate = lambda: batcher.open

    await context.job_store.check_schema()
    tasks: list[asyncio.Task[None]] = []

    async def ready() -> Readiness:
        return _awake(worker, tasks) & await _takes_writes(context)

    log.info("starts", queue_name=queue_name, at_once=at_once, redis=plainly(context.queue.url))
    async with AsyncExitStack() as stack:
        page = partial(context.metrics.page, context.job_store, context.clock, _places(context))
        health = serve_where_set(context.work.health_host, context.work.health_port, ready, page)
        await stack.enter_async_context(health)
        tasks += [asyncio.create_task(chore()) for chore in (context.clock.follow, *chores)]
        try:
            await worker.async_run()
        except asyncio.CancelledError:
            log.info("stops", queue_name=queue_name)  # arq ends its main task this way, after the drain
        finally:
            for task in tasks:
                task.cancel()
            await worker.close()
            await context.redis.aclose()


def _awake(worker: ArqWorker, tasks: Sequence["asyncio.Task[None]"]) -> Readiness:
    if any(task.done() for task in tasks):
        return Readiness(False, ("a background task has ended: read the log, and restart this program",))
    if time.monotonic() - worker.polled > _STALE:
        return Readiness(False, (f"the queue was not looked at for {_STALE:.0f} s: Redis may be away",))
    return Readiness(True)


async def _takes_writes(context: ProgramContext) -> Readiness:
    off = context.clock.words
    return await context.job_store.takes_writes() & Readiness(True, (off,) if off else ())


def _places(context: ProgramContext) -> dict[str, Path]:
    """Folders whose volumes may fill up; a bucket does not."""
    store, scratch = context.store.folder, context.work.scratch
    return {name: path for name, path in (("store", store), ("scratch", scratch)) if path is not None}
