"""What strangers can do to the page and the queue: attempts and failures, written to docs/security.md.

    python -m benchmarks.security [--bodies 200] [--requests 10000]

Everything runs on this machine's loopback, bounded in number and time, with harmless input.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from benchmarks import report
from bot.web.request_body import Pace
from immersivaudio.queue import Address, JobRequest, Queue, ScoreOptions, Source, State
from tests.integration.web.guest import Guest
from tests.integration.web.site import Site
from tests.integration.worker.service import ended, send
from tests.security.bodies import bodies

JOIN = "/gradio_api/queue/join"
CLIP = b"\x00\x00\x00\x18ftypmp42" + bytes(4000)
Row = list[object]


async def page_bodies(site: Site, count: int) -> Row:
    """Send bodies that no browser sends to each function of the page."""
    guest = await Guest.come(site.url)
    config = (await guest.client.get("/config")).json()
    functions = [each for each in config["dependencies"] if each["backend_fn"]]
    made = failures = 0
    for function in functions:
        for body in bodies(function["id"], count, len(function["inputs"])):
            answer = await guest.client.post(JOIN, content=body)
            made += 1
            failures += answer.status_code not in {403, 422} or "/etc" in answer.text
    await guest.client.aclose()
    return [f"odd bodies, {count} for each of {len(functions)} functions of the page", made, failures]


async def sessions_and_links(site: Site, count: int = 300) -> Row:
    """Ask for other visitors' streams and files, with names, seals and hosts that are made up."""
    dice = random.Random(3)
    guest, other = await Guest.come(site.url), await Guest.come(site.url)
    await guest.join(guest.call("opened.load", None))
    failures = 0
    for _ in range(count):
        token = "".join(dice.choices("ABCDEFGHIJKLMNOPabcdefghijklmnop0123456789-_", k=60))
        tried = dice.choice(
            [
                lambda: other.client.get("/gradio_api/queue/data", params={"session_hash": guest.session}),
                lambda token=token: other.client.get(f"/files/{token}.{token[:22]}/immersivaudio.mp4"),
                lambda token=token: other.client.get(f"/result/{token}.{token[:22]}"),
                lambda token=token: other.client.get("/", headers={"Host": token[:20]}),
                lambda token=token: httpx.AsyncClient(base_url=site.url).post(JOIN, json={"data": [token]}),
            ]
        )
        failures += (await tried()).status_code not in {400, 403, 404, 421}
    for each in (guest, other):
        await each.client.aclose()
    return ["strangers' streams, forged links, foreign hosts, calls without a cookie", count, failures]


async def fuzzed_requests(queue: Queue, count: int) -> Row:
    """Write odd requests, and read back all that was accepted."""
    dice = random.Random(11)
    odd: dict[str, list[Any]] = {
        "take": [0, 1, -1, 2**40, "x", None, 1.5],
        "length": [None, 0, 0.5, 600, 601, "10"],
        "mood": ["", "sad", "x" * 1001, "\x00", "'; drop"],
        "original": ["auto", "loud", None],
        "speech_gap_lu": [12.0, -5, "wide", 1e300],
        "seed": [None, 0, -1, 2**70, "a"],
        "parts": [1, 0, 11],
        "share": ["", "IV-" + "0" * 300],
    }
    failures = 0
    for number in range(count):
        chosen = {name: dice.choice(odd[name]) for name in dice.sample(sorted(odd), dice.randint(1, 4))}
        request = JobRequest(
            platform="console",
            update=f"fuzz-{number}",
            user=f"console:{number}",
            source=Source(ref="2026010100/" + "0" * 32),
            reply=Address(platform="console", chat="1", message="m"),
        )
        request = request.model_copy(update={"options": replace(ScoreOptions(), **chosen)})
        try:
            submitted = await queue.submit(request)
        except ValueError:
            continue
        record = await queue.record(submitted.job)
        failures += record is None or record.request.update != request.update
        await queue.forget(request.user)
    return ["odd job requests through accept and read", count, failures]


async def honest(queue: Queue, count: int = 5) -> float:
    """Return the median time of a clip of an honest chat user, s."""
    spent = []
    for number in range(count):
        begun = time.perf_counter()
        job = await send(queue, f"honest-{time.monotonic_ns()}", user=f"console:h{number}")
        assert (await ended(queue, job)).state is State.DELIVERED
        spent.append(time.perf_counter() - begun)
    return median(spent)


async def visit(site: Site, count: int = 3) -> float:
    """Return the median time in which an honest visitor gets the page and uploads a clip, s."""
    spent = []
    for _ in range(count):
        begun = time.perf_counter()
        guest = await Guest.come(site.url)
        answer = await guest.upload(CLIP)
        assert answer.status_code == 200, answer.text
        await guest.client.aclose()
        spent.append(time.perf_counter() - begun)
    return median(spent)


