"""An operator can delete a user's data without the user."""

import asyncio
import subprocess
import sys
from pathlib import Path

from immersivaudio.queue import Queue
from tests.integration.worker.service import Service, ended, send


def _forget(service: Service, user: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "worker", "forget", user],
        env=service.environment,
        cwd=service.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_jobs_and_files_of_one_user_go_and_another_stays(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        service.start("run")
        service.start("deliver")

        async def told(queue: Queue) -> None:
            job = await send(queue, "one")
            await ended(queue, job)
            record = await queue.record(job)
            assert record is not None
            assert record.result is not None
            kept = (record.ref, record.result.media.ref)
            assert all([await queue.store.has(ref) for ref in kept])

            other = await asyncio.to_thread(_forget, service, "console:2")
            assert "deleted 0 jobs of console:2" in other.stdout
            assert await queue.record(job)

            done = await asyncio.to_thread(_forget, service, "console:1")
            assert done.returncode == 0, done.stderr
            assert "deleted 1 job of console:1" in done.stdout
            assert await queue.record(job) is None
            assert not any([await queue.store.has(ref) for ref in kept])
            assert not [path for path in (tmp_path / "store").rglob("*") if path.is_file()], "seen of it"

        service.run(told)


def test_what_is_seen_of_a_clip_that_was_forgotten_meanwhile_does_not_stay(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        service.start("run")

        async def told(queue: Queue) -> None:
            job = await send(queue, "one", "sleep 1")
            async for status in queue.watch(job):
                if status.stage:
                    break
            assert await queue.forget("console:1") == 1  # the worker hears of it at its next renewal
            while '"outcome": "lost"' not in service.log("run").read_text():
                await asyncio.sleep(0.05)
            assert not [path for path in (tmp_path / "store").rglob("*") if path.is_file()]
            assert not await queue.redis.keys("*:seen-clip:*")

        service.run(told)


def test_a_name_that_is_no_user_is_refused(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        done = _forget(service, "Maria")
    assert done.returncode == 2
    assert "telegram:123456" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_was_deleted_leaves_the_append_only_file_too(tmp_path: Path) -> None:
    """The file is rewritten ten minutes after the last time at the earliest: here those are over at once."""
    words = "a very private wish"
    files = tmp_path / "redis" / "appendonlydir"

    def on_disk() -> bool:
        return any(words.encode() in path.read_bytes() for path in files.iterdir())

    with Service(tmp_path) as service:
        service.start("deliver")

        async def told(queue: Queue) -> None:
            while not await queue.redis.exists(queue.job_store.key("rewritten")):
                await asyncio.sleep(0.05)  # at its start a program has it rewritten once
            await send(queue, "one", words)
            assert on_disk()
            await queue.forget("console:1")
            await queue.redis.delete(queue.job_store.key("rewritten"))
            while on_disk():
                await asyncio.sleep(0.05)

        service.run(told)
