"""What REDIS_URL may say: one server, a Unix socket, or Sentinels that know which server is the primary.

    redis://user:password@host:6379/0           rediss:// for TLS
    unix://:password@/run/redis.sock
    redis+sentinel://user:password@host1:26379,host2:26379/mymaster/0       rediss+sentinel:// for TLS

`user:password` is that of the primary; Sentinels that want one of their own get it from the query:
`?sentinel_username=...&sentinel_password=...`.
"""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

_DIRECT = ("redis", "rediss", "unix")
_SENTINEL = ("redis+sentinel", "rediss+sentinel")
_SENTINEL_PORT = 26379


@dataclass(frozen=True, slots=True)
class SentinelAddress:
    """Where Sentinels listen, and the service that they watch."""

    sentinels: tuple[tuple[str, int], ...]
    service: str
    database: int = 0
    tls: bool = False
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    sentinel_username: str | None = None
    sentinel_password: str | None = field(default=None, repr=False)


def check(url: str) -> None:
    """Raise `ValueError` with one line, without the URL, where nothing can connect to it."""
    parts = urlsplit(url)
    if parts.scheme in _SENTINEL:
        sentinel_address(url)
        return
    if parts.scheme not in _DIRECT:
        raise ValueError("write redis://host:6379/0, rediss://, unix:// or redis+sentinel://")
    where = parts.path if parts.scheme == "unix" else parts.hostname
    if not where or _port(parts) is None:
        raise ValueError(f"there is no {'path' if parts.scheme == 'unix' else 'host and port'} in it")
    if parts.scheme != "unix" and not _is_database(parts.path.strip("/")):
        raise ValueError("after the host comes the number of a database, or nothing")


def sentinel_address(url: str) -> SentinelAddress | None:
    """Return what a redis+sentinel URL says; None for a URL of one server. Raises `ValueError` in words."""
    parts = urlsplit(url)
    if parts.scheme not in _SENTINEL:
        return None
    login, _, hosts = parts.netloc.rpartition("@")
    username, _, password = login.partition(":")
    service, _, database = parts.path.strip("/").partition("/")
    if not service:
        raise ValueError("after the Sentinels comes the name of the service: /mymaster")
    if not _is_database(database):
        raise ValueError("after the service comes the number of a database, or nothing")
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return SentinelAddress(
        sentinels=tuple(_sentinel(host) for host in hosts.split(",")),
        service=service,
        database=int(database or 0),
        tls=parts.scheme.startswith("rediss"),
        username=unquote(username) or None,
        password=unquote(password) or None,
        sentinel_username=query.get("sentinel_username"),
        sentinel_password=query.get("sentinel_password"),
    )


def plainly(url: str) -> str:
    """Return the URL without user, password and query, fit for a log line."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _sentinel(host: str) -> tuple[str, int]:
    parts = urlsplit(f"//{host}")
    port = _port(parts)
    if not parts.hostname or port is None:
        raise ValueError("a Sentinel is a host and a port: host:26379")
    return parts.hostname, port or _SENTINEL_PORT


def _port(parts: SplitResult) -> int | None:
    """Return the port, 0 where none is named, None where it is no port."""
    try:
        return parts.port or 0
    except ValueError:
        return None


def _is_database(text: str) -> bool:
    return not text or (text.isascii() and text.isdecimal())
