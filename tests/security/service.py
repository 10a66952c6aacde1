"""A parent with secrets that starts the probe, as a worker starts its render process.

    python -m tests.security.service <aims as JSON> [--no-namespaces]

Prints what the probe told, as JSON. With --no-namespaces, the kernel refuses `unshare` beforehand, as it does
in a strict container or on a desktop that forbids them to ordinary users.
"""

import asyncio
import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

from immersivaudio import memory
from immersivaudio.config import Settings
from worker.sandbox import privileges, seccomp, syscalls
from worker.sandbox.subprocess_pool import RenderSubprocess, RenderTaskError, render_subprocess
from worker.sandbox.tasks import RenderAnswer, RenderTask
from worker.settings import WorkerSettings


async def _untold(_stage: str, _done: float) -> None:
    """Tell nobody."""


async def probe(child: RenderSubprocess, aims: dict[str, Any], scratch: Path) -> dict[str, Any]:
    """Run the probe once; returns what it told, and what held."""
    confined = await child.start()
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        aims = aims | {"parents": [os.getpid(), os.getppid()]}
        (Path(folder) / "input").write_text(json.dumps(aims))
        task = RenderTask(folder=folder)
        done = await child.run(task, RenderAnswer, _untold, 120.0)
        assert (Path(folder) / done.media).read_bytes() == b"probed"
    return json.loads(done.summary.prompt) | {"confined": confined.plain()}


async def _main() -> None:
    memory.hide()
    if "--no-namespaces" in sys.argv:
        privileges.gain_nothing()
        assert seccomp.apply(seccomp.denying(syscalls.REFUSED["unshare"], platform.machine()))
    aims = json.loads(sys.argv[1])
    scratch = Path(aims["scratch"])
    work = WorkerSettings(_env_file=None, renderer="tests.security.probe:build", scratch=scratch)
    child = render_subprocess(work, Settings(_env_file=None))
    try:
        told = await probe(child, aims, scratch)
    except RenderTaskError as error:
        sys.exit(str(error.failure))
    finally:
        await child.kill()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    asyncio.run(_main())