Flood = Callable[[], Awaitable[None]]
_AWAY = "127.0.0.2"
"""The address that floods come from; the honest visitor's is 127.0.0.1."""


async def _slow(site: Site, head: bytes, count: int, hold: asyncio.Event) -> None:
    """Open connections from another address, send `head`, and say no more."""
    address = httpx.URL(site.url)
    held = []
    for _ in range(count):
        try:
            stream = await asyncio.open_connection(address.host, address.port, local_addr=(_AWAY, 0))
        except OSError:
            continue
        stream[1].write(head)
        held.append(stream)
    await hold.wait()
    for _, writer in held:
        writer.close()


async def _many(site: Site, hold: asyncio.Event) -> None:
    """Open the page and call it, over and over."""
    transport = httpx.AsyncHTTPTransport(local_address=_AWAY)
    async with httpx.AsyncClient(base_url=site.url, transport=transport, timeout=30) as client:
        for _ in range(2_000):
            if hold.is_set():
                return
            await client.post(JOIN, content=b"[]")


async def _orders(queue: Queue, hold: asyncio.Event) -> None:
    """Order as sixty visitors of one address."""
    source = Source(ref=await queue.store.put_bytes(CLIP))
    for number in range(180):
        if hold.is_set():
            return
        await queue.submit(
            JobRequest(
                platform="console",
                update=f"flood-{time.monotonic_ns()}",
                user=f"web:{number % 60}",
                account="address:flood",
                source=source,
                reply=Address(platform="console", chat="1", message=f"f{number}"),
                options=ScoreOptions(mood="sleep 0.05"),
            )
        )


async def floods(site: Site, queue: Queue) -> list[Row]:
    """Serve an honest visitor and an honest chat user while somebody floods; the worse ratio of the two."""
    cookie = (await Guest.come(site.url)).client.cookies.get("immersivaudio", "")
    host = httpx.URL(site.url).netloc.decode()
    post = f"POST /clips?type=video/mp4 HTTP/1.1\r\nHost: {host}\r\nCookie: immersivaudio={cookie}\r\n"
    kinds: dict[str, Callable[[asyncio.Event], Awaitable[None]]] = {
        "silent connections": lambda hold: _slow(site, b"", 300, hold),
        "half a request line": lambda hold: _slow(site, b"GET / HT", 300, hold),
        "uploads that stall": lambda hold: _slow(
            site, f"{post}Content-Length: 900000\r\n\r\n".encode() + bytes(1000), 40, hold
        ),
        "forms that stall": lambda hold: _slow(
            site,
            post.replace("/clips?type=video/mp4", JOIN).encode() + b"Content-Length: 900\r\n\r\n{",
            40,
            hold,
        ),
        "calls without end": lambda hold: _many(site, hold),
        "orders of sixty cookies from one address": lambda hold: _orders(queue, hold),
    }
    rows: list[Row] = []
    for name, flood in kinds.items():
        idle_page, idle_chat = await visit(site), await honest(queue)  # each flood beside its own calm
        hold = asyncio.Event()
        task = asyncio.ensure_future(flood(hold))
        await asyncio.sleep(1.0)
        ratios = (await visit(site) / idle_page, await honest(queue) / idle_chat)
        hold.set()
        await asyncio.wait({task}, timeout=60)
        worst = max(ratios)
        rows.append([f"{name}, while others are served", f"{worst:.1f} x the idle time", int(worst > 2.0)])
    return rows


def main() -> None:
    """Try, count, and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bodies", type=int, default=200)
    options.add_argument("--requests", type=int, default=10_000)
    chosen = options.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="security-") as folder,
        Site(Path(folder), CALLS_PER_MINUTE="100000000") as site,
    ):
        site.work().open()

        async def story() -> list[Row]:
            async with Queue.connect(site.settings) as queue:
                return [
                    await page_bodies(site, chosen.bodies),
                    await sessions_and_links(site),
                    await fuzzed_requests(queue, chosen.requests),
                    *await floods(site, queue),
                ]

        rows = asyncio.run(story())
    text = (
        "Tried by `python -m benchmarks.security`. A failure is anything that passed, broke or stayed; of a "
        "flood, that an honest visitor of another address, or a chat user, waited over twice the idle time. "
        f"A body must come at {Pace().rate // 1024} kB/s from {Pace().grace:.0f} s on.\n\n"
    )
    report.write(
        "The page and the queue",
        text + report.table(["attempts", "made", "failures"], rows),
        file=report.SECURITY,
    )


if __name__ == "__main__":
    main()
