"""Connections to Redis that outlive its restarts, and never say their password."""

import asyncio
from functools import partial
from typing import Any

from redis.asyncio import Connection, ConnectionPool
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import (
    Sentinel,
    SentinelConnectionPool,
    SentinelManagedConnection,
    SentinelManagedSSLConnection,
)
from redis.backoff import ExponentialBackoff
from redis.connection import HiredisRespSerializer
from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)
from redis.exceptions import ConnectionError as Cut
from redis.exceptions import TimeoutError as Slow

from immersivaudio.errors import OperatorError
from immersivaudio.queue.redis_url import SentinelAddress, sentinel_address
from immersivaudio.queue.settings import QueueSettings

AWAY: tuple[type[Exception], ...] = (RedisError, OSError)
"""What a call may raise when Redis stayed away longer than our patience."""

_CAP, _BASE = 0.5, 0.02
"""s: longest and shortest wait between two attempts."""
_SOCKET_TIMEOUT = 10.0
"""s without an answer after which a connection counts as dead; longer than every blocking read."""


_PACKER = HiredisRespSerializer()  # hiredis comes with arq


class _Obedient:
    """A connection that ends when it is told to, and has its commands packed by hiredis.

    In Python 3.11 redis-py's `wait_for` loses a cancellation that comes just when the command was sent: then
    Ctrl-C, or the order to a worker to stop, was not heard.
    """

    def pack_command(self, *args: Any) -> list[bytes]:
        """Return a command as bytes: in C, as redis-py does it for blocking connections alone."""
        packed: list[bytes] = _PACKER.pack(*args)
        return packed

    async def send_packed_command(self, command: Any, check_health: bool = True) -> None:
        task = asyncio.current_task()
        before = task.cancelling() if task else 0
        await super().send_packed_command(command, check_health)  # type: ignore[misc]
        if task and task.cancelling() > before:
            await self.disconnect(nowait=True)  # type: ignore[attr-defined] # its answer is nobody's
            raise asyncio.CancelledError


class _Greeting:
    """A pool that tries again when a connection is cut in its very greeting, which redis-py does not."""

    async def get_connection(self, *args: Any, **options: Any) -> Any:
        retry: Retry = self.connection_kwargs["retry"]  # type: ignore[attr-defined]
        parent: Any = super()
        return await retry.call_with_retry(partial(parent.get_connection, *args, **options), _pass)


class SteadyPool(_Greeting, ConnectionPool):
    """Connections to one server."""

    def __init__(self, *, connection_class: type[AbstractConnection] = Connection, **options: Any) -> None:
        super().__init__(connection_class=_obedient(connection_class), **options)


class SentinelPool(_Greeting, SentinelConnectionPool):
    """Connections to the primary of a service that Sentinels watch; a fail-over is a cut."""

    def __init__(self, address: SentinelAddress, **options: Any) -> None:
        asked = {name: options[name] for name in ("socket_timeout", "socket_connect_timeout")}
        asked |= {"username": address.sentinel_username, "password": address.sentinel_password}
        if address.tls:
            asked["ssl"] = True
        kind = SentinelManagedSSLConnection if address.tls else SentinelManagedConnection
        super().__init__(  # type: ignore[no-untyped-call]
            address.service,
            Sentinel(list(address.sentinels), sentinel_kwargs=asked),  # type: ignore[no-untyped-call]
            connection_class=_obedient(kind),
            db=address.database,
            username=address.username,
            password=address.password,
            **options,
        )

    async def disconnect(self, inuse_connections: bool = True) -> None:
        await super().disconnect(inuse_connections)
        if not inuse_connections:  # a fail-over was seen, and others are asking the Sentinels at this moment
            return
        for sentinel in self.sentinel_manager.sentinels:
            await sentinel.aclose()


def _obedient(connection: type[AbstractConnection]) -> type[AbstractConnection]:
    return type(f"Obedient{connection.__name__}", (_Obedient, connection), {})


async def _pass(_: Exception) -> None:
    """The pool has taken the broken connection back already."""


def pool(settings: QueueSettings, *, connections: int = 1000) -> ConnectionPool:
    """Return connections that try again for `settings.patience` s: every script may be repeated."""
    options: dict[str, Any] = {
        "max_connections": connections,
        "retry": Retry(ExponentialBackoff(cap=_CAP, base=_BASE), max(1, int(settings.patience / _CAP))),
        "retry_on_error": [Cut, Slow, BusyLoadingError, ReadOnlyError],  # unnamed, not even a cut is retried
        "socket_timeout": _SOCKET_TIMEOUT,
        "socket_connect_timeout": 2.0,
        "health_check_interval": 0,  # its PING would greet again from within the greeting, ever deeper
    }
    if not settings.url.startswith("unix:"):
        options["socket_keepalive"] = True
    if address := sentinel_address(settings.url):
        return SentinelPool(address, **options)
    return SteadyPool.from_url(settings.url, **options)


def in_words(error: Exception, address: str = "") -> OperatorError:
    """Return what to tell an operator when a call to Redis raised one of `AWAY`. Never quotes its message.

    `address` is named where it is given; it holds no password.
    """
    redis = f"Redis at {address}" if address else "Redis"
    for kind, problem, remedy in _WORDS:
        if isinstance(error, kind):
            return OperatorError(problem.format(redis), remedy)
    code = str(error).split(" ", 1)[0] if isinstance(error, ResponseError) else type(error).__name__
    return OperatorError(f"{redis} refused a command ({code})", "read the log of Redis")


_WORDS: tuple[tuple[type[Exception], str, str], ...] = (
    (OutOfMemoryError, "{} is full", "give it more memory (maxmemory), or wait until clips are answered"),
    (AuthenticationError, "{} refuses the password", "put its user and password into REDIS_URL"),
    (
        NoPermissionError,
        "{} does not allow this user what we need",
        "docker-compose.yml shows the rights of each",
    ),
    (ReadOnlyError, "this {} is a replica, which takes no writes", "put the primary into REDIS_URL"),
    (BusyLoadingError, "{} is still loading its data", "try again in a minute"),
    (Cut, "{} does not answer", "start it with: immersivaudio up, or mend REDIS_URL"),
    (Slow, "{} does not answer", "start it with: immersivaudio up, or mend REDIS_URL"),
    (OSError, "{} does not answer", "start it with: immersivaudio up, or mend REDIS_URL"),
)
