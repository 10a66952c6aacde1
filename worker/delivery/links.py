"""Files behind links that people wrote: from public addresses alone, and no more than allowed.

A name is resolved here, its addresses are checked, and the connection goes to the address that was checked,
at every redirect anew: between check and connection nothing can change. Nothing is read from the environment
(no proxy, no netrc), no cookie is kept, and only a user agent is sent.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpcore
import httpx

from immersivaudio.chat.api import origin_of
from immersivaudio.chat.links import LONGEST, LinkSettings
from immersivaudio.errors import BadMediaError, MediaTooLargeError

_PORTS = frozenset((80, 443))
_REDIRECTS = 5
_CONNECT = 10.0
"""s"""
_MOVED = frozenset((301, 302, 303, 307, 308))
_HEADERS = [
    ("User-Agent", "Immersivaudio"),
    ("Accept", "video/*, image/*"),
    ("Accept-Encoding", "identity"),
]
_SEND_IT = "send me the file itself"


class _PrivateAddressError(Exception):
    """The name leads to an address that is not public."""


class PublicNetwork(httpcore.AsyncNetworkBackend):
    """Connects to public addresses, and to the hosts that an operator named."""

    def __init__(self, inside: Iterable[str] = ()) -> None:
        self._inside = {_place(httpx.URL(origin)) for origin in inside}
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, check every address, and connect to one of them. Raises `_PrivateAddressError`."""
        known = (host, port) in self._inside
        if not known and port not in _PORTS:
            raise _PrivateAddressError
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise httpcore.ConnectError from None
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not addresses or not (known or all(is_public(each) for each in addresses)):
            raise _PrivateAddressError
        for address in addresses[:3]:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        raise httpcore.ConnectError

    async def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        """Refuse: no link leads to one."""
        raise _PrivateAddressError

    async def sleep(self, seconds: float) -> None:
        """Wait between two tries."""
        await self._network.sleep(seconds)


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet, and holds none that is not."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped or ip.sixtofour or ip.teredo or any(ip in each for each in _NAT64):
            return False  # an IPv4 address inside another: nobody's public file lies there
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
"""RFC 6052 and 8215."""


class LinkFiles:
    """Downloads with caps of bytes, time, redirects and files at once."""

    def __init__(self, settings: LinkSettings) -> None:
        self._settings = settings
        self._hands = asyncio.Semaphore(settings.at_once)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=settings.at_once,
            max_keepalive_connections=0,
            network_backend=PublicNetwork(settings.inside),
        )

    async def download(self, url: str, path: Path, limit: int) -> None:
        """Write what lies behind `url` to `path`. Raises `BadMediaError`, `MediaTooLargeError`; all final."""
        if not self._settings.fetch:
            raise BadMediaError("links are not followed here", _SEND_IT, stage="fetch")
        try:
            async with self._hands, asyncio.timeout(self._settings.seconds):
                await self._follow(url, path, min(limit, self._settings.max_bytes))
        except _PrivateAddressError:
            raise BadMediaError(
                "that link leads to an address that is not public", _SEND_IT, stage="fetch"
            ) from None
        except TimeoutError:
            raise BadMediaError("that link took too long", _SEND_IT, stage="fetch") from None
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.TimeoutException,
            ssl.SSLError,
            OSError,
        ):
            raise BadMediaError("that link could not be reached", _SEND_IT, stage="fetch") from None

    async def _follow(self, link: str, path: Path, limit: int) -> None:
        url = _checked(link)
        for _ in range(_REDIRECTS + 1):
            async with self._asked(url) as answer:
                headers = {
                    name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers
                }
                if answer.status not in _MOVED:
                    return await _kept(answer, headers, path, limit)
                where = headers.get("location", "")
            url = _checked(where, url)
        raise BadMediaError(
            "that link leads from one place to the next, and nowhere", _SEND_IT, stage="fetch"
        )

    @asynccontextmanager
    async def _asked(self, url: httpx.URL) -> AsyncIterator[httpcore.Response]:
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        wait = dict.fromkeys(("connect", "read", "write"), _CONNECT) | {"pool": self._settings.seconds}
        async with self._pool.stream("GET", target, headers=_HEADERS, extensions={"timeout": wait}) as answer:
            yield answer

    async def close(self) -> None:
        """Hang up."""
        await self._pool.aclose()


async def _kept(answer: httpcore.Response, headers: dict[str, str], path: Path, limit: int) -> None:
    if answer.status != httpx.codes.OK:
        raise BadMediaError("there is no file behind that link", _SEND_IT, stage="fetch")
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if (
        kind in {"text/html", "application/xhtml+xml"}
        or headers.get("content-encoding", "identity") != "identity"
    ):
        raise BadMediaError("that link leads to a page, and not to a file", _SEND_IT, stage="fetch")
    told = headers.get("content-length", "")
    if told.isdecimal() and int(told) > limit:
        raise _too_large(limit)
    got = 0
    with path.open("wb") as file:
        async for chunk in answer.aiter_stream():
            got += len(chunk)
            if got > limit:
                raise _too_large(limit)
            file.write(chunk)


def _checked(link: str, base: httpx.URL | None = None) -> httpx.URL:
    """A link that may be followed; that of a redirect may be relative, and stays secure."""
    try:
        url = base.join(link) if base else httpx.URL(link)
    except (httpx.InvalidURL, ValueError):
        raise BadMediaError("that link cannot be read", _SEND_IT, stage="fetch") from None
    url = url.copy_with(fragment=None)
    if not link or len(str(url)) > LONGEST or not origin_of(str(url)):
        raise BadMediaError("that link cannot be read", _SEND_IT, stage="fetch")
    if base and base.scheme == "https" and url.scheme != "https":
        raise BadMediaError("that link could not be reached", _SEND_IT, stage="fetch")
    return url


def _place(url: httpx.URL) -> tuple[str, int]:
    return url.raw_host.decode("ascii"), url.port or {"http": 80, "https": 443}[url.scheme]


def _too_large(limit: int) -> MediaTooLargeError:
    return MediaTooLargeError(
        f"this file is larger than the {limit // 2**20} MB I may fetch",
        "send it compressed, or trim it",
        stage="fetch",
    )
