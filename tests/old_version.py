"""The code of an earlier commit, taken out of the history beside ours.

`python -m tests.old_version` has it write the rows that the tests of a checkout without that history read.
"""

import asyncio
import base64
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from immersivaudio.queue import Queue
from tests.integration.worker.service import Service

ROOT = Path(__file__).parents[1]
VERSION_1 = "dad1018"
"""The last commit whose programs knew requests of version 1 alone."""


def tree(commit: str, folder: Path) -> Path | None:
    """Unpack the packages and tests of `commit` into `folder`; None where the history does not hold it."""
    parts = ("immersivaudio", "worker", "bot", "tests/chaos", "tests/__init__.py", "tests/patience.py")
    command = ["git", "-C", str(ROOT), "archive", commit, *parts]
    taken = subprocess.run(command, capture_output=True, check=False)
    if taken.returncode:
        return None
    with tarfile.open(fileobj=io.BytesIO(taken.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


_ASK = """
import asyncio, sys
from immersivaudio.queue import *

async def ask():
    async with Queue.connect(QueueSettings()) as queue:
        for mood in sys.argv[1:]:
            ref = await queue.store.put_bytes(b"clip")
            here = Address(platform="console", chat="1", message=mood or "-")
            print((await queue.submit(JobRequest(platform="console", update=mood, user="console:1",
                source=Source(ref=ref), reply=here, options=ScoreOptions(mood=mood)))).job)

asyncio.run(ask())
"""
"""What an old frontend does."""


def ask(service: Service, code: Path, *moods: str) -> list[str]:
    """Submit a clip a mood as the code in the tree `code` does; returns the jobs."""
    argv = [sys.executable, "-c", _ASK, *moods]
    kept: dict[str, Any] = {"env": service.environment | {"PYTHONPATH": str(code)}, "cwd": service.folder}
    said = subprocess.run(argv, **kept, capture_output=True, text=True, check=True)
    return said.stdout.split()


def main() -> None:
    """Write one row of version 1 a state: waiting, rendered, and failed."""
    with tempfile.TemporaryDirectory(prefix="old-") as name:
        code = tree(VERSION_1, Path(name) / "code")
        assert code, "this history does not hold it"
        with Service(Path(name) / "service") as service:
            jobs = ask(service, code, "sleep 0", "refuse")
            worker = service.start("run", tree=code)
            rows: dict[str, dict[str, str]] = {}

            async def story(queue: Queue) -> None:
                for job in jobs:
                    while (row := await queue.job_store.row(job))["state"] not in {b"RENDERED", b"FAILED"}:
                        await asyncio.sleep(0.05)
                    rows[job] = _sealed(row)
                worker.kill()
                worker.wait()
                (waits,) = ask(service, code, "sleep 0.01")
                rows[waits] = _sealed(await queue.job_store.row(waits))

            service.run(story)
    sys.stdout.write(json.dumps(rows, indent=1) + "\n")


def _sealed(row: dict[str, Any]) -> dict[str, str]:
    return {name: base64.b64encode(value).decode() for name, value in row.items()}


if __name__ == "__main__":
    main()
