"""Somebody floods page, API and queue; meanwhile an honest visitor and an honest chat user are timed.

Part of `python -m benchmarks.security`. Floods come from another address of the loopback, bounded in number
and time, and each honest visit from one of its own. Calm and flood take turns, three rounds of each, so that
what else this machine does falls on both; where it is over twice, all of it is measured again, at most three
times, and the least counts: a flood that holds others up does so always.
"""

import asyncio
import json
import math
import secrets
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from subprocess import run
from typing import Any

import httpx

from immersivaudio.queue import Address, JobRequest, Queue, ScoreOptions, Source, State
from tests.integration.web.guest import Guest
from tests.integration.web.site import Site
from tests.integration.worker.service import ended, send

JOIN = "/gradio_api/queue/join"
CLIP = b"\x00\x00\x00\x18ftypmp42" + bytes(4000)
AWAY = "127.0.0.2"
"""The address that floods come from."""
_CLIP_TAKES = "work 0.5"
"""To the renderer of tests: half a second of a processor, where a real clip takes several."""
_VISITORS = count(1)
"""Honest visitors so far."""
_ROUNDS, _TRIES = 3, 3
_MOST = 2.0
Row = list[object]
Flood = Callable[[asyncio.Event], Awaitable[None]]


async def honest(queue: Queue) -> float:
    """Return the time of a clip of an honest chat user, s."""
    begun = time.perf_counter()
    job = await send(
        queue, f"honest-{time.monotonic_ns()}", user=f"console:h{time.monotonic_ns()}", mood=_CLIP_TAKES
    )
    assert (await ended(queue, job)).state is State.DELIVERED
    return time.perf_counter() - begun


async def stranger(site: Site) -> Guest:
    """Open the page from an address of one's own."""
    number = next(_VISITORS)
    transport = httpx.AsyncHTTPTransport(local_address=f"127.1.{number // 250}.{number % 250 + 1}")
    return await Guest.come(site.url, transport=transport)


async def visit(site: Site) -> float:
    """Return the time in which an honest visitor gets the page and uploads a clip, s."""
    begun = time.perf_counter()
    guest = await stranger(site)
    answer = await guest.upload(CLIP)
    await guest.client.aclose()
    assert answer.status_code == 200, answer.text
    return time.perf_counter() - begun


