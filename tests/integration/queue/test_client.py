"""What frontends do: watch, remember, choose, forget."""

import asyncio
from pathlib import Path

import pytest

from immersivaudio.queue import (
    Address,
    Artifact,
    GoneError,
    Queue,
    QueueSettings,
    Result,
    ScoreOptions,
    Source,
    State,
)
from tests.integration.queue.requests import request
from tests.integration.queue.test_job_store import take
from tests.patience import PATIENCE
from tests.redis_server import RedisServer


async def done(queue: Queue, job: str, result: Result) -> None:
    claim = await take(queue)
    assert claim
    assert claim.job == job
    assert await queue.job_store.rendered(job, claim.fence, result)
    sending = await take(queue, "deliver")
    assert sending
    await queue.job_store.delivered(job, sending.fence)


async def kept(queue: Queue, data: bytes = b"music") -> Result:
    return Result(
        media=Artifact(ref=await queue.store.put_bytes(data, ".mp4"), name="scored.mp4"),
        sheet="{}",
        sha256="5a",
    )


def test_a_watcher_sees_every_step_and_then_the_end(settings: QueueSettings) -> None:
    async def story() -> None:
        async with Queue.connect(settings) as queue:
            submitted = await queue.submit(request())
            seen: list[State] = []

            async def look() -> None:
                await _note(queue, submitted.job, seen)

            async with asyncio.TaskGroup() as group:
                group.create_task(look())
                await _until(lambda: seen == [State.QUEUED])
                claim = await take(queue)
                assert claim
                await _until(lambda: State.RUNNING in seen)
                await queue.job_store.rendered(submitted.job, claim.fence, await kept(queue))
                sending = await take(queue, "deliver")
                assert sending
                await queue.job_store.delivered(submitted.job, sending.fence)
            assert seen[-1] is State.DELIVERED

    asyncio.run(story())


def test_a_watcher_outlives_a_restart_of_redis(tmp_path: Path) -> None:
    server = RedisServer(tmp_path / "own")
    server.start()
    settings = QueueSettings(redis_url=server.url, data=tmp_path)

    async def story() -> None:
        async with Queue.connect(settings) as queue:
            submitted = await queue.submit(request())
            states: list[State] = []

            async def look() -> None:
                await _note(queue, submitted.job, states)

            async with asyncio.TaskGroup() as group:
                group.create_task(look())
                await _until(lambda: bool(states))
                await asyncio.to_thread(server.stop, kill=True)
                await asyncio.to_thread(server.start)
                assert await queue.cancel(submitted.job, "telegram:1") is State.CANCELLED, (
                    "accepted before the kill"
                )
            assert states[-1] is State.CANCELLED

    try:
        asyncio.run(story())
    finally:
        server.stop()


def test_the_last_clip_of_a_chat_is_remembered_for_a_remix(settings: QueueSettings) -> None:
    async def story() -> None:
        async with Queue.connect(settings) as queue:
            assert await queue.latest("telegram", "9", "telegram:1") is None
            submitted = await queue.submit(request())
            await done(queue, submitted.job, await kept(queue))
            record = await queue.latest("telegram", "9", "telegram:1")
            assert record
            assert record.result
            assert (record.job, record.result.sheet) == (submitted.job, "{}")
            assert await queue.latest("telegram", "8", "telegram:1") is None, "another chat, another memory"

    asyncio.run(story())


def test_a_remix_starts_from_the_bytes_that_are_kept_or_the_file_at_the_platform(
    settings: QueueSettings,
) -> None:
    async def story() -> None:
        async with Queue.connect(settings) as queue:
            ref = await queue.store.put_bytes(b"clip")
            first = await queue.submit(request(source=Source(ref=ref, file="AgAC")))
            record = await queue.record(first.job)
            assert record
            source = await queue.source(record)
            assert source
            assert source.ref == ref
            await queue.store.drop(ref)
            source = await queue.source(record)
            assert source
            assert (source.ref, source.file) == ("", "AgAC")
            second = await queue.submit(request("2", source=Source(ref=ref)))
            record = await queue.record(second.job)
            assert record
            assert await queue.source(record) is None

    asyncio.run(story())


def test_choices_of_a_user_stand_over_those_of_the_chat(settings: QueueSettings) -> None:
    async def story() -> None:
        async with Queue.connect(settings) as queue:
            await queue.preferences.change("guild:discord:9", language="de", sounds=True, channels=("5",))
            await queue.preferences.change("user:discord:1", language="fr", sounds=False)
            guild = await queue.preferences.read("guild:discord:9")
            mine = (await queue.preferences.read("user:discord:1")).over(guild)
            assert (mine.language, mine.sounds, mine.channels) == ("fr", False, ("5",))
            with pytest.raises(ValueError, match="length"):
                await queue.preferences.change("user:discord:1", length=6000)

    asyncio.run(story())


def test_a_clip_stays_while_a_later_take_can_need_it_and_goes_with_the_last(settings: QueueSettings) -> None:
    async def story() -> None:
        async with Queue.connect(settings) as queue:
            clip = Source(ref=await queue.store.put_bytes(b"their clip"))
            first = await queue.submit(request(source=clip))
            await done(queue, first.job, await kept(queue))
            again = {"source": clip, "parent": first.job}
            second = await queue.submit(request("2", action="remix", options=ScoreOptions(take=2), **again))
            await done(queue, second.job, await kept(queue))
            stems = await queue.submit(request("3", action="stems", **again))
            await done(queue, stems.job, await kept(queue))
            guest = await queue.submit(request("4", user="telegram:2", action="remix", **again))

            await queue.discard(guest.job)
            assert await queue.store.has(clip.ref), "it is somebody else's"
            await queue.discard(first.job)
            left = await queue.record(second.job)
            assert left
            assert await queue.source(left) == clip
            assert await queue.next_take(second.job) == 3, "not once more what is there already"
            await queue.discard(second.job)
            assert not await queue.store.has(clip.ref), "nothing can be made from it any more"

    asyncio.run(story())


def test_forget_leaves_nothing_of_a_user(settings: QueueSettings) -> None:
    async def story() -> None:
        async with Queue.connect(settings) as queue:
            ref = await queue.store.put_bytes(b"their clip")
            submitted = await queue.submit(request(source=Source(ref=ref)))
            await queue.place(submitted.job, Address(platform="telegram", chat="9", message="100"))
            result = await kept(queue)
            await done(queue, submitted.job, result)
            await queue.submit(request("2"))
            await queue.preferences.change("user:telegram:1", language="de")
            await queue.redis.hset(queue.job_store.key("seen-clip", "5a"), "x", ref)

            assert await queue.forget("telegram:1") == 2

            for gone in (ref, result.media.ref):
                with pytest.raises(GoneError):
                    await queue.store.open(gone)
            left = [key.decode() async for key in queue.redis.scan_iter(f"{settings.namespace}*")]
            said = [key for key in left if "telegram" in key or submitted.job in key]
            assert not said
            assert {key.rsplit(":", 1)[0].split(":", 1)[1] for key in left if key.count(":") > 1} <= {"seen"}
            assert (await queue.submit(request())).outcome == "duplicate", "an old update does not come alive"

    asyncio.run(story())


async def _note(queue: Queue, job: str, states: list[State]) -> None:
    async for status in queue.watch(job):
        states.append(status.state)  # noqa: PERF401 - the test reads the list while it grows


async def _until(true: object) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # type: ignore[operator]
            await asyncio.sleep(0.01)
