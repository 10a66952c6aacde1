"""Serve files to the browser: by a token that expires, under fixed names, in byte ranges."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from bot.web.signed_tokens import TokenSigner
from bot.web.uploads import SHOWN
from immersivaudio.queue import GoneError, JobRecord, Queue
from immersivaudio.queue.connection import AWAY

_CHUNK = 256 * 1024
_GUARD = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, max-age=3600"}
NAMES: Mapping[str, str] = {
    "film": "immersivaudio.mp4",
    "stems": "stems.zip",
    "export": "for-editor.zip",
    "description": "description.json",
    "audio": "music.flac",
    "midi": "music.mid",
    "plan": "cue-sheet.webp",
    "frames": "frames.webp",
    "sheet": "cue-sheet.json",
    "receipt": "receipt.json",
    "before": "before",
    "still": "still.jpg",
}
"""What a token opens -> what it is called when it is kept."""
_EXTRAS = {"still": "thumbnail"}
"""Of the names that differ from those of a result's extras."""
_TYPES = {
    ".mp4": "video/mp4", ".zip": "application/zip", ".flac": "audio/flac", ".mid": "audio/midi",
    ".webp": "image/webp", ".json": "application/json", ".jpg": "image/jpeg",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Downloads:
    """Writes links, and answers them. A link dies with its job, too: after "delete" it opens nothing."""

    queue: Queue
    signer: TokenSigner

    def link(self, job: str, what: str) -> str:
        """Where the browser finds a file of a job; `what` is one of `NAMES`."""
        return f"files/{self._seal(job, what)}/{NAMES[what]}"

    def studio(self, job: str) -> str:
        """Where the timeline and the mixer find what they draw."""
        return f"studio/{self._seal(job, 'studio')}"

    def stem(self, job: str, number: int) -> str:
        """Where one sound of an archive of stems is."""
        return f"stems/{self._seal(job, f'stem-{number}')}/{number}"

    def page(self, job: str) -> str:
        """Where anybody with the link sees the result."""
        return f"result/{self._seal(job, 'page')}"

    def opened(self, token: str, what: str) -> str | None:
        """The job behind a link's token."""
        facts = self.signer.read("file", token)
        return facts[0] if facts and facts[1] == what else None

    async def send(self, request: Request) -> Response:
        """GET /files/<token>/<name>, with `?keep` as a download."""
        name = str(request.path_params["name"])
        what = next((each for each, called in NAMES.items() if called == name), "")
        job = self.opened(str(request.path_params["token"]), what)
        try:
            record = await self.queue.record(job) if job else None
        except AWAY:
            return PlainTextResponse("Try again in a minute.\n", 503)
        return await self.answer(record, what, request) if record else gone()

    async def answer(self, record: JobRecord, what: str, request: Request) -> Response:
        """A file of a job, or the range of it that is asked for; `what` is one of `NAMES`."""
        if record.result is None:
            return gone()
        keep = (
            {"Content-Disposition": f'attachment; filename="{NAMES[what]}"'}
            if "keep" in request.query_params
            else {}
        )
        if what == "sheet":
            return Response(record.result.sheet, media_type=_TYPES[".json"], headers=_GUARD | keep)
        ref, kind = _place(record, what)
        if not ref:
            return gone()
        try:
            return await ranged(
                await self.queue.store.open(ref), kind, request.headers.get("range", ""), keep
            )
        except GoneError:
            return gone()

    def _seal(self, job: str, what: str) -> str:
        return self.signer.write("file", job, what, hours=self.queue.settings.artifact_hours)


def _place(record: JobRecord, what: str) -> tuple[str, str]:
    """Reference and media type of a file of a job."""
    if what == "before":
        return record.ref, SHOWN.get(PurePosixPath(record.ref).suffix, "application/octet-stream")
    assert record.result is not None  # noqa: S101 - asked by the caller
    extra = _EXTRAS.get(what, what)
    artifact = (
        record.result.media
        if what in {"film", "stems", "export", "description"}
        else record.result.extras.get(extra)
    )
    return (artifact.ref if artifact else ""), _TYPES[PurePosixPath(NAMES[what]).suffix]


def gone() -> Response:
    """Say that a file is not there."""
    return PlainTextResponse("This file is no longer kept.\n", 404)


async def ranged(
    file: BinaryIO,
    kind: str,
    wanted: str,
    headers: Mapping[str, str],
    *,
    first: int = 0,
    size: int | None = None,
) -> Response:
    """Send what a Range header wants of a file, or of the `size` bytes in it from `first` on; closes it."""
    begin, size = first, await asyncio.to_thread(file.seek, 0, 2) if size is None else size
    first, last = _range(wanted, size)
    if first > last:
        await asyncio.to_thread(file.close)
        return Response(status_code=416, headers={"Content-Range": f"bytes */{size}"})
    told = {"Accept-Ranges": "bytes", "Content-Length": str(last - first + 1), **_GUARD, **headers}
    if wanted:
        told["Content-Range"] = f"bytes {first}-{last}/{size}"
    body = _read(file, begin + first, last - first + 1)
    return StreamingResponse(body, 206 if wanted else 200, headers=told, media_type=kind)


def _range(wanted: str, size: int) -> tuple[int, int]:
    """First and last byte; the first range counts, and what cannot be read means all of it."""
    found = re.match(r"bytes=(\d{0,18})-(\d{0,18})(?:,|$)", wanted)
    if not found or not (found[1] or found[2]):
        return 0, size - 1
    if not found[1]:
        return max(0, size - int(found[2])), size - 1
    return int(found[1]), min(int(found[2]) if found[2] else size - 1, size - 1)


async def _read(file: BinaryIO, first: int, length: int) -> AsyncIterator[bytes]:
    try:
        await asyncio.to_thread(file.seek, first)
        while length > 0 and (chunk := await asyncio.to_thread(file.read, min(_CHUNK, length))):
            length -= len(chunk)
            yield chunk
    finally:
        file.close()
