"""/healthz, /readyz and /metrics of a worker or frontend, on a small HTTP server, for the operator."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from immersivaudio.queue.readiness import Readiness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

Check = Callable[[], Awaitable[Readiness]]
Page = Callable[[], Awaitable[bytes]]

_PATIENCE = 5.0
"""s for a request to arrive, and for a check to answer."""


async def _nothing() -> bytes:
    return b""


@asynccontextmanager
async def serve(
    host: str, port: int, ready: Check, metrics: Page = _nothing
) -> "AsyncIterator[tuple[str, int]]":
    """Serve while the block runs; yields where (port 0 takes a free one).

    A `host` that begins with "/" is the path of a Unix socket, and yielded with port 0.

    /healthz: the event loop turns. /readyz: `ready` says so within seconds, and why not. /metrics: what
    `metrics` gives.
    """

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                path = (await reader.readline()).split(b" ")[1:2]
                while (await reader.readline()).strip():
                    continue
                status, body = await _page(path[0] if path else b"", ready, metrics)
                writer.write(
                    b"HTTP/1.1 %s\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
                    b"Content-Length: %d\r\nConnection: close\r\n\r\n" % (status, len(body))
                )
                writer.write(body)
                await writer.drain()
        except (OSError, TimeoutError, ValueError):
            return
        finally:
            writer.close()

    if host.startswith("/"):
        server: asyncio.Server = await asyncio.start_unix_server(answer, host, limit=8192)
    else:
        server = await asyncio.start_server(answer, host, port, limit=8192)
    async with server:
        name = server.sockets[0].getsockname()
        yield (host, 0) if isinstance(name, str) else name[:2]


@asynccontextmanager
async def serve_where_set(
    host: str, port: int, ready: Check, metrics: Page = _nothing
) -> "AsyncIterator[None]":
    """As `serve`, where a port or a socket is set; else nothing is served."""
    if not port and not host.startswith("/"):
        yield
        return
    async with serve(host, port, ready, metrics):
        yield


async def _page(path: bytes, ready: Check, metrics: Page) -> tuple[bytes, bytes]:
    if path == b"/healthz":
        return b"200 OK", b"alive\n"
    if path == b"/metrics":
        return b"200 OK", await metrics()
    if path == b"/readyz":
        answer = await _asked(ready)
        lines = "".join(f"{line}\n" for line in ("ready" if answer.ready else "not ready", *answer.notes))
        return b"200 OK" if answer.ready else b"503 Unavailable", lines.encode()
    return b"404 Not Found", b"/healthz /readyz /metrics\n"


async def _asked(ready: Check) -> Readiness:
    try:
        async with asyncio.timeout(_PATIENCE / 2):
            return await ready()
    except TimeoutError:
        return Readiness(False, ("no answer in time: Redis may be away",))
    except Exception as error:
        return Readiness(False, (type(error).__name__,))
