"""Waiting as long as Telegram asks (429), each request by itself: one busy chat delays no other.

The library's AIORateLimiter stops every request while one chat has to wait, and paces all of them to 30 a
second beforehand. Telegram says itself when it is too much; we do as it says.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

_TRIES = 4
_LONGEST = 30.0
"""s: what has to wait longer is not worth saying any more (a delivery adapter says it instead)."""


class RetryAfterLimiter(BaseRateLimiter[None]):
    """Tries again after `retry_after`."""

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to clear away."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,  # noqa: ARG002
        data: dict[str, Any],  # noqa: ARG002
        rate_limit_args: None,  # noqa: ARG002
    ) -> Any:
        """Call, and call again after the wait that was asked for."""
        for _ in range(_TRIES - 1):
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                after = error.retry_after
                seconds = float(after) if isinstance(after, int | float) else after.total_seconds()
                if seconds > _LONGEST:
                    raise
                await asyncio.sleep(seconds + 0.05)
        return await callback(*args, **kwargs)
