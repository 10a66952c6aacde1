"""Work under a lease: renewed while the work runs, and the work ends when the lease is lost."""

import asyncio
import time
from collections.abc import Coroutine
from typing import TypeVar

from immersivaudio.queue.job_store import JobStore, LeasedJob

T = TypeVar("T")

_RENEWALS = 4
"""Renewals in one lease: three may fail before the lease ends."""


class LeaseLostError(Exception):
    """The job is leased to another worker, or was cancelled. Write nothing."""


class Lease:
    """The right to work on one job."""

    def __init__(self, job_store: JobStore, leased: LeasedJob) -> None:
        self._job_store = job_store
        self._claim = leased
        self._term = job_store.settings.lease
        self._renewed = time.monotonic()
        self._stage, self._done = "", 0.0
        self._news = asyncio.Event()

    @property
    def fresh(self) -> bool:
        """Whether no other worker can hold the job yet, by the local clock: check right before sending."""
        return time.monotonic() - self._renewed < self._term * 0.9

    async def tell(self, stage: str, done: float) -> None:
        """Progress; sent along with the next renewal, which a new stage brings forward."""
        if stage != self._stage:
            self._news.set()
        self._stage, self._done = stage, done

    async def over(self, work: Coroutine[object, object, T]) -> T:
        """Run `work` under the lease; raises `LeaseLostError` when it is lost meanwhile."""
        task = asyncio.ensure_future(work)
        try:
            while not task.done():
                await self._pause(task)
                if not task.done():
                    await self._renew()
            return task.result()
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait({task})

    async def _pause(self, task: "asyncio.Future[T]") -> None:
        """Until it is time to renew, the work ends, or there is something to tell."""
        news = asyncio.ensure_future(self._news.wait())
        try:
            await asyncio.wait(
                (task, news), timeout=min(self._term / _RENEWALS, 2.0), return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            news.cancel()
        self._news.clear()

    async def _renew(self) -> None:
        asked = time.monotonic()
        if not await self._job_store.renew(self._claim.job, self._claim.fence, self._stage, self._done):
            raise LeaseLostError
        self._renewed = asked
