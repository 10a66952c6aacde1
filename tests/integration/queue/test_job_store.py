"""The promises of the job store, against a real Redis."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager

import pytest

from immersivaudio.queue import Address, Failure, Queue, QueueSettings, Source, State, StepHandoff
from immersivaudio.queue.job_store import LeasedJob
from tests.integration.queue.requests import RESULT, request
from tests.patience import PATIENCE

Step = Callable[[Queue, LeasedJob], Coroutine[object, object, object]]


@asynccontextmanager
async def opened(settings: QueueSettings, **changes: object) -> AsyncIterator[Queue]:
    async with Queue.connect(settings.model_copy(update=changes)) as queue:
        yield queue


async def take(queue: Queue, verb: str = "render") -> LeasedJob | None:
    """Claim the first entry that waits, as a worker does."""
    queue_name = {"render": "render", "finish": "render", "generate": "generate"}.get(verb, "deliver")
    entries = await queue.redis.zrange(queue.job_store.queue(queue_name), 0, 0)
    if not entries:
        return None
    entry = entries[0].decode()
    return await queue.job_store.claim(entry.partition(".")[2], entry, verb)


async def state(queue: Queue, job: str) -> State | None:
    status = await queue.status(job)
    return status.state if status else None


def test_a_request_goes_through_every_state_to_delivered(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings) as queue:
            submitted = await queue.submit(request())
            assert (submitted.outcome, submitted.position, submitted.in_works) == ("accepted", 1, 1)
            claim = await take(queue)
            assert claim
            assert claim.request.options.mood == "hopeful"
            assert await state(queue, submitted.job) is State.RUNNING
            assert await queue.job_store.rendered(submitted.job, claim.fence, RESULT)
            sending = await take(queue, "deliver")
            assert sending
            assert sending.result == RESULT
            assert await queue.job_store.delivered(submitted.job, sending.fence)
            assert await state(queue, submitted.job) is State.DELIVERED
            assert await queue.redis.zcard(queue.job_store.key("live")) == 0

    asyncio.run(story())


def test_a_file_at_the_platform_is_fetched_first(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings) as queue:
            submitted = await queue.submit(request(source=Source(file="AgAC")))
            assert await state(queue, submitted.job) is State.ACCEPTED
            assert await take(queue) is None
            fetching = await take(queue, "fetch")
            assert fetching
            assert await queue.job_store.fetched(submitted.job, fetching.fence, "2026010100/" + "b" * 32)
            claim = await take(queue)
            assert claim
            assert claim.ref == "2026010100/" + "b" * 32

    asyncio.run(story())


def test_a_repeated_update_is_one_request_even_at_the_same_moment(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings) as queue:
            submissions = await asyncio.gather(*(queue.job_store.accept(request("77")) for _ in range(20)))
            assert len({submitted.job for submitted in submissions}) == 1
            assert sorted(submitted.outcome for submitted in submissions) == ["accepted"] + ["duplicate"] * 19
            assert await queue.redis.zcard(queue.job_store.queue("render")) == 1

    asyncio.run(story())


def test_caps_tell_how_many_are_in_the_works(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings, per_user=2, total=3) as queue:
            for number in range(2):
                assert (await queue.submit(request(str(number)))).in_works == number + 1
            third = await queue.submit(request("3"))
            assert (third.outcome, third.in_works, third.job) == ("user-full", 2, "")
            assert (await queue.submit(request("4", user="telegram:2"))).accepted
            assert (await queue.submit(request("5", user="telegram:3"))).outcome == "full"
            assert (await queue.submit(request("3"))).outcome == "user-full", (
                "a refused update may come again"
            )

    asyncio.run(story())


def test_nothing_of_an_album_is_refused_for_the_rest_of_it(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings, per_user=3, total=100) as queue:
            outcomes = [(await queue.submit(request(str(number), album=10))).outcome for number in range(10)]
            assert outcomes == ["accepted"] * 10
            assert (await queue.submit(request("alone"))).outcome == "user-full"

    asyncio.run(story())


def test_a_row_that_was_forgotten_while_it_waited_takes_nobodys_place(settings: QueueSettings) -> None:
    """As after a week without a worker: Redis lets the row go, and nobody finished it."""

    async def story() -> None:
        async with opened(settings, per_user=1) as queue:
            first = await queue.submit(request("1"))
            assert (await queue.submit(request("2"))).outcome == "user-full"
            await queue.redis.delete(queue.job_store.key("job", first.job))
            assert (await queue.submit(request("3"))).accepted
            assert (await queue.submit(request("4"))).outcome == "user-full"

    asyncio.run(story())


@pytest.mark.parametrize("crowd", [10, 500])
def test_a_crowd_of_one_user_delays_another_by_two_slots_at_most(settings: QueueSettings, crowd: int) -> None:
    async def story() -> None:
        async with opened(settings, per_user=1000, total=2000) as queue:
            await asyncio.gather(*(queue.job_store.accept(request(f"a{n}", user="a")) for n in range(crowd)))
            for _ in range(3):
                assert await take(queue)
            other = await queue.submit(request("b", user="b"))
            assert other.position is not None
            assert other.position <= 3
            served = [await take(queue) for _ in range(3)]
            assert "b" in [claim.request.user for claim in served if claim]

    asyncio.run(story())


def test_only_one_of_many_workers_gets_a_job(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings) as queue:
            submitted = await queue.submit(request())
            entry = (await queue.redis.zrange(queue.job_store.queue("render"), 0, 0))[0].decode()
            claims = await asyncio.gather(
                *(queue.job_store.claim(submitted.job, entry, "render") for _ in range(20))
            )
            assert sum(claim is not None for claim in claims) == 1

    asyncio.run(story())


def test_an_entry_from_an_earlier_try_opens_nothing(settings: QueueSettings) -> None:
    """arq may hold an old entry in its hands for long; only the row's own entry counts."""

    async def story() -> None:
        async with opened(settings) as queue:
            submitted = await queue.submit(request())
            old = (await queue.redis.zrange(queue.job_store.queue("render"), 0, 0))[0].decode()
            first = await queue.job_store.claim(submitted.job, old, "render")
            assert first
            await queue.job_store.release(submitted.job, first.fence)
            assert await queue.job_store.claim(submitted.job, old, "render") is None
            assert await take(queue)

    asyncio.run(story())


