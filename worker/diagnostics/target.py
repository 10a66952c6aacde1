"""Where a checkup takes place: the service that runs here, or a small one of its own."""

import asyncio
import os
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr
from redis.exceptions import RedisError

from immersivaudio.queue import Queue, QueueSettings
from immersivaudio.queue.clock import ServerClock
from immersivaudio.queue.connection import AWAY, SentinelPool, in_words
from immersivaudio.queue.redis_url import plainly
from worker.diagnostics.report import CheckFailedError, CheckReport
from worker.supervisor.embedded_redis import EmbeddedRedis
from worker.supervisor.exec_with_parent import with_parent

_AWAY = 2.0
"""s after which a Redis that does not answer is not there."""
_LISTENING = 4.0
"""s without a listener after which no worker runs: one that lost its connection is back by then."""
_START = 60.0
"""s that a worker of our own has to start."""
_WANTED = {"appendonly": "yes", "maxmemory-policy": "noeviction"}
_PATIENT = 3500
"""ms: a Sentinel that waits less never replaces a primary that dies in the 30 s for which it looks away once
it was held up itself (Valkey 9.1.2; findings/sentinel_looks_away.sh).
"""


@dataclass(frozen=True, slots=True)
class CheckTarget:
    """A queue with running workers."""

    settings: QueueSettings
    folder: Path
    """For our own files; goes away in the end."""


async def find_target(
    settings: QueueSettings, folder: Path, hops: CheckReport, stack: AsyncExitStack
) -> CheckTarget:
    """Reach the service; where Redis is not told of and none runs, start one with a worker and a delivery."""
    quick = settings.model_copy(update={"patience": _AWAY})
    start = time.monotonic()
    wrong = await _unreachable(quick)
    if wrong is None:
        hops.add("redis", time.monotonic() - start, f"Redis answers at {plainly(settings.url)}")
        await _judged(quick, hops)
        await _listened(quick, hops, _LISTENING)
        return CheckTarget(quick, folder)
    if settings.redis_url is not None:
        wrong.hop = "redis"
        raise wrong
    own = await _own_redis(quick, folder, hops, stack)
    await _own_programs(own, folder, stack)
    await _listened(own, hops, _START, ours=folder)
    return CheckTarget(own, folder)


async def _unreachable(settings: QueueSettings) -> CheckFailedError | None:
    try:
        async with Queue.connect(settings) as queue:
            await queue.ping()
    except AWAY as error:
        told = in_words(error, plainly(settings.url))
        return CheckFailedError(told.problem, told.remedy, type(error).__name__)
    return None


async def _judged(settings: QueueSettings, hops: CheckReport) -> None:
    """Note a clock that is off, and a Redis that may forget what it accepted, where it says so."""
    async with Queue.connect(settings) as queue:
        clock = ServerClock(queue.redis)
        await clock.refresh()
        if clock.words:
            hops.note("redis", clock.words, "results come in time all the same; TLS and S3 may fail")
        await _sentinel_judged(queue, hops)
        try:
            chosen = {name: (await queue.redis.config_get(name)).get(name) for name in _WANTED}
        except RedisError:
            return
    for name, wanted in _WANTED.items():
        if chosen[name] is not None and chosen[name] != wanted:
            words = f"{name} is {chosen[name]}: Redis may forget what it accepted"
            hops.note("redis", words, f"set {name} {wanted} in its configuration")


async def _sentinel_judged(queue: Queue, hops: CheckReport) -> None:
    """Note Sentinels that would not replace the primary."""
    pool = queue.redis.connection_pool
    if not isinstance(pool, SentinelPool):
        return
    try:
        known = await pool.sentinel_manager.sentinels[0].sentinel_master(pool.service_name)
    except RedisError:
        return
    if int(known["num-slaves"]) == 0:
        hops.note("redis", "the primary has no replica that could take its place", "start one: replicaof")
    if (wait := int(known["down-after-milliseconds"])) < _PATIENT:
        words = f"Sentinel waits {wait} ms: held up for a moment, it may never replace a primary that dies"
        hops.note("redis", words, f"SENTINEL SET {pool.service_name} down-after-milliseconds 5000")


async def _listened(
    settings: QueueSettings, hops: CheckReport, patience: float, ours: Path | None = None
) -> None:
    """Wait until a renderer and a delivery are connected."""
    start = time.monotonic()
    queues = {
        "render": ("worker", "no worker takes clips", "python -m worker run"),
        "deliver": ("deliver", "no delivery sends results", "python -m worker deliver"),
    }
    async with Queue.connect(settings) as queue:
        for queue_name, (name, problem, command) in queues.items():
            while not (count := await _listeners(queue, queue_name)):
                if time.monotonic() - start > patience:
                    if ours:
                        raise CheckFailedError(
                            f"the {name} does not start", _last(ours / f"{name}.log"), hop=name
                        )
                    remedy = f"start one with: {command}, or everything: immersivaudio up"
                    raise CheckFailedError(problem, remedy, hop=name)
                await asyncio.sleep(0.1)
            hops.add(name, time.monotonic() - start, f"{count} at work")


async def _listeners(queue: Queue, queue_name: str) -> int:
    (answer,) = await queue.redis.pubsub_numsub(queue.job_store.queue(queue_name))
    return int(answer[1])


async def _own_redis(
    settings: QueueSettings, folder: Path, hops: CheckReport, stack: AsyncExitStack
) -> QueueSettings:
    with hops.timed("redis", "nothing runs here, so a Redis for this checkup was started"):
        redis = EmbeddedRedis(folder / "redis")
        await redis.start()
        stack.push_async_callback(redis.stop)
    return settings.model_copy(
        update={"redis_url": SecretStr(redis.url), "data": folder, "store": "", "patience": 10.0}
    )


async def _own_programs(settings: QueueSettings, folder: Path, stack: AsyncExitStack) -> None:
    environment = os.environ | {
        "REDIS_URL": settings.url,
        "IMMERSIVAUDIO_QUEUE_DATA": str(folder),
        "IMMERSIVAUDIO_QUEUE_STORE": "",
        "IMMERSIVAUDIO_CONSOLE_FOLDER": str(folder / "out"),
        "IMMERSIVAUDIO_WORKER_HEALTH_PORT": "0",
        "IMMERSIVAUDIO_WORKER_ROLE": "all",
    }
    for name, command in (("worker", "run"), ("deliver", "deliver")):
        with (folder / f"{name}.log").open("wb") as log:
            program = await asyncio.create_subprocess_exec(
                *with_parent(sys.executable, "-m", "worker", command),
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for us: they go before Redis does
            )
        stack.push_async_callback(_ended, program)


async def _ended(program: asyncio.subprocess.Process) -> None:
    if program.returncode is None:
        program.terminate()
    try:
        await asyncio.wait_for(program.wait(), 10.0)
    except TimeoutError:
        program.kill()
        await program.wait()


def _last(log: Path) -> str:
    """The last line that a program of our own said."""
    lines = log.read_text("utf-8", "replace").strip().splitlines() if log.is_file() else []
    return f"it said: {lines[-1][:300]}" if lines else "it said nothing"
