"""Connections to Redis that outlive its restarts, and never say their password."""

import asyncio
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from redis.asyncio import Connection, ConnectionPool
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import BusyLoadingError, ReadOnlyError, RedisError
from redis.exceptions import ConnectionError as Cut
from redis.exceptions import TimeoutError as Slow

from immersivaudio.queue.settings import QueueSettings

AWAY: tuple[type[Exception], ...] = (RedisError, OSError)
"""What a call may raise when Redis stayed away longer than our patience."""

_CAP, _BASE = 0.5, 0.02
"""s: longest and shortest wait between two attempts."""
_SOCKET_TIMEOUT = 10.0
"""s without an answer after which a connection counts as dead; above every blocking read of ours."""


class _Obedient:
    """A connection that ends when it is told to.

    In Python 3.11 redis-py's `wait_for` loses a cancellation that comes just when the command was sent: then
    Ctrl-C, or the order to a worker to stop, was not heard.
    """

    async def send_packed_command(self, command: Any, check_health: bool = True) -> None:
        task = asyncio.current_task()
        before = task.cancelling() if task else 0
        await super().send_packed_command(command, check_health)  # type: ignore[misc]
        if task and task.cancelling() > before:
            await self.disconnect(nowait=True)  # type: ignore[attr-defined] # its answer is nobody's
            raise asyncio.CancelledError


class SteadyPool(ConnectionPool):
    """A pool that tries again when a connection is cut in its very greeting, which redis-py does not."""

    def __init__(self, *, connection_class: type[AbstractConnection] = Connection, **options: Any) -> None:
        obedient = type(f"Obedient{connection_class.__name__}", (_Obedient, connection_class), {})
        super().__init__(connection_class=obedient, **options)

    async def get_connection(self, *args: Any, **options: Any) -> Any:
        retry: Retry = self.connection_kwargs["retry"]
        return await retry.call_with_retry(partial(super().get_connection, *args, **options), _pass)


async def _pass(_: Exception) -> None:
    """The pool has taken the broken connection back already."""


def pool(settings: QueueSettings, *, connections: int = 1000) -> SteadyPool:
    """Connections that try again for `settings.patience` seconds: every script of ours may be repeated."""
    attempts = max(1, int(settings.patience / _CAP))
    return SteadyPool.from_url(
        settings.url,
        max_connections=connections,
        retry=Retry(ExponentialBackoff(cap=_CAP, base=_BASE), attempts),
        retry_on_error=[Cut, Slow, BusyLoadingError, ReadOnlyError],  # unnamed, not even a cut is retried
        socket_timeout=_SOCKET_TIMEOUT,
        socket_connect_timeout=2.0,
        health_check_interval=0,  # its PING would greet again from within the greeting, ever deeper
        **({} if settings.url.startswith("unix:") else {"socket_keepalive": True}),
    )


def plainly(url: str) -> str:
    """The URL without user, password and query, fit for a log line."""
    parts = urlsplit(url)
    where = parts.hostname or ""
    return f"{parts.scheme}://{where}{f':{parts.port}' if parts.port else ''}{parts.path}"
