"""What is written to the queue can be read; a row that cannot is one user's loss, and is said to them."""

import asyncio
import dataclasses
import random
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.service import ScoringService
from bot.settings import BotSettings
from immersivaudio.queue import Address, JobRequest, Queue, QueueSettings, ScoreOptions, Source, State
from immersivaudio.share import Recipe, write
from tests.integration.worker.service import Service, ended, send

RECIPE = Recipe(
    build=1, clip=None, near=False, palette=7, valence=0, arousal=0, moods=(), tempo=900, tonic="C",
    mode="ionian", metre="4/4", seed=1,
)  # fmt: skip


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with tempfile.TemporaryDirectory(prefix="rows-") as folder, Service(Path(folder)) as service:
        service.start("run")
        service.start("deliver")
        yield service


def request(update: str, **fields: object) -> JobRequest:
    return JobRequest.model_validate(
        {
            "platform": "console",
            "update": update,
            "user": "console:1",
            "source": Source(ref="2026010100/" + "0" * 32),
            "reply": Address(platform="console", chat="1", message=update),
        }
        | fields
    )


def test_what_cannot_be_read_back_is_not_accepted(service: Service) -> None:
    async def story(queue: Queue) -> None:
        unchecked = dataclasses.replace(request("bad").options, take=0)
        with pytest.raises(ValueError, match="take"):
            await queue.submit(request("bad").model_copy(update={"options": unchecked}))
        answer = await ScoringService(queue, BotSettings(_env_file=None)).hand_in(
            request("bad").model_copy(update={"options": unchecked})
        )
        assert getattr(answer, "key", "") == "failed.short"
        assert not await queue.list_for_user("console:1")

    service.run(story)


def test_a_share_code_of_a_take_that_is_none_is_damaged(service: Service) -> None:
    async def story(queue: Queue) -> None:
        reception = ScoringService(queue, BotSettings(_env_file=None))
        for wrong in ({"take": 0}, {"length": 0}, {"length": 60_001}):
            code = write(dataclasses.replace(RECIPE, **wrong))  # type: ignore[arg-type]
            asked = request(code[-9:], options=ScoreOptions(mood=f"calm {code}"), source=Source(kind="photo"))
            refused = await reception.hand_in(asked)
            assert getattr(refused, "key", "") == "refuse.share-damaged"

    service.run(story)


def test_a_damaged_row_ends_with_an_answer_and_stops_nobody() -> None:
    told = (
        b'{"platform":"console","update":"1","user":"console:1",'
        b'"reply":{"platform":"console","chat":"1","message":"m"},"options":{"take":0}}'
    )

    async def damage(queue: Queue) -> None:
        for number, text in enumerate((b"{", b"[]", b'{"platform": 7}', told)):
            job = await send(queue, f"broken-{number}", user=f"console:{number + 1}")
            await queue.redis.hset(queue.job_store.key("job", job), "request", text)  # type: ignore[misc]
            broken.append(job)

    async def look(queue: Queue) -> None:
        honest = await send(queue, "honest", user="console:9")
        assert (await ended(queue, honest)).state is State.DELIVERED
        states = []
        for job in broken:
            last = None
            async for status in queue.watch(job):
                last = status
            states.append(last.state if last else None)
        assert states[3] is State.DEAD, "who can be answered is told"
        assert set(states[:3]) <= {None, State.DEAD}
        for number in range(4):
            await queue.forget(f"console:{number + 1}")
        assert not [job for job in broken if await queue.redis.exists(queue.job_store.key("job", job))]
        after = await send(queue, "after", user="console:9")
        assert (await ended(queue, after)).state is State.DELIVERED

    broken: list[str] = []
    with tempfile.TemporaryDirectory(prefix="rows-") as folder, Service(Path(folder)) as service:
        service.run(damage)
        service.start("run")
        service.start("deliver")
        service.run(look)
        for program in ("run", "deliver"):
            assert "console:" not in service.log(program).read_text(), "no log quotes a request"


