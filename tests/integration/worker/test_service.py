"""The programs together: a clip goes through queue, worker and delivery, and the odd days are survived."""

import asyncio
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from immersivaudio.queue import Queue, State
from tests.integration.worker.service import Service, ended, reaches, send


def test_clips_arrive_and_a_second_look_is_saved(tmp_path: Path) -> None:
    async def story(queue: Queue) -> None:
        first = await ended(queue, await send(queue, "1"))
        assert first.state is State.DELIVERED
        assert first.result
        assert first.result.summary.notes == ("looked again",)
        second = await ended(queue, await send(queue, "2", mood="sad"))
        assert second.result
        assert second.result.summary.notes == (), "the same bytes are not looked at again"
        other = await ended(queue, await send(queue, "3", data=b"another clip"))
        assert other.result
        assert other.result.summary.notes == ("looked again",)
        remix = await ended(queue, await send(queue, "4", action="remix", parent=first.job))
        assert remix.result
        assert remix.result.sheet == first.result.sheet, "a remix starts from its parent's sheet"

    with Service(tmp_path) as service:
        service.start("run")
        service.start("deliver")
        service.run(story)
        delivered = sorted((tmp_path / "out").glob("*.bin"))
        assert len(delivered) == 4
        assert delivered[0].read_bytes() in {b"clip", b"another clip"}
        assert not list((tmp_path / "scratch").rglob("job-*")), "private folders are cleared away"
        console = service.log("deliver").read_text()
        assert console.count("delivered ") >= 4


def test_a_user_is_told_in_plain_words(tmp_path: Path) -> None:
    async def story(queue: Queue) -> None:
        refused = await ended(queue, await send(queue, "1", mood="refuse"))
        assert (refused.state, refused.tries) == (State.DEAD, 1)
        assert str(refused.failure) == "this is not a clip; send a video."
        orphan = await ended(queue, await send(queue, "2", action="remix", parent="nobody"))
        assert "no longer known" in str(orphan.failure)

    with Service(tmp_path) as service:
        service.start("run")
        service.start("deliver")
        service.run(story)
        assert "this is not a clip; send a video." in service.log("deliver").read_text()


def test_sigterm_finishes_what_runs_and_takes_nothing_new(tmp_path: Path) -> None:
    async def story(queue: Queue) -> None:
        worker = service.start("run")
        running = await send(queue, "1", mood="sleep 2")
        await reaches(queue, running, State.RUNNING)
        waiting = await send(queue, "2")
        worker.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(worker.wait, 30) == 0
        status = await queue.status(running)
        assert status
        assert status.state is State.RENDERED
        status = await queue.status(waiting)
        assert status
        assert (status.state, status.tries) == (State.QUEUED, 0)

    with Service(tmp_path) as service:
        service.run(story)


def test_sigterm_puts_back_what_takes_too_long_without_blame(tmp_path: Path) -> None:
    async def story(queue: Queue) -> None:
        worker = service.start("run")
        job = await send(queue, "1", mood="sleep 60")
        await reaches(queue, job, State.RUNNING)
        worker.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(worker.wait, 30) == 0
        status = await queue.status(job)
        assert status
        assert (status.state, status.tries) == (State.QUEUED, 0)

    with Service(tmp_path, DRAIN="1") as service:
        service.run(story)


def test_cancel_stops_the_child_of_a_running_job(tmp_path: Path) -> None:
    async def story(queue: Queue) -> None:
        service.start("run")
        job = await send(queue, "1", mood="sleep 60")
        await reaches(queue, job, State.RUNNING)
        assert await queue.cancel(job, "console:1") is State.CANCELLED
        await ended_in_log(service, '"outcome": "lost"')
        follower = await send(queue, "2")
        await reaches(queue, follower, State.RENDERED)

    with Service(tmp_path) as service:
        service.run(story)


def test_progress_and_a_cancellation_reach_the_placeholder(tmp_path: Path) -> None:
    async def story(queue: Queue) -> None:
        service.start("deliver")
        job = await send(queue, "1")
        await queue.place(job, (await queue.record(job)).request.reply)  # type: ignore[union-attr]
        await ended_in_log(service, "queued, number 1", "deliver")
        await queue.cancel(job, "console:1")
        await ended_in_log(service, "cancelled", "deliver")

    with Service(tmp_path) as service:
        service.run(story)


def _asked_as_a_container_does(port: int) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "worker.healthy"],
        env=os.environ | {"IMMERSIVAUDIO_WORKER_HEALTH_PORT": str(port)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_an_operator_sees_health_and_figures(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    async def story(queue: Queue) -> None:
        service.start("run")
        assert (await ended_or_rendered(queue, await send(queue, "1"))) is State.RENDERED
        assert await asyncio.to_thread(get, port, "/readyz") == (200, "ready\n")
        assert (await asyncio.to_thread(get, port, "/healthz"))[0] == 200
        assert await asyncio.to_thread(_asked_as_a_container_does, port) == (0, "ready\n")
        _, figures = await asyncio.to_thread(get, port, "/metrics")
        for line in (
            'immersivaudio_queue_depth{queue="deliver"} 1.0',
            'immersivaudio_tries_total{outcome="rendered"} 1.0',
            'immersivaudio_requests{state="accepted"} 1.0',
            "immersivaudio_in_works 1.0",
            "immersivaudio_redis_persists 1.0",
            "immersivaudio_clock_skew_seconds ",
            "immersivaudio_redis_memory_ratio ",
            'immersivaudio_free_bytes{place="store"} ',
            'immersivaudio_free_bytes{place="scratch"} ',
            'immersivaudio_stage_seconds_count{stage="extract"} 1.0',
        ):
            assert line in figures
        service.redis.stop()
        assert (await asyncio.to_thread(get, port, "/readyz"))[0] == 503
        code, why = await asyncio.to_thread(_asked_as_a_container_does, port)
        assert (code, why.splitlines()[0]) == (1, "not ready")
        assert (await asyncio.to_thread(get, port, "/healthz"))[0] == 200
        service.redis.start()

    with Service(tmp_path, HEALTH_PORT=str(port)) as service:
        service.run(story)
        for line in service.log("run").read_text().splitlines():
            assert json.loads(line)["timestamp"], "every line is JSON"


def test_no_word_of_a_user_reaches_a_log(tmp_path: Path) -> None:
    async def story(queue: Queue) -> None:
        for update, mood in (("1", "raise grandmother"), ("2", "grandmother"), ("3", "segfault grandmother")):
            await ended(queue, await send(queue, update, mood=mood))

    with Service(tmp_path, LOG_LEVEL="DEBUG") as service:
        service.start("run")
        service.start("deliver")
        service.run(story)
        logs = service.log("run").read_text() + service.log("deliver").read_text()
        assert "grandmother" not in logs


async def ended_or_rendered(queue: Queue, job: str) -> State:
    async for status in queue.watch(job):
        if status.state is State.RENDERED or status.state.over:
            return status.state
    raise AssertionError("the job is gone")


async def ended_in_log(service: Service, words: str, command: str = "run") -> None:
    while words not in service.log(command).read_text():
        await asyncio.sleep(0.05)


def get(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()
