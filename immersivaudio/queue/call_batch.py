"""Concurrent calls of one script as a batch: calls that wait together share a round trip and an fsync."""

import asyncio
from collections import deque
from math import inf
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.exceptions import NoScriptError

_MOST = 64
"""Calls in one round trip."""
_AT_ONCE = 3
"""Round trips under way: Redis works on one while the next is packed."""
_AWAY = 0.1
"""s that a write waits for a replica that was silent before; one that is there answers in a few ms."""

_log = structlog.get_logger(__name__)


class ReplicaWait:
    """How long what was written waits for a replica to have it, so that a fail-over does not forget it.

    A replica that did not answer is waited for only briefly until it is back: it must not stop the service.
    """

    def __init__(self, longest: float) -> None:
        """`longest` in s; 0: nobody waits, since there is no replica."""
        self._longest = longest
        self._away = False

    def milliseconds(self, most: float) -> int:
        """Return how long the next write waits, at `most` s, as WAIT takes it; 0 for not at all."""
        return round(min(self._longest, most, _AWAY if self._away else inf) * 1000)

    def heard(self, replicas: int) -> None:
        """Take what WAIT answered: how many replicas have it."""
        away = replicas < 1
        if away and not self._away:
            _log.warning(
                "no_replica", waited=self._longest, means="a fail-over now would forget the last clips"
            )
        elif self._away and not away:
            _log.info("replica_back")
        self._away = away


class CallBatch:
    """Calls of one script, sent in groups. Each is answered by itself; none waits for others to come."""

    def __init__(self, redis: Redis, script: str, replica: ReplicaWait, most: float = inf) -> None:
        """A call waits for a replica as `replica` says, and at `most` s."""
        self._redis = redis
        self._script = redis.register_script(script)
        self._replica, self._most = replica, most
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
        said = await self._sent(calls)
        if any(isinstance(each, NoScriptError) for each in said):  # Redis is new, or was restarted
            await self._redis.script_load(self._script.script)
            said = await self._sent(calls)  # each script finds its own work where it was done already
        return said

    async def _sent(self, calls: list[tuple[Any, ...]]) -> list[Any]:
        patience = self._replica.milliseconds(self._most)
        async with self._redis.pipeline(transaction=False) as pipe:
            for args in calls:
                pipe.evalsha(self._script.sha, 1, *args)
            if patience:
                pipe.wait(1, patience)  # of this connection's writes
            said: list[Any] = await pipe.execute(raise_on_error=False)
        if patience and isinstance(replicas := said.pop(), int):
            self._replica.heard(replicas)
        return said
