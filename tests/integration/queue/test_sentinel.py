"""Redis behind Sentinels: the primary dies, and the queue goes on with its replica."""

import asyncio
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from immersivaudio.queue import Queue, QueueSettings
from tests.integration.queue.requests import request
from tests.patience import PATIENCE
from tests.sentinel_servers import SentinelServers, sentinel_servers

pytestmark = pytest.mark.slow


def test_a_failover_loses_nothing_that_was_replicated_and_takes_new_clips(tmp_path: Path) -> None:
    async def story(servers: SentinelServers) -> None:
        settings = QueueSettings(_env_file=None, redis_url=servers.url, data=tmp_path, patience=300)
        async with asyncio.timeout(PATIENCE), Queue.connect(settings) as queue:
            before = await queue.submit(request("before"))
            await asyncio.to_thread(servers.until_replicated)
            servers.kill_primary()
            after = await queue.submit(request("after"))
            assert after.accepted
            known = {status.job for status in await queue.list_for_user(request("after").user)}
            assert known == {before.job, after.job}

    with sentinel_servers(tmp_path) as servers:
        asyncio.run(story(servers))


def test_what_is_called_queued_is_on_the_replica_already(tmp_path: Path) -> None:
    async def story(servers: SentinelServers) -> None:
        settings = QueueSettings(
            _env_file=None, redis_url=servers.url, data=tmp_path, patience=300, replica_wait=9
        )
        async with asyncio.timeout(PATIENCE), Queue.connect(settings) as queue:
            with servers.replica_frozen():
                asked = asyncio.create_task(queue.submit(request("clip")))
                while not (written := await queue.list_for_user(request("clip").user)):
                    await asyncio.sleep(0.01)
                assert not asked.done()
            assert (await asked).job == written[0].job
            servers.kill_primary()
            assert await queue.list_for_user(request("clip").user) == written

    with sentinel_servers(tmp_path) as servers:
        asyncio.run(story(servers))


def test_a_replica_that_does_not_answer_stops_nobody(tmp_path: Path) -> None:
    async def story(servers: SentinelServers) -> None:
        settings = QueueSettings(_env_file=None, redis_url=servers.url, data=tmp_path, replica_wait=0.05)
        async with asyncio.timeout(PATIENCE), Queue.connect(settings) as queue:
            with servers.replica_frozen(), capture_logs() as said:
                first, second = [await queue.submit(request(name)) for name in ("one", "two")]
            assert first.accepted
            assert second.accepted
            assert [each["event"] for each in said] == ["no_replica"]

    with sentinel_servers(tmp_path) as servers:
        asyncio.run(story(servers))


def test_a_fence_that_a_failover_forgot_is_not_given_out_again(tmp_path: Path) -> None:
    """A replica that was cut off took the claim for unclaimed: who holds the old fence may write no more."""

    async def story(servers: SentinelServers) -> None:
        settings = QueueSettings(_env_file=None, redis_url=servers.url, data=tmp_path, patience=300)
        async with asyncio.timeout(PATIENCE), Queue.connect(settings) as queue:
            job = (await queue.submit(request("clip"))).job
            entry = (await queue.job_store.row(job))["entry"].decode()
            await asyncio.to_thread(servers.until_replicated)
            servers.cut_replica_off()
            forgotten = await queue.job_store.claim(job, entry, "render")
            servers.kill_primary()
            again = await queue.job_store.claim(job, entry, "render")
            assert forgotten is not None
            assert again is not None
            assert not await queue.job_store.renew(job, forgotten.fence)
            assert await queue.job_store.renew(job, again.fence)

    with sentinel_servers(tmp_path) as servers:
        asyncio.run(story(servers))
