"""Two thousand clips of two hundred users through two workers, an S3 server and Valkey, some of them killed.

    python -m benchmarks.load [--clips 2000]       (pip install 'moto[server]' '.[s3]')

A few users send a hundred clips at once, most send five over the whole run. The renderer copies its clip
after 0.1 s: what is measured is what the queue, the store and the delivery cost, and the figures are what
`benchmarks.simulation` is fed with. The judge that receives the answers knows nothing of our code.
"""

import argparse
import asyncio
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks import report
from immersivaudio.queue import Queue
from tests.chaos.crowd import all_over, request
from tests.chaos.fleet import Fleet
from tests.chaos.judge import Judge, Message
from tests.patience import PATIENCE

WORK = 0.1
"""s a clip takes in the renderer."""
CLIP = b"clip" * 50_000
HEAVY, MANY = 10, 100
"""Users who send this many clips at once: half of all."""
BUCKET = "clips"


@dataclass
class Seen:
    """What came of it."""

    seconds: float = 0.0
    sent: dict[str, float] = field(default_factory=dict)
    """Request -> when it was accepted, s."""
    redis: dict[str, float] = field(default_factory=dict)
    """A clip: calls, s of processor, bytes of memory."""
    s3: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)


@contextmanager
def s3_server(folder: Path) -> Iterator[Path]:
    """An S3 server on the loopback, to which fsspec is pointed; yields its log of requests."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    log = folder / "s3.log"
    with log.open("wb") as file:
        argv = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        server = subprocess.Popen(argv, stdout=file, stderr=file)
    url = f"http://127.0.0.1:{port}"
    os.environ |= {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "benchmark",
        "AWS_SECRET_ACCESS_KEY": "benchmark",
        "AWS_DEFAULT_REGION": "us-east-1",
        "IMMERSIVAUDIO_QUEUE_STORE": f"s3://{BUCKET}/store",
    }
    try:
        _until_up(url)
        import s3fs

        s3fs.S3FileSystem(endpoint_url=url).mkdir(BUCKET)
        yield log
    finally:
        server.kill()
        server.wait()


def _until_up(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(url).close()
        except OSError:
            assert time.monotonic() < deadline, "the S3 server did not start"
            time.sleep(0.1)
        else:
            return


def requests_of(clips: int, users: int) -> list[tuple[str, str, float]]:
    """Return (request, user, share of the run after which it is sent), in order."""
    heavy = clips // 2 // HEAVY
    sent = [(f"heavy{u}-{n}", f"chaos:heavy{u}", 0.0) for u in range(HEAVY) for n in range(heavy)]
    light = users - HEAVY
    sent += [(f"light-{n}", f"chaos:light{n % light}", random.random()) for n in range(clips - len(sent))]
    return sorted(sent, key=lambda each: each[2])


async def _crowd(queue: Queue, judge: Judge, plan: list[tuple[str, str, float]], seen: Seen) -> None:
    run, started = len(plan) * WORK / 2, time.monotonic()
    for name, user, share in plan:
        await asyncio.sleep(max(0.0, started + share * run - time.monotonic()))
        ref = await queue.store.put_bytes(CLIP)
        submitted = await queue.submit(request(name, f"sleep {WORK}", ref=ref, user=user))
        seen.sent[name] = time.monotonic()
        placeholder = judge.send(Message(name, "queued", ""))
        where = request(name, "").reply.model_copy(update={"message": placeholder})
        await queue.place(submitted.job, where)


async def _trouble(fleet: Fleet, judge: Judge, clips: int, seen: Seen, queue: Queue) -> None:
    """A worker dies when a third is answered, Redis at a half, another worker at two thirds."""
    before = await _redis(queue)
    for share, what in ((1 / 3, "worker"), (1 / 2, "Valkey"), (2 / 3, "worker")):
        while judge.answered < share * clips:
            fleet.tend()
            await asyncio.sleep(0.1)
        if what == "Valkey":
            after = await _redis(queue)
            seen.redis = {name: (after[name] - before[name]) / judge.answered for name in after}
            await asyncio.to_thread(fleet.ground.restart)
        else:
            random.choice(fleet.renderers).process.kill()
        seen.kills[what] += 1


async def _redis(queue: Queue) -> dict[str, float]:
    info: dict[str, Any] = await queue.redis.info("all")
    return {
        "calls": info["total_commands_processed"],
        "cpu": info["used_cpu_user"] + info["used_cpu_sys"],
        "memory": info["used_memory"],
    }


async def _run(fleet: Fleet, judge: Judge, clips: int, users: int, seen: Seen) -> None:
    async with Queue.connect(fleet.settings) as queue:
        started = time.monotonic()
        plan = requests_of(clips, users)
        await asyncio.gather(_crowd(queue, judge, plan, seen), _trouble(fleet, judge, clips, seen, queue))
        over = asyncio.create_task(all_over(queue))
        while not over.done():
            fleet.tend()
            await asyncio.sleep(0.1)
        await over
        seen.seconds = time.monotonic() - started


def s3_requests(log: Path) -> Counter[str]:
    """Return how often each kind of request came, by the server's own log."""
    found: Counter[str] = Counter()
    plain = re.sub(r"\x1b\[\d+m", "", log.read_text())  # the server paints what is no plain 200
    for method, path in re.findall(r'"([A-Z]+) (\S+) HTTP', plain):
        if f"/{BUCKET}" in path:
            found[method] += 1
            found["half"] += ".part" in path
    return found


