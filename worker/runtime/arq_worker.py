"""arq with its dangerous defaults replaced, and a loop that outlives Redis.

What arq does here: pick entries off a sorted set, run as many at once as allowed, drain on SIGTERM. What it
does not promise (leases, fences, tries, notices) is the job store's. So is the lock on a job: a claim is
given to one worker alone, and arq's own (six round trips and two fsyncs a job) is left out.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from typing import Any

import arq.worker
import orjson
import structlog
from arq.connections import ArqRedis
from arq.constants import job_key_prefix
from arq.worker import Function, Worker, func
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import ConnectionError as Cut

from immersivaudio.queue.clock import ServerClock
from immersivaudio.queue.connection import AWAY, pool
from immersivaudio.queue.settings import QueueSettings

log = structlog.get_logger("worker.runtime.arq_worker")

Job = Callable[..., Coroutine[Any, Any, None]]

_PICK = 5.0
"""s between arq picking an entry and the claim in the job store; later another worker may pick it."""
_IDLE = 1.0
"""s after which a worker looks without a notification: for deferred entries, and lost notifications."""
_QUIET = 5.0
"""s without a message after which a subscription is asked whether it stands: it may be half open."""
_AGAIN = 0.3
"""s to breathe when Redis is away."""


def arq_options(drain: float, wall: float) -> dict[str, Any]:
    """What replaces arq's defaults."""
    return {
        "job_serializer": orjson.dumps,  # not pickle
        "job_deserializer": orjson.loads,
        "keep_result": 0,  # a kept result would refuse the same id, and hold arguments
        "log_results": False,
        "max_tries": 1_000_000,  # the job store counts, and tells the user
        "job_timeout": wall,  # above every limit of ours: only a defect meets it
        "job_completion_wait": drain,  # SIGTERM finishes what runs
        "poll_delay": 0.0,  # `_poll_iteration` waits for a bell instead
        "health_check_interval": 30,
    }


class ArqWorker(Worker):
    """An arq worker that is woken by a bell and rides out a Redis that goes away."""

    def __init__(
        self,
        *,
        settings: QueueSettings,
        queue_name: str,
        jobs: Mapping[str, Job],
        clock: ServerClock,
        locks: bool = False,
        **rest: Any,
    ) -> None:
        """With `locks`, jobs are locked by arq, too: for a job store without exclusive claims."""
        arq.worker.timestamp_ms = clock.now_ms  # type: ignore[attr-defined] # arq has no setting for it: what is due is dated by Redis
        self._clock, self._locks = clock, locks
        functions: list[Function] = [func(job, name=name) for name, job in jobs.items()]
        queue = f"{settings.namespace}:queue:{queue_name}"
        redis = ArqRedis(
            pool(settings),
            job_serializer=orjson.dumps,
            job_deserializer=orjson.loads,
            default_queue_name=queue,
        )
        super().__init__(functions, queue_name=queue, redis_pool=redis, **rest)
        self.in_progress_timeout_s = _PICK
        self.polled = time.monotonic()
        self.gate: Callable[[], bool] = lambda: True
        """Whether it may pick anything now."""
        self._bell = asyncio.Event()
        self._ringer: asyncio.Task[None] | None = None

    async def main(self) -> None:
        """Pick and run until told to stop."""
        self._ringer = asyncio.create_task(self._listen())
        try:
            await self._clock.refresh()
            await super().main()
        finally:
            self._ringer.cancel()

    async def _poll_iteration(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_IDLE):  # `wait_for` may lose arq's order to stop when the bell rings
                await self._bell.wait()
        self._bell.clear()
        if not self.gate():
            self.polled = time.monotonic()
            return
        try:
            await super()._poll_iteration()
            self.polled = time.monotonic()
        except AWAY as error:
            log.warning("redis is away", cause=type(error).__name__)
            await asyncio.sleep(_AGAIN)
            self._free_lost_slots()

    async def start_jobs(self, job_ids: list[bytes]) -> None:
        """Start jobs while there are free places; the first claim wins."""
        if self._locks:
            await super().start_jobs(job_ids)
            return
        for entry in (each.decode() for each in job_ids):
            if self.job_counter >= self.max_jobs:
                return
            if entry not in self.tasks:
                await self.sem.acquire()
                self.job_counter += 1
                task = self.tasks[entry] = asyncio.create_task(self._run(entry))
                task.add_done_callback(lambda _: self._release_sem_dec_counter_on_complete())

    async def _run(self, entry: str) -> None:
        """Do what an entry says, and take it off the queue where no claim has."""
        key = f"{job_key_prefix}{entry}"
        try:
            if written := await self.pool.get(key):
                asked = orjson.loads(written)
                async with asyncio.timeout(self.job_timeout_s):
                    await self.functions[asked["f"]].coroutine(self.ctx, *asked["a"])
        except asyncio.CancelledError:  # its drain is over: the job was put back
            return
        except AWAY as error:
            log.warning("redis is away", cause=type(error).__name__)
            await asyncio.sleep(_AGAIN)
            return
        except Exception as error:  # a defect: the sweeper enqueues the job anew
            log.error("job broke", cause=type(error).__name__)
        with suppress(*AWAY):
            async with self.pool.pipeline(transaction=False) as pipe:
                pipe.zrem(self.queue_name, entry)
                pipe.delete(key)
                await pipe.execute()

    def _free_lost_slots(self) -> None:
        """An error between taking a slot and starting its job would lose the slot for good."""
        running = sum(not task.done() for task in self.tasks.values())
        for _ in range(self.job_counter - running):
            self._release_sem_dec_counter_on_complete()

    def _release_sem_dec_counter_on_complete(self) -> None:
        super()._release_sem_dec_counter_on_complete()
        self._bell.set()

    async def _hear(self, subscription: PubSub) -> None:
        """Ring for each message; raises `Cut` where the other end does not even answer a ping."""
        asked = False
        while True:
            message = await subscription.get_message(timeout=_QUIET)
            if message is None and asked:
                raise Cut("no answer to a ping: the connection is half open")
            asked = message is None
            if asked:
                await subscription.ping()
            elif message["type"] != "pong":
                self._bell.set()

    async def _listen(self) -> None:
        """Wake the worker when a job is enqueued."""
        redis: Redis = self.pool
        while True:
            try:
                async with redis.pubsub() as subscription:
                    await subscription.subscribe(self.queue_name)
                    await self._hear(subscription)
            except AWAY:
                self._bell.set()
                await asyncio.sleep(_AGAIN)
