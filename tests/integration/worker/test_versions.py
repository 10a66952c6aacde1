"""Two versions on one queue: each answers what the other accepted, or leaves it to who can read it."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from immersivaudio.queue import JobRequest, Queue, Result, Source, State
from immersivaudio.queue.job_request import VERSION
from tests import old_version
from tests.integration.worker.service import Service, ended, send
from tests.patience import PATIENCE

SAMPLES = Path(__file__).with_name("rows_of_version_1.json")


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = old_version.tree(old_version.VERSION_1, tmp_path_factory.mktemp("old"))
    if tree is None:
        pytest.skip("the history of this checkout does not hold the old version")
    return tree


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with Service(tmp_path) as started:
        yield started


@pytest.mark.slow
def test_a_new_frontend_is_served_by_an_old_worker_and_an_album_waits_for_a_new_one(
    service: Service, old: Path
) -> None:
    old_worker = service.start("run", tree=old)
    service.start("deliver")

    async def story(queue: Queue) -> None:
        album = Source(kind="album", ref=await queue.store.put_bytes(b"album"))
        waits = await send(queue, "album", source=album)
        assert (await ended(queue, await send(queue, "clip"))).state is State.DELIVERED
        passed = await queue.status(waits)
        assert passed is not None
        assert passed.state is State.QUEUED, "an old worker would have taken an album for a clip"
        old_worker.terminate()
        service.start("run", name="new")
        assert (await ended(queue, waits)).state is State.DELIVERED

    service.run(story)
    assert "Traceback" not in service.log("run").read_text()


@pytest.mark.slow
def test_an_old_frontend_is_served_by_a_new_worker_and_an_old_delivery(service: Service, old: Path) -> None:
    service.start("run")
    service.start("deliver", tree=old)
    clip = service.folder / "clip.mp4"
    clip.write_bytes(b"clip")
    argv = [sys.executable, "-m", "worker", "submit", str(clip)]
    kept: dict[str, Any] = {"env": service.environment | {"PYTHONPATH": str(old)}, "cwd": service.folder}
    said = subprocess.run(argv, **kept, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert said.returncode == 0, said.stderr
    assert Path(said.stdout.splitlines()[0]).read_bytes() == b"clip"


def test_rows_that_an_old_version_wrote_are_finished(service: Service) -> None:
    """Waiting, rendered, failed: as version 1 left them in Redis, byte by byte."""
    rows = json.loads(SAMPLES.read_text())

    async def story(queue: Queue) -> None:
        for job, row in rows.items():
            fields = {name: base64.b64decode(value) for name, value in row.items()}
            for ref in _files(fields):
                (service.folder / "store" / ref).parent.mkdir(parents=True, exist_ok=True)
                (service.folder / "store" / ref).write_bytes(b"clip")
            await queue.redis.hset(queue.job_store.key("job", job), mapping=fields)  # type: ignore[misc,arg-type]
            await queue.redis.zadd(queue.job_store.key("live"), {job: 1})
        # The rows name files of 2026-11-30: a worker that begins to tidy would throw them away.
        service.environment["IMMERSIVAUDIO_QUEUE_ARTIFACT_HOURS"] = str(100 * 365 * 24)
        service.start("run")
        service.start("deliver")
        ends = {row_state(row): (await ended(queue, job)).state for job, row in rows.items()}
        assert ends == {"QUEUED": State.DELIVERED, "RENDERED": State.DELIVERED, "FAILED": State.DEAD}

    service.run(story)


def row_state(row: dict[str, str]) -> str:
    return base64.b64decode(row["state"]).decode()


def _files(fields: dict[str, bytes]) -> list[str]:
    """The references in a row: its clip, and its result where there is one."""
    clip = JobRequest.from_json(fields["request"]).source.ref
    return [clip, Result.from_json(fields["result"]).media.ref] if "result" in fields else [clip]


def test_a_queue_of_a_newer_schema_is_refused_in_words(service: Service) -> None:
    async def story(queue: Queue) -> None:
        await queue.redis.set(queue.job_store.key("schema"), 99)
        answer = await queue.ready()
        assert not answer.ready
        assert "newer version (schema 99" in answer.notes[0]

    service.run(story)
    worker = service.start("run")
    assert worker.wait(PATIENCE) == 2
    said = service.log("run").read_text().splitlines()[-1]
    assert said.startswith("the queue in Redis is of a newer version (schema 99, and this program knows")
    assert "upgrade this program" in said


def test_a_request_of_a_version_to_come_waits_for_a_worker_that_reads_it(service: Service) -> None:
    service.start("run")
    service.start("deliver")

    async def story(queue: Queue) -> None:
        later = await send(queue, "later", version=VERSION + 1)
        assert (await ended(queue, await send(queue, "now"))).state is State.DELIVERED
        waits = await queue.status(later)
        assert waits is not None
        assert waits.state is State.QUEUED

    service.run(story)