def rows(seen: Seen, judge: Judge, clips: int, users: int) -> list[tuple[str, str, str]]:
    """Return the table."""
    answers = judge.answers()
    waits = {name: answers[name][0].at - at for name, at in seen.sent.items() if answers.get(name)}
    heavy, light = (
        statistics.quantiles([wait for name, wait in waits.items() if name.startswith(kind)], n=20)
        for kind in ("heavy", "light")
    )
    counts = [len(answers.get(name, [])) for name in seen.sent]
    killed = ", ".join(f"{number} {what}" for what, number in seen.kills.items())
    stored = " / ".join(f"{seen.s3[method] / clips:.2f}" for method in ("PUT", "GET", "HEAD", "DELETE"))
    return [
        ("clips, users", f"{clips}, {users}", ""),
        ("killed meanwhile", killed, ""),
        ("answered exactly once", str(counts.count(1)), str(clips)),
        ("lost, doubled", f"{counts.count(0)}, {sum(count > 1 for count in counts)}", "0, 0"),
        ("seconds", f"{seen.seconds:.0f}", ""),
        ("wait of those who send few, median / 95 %", f"{light[9]:.1f} / {light[18]:.1f} s", ""),
        ("wait of those who send a hundred at once", f"{heavy[9]:.1f} / {heavy[18]:.1f} s", ""),
        ("Redis calls a clip", f"{seen.redis['calls']:.0f}", ""),
        ("Redis processor a clip", f"{seen.redis['cpu'] * 1e3:.2f} ms", ""),
        ("S3 PUT / GET / HEAD / DELETE a clip", stored, ""),
        ("S3 objects put under a name that is not their own", str(seen.s3["half"]), "0"),
    ]


def main() -> None:
    """Run it, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=2000, help="fewer: nothing is written")
    parser.add_argument("--users", type=int, default=200)
    options = parser.parse_args()
    seen, clips, users = Seen(), options.clips, options.users
    with tempfile.TemporaryDirectory(prefix="load-") as name, s3_server(Path(name)) as log, Judge() as judge:
        with Fleet(Path(name), judge.port, lease=15.0) as fleet:
            fleet.man(2, 1)
            asyncio.run(_run(fleet, judge, clips, users, seen))
        seen.s3 = s3_requests(log)
    text = report.table(("what", "measured", "aim"), rows(seen, judge, clips, users))
    if clips == 2000:
        report.write("Two thousand clips", text, file=report.PAGE.with_name("capacity.md"))
    else:
        sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