def test_who_was_away_for_long_has_saved_up_no_turns(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings, per_user=100) as queue:
            for number in range(30):
                await queue.job_store.accept(request(f"a{number}", user="a"))
            for _ in range(20):
                assert await take(queue)
            for number in range(10):
                await queue.job_store.accept(request(f"b{number}", user="b"))
            served = [await take(queue) for _ in range(6)]
            assert [claim.request.user for claim in served if claim].count("a") == 3

    asyncio.run(story())


STALE: dict[str, Step] = {
    "renew": lambda queue, claim: queue.job_store.renew(claim.job, claim.fence),
    "rendered": lambda queue, claim: queue.job_store.rendered(claim.job, claim.fence, RESULT),
    "release": lambda queue, claim: queue.job_store.release(claim.job, claim.fence),
    "delivered": lambda queue, claim: queue.job_store.delivered(claim.job, claim.fence),
}


@pytest.mark.parametrize("verb", STALE)
def test_who_slept_through_the_lease_can_write_nothing(settings: QueueSettings, verb: str) -> None:
    async def story() -> None:
        async with opened(settings) as queue:
            submitted = await queue.submit(request())
            sleeper = await take(queue)
            assert sleeper
            await overslept(queue, submitted.job)
            newer = await take(queue)
            assert newer
            assert newer.fence > sleeper.fence
            assert not await STALE[verb](queue, sleeper)
            assert await queue.job_store.failed(submitted.job, sleeper.fence, Failure(problem="no")) == "lost"
            assert await queue.job_store.rendered(submitted.job, newer.fence, RESULT)

    asyncio.run(story())


async def overslept(queue: Queue, job: str) -> None:
    """Let the lease of a job end, and the sweeper find it."""
    async with asyncio.timeout(PATIENCE):
        while await queue.job_store.sweep(job) == "early":
            await asyncio.sleep(0.02)


