"""The clock of Redis, by which everything in the job store is dated."""

import asyncio
import time

import structlog
from redis.asyncio import Redis

from immersivaudio.queue.connection import AWAY

log = structlog.get_logger("queue.clock")

_EVERY = 10.0
"""s between two looks at Redis' clock: it may be stepped, and this machine may sleep."""
_TOLD = 5.0
"""s that this machine's clock may be off before it is told."""


class ServerClock:
    """Unix time as Redis tells it, carried on by this machine's monotonic clock.

    The wall clock of this machine decides nothing: one 90 s behind would see every delivery 90 s late.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._ahead = time.time() - time.monotonic()
        self.skew = 0.0
        """s that this machine's wall clock is ahead of Redis; negative: behind."""

    def now(self) -> float:
        """Return Unix time, s; this machine's own until Redis was asked once."""
        return time.monotonic() + self._ahead

    def now_ms(self) -> int:
        """Return Unix time, ms, as arq scores its queues."""
        return int(self.now() * 1000)

    async def refresh(self) -> None:
        """Ask Redis what time it is; raises one of `AWAY` where it does not answer."""
        before = time.monotonic()
        seconds, microseconds = await self._redis.time()
        asked = (before + time.monotonic()) / 2
        self._ahead = seconds + microseconds / 1e6 - asked
        skew = time.time() - time.monotonic() - self._ahead
        if abs(skew) > _TOLD and abs(skew - self.skew) > _TOLD:
            log.warning("this machine's clock is off", seconds=round(skew, 1))
        self.skew = skew

    async def follow(self) -> None:
        """Ask again and again until cancelled."""
        while True:
            await asyncio.sleep(_EVERY)
            try:
                await self.refresh()
            except AWAY as error:
                log.info("redis does not tell the time", cause=type(error).__name__)

    @property
    def words(self) -> str:
        """What to say about this machine's clock; empty where it is right."""
        if abs(self.skew) <= _TOLD:
            return ""
        side = "ahead of" if self.skew > 0 else "behind"
        return f"this machine's clock is {abs(self.skew):.0f} s {side} Redis: let it follow NTP"