@dataclass(frozen=True)
class Flooder:
    """Somebody at another address, with a visitor's cookie."""

    site: Site
    queue: Queue
    cookie: str
    api: str
    """Where the API listens."""
    caller: asyncio.subprocess.Process
    """Calls from a process of its own: a stranger's is elsewhere."""

    def post(self, path: str, length: int, start: bytes = b"", **headers: str) -> bytes:
        """The head of a POST, and the start of its body."""
        host = httpx.URL(self.site.url).netloc.decode()
        lines = [f"POST {path} HTTP/1.1", f"Host: {host}", f"Cookie: immersivaudio={self.cookie}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return "\r\n".join([*lines, f"Content-Length: {length}", "", ""]).encode() + start

    async def connections(
        self, hold: asyncio.Event, head: bytes, count: int, drip: bytes = b"", url: str = ""
    ) -> None:
        """Open connections, send `head`, then `drip` each half second, and read nothing."""
        address = httpx.URL(url or self.site.url)
        held = []
        for _ in range(count):
            try:
                stream = await asyncio.open_connection(address.host, address.port, local_addr=(AWAY, 0))
            except OSError:
                continue
            stream[1].write(head)
            held.append(stream[1])
        while not hold.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(hold.wait(), 0.5 if drip else None)
            for writer in held:
                if drip and not writer.is_closing():
                    writer.write(drip)
        for writer in held:
            writer.close()

    async def calls(
        self, hold: asyncio.Event, method: str, path: str, url: str = "", size: int = 0, **headers: str
    ) -> None:
        """One call after the other, eight at a time."""
        told = {"url": url or self.site.url, "method": method, "path": path, "size": size}
        heads = {name.replace("_", "-"): value for name, value in headers.items()}
        assert self.caller.stdin
        self.caller.stdin.write(json.dumps(told | {"headers": heads}).encode() + b"\n")
        await hold.wait()
        self.caller.stdin.write(b"null\n")

    async def uploads(self, hold: asyncio.Event, size: int) -> None:
        """Upload, and order nothing."""
        cookie = f"immersivaudio={self.cookie}"
        await self.calls(hold, "POST", "/clips?type=video/mp4", size=size, Cookie=cookie)

    async def orders(self, hold: asyncio.Event, users: int, *, cancel: bool = False) -> None:
        """Order 180 clips as so many users of one address, or of one chat."""
        source = Source(ref=await self.queue.store.put_bytes(CLIP))
        for number in range(180):
            if hold.is_set():
                return
            made = await self.queue.submit(
                JobRequest(
                    platform="console",
                    update=f"flood-{time.monotonic_ns()}",
                    user=f"web:{number % users}",
                    account="address:flood",
                    source=source,
                    reply=Address(platform="console", chat="1", message=f"f{number}"),
                    options=ScoreOptions(mood="sleep 0.05"),
                )
            )
            if cancel and made.job:
                await self.queue.cancel(made.job, f"web:{number % users}")

    async def forgets(self, hold: asyncio.Event) -> None:
        """Ask to be forgotten, over and over."""
        while not hold.is_set():
            await self.queue.forget("web:0")


def kinds(one: Flooder) -> Mapping[str, Flood]:
    """Every flood by name: slow, many, big."""
    upload = one.post("/clips?type=video/mp4", 900_000, bytes(1000))
    form = one.post(JOIN, 900, b"{")
    stream = (
        f"GET /gradio_api/queue/data?session_hash=flood HTTP/1.1\r\nHost: x\r\nCookie: a={one.cookie}\r\n\r\n"
    )
    api_upload = one.post("/v1/jobs", 900_000, b"x", Content_Type="video/mp4", Authorization="Bearer no")
    return {
        "silent connections": lambda hold: one.connections(hold, b"", 300),
        "half a request line": lambda hold: one.connections(hold, b"GET / HT", 300),
        "a header line every half second": lambda hold: one.connections(
            hold, b"GET / HTTP/1.1\r\n", 200, b"X-More: 1\r\n"
        ),
        "uploads that stall": lambda hold: one.connections(hold, upload, 40),
        "uploads of two bytes a second": lambda hold: one.connections(hold, upload, 40, b"x"),
        "forms that stall": lambda hold: one.connections(hold, form, 40),
        "forms of two bytes a second": lambda hold: one.connections(hold, form, 40, b" "),
        "streams that are never read": lambda hold: one.connections(hold, stream.encode(), 200),
        "calls without end": lambda hold: one.calls(hold, "POST", JOIN, size=2),
        "pages without end": lambda hold: one.calls(hold, "GET", "/"),
        "new visitors without end": lambda hold: one.calls(hold, "GET", "/config"),
        "made-up links without end": lambda hold: one.calls(hold, "GET", "/files/RANDOM.x/immersivaudio.mp4"),
        "headers of 60 kB": lambda hold: one.calls(hold, "GET", "/", X_Much="x" * 60_000),
        "forms of 5 MB": lambda hold: one.calls(hold, "POST", JOIN, size=5_000_000),
        "clips said to have 10 GB": lambda hold: one.connections(
            hold, one.post("/clips?type=video/mp4", 10**10, bytes(1000)), 40
        ),
        "clips of 4 MB that are never ordered": lambda hold: one.uploads(hold, 4_000_000),
        "orders of sixty cookies from one address": lambda hold: one.orders(hold, 60),
        "orders of one user": lambda hold: one.orders(hold, 1),
        "orders that are cancelled at once": lambda hold: one.orders(hold, 60, cancel=True),
        "to be forgotten, without end": one.forgets,
        "wrong keys of the API without end": lambda hold: one.calls(
            hold, "GET", "/v1/jobs", url=one.api, Authorization="Bearer wrong"
        ),
        "clips for the API that stall": lambda hold: one.connections(hold, api_upload, 40, url=one.api),
    }


async def call_as_told() -> None:
    """Read orders, one a line, and carry out the last one until the next."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    calling: asyncio.Future[None] | None = None
    while line := await reader.readline():
        if calling is not None:
            calling.cancel()
        calling = asyncio.ensure_future(_call_on(order)) if (order := json.loads(line)) else None


async def _call_on(order: dict[str, Any]) -> None:
    """Call until cancelled, from the flood's address."""
    transport = httpx.AsyncHTTPTransport(local_address=AWAY)
    body = (CLIP + bytes(order["size"]))[: order["size"]] or None
    async with httpx.AsyncClient(base_url=order["url"], transport=transport, timeout=30) as client:

        async def one() -> None:
            while True:
                target = order["path"].replace("RANDOM", secrets.token_urlsafe(24))
                with suppress(httpx.HTTPError):
                    await client.request(order["method"], target, content=body, headers=order["headers"])

        await asyncio.gather(*(one() for _ in range(8)))


async def rows(site: Site, queue: Queue, api: str, wanted: Callable[[str], bool]) -> list[Row]:
    """Serve an honest visitor and an honest chat user while somebody floods; the worse ratio of the two."""
    guest = await Guest.come(site.url)
    argv = [sys.executable, "-m", "benchmarks.floods"]
    caller = await asyncio.create_subprocess_exec(*argv, stdin=asyncio.subprocess.PIPE)
    one = Flooder(site, queue, guest.client.cookies.get("immersivaudio", ""), api, caller)
    found: list[Row] = []
    for name, flood in kinds(one).items():
        told, worst = f"{name}, while others are served", math.inf
        if not wanted(told):
            continue
        for _ in range(_TRIES):
            worst = min(worst, await _ratio(site, queue, flood))
            if worst <= _MOST:
                break
        found.append([told, f"{worst:.1f} x the idle time", int(worst > _MOST)])
    await guest.client.aclose()
    caller.kill()
    await caller.wait()
    return found


async def _ratio(site: Site, queue: Queue, flood: Flood) -> float:
    """Of the median times under a flood to those of the calms between: the visitor's, or the chat user's."""
    calm: list[tuple[float, float]] = []
    held: list[tuple[float, float]] = []
    for _ in range(_ROUNDS):
        calm += [(await visit(site), await honest(queue)) for _ in range(2)]
        hold = asyncio.Event()
        task = asyncio.ensure_future(flood(hold))
        await asyncio.sleep(1.0)
        try:
            held += [(await visit(site), await honest(queue)) for _ in range(2)]
        finally:
            hold.set()
            await asyncio.wait_for(task, 60)
    page, chat = (median(each[n] for each in held) / median(each[n] for each in calm) for n in (0, 1))
    return max(page, chat)


@contextmanager
def small_disk(folder: Path, megabytes: int = 120) -> Iterator[bool]:
    """Put the store on a disk of its own of that size; False where this user may not mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0755", "tmpfs", str(folder)]
    mounted = run(command, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            run(["umount", "-l", str(folder)], check=True)


async def full_disk(site: Site, queue: Queue, store: Path, spare: int) -> list[Row]:
    """Fill the store's disk below its floor: nothing new is taken, and what was accepted arrives."""
    jobs = [await send(queue, f"full-{n}", mood="sleep 0.3", user=f"console:f{n}") for n in range(10)]
    ballast = store / "ballast"
    with ballast.open("wb") as file:
        while queue.store._free() > spare // 2:
            file.write(bytes(1 << 20))
            file.flush()
    late = [(await ended(queue, job)).state is not State.DELIVERED for job in jobs]
    guest = await stranger(site)
    refused = [await guest.upload(CLIP) for _ in range(20)]
    broke = [answer.status_code != 503 or not answer.text.strip() for answer in refused]
    ballast.unlink()
    again = await guest.upload(CLIP)
    await guest.client.aclose()
    return [
        ["clips on a full disk: refused in words", len(broke), sum(broke)],
        ["clips accepted before the disk was full: delivered", len(late), sum(late)],
        ["a clip once there is room again: taken", 1, int(again.status_code != 200)],
    ]


if __name__ == "__main__":
    asyncio.run(call_as_told())
