"""Concurrent calls of one script as a batch: calls that wait together share a round trip and an fsync."""

import asyncio
from collections import deque
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import NoScriptError

_MOST = 64
"""Calls in one round trip."""
_AT_ONCE = 3
"""Round trips under way: Redis works on one while the next is packed."""


class CallBatch:
    """Calls of one script, sent in groups. Each is answered by itself; none waits for others to come."""

    def __init__(self, redis: Redis, script: str) -> None:
        self._redis = redis
        self._script = redis.register_script(script)
        self._waiting: deque[tuple[tuple[Any, ...], asyncio.Future[Any]]] = deque()
        self._senders: set[asyncio.Task[None]] = set()

    async def call(self, *args: Any) -> Any:
        """Run the script with one key and the rest of `args`; raises what Redis says to this call."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((args, answer))
        if len(self._senders) < _AT_ONCE:
            sender = asyncio.create_task(self._send())
            self._senders.add(sender)
            sender.add_done_callback(self._senders.discard)
        return await answer

    async def _send(self) -> None:
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(_MOST, len(self._waiting)))]
            try:
                said = await self._said([args for args, _ in batch])
            except BaseException as error:
                said = [error] * len(batch)
            for (_, answer), each in zip(batch, said, strict=True):
                if answer.done():  # who asked was cancelled meanwhile
                    continue
                if isinstance(each, BaseException):
                    answer.set_exception(each)
                else:
                    answer.set_result(each)

    async def _said(self, calls: list[tuple[Any, ...]]) -> list[Any]:
        async with self._redis.pipeline(transaction=False) as pipe:
            for args in calls:
                pipe.evalsha(self._script.sha, 1, *args)
            said: list[Any] = await pipe.execute(raise_on_error=False)
        if any(isinstance(each, NoScriptError) for each in said):  # Redis is new, or was restarted
            return [
                await self._script(keys=args[:1], args=args[1:]) if isinstance(each, NoScriptError) else each
                for args, each in zip(calls, said, strict=True)
            ]
        return said
