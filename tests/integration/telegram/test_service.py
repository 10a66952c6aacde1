"""Who is served, and how fast: against a real Redis."""

import asyncio
import secrets
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from bot.service import EVERYBODY, ScoringService
from bot.settings import BotSettings
from bot.validation import Refusal
from immersivaudio.queue import Address, JobRequest, Queue, QueueSettings, ScoreOptions, Source
from immersivaudio.share import write
from tests.redis_server import RedisServer
from tests.unit.share.test_code import ORDINARY

Play = Callable[[ScoringService], Awaitable[None]]


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:
        server = RedisServer(Path(folder))
        server.start()
        yield server
        server.stop()


def run(url: str, folder: Path, play: Play, **settings: object) -> None:
    async def scene() -> None:
        names = {"namespace": f"test-{secrets.token_hex(4)}", "data": folder, "patience": 1.0, "per_user": 2}
        async with Queue.connect(QueueSettings(redis_url=url, **names)) as queue:
            await play(ScoringService(queue, BotSettings(_env_file=None, **settings)))

    asyncio.run(scene())


def request(update: str, user: str = "telegram:1") -> JobRequest:
    here = Address(platform="telegram", chat="9")
    return JobRequest(platform="telegram", update=update, user=user, source=Source(file="id"), reply=here)


def test_a_user_has_so_many_clips_in_the_works(redis: RedisServer, tmp_path: Path) -> None:
    async def play(service: ScoringService) -> None:
        first = await service.hand_in(request("1"))
        assert not isinstance(first, Refusal)
        assert first.accepted
        again = await service.hand_in(request("1"))
        assert not isinstance(again, Refusal)
        assert (again.outcome, again.job) == ("duplicate", first.job)
        await service.hand_in(request("2"))
        assert await service.hand_in(request("3")) == Refusal("refuse.in-works", {"count": 2})

    run(redis.url, tmp_path, play)


def test_a_damaged_share_code_is_refused_before_it_costs_anything(redis: RedisServer, tmp_path: Path) -> None:
    async def play(service: ScoringService) -> None:
        code = write(ORDINARY)
        for number, wrong in enumerate((code[:-1], f"darker {code[:-2]}00", "IV-" + "0" * 30)):
            asked = request(str(number)).model_copy(update={"options": ScoreOptions(mood=wrong)})
            assert await service.hand_in(asked) == Refusal("refuse.share-damaged")
        submitted = await service.hand_in(
            request("9").model_copy(update={"options": ScoreOptions(mood=code)})
        )
        assert not isinstance(submitted, Refusal)
        record = await service.queue.record(submitted.job)
        assert record
        assert (record.request.options.share, record.request.options.mood) == (code, "")

    run(redis.url, tmp_path, play)


def test_who_is_too_fast_waits(redis: RedisServer, tmp_path: Path) -> None:
    async def play(service: ScoringService) -> None:
        await service.hand_in(request("1"))
        refusal = await service.hand_in(request("2"))
        assert refusal == Refusal("refuse.often", {"seconds": 60})
        assert not isinstance(await service.hand_in(request("3", "telegram:2")), Refusal)
        assert [service.talk("telegram:1") is None for _ in range(4)] == [True, True, True, False]

    run(redis.url, tmp_path, play, requests_per_minute=1, requests_burst=1, talk_per_minute=1, talk_burst=3)


def test_who_is_shut_out_is_no_guest(redis: RedisServer, tmp_path: Path) -> None:
    async def play(service: ScoringService) -> None:
        book, place = service.queue.preferences, "chat:telegram:-9"
        await book.change(EVERYBODY, blocked=("telegram:3",))
        await book.change(place, blocked=("telegram:4",), sounds=True)
        await book.change("user:telegram:5", original="keep")
        assert await service.guest("telegram:2") is None
        assert await service.guest("telegram:3") is None
        assert await service.guest("telegram:4", place) is None
        assert await service.guest("telegram:4") is not None
        guest = await service.guest("telegram:5", place)
        assert guest is not None
        assert (guest.original, guest.sounds) == ("keep", True)

    run(redis.url, tmp_path, play, blocked={"telegram:2"})


def test_a_queue_that_is_away_is_said_so(tmp_path: Path) -> None:
    async def play(service: ScoringService) -> None:
        assert await service.hand_in(request("1")) == Refusal("unreachable")

    run(f"unix://{tmp_path / 'nothing.sock'}", tmp_path, play)


def test_a_placeholder_that_a_courier_sent_stands_for_its_job(redis: RedisServer, tmp_path: Path) -> None:
    async def play(service: ScoringService) -> None:
        queue = service.queue
        submitted = await service.hand_in(request("1"))
        assert not isinstance(submitted, Refusal)
        theirs = request("1").reply.model_copy(update={"message": "77"})
        ours = request("1").reply.model_copy(update={"message": "78"})
        await queue.job_store.place(submitted.job, theirs)
        assert await queue.place(submitted.job, ours) == theirs
        record = await queue.job_for_message("telegram", "9", "77")
        assert record is not None
        assert record.job == submitted.job
        assert await queue.job_for_message("telegram", "9", "78") is None

    run(redis.url, tmp_path, play)
