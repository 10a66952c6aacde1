"""The wall clock of one machine decides nothing: Redis' clock does."""

import asyncio
import re
import time
from pathlib import Path

import pytest

from immersivaudio.queue import Queue, State
from tests.integration.worker.service import Service, ended, send

_SITE = """
import time
_right = time.time
time.time = lambda: _right() + ({offset})
"""


@pytest.mark.parametrize(("offset", "side"), [(-3600, "behind"), (3600, "ahead of")])
def test_a_delivery_whose_clock_is_an_hour_off_delivers_at_once_and_says_so(
    tmp_path: Path, offset: int, side: str
) -> None:
    """The hour is a multiple of every wait of ours: a result that comes within it did not wait for it."""
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    (wrong / "sitecustomize.py").write_text(_SITE.format(offset=offset))
    health = tmp_path / "health.sock"
    with Service(tmp_path) as service:
        service.start("run")
        right = service.environment["PYTHONPATH"]
        service.environment |= {
            "PYTHONPATH": f"{wrong}:{right}",
            "IMMERSIVAUDIO_WORKER_HEALTH_HOST": str(health),
        }
        service.start("deliver")

        async def story(queue: Queue) -> None:
            started = time.time()
            status = await ended(queue, await send(queue, "1"))
            assert status.state is State.DELIVERED
            assert abs(status.asked - started) < 900
            assert re.match(
                rf"HTTP/1.1 200 .*\r\n\r\nready\nthis machine's clock is (3599|3600|3601) s {side} Redis",
                await _asked(health),
                re.DOTALL,
            )

        service.run(story)
        assert "clock is off" in service.log("deliver").read_text()


async def _asked(socket: Path) -> str:
    reader, writer = await asyncio.open_unix_connection(socket)
    writer.write(b"GET /readyz HTTP/1.0\r\n\r\n")
    answer = await reader.read()
    writer.close()
    return answer.decode()
