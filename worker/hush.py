"""One voice at a time: while an answer is sent, no progress edit of the same job is under way."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis.asyncio import Redis

_LIFE = 30.0
"""s after which a voice that died is no longer waited for."""
_LOOK = 0.02
_MINE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


@asynccontextmanager
async def hush(redis: Redis, key: str, *, wait: bool) -> AsyncIterator[bool]:
    """Hold the floor; yields False at once where somebody else has it and we would not wait."""
    token = secrets.token_hex(8)
    deadline = time.monotonic() + _LIFE + 1
    while not (held := bool(await redis.set(key, token, nx=True, px=int(_LIFE * 1000)))):
        if not wait or time.monotonic() > deadline:
            break
        await asyncio.sleep(_LOOK)
    try:
        yield held
    finally:
        if held:
            await redis.eval(_MINE, 1, key, token)  # type: ignore[misc]
