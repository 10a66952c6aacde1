"""What do queue, job store and delivery cost, and how soon is a dead worker's job taken up?

    python -m benchmarks.queue [--quick]

Real processes on loopback: Redis with every write on disk before its answer, one renderer that copies its
input (about a millisecond), one delivery process. The recovery is measured with the
lease of production, 15 s.
"""

import argparse
import asyncio
import contextlib
import os
import signal
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

from benchmarks import report
from immersivaudio.queue import Address, JobRequest, Queue, ScoreOptions, Source, State
from tests.integration.worker.service import Service

_NO_DISK = "/dev/shm"
"""A folder in memory, as Linux has it."""
_WRONG = """
import time
_right = time.time
time.time = lambda: _right() + ({seconds})
"""
"""Of a `sitecustomize`: this machine's wall clock."""


def request(update: str, user: str, ref: str, mood: str = "") -> JobRequest:
    """A request whose result is picked up, not sent."""
    here = Address(platform="local", chat="benchmark", message="-")
    return JobRequest(
        platform="local",
        update=update,
        user=user,
        source=Source(ref=ref),
        reply=here,
        options=ScoreOptions(mood=mood),
    )


@contextlib.asynccontextmanager
async def opened(service: Service, **changes: object) -> AsyncIterator[tuple[Queue, str]]:
    """A queue without caps, and a clip in its store."""
    free = {"per_user": 100_000, "total": 1_000_000} | changes
    async with Queue.connect(service.settings.model_copy(update=free)) as queue:
        yield queue, await queue.store.put_bytes(b"a clip")


async def until(queue: Queue, job: str, state: State) -> None:
    """Wait for a state, or for the end."""
    async for status in queue.watch(job):
        if status.state is state or status.state.over:
            return


async def overhead(service: Service, jobs: int) -> list[float]:
    """Seconds from `submit` to DELIVERED with nobody else in the queue."""
    taken = []
    async with opened(service) as (queue, ref):
        for number in range(jobs + 5):
            start = time.perf_counter()
            submitted = await queue.submit(request(f"overhead-{number}", "a", ref))
            await until(queue, submitted.job, State.DELIVERED)
            taken.append(time.perf_counter() - start)
    return taken[5:]


def skewed(seconds: float, jobs: int) -> float:
    """Return the s within which 95 % are delivered where the delivery's clock is off by `seconds`."""
    with tempfile.TemporaryDirectory(prefix="queue-") as name, Service(Path(name)) as service:
        service.start("run")
        (Path(name) / "sitecustomize.py").write_text(_WRONG.format(seconds=seconds))
        service.environment |= {"PYTHONPATH": f"{name}:{service.environment['PYTHONPATH']}"}
        service.start("deliver")
        return statistics.quantiles(asyncio.run(overhead(service, jobs)), n=20)[-1]


async def acceptance(service: Service, jobs: int, at_once: int = 256) -> tuple[float, float]:
    """Requests accepted a second by one process, and bytes of Redis memory a waiting request."""
    async with opened(service) as (queue, ref):
        before = (await queue.redis.info("memory"))["used_memory"]
        numbers = iter(range(jobs))

        async def frontend() -> None:
            for number in numbers:
                assert (await queue.job_store.accept(request(f"accept-{number}", f"u{number}", ref))).accepted

        start = time.perf_counter()
        await asyncio.gather(*(frontend() for _ in range(at_once)))
        seconds = time.perf_counter() - start
        after = (await queue.redis.info("memory"))["used_memory"]
        return jobs / seconds, (after - before) / jobs


def on_disk() -> float:
    """Seconds that this disk takes for one write of a row, at the median."""
    with tempfile.TemporaryFile(buffering=0) as file:
        taken = []
        for _ in range(100):
            file.write(b"x" * 2000)
            start = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def measured(jobs: int, place: str | None) -> tuple[float, float, list[float]]:
    """Return accepted a second, bytes of Redis a waiting request, and each overhead, s, in `place`."""
    with tempfile.TemporaryDirectory(prefix="queue-", dir=place) as folder, Service(Path(folder)) as service:
        rate, memory = asyncio.run(acceptance(service, 14 * jobs))
    with tempfile.TemporaryDirectory(prefix="queue-", dir=place) as folder, Service(Path(folder)) as service:
        service.start("run")
        service.start("deliver")
        return rate, memory, asyncio.run(overhead(service, jobs))


