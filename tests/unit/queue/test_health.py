"""The little server that says how we are."""

import asyncio
import http.client

import pytest

from immersivaudio.queue.health import serve
from immersivaudio.queue.readiness import Readiness


@pytest.mark.parametrize(
    ("ready", "path", "status"),
    [
        (True, "/healthz", 200),
        (True, "/readyz", 200),
        (False, "/readyz", 503),
        (None, "/readyz", 503),
        (True, "/metrics", 200),
        (True, "/etc/passwd", 404),
    ],
)
def test_it_says_whether_we_live_and_are_ready(ready: bool | None, path: str, status: int) -> None:
    async def check() -> Readiness:
        if ready is None:
            raise OSError("redis is away")
        return Readiness(ready, ("Redis is full",))

    async def figures() -> bytes:
        return b"immersivaudio_in_works 3\n"

    async def story() -> tuple[int, bytes]:
        async with serve("127.0.0.1", 0, check, figures) as (host, port):
            return await asyncio.to_thread(_get, host, port, path)

    answered, body = asyncio.run(story())
    assert answered == status
    if path == "/metrics":
        assert body == b"immersivaudio_in_works 3\n"
    if path == "/readyz" and ready is not None:
        assert body.decode().splitlines() == ["ready" if ready else "not ready", "Redis is full"]


def test_nonsense_harms_nobody() -> None:
    async def yes() -> Readiness:
        return Readiness(True)

    async def story() -> int:
        async with serve("127.0.0.1", 0, yes) as (host, port):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(b"\x00" * 20_000 + b"\r\n\r\n")
            await reader.read()
            writer.close()
            return (await asyncio.to_thread(_get, host, port, "/healthz"))[0]

    assert asyncio.run(story()) == 200


def _get(host: str, port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()