def test_a_renewed_lease_is_left_alone(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings, lease=30.0) as queue:
            submitted = await queue.submit(request())
            claim = await take(queue)
            assert claim
            assert await queue.job_store.renew(submitted.job, claim.fence, "detect", 0.25)
            assert await queue.job_store.sweep(submitted.job) == "early"
            status = await queue.status(submitted.job)
            assert status
            assert (status.stage, status.done) == ("detect", 0.25)

    asyncio.run(story())


def test_the_third_failure_is_the_last_and_earns_one_notice(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings) as queue:
            submitted = await queue.submit(request())
            for expected in ("again", "again", "over"):
                claim = await take(queue)
                assert claim
                assert (
                    await queue.job_store.failed(submitted.job, claim.fence, Failure(problem="it broke"))
                    == expected
                )
            assert await take(queue) is None
            notice = await take(queue, "deliver")
            assert notice
            assert str(notice.failure) == "it broke."
            assert await queue.job_store.delivered(submitted.job, notice.fence)
            assert await state(queue, submitted.job) is State.DEAD
            assert await take(queue, "deliver") is None

    asyncio.run(story())


@pytest.mark.parametrize(("storm", "tries"), [(False, 3), (True, 5)])
def test_vanishing_workers_are_forgiven_while_others_vanish_and_else_count_as_tries(
    settings: QueueSettings, storm: bool, tries: int
) -> None:
    async def story() -> None:
        async with opened(settings, lease=0.05) as queue:
            submitted = await queue.submit(request())
            for number in range(tries):
                assert await state(queue, submitted.job) is State.QUEUED
                queue.job_store.name = f"worker {number}"
                assert await take(queue)
                await overslept(queue, submitted.job)
                if storm and number == 0:
                    await another_vanishes(queue)
            assert await state(queue, submitted.job) is State.FAILED

    asyncio.run(story())


def test_a_worker_that_vanished_long_before_is_no_excuse(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings, lease=0.05) as queue:
            await another_vanishes(queue)
            submitted = await queue.submit(request())
            for _ in range(3):
                assert await take(queue)
                await overslept(queue, submitted.job)
            assert await state(queue, submitted.job) is State.FAILED

    asyncio.run(story())


def test_a_failure_and_two_lost_workers_are_three_tries(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings, lease=0.05) as queue:
            submitted = await queue.submit(request())
            claim = await take(queue)
            assert claim
            await queue.job_store.failed(submitted.job, claim.fence, Failure(problem="it broke"))
            for _ in range(2):
                assert await take(queue)
                await overslept(queue, submitted.job)
            assert await state(queue, submitted.job) is State.FAILED

    asyncio.run(story())


async def another_vanishes(queue: Queue) -> None:
    """A worker that holds somebody else's job, which then goes its way."""
    other = await queue.submit(request("other", user="telegram:99"))
    queue.job_store.name = "another worker"
    entries = [entry.decode() for entry in await queue.redis.zrange(queue.job_store.queue("render"), 0, -1)]
    entry = next(entry for entry in entries if entry.endswith(other.job))
    assert await queue.job_store.claim(other.job, entry, "render")
    await overslept(queue, other.job)
    await queue.cancel(other.job, "telegram:99")
    queue.job_store.name = "a worker"


def test_a_clip_in_lanes_is_handed_on_with_its_plan_and_its_music(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings) as queue:
            job_store, plan = queue.job_store, StepHandoff(sheet="{}", seconds={"extract": 1.0})
            job = (await queue.submit(request())).job
            looking = await take(queue)
            assert looking
            for _ in range(2):  # asked again: the answer was lost
                assert await job_store.planned(job, looking.fence, plan)
            status = await queue.status(job)
            assert status
            assert (status.state, status.stage, status.position) == (State.PLANNED, "generate", None)
            playing = await take(queue, "generate")
            assert playing
            assert playing.plan == plan
            assert not await job_store.planned(job, looking.fence, plan), "the fence has moved on"
            assert await job_store.generated(job, playing.fence, plan, "2026010100/" + "c" * 32)
            for number in range(3):
                await job_store.accept(request(f"later {number}", user="b"))
            finishing = await take(queue, "finish")
            assert finishing, "who has begun goes before who has not"
            assert (finishing.plan, finishing.tracks) == (plan, "2026010100/" + "c" * 32)
            assert await job_store.release(job, finishing.fence)
            assert await state(queue, job) is State.GENERATED, "nothing is looked at or played again"
            again = await take(queue, "finish")
            assert again
            assert await job_store.rendered(job, again.fence, RESULT)
            sending = await take(queue, "deliver")
            assert sending
            assert await job_store.delivered(job, sending.fence)
            row = await job_store.row(job)
            assert not {"plan", "tracks", "holder"} & set(row), "what only the work needed goes"

    asyncio.run(story())


