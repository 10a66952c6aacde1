"""The users: requests with a clip each, sent as a platform sends them, repeats included."""

import asyncio
import random

from immersivaudio.queue import Address, Ask, Letter, Queue, Source
from immersivaudio.queue.connection import AWAY
from tests.chaos.judge import Judge, Message
from tests.patience import PATIENCE


def letter(name: str, mood: str, *, ref: str = "", file: str = "", user: str = "chaos:1") -> Letter:
    """Request `name`: its chat bears its name, so that the judge can tell whose answer it got."""
    return Letter(
        platform="chaos",
        update=name,
        user=user,
        source=Source(ref=ref, file=file),
        reply=Address(platform="chaos", chat=name),
        ask=Ask(mood=mood),
    )


async def ask(queue: Queue, judge: Judge, name: str, mood: str, *, fetch: bool = False) -> str:
    """One request as a bot makes it: accept, then the placeholder; returns the job."""
    ref = "" if fetch else await queue.store.put_bytes(f"clip {name}".encode())
    sent = letter(name, mood, ref=ref, file=f"clip {name}" if fetch else "", user=f"chaos:{hash(name) % 50}")
    ticket = await _surely(queue, sent)
    if ticket and random.random() > 0.03:  # else: the frontend died before its placeholder
        placeholder = judge.send(Message(name, "queued", ""))
        await queue.place(ticket, sent.reply.model_copy(update={"message": placeholder}))
    return ticket


async def _surely(queue: Queue, sent: Letter) -> str:
    """A platform sends an update again until it hears that it arrived, and now and then once more."""
    for _ in range(100):
        try:
            ticket = await queue.submit(sent)
            if random.random() < 0.1:
                await queue.submit(sent)
        except AWAY:
            await asyncio.sleep(0.2)
        else:
            return ticket.job if ticket.accepted or ticket.outcome == "duplicate" else ""
    raise AssertionError("the queue never answered")


async def all_over(queue: Queue) -> None:
    """Wait until nothing is in the works."""
    async with asyncio.timeout(PATIENCE):
        while await queue.redis.zcard(queue.ledger.key("live")):
            await asyncio.sleep(0.1)