def test_fuzzed_requests_are_read_back_or_refused() -> None:
    """Ten thousand are tried by benchmarks/security.py."""
    dice = random.Random(5)
    for number in range(500):
        fields = {
            "take": dice.choice([0, 1, -1, 2**40, "x", None, 1.5]),
            "length": dice.choice([None, 0, 0.5, 600, 601, float("nan"), "10"]),
            "mood": dice.choice(["", "sad", "x" * 1001, "\x00", "\ud800"]),
            "original": dice.choice(["auto", "loud", None]),
            "speech_gap_lu": dice.choice([12.0, float("inf"), -5, "wide"]),
        }
        chosen = {name: fields[name] for name in dice.sample(sorted(fields), dice.randint(1, 3))}
        asked = request(str(number)).model_copy(
            update={"options": dataclasses.replace(ScoreOptions(), **chosen)}
        )
        try:
            read = JobRequest.from_json(asked.to_json())
        except (ValueError, TypeError):
            continue
        assert JobRequest.from_json(read.to_json()) == read


def test_visitors_from_one_address_share_one_place_in_the_queue(service: Service) -> None:
    async def story(queue: Queue) -> None:
        await queue.redis.flushdb()
        cap = queue.settings.per_address
        outcomes = [
            (
                await queue.submit(request(f"v{n}", user=f"web:{n}", account="address:a", platform="web"))
            ).outcome
            for n in range(cap + 3)
        ]
        assert outcomes == ["accepted"] * cap + ["account-full"] * 3
        assert (
            await queue.submit(request("else", user="web:99", account="address:b", platform="web"))
        ).accepted

    quiet = tempfile.TemporaryDirectory(prefix="share-")
    with quiet as folder, Service(Path(folder)) as alone:
        alone.run(story)


def test_one_frontend_leaves_room_for_the_others() -> None:
    async def story(queue: Queue) -> None:
        for n in range(8):
            assert (await queue.submit(request(f"w{n}", user=f"web:{n}", platform="web"))).accepted
        assert (await queue.submit(request("w9", user="web:9", platform="web"))).outcome == "frontend-full"
        assert (await queue.submit(request("t1", user="telegram:1", platform="telegram"))).accepted

    with tempfile.TemporaryDirectory(prefix="share-") as folder, Service(Path(folder)) as alone:
        settings = alone.settings.model_copy(update={"total": 10, "namespace": secrets.token_hex(4)})

        async def told() -> None:
            async with asyncio.timeout(60), Queue.connect(settings) as queue:
                await story(queue)

        asyncio.run(told())


def test_an_upload_that_nothing_is_ordered_for_goes(service: Service, tmp_path: Path) -> None:
    settings = QueueSettings(
        _env_file=None, redis_url=service.redis.url, namespace=secrets.token_hex(4), data=tmp_path,
        upload_kept=0.001, upload_bytes_per_user=100, upload_bytes_per_address=150, upload_bytes=220,
    )  # fmt: skip

    async def story() -> None:
        async with asyncio.timeout(60), Queue.connect(settings) as queue:
            uploads = queue.uploads
            outcome, first = await uploads.reserve("web:1", "a", 80)
            assert outcome == "ok"
            assert (await uploads.reserve("web:1", "a", 30))[0] == "visitor"
            assert (await uploads.reserve("web:2", "a", 80))[0] == "address"
            assert (await uploads.reserve("web:3", "b", 90))[0] == "ok"
            assert (await uploads.reserve("web:4", "c", 90))[0] == "full"
            ref = await queue.store.put_bytes(b"x" * 80)
            assert await uploads.stored(first, ref)
            while not await uploads.sweep():
                await asyncio.sleep(0.01)
            assert not await queue.store.has(ref)
            assert not await uploads.extend(first)
            again, second = await uploads.reserve("web:1", "a", 80)
            assert again == "ok", "its share is free again"
            ref = await queue.store.put_bytes(b"x" * 80)
            await uploads.stored(second, ref)
            await queue.forget("web:1")
            assert not await queue.store.has(ref), "delete everything means these, too"

    asyncio.run(story())


def test_a_full_volume_takes_nothing_new(service: Service, tmp_path: Path) -> None:
    settings = QueueSettings(
        _env_file=None, redis_url=service.redis.url, namespace=secrets.token_hex(4), data=tmp_path,
        free_bytes=2**60,
    )  # fmt: skip

    async def story() -> None:
        async with asyncio.timeout(60), Queue.connect(settings) as queue:
            answer = await ScoringService(queue, BotSettings(_env_file=None)).hand_in(request("late"))
            assert getattr(answer, "key", "") == "refuse.full"

    asyncio.run(story())
