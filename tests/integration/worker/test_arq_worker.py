"""The loop that picks jobs: it ends when it is told to, whatever rings at that moment."""

import asyncio
from pathlib import Path

import pytest
from redis.asyncio import Redis

from immersivaudio.queue import QueueSettings
from immersivaudio.queue.clock import ServerClock
from immersivaudio.queue.connection import pool
from tests.redis_server import RedisServer
from worker.runtime.arq_worker import ArqWorker, arq_options


@pytest.mark.parametrize("turns", range(4))
def test_a_worker_stops_even_if_a_clip_arrives_at_that_moment(tmp_path: Path, turns: int) -> None:
    """`turns` of the event loop lie between the two."""
    server = RedisServer(tmp_path / "redis")
    server.start()

    async def nothing(_: object) -> None: ...

    async def story() -> bool:
        settings = QueueSettings(_env_file=None, redis_url=server.url, data=tmp_path)
        redis = Redis(connection_pool=pool(settings))
        clock = ServerClock(redis)
        jobs = {"render": nothing}
        worker = ArqWorker(
            settings=settings, queue_name="render", jobs=jobs, clock=clock, **arq_options(1.0, 1.0)
        )
        picking = asyncio.ensure_future(worker.main())
        await asyncio.sleep(0.7)  # it has looked, and waits for the bell
        worker._bell.set()
        for _ in range(turns):
            await asyncio.sleep(0)
        picking.cancel()
        await asyncio.wait({picking}, timeout=2)
        stopped = picking.done()
        picking.cancel()
        await asyncio.wait({picking})
        await asyncio.sleep(0.1)  # who listened hangs up, too
        await worker.pool.aclose(close_connection_pool=True)
        await redis.aclose(close_connection_pool=True)
        return stopped

    try:
        assert asyncio.run(story()), "the order to stop was lost"
    finally:
        server.stop()
