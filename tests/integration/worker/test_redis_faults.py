"""A Redis that is full, gone or not ours: one line that says what to do, and nothing lost."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import redis

from immersivaudio.queue import Queue
from tests.integration.worker.service import Service
from tests.patience import PATIENCE


def _submit(service: Service, *words: str) -> "subprocess.Popen[str]":
    argv = [sys.executable, "-m", "worker", "submit", *words]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(argv, env=service.environment, cwd=service.folder, **pipes)


def _fill(url: str) -> None:
    with redis.Redis.from_url(url) as client:
        client.config_set("maxmemory", "1")


def _stored(service: Service) -> list[Path]:
    return [path for path in (service.folder / "store").rglob("*") if path.is_file()]


def test_a_full_redis_is_said_by_submit_and_by_readyz_and_leaves_no_clip_behind(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        (tmp_path / "clip.mp4").write_bytes(b"clip")
        _fill(service.redis.url)
        program = _submit(service, "clip.mp4")
        said = program.communicate(timeout=PATIENCE)
        assert (program.returncode, said[0]) == (2, "")
        assert said[1].startswith("Redis is full; give it more memory")
        assert said[1].count("\n") == 1
        assert not _stored(service)

        async def story(queue: Queue) -> None:
            answer = await queue.ready()
            assert (answer.ready, answer.notes) == (False, ("Redis is full",))

        service.run(story)


def test_a_redis_that_goes_away_while_submit_waits_is_said_and_waited_for(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        (tmp_path / "clip.mp4").write_bytes(b"clip")
        program = _submit(service, "clip.mp4")
        assert program.stderr is not None
        assert program.stderr.readline().startswith("queued")
        service.redis.stop()
        while not (line := program.stderr.readline()).startswith("Redis does not answer"):
            assert line, "it ended before it said so"
        service.redis.start()
        service.start("run")
        service.start("deliver")
        assert (tmp_path / program.communicate(timeout=PATIENCE)[0].splitlines()[0]).is_file()
        assert program.returncode == 0


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("secret", "REDIS_URL cannot be read; write redis://"),
        ("http://redis:6379", "REDIS_URL cannot be read; write redis://"),
        ("unix:///nowhere/redis.sock", "Redis does not answer; start it with: immersivaudio up"),
    ],
)
def test_a_redis_that_is_none_is_one_line(tmp_path: Path, url: str, words: str) -> None:
    with Service(tmp_path) as service:
        (tmp_path / "clip.mp4").write_bytes(b"clip")
        service.environment |= {"REDIS_URL": url}
        program = _submit(service, "clip.mp4")
        said = program.communicate(timeout=PATIENCE)[1]
        assert program.returncode == 2
        assert said.startswith(words)
        assert said.count("\n") == 1
