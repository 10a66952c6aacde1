"""What the jobs of a delivery process share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from redis.exceptions import LockNotOwnedError

from worker.delivery.adapters import AdapterRegistry
from worker.runtime.context import ProgramContext

_LIFE = 30.0
"""s after which the lock of a process that died is free again."""
_POLL = 0.02
"""s between two tries to get the lock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryContext(ProgramContext):
    """Of a program that fetches clips and delivers results."""

    adapters: AdapterRegistry

    @asynccontextmanager
    async def reply_lock(self, job: str, *, wait: bool) -> AsyncIterator[bool]:
        """Per-job Redis lock: no progress edit while the result is being sent.

        Yields whether it was acquired; without `wait`, at once.
        """
        lock = self.redis.lock(
            self.job_store.key("edit", job), timeout=_LIFE, sleep=_POLL, blocking_timeout=_LIFE + 1
        )
        held = await lock.acquire(blocking=wait)
        try:
            yield held
        finally:
            if held:
                with suppress(LockNotOwnedError):  # it ran out; another may have it
                    await lock.release()
