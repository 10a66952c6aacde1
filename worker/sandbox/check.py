"""`python -m worker sandbox`: start a render process as the worker would, and say what holds for it."""

import asyncio
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from immersivaudio.config import Settings
from worker.sandbox.environment import limits_of
from worker.sandbox.guarantees import Promise, kept
from worker.sandbox.scratch import private_scratch
from worker.sandbox.subprocess_pool import render_subprocess
from worker.settings import WorkerSettings


def check(work: WorkerSettings, *, plain: bool) -> int:
    """Print one line a promise, or a JSON list; returns 0 where all hold that `required` asks for."""
    promises = asyncio.run(_promises(work))
    if plain:
        for each in promises:
            sys.stdout.write(f"{'✓' if each.holds else '✗'} {each.name}: {each.words}\n")
    else:
        sys.stdout.write(json.dumps([asdict(each) for each in promises]) + "\n")
    return 1 if any(each.wanted and not each.holds for each in promises) else 0


async def _promises(work: WorkerSettings) -> tuple[Promise, ...]:
    library = Settings()
    with private_scratch(Path(work.scratch or tempfile.gettempdir())) as folder:
        process = render_subprocess(work.model_copy(update={"scratch": folder}), library)
        try:
            return kept(await process.start(), limits_of(work, library))
        finally:
            await process.kill()