def test_an_answer_lost_on_the_way_is_asked_for_again_without_harm(settings: QueueSettings) -> None:
    """Every verb may run twice: Redis did it, the connection broke, the client asked again."""

    async def story() -> None:
        async with opened(settings) as queue:
            job_store = queue.job_store
            for _ in range(2):
                assert (await job_store.accept(request(), job="j")).outcome == "accepted"
            assert await queue.redis.zcard(job_store.queue("render")) == 1
            claim = await take(queue)
            assert claim
            for _ in range(2):
                assert await job_store.rendered("j", claim.fence, RESULT)
            assert await queue.redis.zcard(job_store.queue("deliver")) == 1
            sending = await take(queue, "deliver")
            assert sending
            for _ in range(2):
                assert await job_store.delivered("j", sending.fence)
            assert int(await queue.redis.hget(job_store.key("count"), "DELIVERED")) == 1

    asyncio.run(story())


def test_the_same_claim_asked_twice_is_the_same_claim(
    settings: QueueSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        async with opened(settings) as queue:
            submitted = await queue.submit(request())
            entry = (await queue.redis.zrange(queue.job_store.queue("render"), 0, 0))[0].decode()
            monkeypatch.setattr("secrets.token_hex", lambda _: "one nonce")
            first = await queue.job_store.claim(submitted.job, entry, "render")
            assert first == await queue.job_store.claim(submitted.job, entry, "render")

    asyncio.run(story())


@pytest.mark.parametrize("when", ["queued", "running", "rendered"])
def test_cancel_stops_whatever_has_not_been_sent(settings: QueueSettings, when: str) -> None:
    async def story() -> None:
        async with opened(settings) as queue:
            submitted = await queue.submit(request())
            claim = await take(queue) if when != "queued" else None
            if claim and when == "rendered":
                await queue.job_store.rendered(submitted.job, claim.fence, RESULT)
            assert await queue.cancel(submitted.job, "telegram:2") is None, (
                "only the one who asked may cancel"
            )
            assert await queue.cancel(submitted.job, "telegram:1") is State.CANCELLED
            assert await take(queue) is None
            assert await take(queue, "deliver") is None
            if claim:
                assert not await queue.job_store.renew(submitted.job, claim.fence)
            assert (await queue.submit(request("2"))).in_works == 1

    asyncio.run(story())


def test_cancel_comes_too_late_for_what_is_being_sent(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings) as queue:
            submitted = await queue.submit(request())
            claim = await take(queue)
            assert claim
            await queue.job_store.rendered(submitted.job, claim.fence, RESULT)
            assert await take(queue, "deliver")
            assert await queue.cancel(submitted.job, "telegram:1") is State.SENDING

    asyncio.run(story())


def test_a_row_that_lost_its_queue_entry_gets_a_new_one(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings) as queue:
            submitted = await queue.submit(request())
            await queue.redis.delete(queue.job_store.queue("render"))
            await queue.redis.zadd(queue.job_store.key("live"), {submitted.job: 0})
            assert await queue.job_store.sweep(submitted.job) == "enqueued"
            assert await take(queue)

    asyncio.run(story())


def test_a_letter_from_the_future_waits_for_a_newer_worker(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings) as queue:
            submitted = await queue.submit(request(version=99))
            assert await take(queue) is None
            assert await state(queue, submitted.job) is State.QUEUED

    asyncio.run(story())


def test_the_first_placeholder_counts(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings) as queue:
            submitted = await queue.submit(request())
            first = Address(platform="telegram", chat="9", message="100")
            assert await queue.place(submitted.job, first) == first
            assert (
                await queue.place(submitted.job, Address(platform="telegram", chat="9", message="101"))
                == first
            )
            behind = await queue.job_for_message("telegram", "9", "100")
            assert behind
            assert behind.job == submitted.job

    asyncio.run(story())


def test_a_delivery_that_is_put_off_again_and_again_ends_in_a_notice(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings, max_sends=3) as queue:
            submitted = await queue.submit(request())
            claim = await take(queue)
            assert claim
            await queue.job_store.rendered(submitted.job, claim.fence, RESULT)
            for _ in range(3):
                assert await state(queue, submitted.job) is State.RENDERED
                sending = await take(queue, "deliver")
                assert sending
                await queue.job_store.release(submitted.job, sending.fence, delay=5.0)
            for _ in range(3):
                assert await state(queue, submitted.job) is State.FAILED
                notice = await take(queue, "deliver")
                assert notice
                assert notice.failure
                assert "did not answer for a long time" in notice.failure.problem
                await queue.job_store.release(submitted.job, notice.fence, delay=5.0)
            assert await state(queue, submitted.job) is State.DEAD

    asyncio.run(story())


def test_a_clip_that_cannot_be_fetched_for_long_ends_in_a_notice(settings: QueueSettings) -> None:
    async def story() -> None:
        async with opened(settings, max_sends=2) as queue:
            submitted = await queue.submit(request(source=Source(file="AgAC")))
            for _ in range(2):
                fetching = await take(queue, "fetch")
                assert fetching
                await queue.job_store.release(submitted.job, fetching.fence, delay=0.1)
            notice = await take(queue, "deliver")
            assert notice
            assert notice.failure
            assert await queue.job_store.delivered(submitted.job, notice.fence, notice.failure)
            assert await state(queue, submitted.job) is State.DEAD

    asyncio.run(story())


@pytest.mark.parametrize("verb", ["render", "generate", "finish"])
def test_a_render_that_is_put_off_is_offered_to_nobody_until_it_is_due(
    settings: QueueSettings, verb: str
) -> None:
    """A full disk used up thirty waits in a second, and its user was told it had been full for long."""

    async def story() -> None:
        async with opened(settings) as queue:
            job = (await queue.submit(request())).job
            leased = await _leased_for(queue, job, verb)
            line = "generate" if verb == "generate" else "render"
            await queue.job_store.release(job, leased.fence, delay=3600)
            assert await queue.redis.zcard(queue.job_store.queue(line)) == 0
            assert await queue.job_store.sweep(job) == "early"
            status = await queue.status(job)
            assert status
            assert status.put_off, "nobody is told to be next in line"
            await queue.redis.zadd(queue.job_store.key("live"), {job: 1})  # the hour is over
            assert await queue.job_store.sweep(job) == "due"
            assert await take(queue, verb)
            status = await queue.status(job)
            assert status
            assert not status.put_off

    asyncio.run(story())


async def _leased_for(queue: Queue, job: str, verb: str) -> LeasedJob:
    """Take a new job as far as `verb`."""
    plan = StepHandoff(sheet="{}", seconds={})
    leased = await take(queue)
    assert leased
    if verb != "render":
        await queue.job_store.planned(job, leased.fence, plan)
        leased = await take(queue, "generate")
        assert leased
    if verb == "finish":
        await queue.job_store.generated(job, leased.fence, plan, "tracks")
        leased = await take(queue, "finish")
        assert leased
    return leased


def test_a_platform_may_be_away_for_most_of_an_hour(settings: QueueSettings) -> None:
    """A delivery adapter that asks for two seconds each time used to give an answer up after a minute."""

    async def story() -> None:
        async with opened(settings) as queue:
            submitted = await queue.submit(request())
            claim = await take(queue)
            assert claim
            await queue.job_store.rendered(submitted.job, claim.fence, RESULT)
            waited = 0.0
            while await state(queue, submitted.job) is State.RENDERED:
                sending = await take(queue, "deliver")
                assert sending
                now = (await queue.redis.time())[0]
                await queue.job_store.release(submitted.job, sending.fence, delay=2.0)
                due = await queue.redis.zrange(queue.job_store.queue("deliver"), 0, 0, withscores=True)
                pause = due[0][1] / 1000 - now
                waited += max(0.0, pause)
                assert pause < 122, "and is asked again soon after it is back"
            assert 40 * 60 < waited < 60 * 60

    asyncio.run(story())