async def recovery(service: Service) -> float:
    """Seconds from a worker's SIGKILL to its job running again in another."""
    async with opened(service) as (queue, ref):
        first = service.start("run")
        submitted = await queue.submit(request(f"recovery-{time.time()}", "a", ref, mood="sleep 6"))
        await until(queue, submitted.job, State.RUNNING)
        await asyncio.sleep(1.0)
        first.send_signal(signal.SIGKILL)
        start = time.perf_counter()
        first.wait()
        second = service.start("run")
        while (row := await queue.job_store.row(submitted.job))["losses"] == b"0" or row[
            "state"
        ] != b"RUNNING":
            await asyncio.sleep(0.02)
        seconds = time.perf_counter() - start
        await until(queue, submitted.job, State.RENDERED)
        second.kill()
        second.wait()
        return seconds


async def fairness(service: Service, crowd: int) -> int:
    """Jobs of a user with `crowd` of them that start between another's request and its start."""
    async with opened(service) as (queue, ref):
        submissions = [
            await queue.job_store.accept(request(f"a-{n}", "a", ref, "sleep 0.05")) for n in range(crowd)
        ]
        while "claimed" not in await queue.job_store.row(submissions[3].job):
            await asyncio.sleep(0.01)
        before = await _count(queue, "a")
        other = await queue.submit(request("b", "b", ref, "sleep 0.05"))
        await until(queue, other.job, State.RUNNING)
        return await _count(queue, "a") - before


async def _count(queue: Queue, user: str) -> int:
    """How many jobs of this user were ever claimed."""
    jobs = await queue.redis.zrange(queue.job_store.key("jobs", user), 0, -1)
    async with queue.redis.pipeline(transaction=False) as pipe:
        for job in jobs:
            pipe.hexists(queue.job_store.key("job", job.decode()), "claimed")
        return sum(map(bool, await pipe.execute()))


def main() -> None:
    """Measure, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything; writes nothing")
    quick = parser.parse_args().quick
    scale = 10 if quick else 1
    rows: list[tuple[str, str, str]] = []
    rate, memory, taken = measured(300 // scale, None)
    rows.append(("one write on this disk", f"{on_disk() * 1000:.1f} ms", ""))
    rows.append(("accepted by one process", f"{rate:.0f} a second", ">= 20000"))
    rows.append(("Redis memory a waiting request", f"{memory / 1024:.1f} KiB", ""))
    rows.append(("overhead a job, median", f"{statistics.median(taken) * 1000:.1f} ms", "<= 8 ms"))
    rows.append(("overhead a job, 95 %", f"{statistics.quantiles(taken, n=20)[-1] * 1000:.1f} ms", ""))
    if Path(_NO_DISK).is_dir():
        rate, _, taken = measured(300 // scale, _NO_DISK)
        rows.append(("accepted where a write takes no time", f"{rate:.0f} a second", ">= 20000"))
        rows.append(("overhead there, median", f"{statistics.median(taken) * 1000:.1f} ms", "<= 8 ms"))
    with tempfile.TemporaryDirectory(prefix="queue-") as folder, Service(Path(folder)) as service:
        service.start("run")
        slots = asyncio.run(fairness(service, 500))
        rows.append(("slots lost to a user with 500 clips", str(slots), "<= 2"))
    right, *wrong = (skewed(seconds, 100 // scale) for seconds in (0, -90, 90))
    ratio = max(wrong) / right
    rows.append(("95 % where the delivery is 90 s behind or ahead", f"{ratio:.2f} x", "<= 1.2 x"))
    times = []
    for _ in range(1 if quick else 3):
        with tempfile.TemporaryDirectory(prefix="queue-") as folder, Service(Path(folder)) as service:
            times.append(asyncio.run(recovery(service)))
    rows.append(("recovery after SIGKILL, worst", f"{max(times):.1f} s", "<= 20 s"))
    text = report.table(("what", "measured", "aim"), rows)
    if quick:
        print(text)
    else:
        report.write("The queue", text)


if __name__ == "__main__":
    main()
