"""Limits on connections, below HTTP: how many, how many of one address, and how long one may say nothing.

uvicorn bounds none of these: a connection that never sends a request would hold a descriptor for good.
"""

import asyncio
import resource
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.http.client_address import TrustedProxies, counted

_FIRST_REQUEST = 10.0
"""s in which the first request of a connection must have arrived, its headers whole."""
_OTHER_DESCRIPTORS = 256
"""Descriptors kept for files, Redis and the rest of the program."""
_WANTED = 4096


@dataclass
class ConnectionLimits:
    """Of one server."""

    total: int
    per_address: int
    proxies: TrustedProxies = field(default_factory=TrustedProxies)
    """Connections of these are many visitors': only `total` holds for them."""
    first_request: float = _FIRST_REQUEST
    open: Counter[str] = field(default_factory=Counter)
    """By address."""

    def admits(self, host: str) -> bool:
        """Whether one more connection from `host` may stay."""
        if self.open.total() >= self.total:
            return False
        return host in self.proxies or self.open[counted(host)] < self.per_address


def descriptors() -> int:
    """Raise the soft limit of open files as far as allowed; return how many connections that allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED + _OTHER_DESCRIPTORS
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return _WANTED if soft == resource.RLIM_INFINITY else max(16, min(_WANTED, soft - _OTHER_DESCRIPTORS))


def protocol(limits: ConnectionLimits) -> type[asyncio.Protocol]:
    """Return uvicorn's HTTP protocol with `limits`; pass it as `uvicorn.Config(http=...)`."""

    class LimitedProtocol(H11Protocol):
        """Counts itself, and ends where no request comes."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._counted = ""
            self._silence: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            host = self.client[0] if self.client else ""
            if not limits.admits(host):
                transport.close()
                return
            self._counted = counted(host)
            limits.open[self._counted] += 1
            self._silence = self.loop.call_later(limits.first_request, self._still_silent)

        def connection_lost(self, exc: Exception | None) -> None:
            if self._silence is not None:
                self._silence.cancel()
            if self._counted:
                limits.open[self._counted] -= 1
                if not limits.open[self._counted]:
                    del limits.open[self._counted]
                self._counted = ""
            super().connection_lost(exc)

        def _still_silent(self) -> None:
            if self.cycle is None and not self.transport.is_closing():
                self.transport.close()

    return LimitedProtocol
