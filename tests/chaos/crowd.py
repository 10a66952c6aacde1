"""The users: requests with a clip each, sent as a platform sends them, repeats included."""

import asyncio
import random

from immersivaudio.errors import NO_SPACE
from immersivaudio.queue import Address, JobRequest, Queue, ScoreOptions, Source
from immersivaudio.queue.connection import AWAY
from tests.chaos.judge import Judge, Message
from tests.patience import PATIENCE


def request(name: str, mood: str, *, ref: str = "", file: str = "", user: str = "chaos:1") -> JobRequest:
    """Request `name`: its chat bears its name, so that the judge can tell whose answer it got."""
    return JobRequest(
        platform="chaos",
        update=name,
        user=user,
        source=Source(ref=ref, file=file),
        reply=Address(platform="chaos", chat=name),
        options=ScoreOptions(mood=mood),
    )


async def ask(queue: Queue, judge: Judge, name: str, mood: str, *, fetch: bool = False) -> str:
    """One request as a bot makes it: accept, then the placeholder; returns the job."""
    ref = "" if fetch else await _kept(queue, f"clip {name}".encode())
    sent = request(name, mood, ref=ref, file=f"clip {name}" if fetch else "", user=f"chaos:{hash(name) % 50}")
    submitted = await _surely(queue, sent)
    if submitted and random.random() > 0.03:  # else: the frontend died before its placeholder
        placeholder = judge.send(Message(name, "queued", ""))
        await queue.place(submitted, sent.reply.model_copy(update={"message": placeholder}))
    return submitted


async def _kept(queue: Queue, clip: bytes) -> str:
    """A user whose clip is refused since the disk is full sends it again."""
    while True:
        try:
            return await queue.store.put_bytes(clip)
        except OSError as error:
            if error.errno not in NO_SPACE:
                raise
            await asyncio.sleep(0.2)


async def repeat(queue: Queue, names: list[str]) -> None:
    """A platform sends updates once more that were answered long ago: none of them is a new request."""
    for name in names:
        assert (await queue.submit(request(name, ""))).outcome == "duplicate", name


async def _surely(queue: Queue, sent: JobRequest) -> str:
    """A platform sends an update again until it hears that it arrived, and now and then once more."""
    for _ in range(100):
        try:
            submitted = await queue.submit(sent)
            if random.random() < 0.1:
                await queue.submit(sent)
        except AWAY:
            await asyncio.sleep(0.2)
        else:
            return submitted.job if submitted.accepted or submitted.outcome == "duplicate" else ""
    raise AssertionError("the queue never answered")


async def all_over(queue: Queue) -> None:
    """Wait until nothing is in the works."""
    async with asyncio.timeout(PATIENCE):
        while await queue.redis.zcard(queue.job_store.key("live")):
            await asyncio.sleep(0.1)
