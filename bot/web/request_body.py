"""Reading a request's body with an end: a size, a deadline, and a least rate."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from starlette.types import Message, Receive


class SlowBodyError(Exception):
    """The body came too slowly."""


class BodyCutOffError(Exception):
    """The connection ended before the body did."""


class BodyTooLongError(Exception):
    """More bytes came than were announced or are allowed."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How slowly a body may come."""

    rate: int = 16 * 1024
    """Bytes a second, on average from `grace` on."""
    grace: float = 15.0
    """s before the rate counts: a phone's radio wakes up slowly."""
    longest: float = 3600.0
    """s a body may take at any rate."""

    def due(self, size: int) -> float:
        """Return by when `size` bytes and one more must have come, in s from the beginning."""
        return min(self.grace + size / self.rate, self.longest)


async def chunks(
    receive: Receive, limit: int, pace: Pace, clock: Callable[[], float] = time.monotonic
) -> AsyncIterator[bytes]:
    """Yield a body as it comes.

    Raises `BodyTooLongError` past `limit` bytes, `SlowBodyError` where it falls behind its pace, and
    `BodyCutOffError` where the connection ends first.
    """
    begun, size = clock(), 0
    more = True
    while more:
        left = begun + pace.due(size) - clock()
        try:
            async with asyncio.timeout(max(left, 0.0)):
                message = await receive()
        except TimeoutError:
            raise SlowBodyError from None
        if message["type"] != "http.request":
            raise BodyCutOffError
        chunk: bytes = message.get("body", b"")
        more = bool(message.get("more_body", False))
        size += len(chunk)
        if size > limit:
            raise BodyTooLongError
        if chunk:
            yield chunk


async def whole(receive: Receive, limit: int, pace: Pace) -> bytes:
    """Return a body of at most `limit` bytes; raises what `chunks` raises."""
    return b"".join([chunk async for chunk in chunks(receive, limit, pace)])


def replayed(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives `body` first, and then what the connection says."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_message
