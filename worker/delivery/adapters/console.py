"""The delivery adapter for development: a line on standard output, and the clip in a folder."""

import os
import shutil
import sys
from pathlib import Path

from immersivaudio.errors import UserError
from immersivaudio.queue.job_request import Address, JobRequest, Source
from immersivaudio.queue.result import Failure, Result
from immersivaudio.queue.state import Status


class ConsoleAdapter:
    """Placeholders are lines; a delivered clip is `<folder>/<job>.<suffix>`, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def place(self, request: JobRequest, job: str) -> Address:
        self._say(job, "queued")
        return request.reply.changed(message=job)

    async def fetch(self, source: Source, path: Path, limit: int) -> None:
        raise UserError("the console has no files of its own", "put the clip into the store", stage="fetch")

    async def show(self, request: JobRequest, address: Address, status: Status) -> None:
        share = f" {status.stage} {status.done:.0%}" if status.stage else ""
        place = f", number {status.position}" if status.position else ""
        self._say(status.job, f"{status.state.lower()}{place}{share}")

    async def deliver(
        self, request: JobRequest, address: Address, result: Result, media: Path, job: str
    ) -> None:
        if request.reply.extra.get("discard"):  # a checkup: nobody wants the file
            return self._say(job, f"discarded {result.media.name}")
        self._folder.mkdir(parents=True, exist_ok=True)
        target = self._folder / f"{job}{Path(result.media.name).suffix}"
        hidden = target.with_name(f".{target.name}.part")
        shutil.copyfile(media, hidden)
        hidden.replace(target)
        return self._say(job, f"delivered {target.name}")

    async def refuse(self, request: JobRequest, address: Address, failure: Failure, job: str) -> None:
        self._say(job, str(failure))

    async def ping(self, request: JobRequest, address: Address) -> None:
        self._say(address.message, "ready")

    async def close(self) -> None:
        return

    def _say(self, job: str, words: str) -> None:
        sys.stdout.write(f"{job[:8]} {words}\n")
        sys.stdout.flush()


def build() -> ConsoleAdapter:
    """Clips land in IMMERSIVAUDIO_CONSOLE_FOLDER, or in out/ here."""
    return ConsoleAdapter(Path(os.environ.get("IMMERSIVAUDIO_CONSOLE_FOLDER", "out")))
