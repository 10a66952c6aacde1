"""What strangers can do to page, API, agents' tools and queue: attempts and failures, for docs/security.md.

    python -m benchmarks.security [--bodies 200] [--requests 10000] [--again]

With --again only the floods that failed in the table are measured again, and the full disk with them.

Everything runs on this machine's loopback, bounded in number and time, with harmless input.
"""

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from benchmarks import floods, programs_attacked, report
from benchmarks.floods import JOIN, Row
from bot.web.request_body import Pace
from immersivaudio.queue import Address, JobRequest, Queue, ScoreOptions, Source
from tests.integration.api.service import KEY, OTHER, ApiService
from tests.integration.mcp.conftest import AgentService
from tests.integration.web.guest import Guest
from tests.integration.web.site import Site
from tests.security.bodies import bodies

_SECTION = "The page and the queue"
_SPARE, _SHARE = 20 * 2**20, 60 * 2**20
"""Bytes of the small disk that stay free, and that one address may fill."""


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


def attempts(site: Site, settings: argparse.Namespace) -> list[Row]:
    """On the page and the queue."""

    async def story() -> list[Row]:
        async with Queue.connect(site.settings) as queue:
            return [
                await page_bodies(site, settings.bodies),
                await sessions_and_links(site),
                await fuzzed_requests(queue, settings.requests),
            ]

    return asyncio.run(story())


def programs(folder: Path, count: int) -> list[Row]:
    """Attempts on the API and on the MCP server."""
    keys = {"studio": KEY, "other": OTHER}
    fast = json.dumps({name: {"key": key, "per_minute": 60_000, "burst": 9000} for name, key in keys.items()})
    with ApiService(folder / "api", KEYS=fast) as api:
        api.open()
        rows = [programs_attacked.api_bodies(api, count), programs_attacked.api_strangers(api, 300)]
    (folder / "agents").mkdir()
    with AgentService(folder / "agents") as agents:
        agents.open()
        return rows + programs_attacked.mcp_calls(agents, count)


def flooded(folder: Path, wanted: Callable[[str], bool]) -> list[Row]:
    """Floods, each beside its own calm, and a full disk."""
    store = folder / "store"
    with floods.small_disk(store) as small, Site(folder) as site:
        site.environment |= {
            "IMMERSIVAUDIO_QUEUE_STORE": str(store),
            "IMMERSIVAUDIO_QUEUE_FREE_BYTES": str(_SPARE),
            "IMMERSIVAUDIO_QUEUE_UPLOAD_BYTES_PER_ADDRESS": str(_SHARE),
            "IMMERSIVAUDIO_API_KEYS": json.dumps({"studio": KEY}),
            "IMMERSIVAUDIO_API_PORT": "0",
        }
        site.settings = site.settings.model_copy(update={"store": str(store), "free_bytes": _SPARE})
        site.work().open()
        api = _api(site)

        async def story() -> list[Row]:
            async with Queue.connect(site.settings) as queue:
                found = await floods.rows(site, queue, api, wanted)
                return found + (await floods.full_disk(site, queue, store, _SPARE) if small else [])

        return asyncio.run(story())


def _api(site: Site) -> str:
    """Start the API beside the page; returns its address."""
    log = site.log("api")
    with log.open("wb") as file:
        argv = [sys.executable, "-m", "bot", "api"]
        site.programs["api"] = subprocess.Popen(argv, env=site.environment, stdout=file, stderr=file)
    while not (line := next((each for each in log.read_text().splitlines() if '"open"' in each), "")):
        assert site.programs["api"].poll() is None, log.read_text()
        time.sleep(0.1)
    return str(json.loads(line)["api"]).removesuffix("/v1")


def tried(folder: Path, chosen: argparse.Namespace) -> list[Row]:
    """All of it."""
    with Site(folder / "page", CALLS_PER_MINUTE="100000000") as site:
        site.work().open()
        rows = attempts(site, chosen)
    rows += programs(folder, chosen.bodies)
    return rows + flooded(folder / "floods", lambda _name: True)


def mended(folder: Path) -> list[Row]:
    """The table as it stands, with what failed of the floods measured again."""
    before = report.rows(_SECTION, report.SECURITY)
    failed = {name for name, _, failures in before if failures != "0"}
    found = {str(row[0]): row for row in flooded(folder, failed.__contains__)}
    return [found.get(row[0], [*row]) for row in before]


def main() -> None:
    """Try, count, and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bodies", type=int, default=200)
    options.add_argument("--requests", type=int, default=10_000)
    options.add_argument("--again", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="security-") as place:
        rows = mended(Path(place)) if chosen.again else tried(Path(place), chosen)
    again = "What failed at first was measured again once it was mended. " if chosen.again else ""
    text = (
        "Tried by `python -m benchmarks.security`. A failure is anything that passed, broke or stayed; of a "
        "flood, that an honest visitor of another address, or a chat user, waited over twice the idle time. "
        f"A body must come at {Pace().rate // 1024} kB/s from {Pace().grace:.0f} s on. Calm and flood take "
        "turns, three of each; what was over twice is measured again, at most three times, and the least "
        "counts. The chat user's clip takes half a second of a processor, a tenth of a real one, so that "
        f"waiting weighs. The store lay on a disk of 120 MB, {_SHARE // 2**20} of them for one address. "
        f"{again}\n\n"
    )
    report.write(
        _SECTION,
        text + report.table(["attempts", "made", "failures"], rows),
        file=report.SECURITY,
    )


if __name__ == "__main__":
    main()
