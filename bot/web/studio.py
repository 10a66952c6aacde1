"""What the timeline and the mixer draw from: one answer in JSON, and each stem as a file of its own."""

import asyncio
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.web.downloads import Downloads, gone, ranged
from immersivaudio.queue import GoneError, JobRecord, Queue, State
from immersivaudio.queue.connection import AWAY

_SOUNDS = {".flac": "audio/flac", ".opus": "audio/ogg"}
_SCENE = "sounds_"
"""How the names of stems that are sounds of the scene begin."""
_RECENT = 40
"""Jobs of a visitor among which the stems of a result are looked for."""
_LOCAL_HEADER = 30
"""Bytes of a zip entry's own header before its name."""


@dataclass(frozen=True, slots=True)
class Studio:
    """GET /studio/<token> and GET /stems/<token>/<number>."""

    queue: Queue
    files: Downloads

    async def facts(self, request: Request) -> Response:
        """The film, its shots, its sheet; and the stems, once they were made."""
        job = self.files.opened(str(request.path_params["token"]), "studio")
        try:
            record = await self.queue.record(job) if job else None
            if record is None or record.result is None:
                return gone()
            return JSONResponse(self._told(record) | {"stems": await self._stems(record)})
        except AWAY:
            return _later()

    async def stem(self, request: Request) -> Response:
        """One file out of an archive of stems, in ranges."""
        number = str(request.path_params["number"])
        job = self.files.opened(str(request.path_params["token"]), f"stem-{number}")
        try:
            record = await self.queue.record(job) if job else None
            if record is None or record.result is None:
                return gone()
            archive = await self.queue.store.open(record.result.media.ref)
            entry = (await asyncio.to_thread(entries, archive))[int(number)]
            first = await asyncio.to_thread(_begin, archive, entry)
            kind = _SOUNDS[PurePosixPath(entry.filename).suffix]
            wanted = request.headers.get("range", "")
            return await ranged(archive, kind, wanted, {}, first=first, size=entry.file_size)
        except (GoneError, IndexError, ValueError, zipfile.BadZipFile):
            return gone()
        except AWAY:
            return _later()

    def _told(self, record: JobRecord) -> dict[str, Any]:
        result = record.result
        assert result is not None  # noqa: S101 - asked by the caller
        summary, job = result.summary, record.job
        shots = [{"start": each.start, "end": each.end, "text": each.text} for each in summary.shots]
        has = {
            name: self.files.link(job, name) if name in result.extras else "" for name in ("frames", "audio")
        }
        video = record.request.source.kind == "video" and bool(record.ref)
        return {
            "duration": summary.duration,
            "motion": summary.motion,
            "loudness": summary.loudness,
            "shots": shots,
            "sheet": self.files.link(job, "sheet"),
            "before": self.files.link(job, "before") if video else "",
            "own": summary.original in {"keep", "mix"},
            **has,
        }

    async def _stems(self, record: JobRecord) -> list[dict[str, Any]]:
        """Of the newest archive that was made of this result and is still kept."""
        user = record.request.user
        for status in await self.queue.list_for_user(user, limit=_RECENT):
            if status.state is not State.DELIVERED:
                continue
            made = await self.queue.record(status.job)
            if made is None or made.request.action != "stems" or made.request.parent != record.job:
                continue
            if made.result is None:
                continue
            try:
                archive = await self.queue.store.open(made.result.media.ref)
            except GoneError:
                continue
            found = await asyncio.to_thread(entries, archive)
            await asyncio.to_thread(archive.close)
            return [
                _named(PurePosixPath(entry.filename).stem, self.files.stem(made.job, number))
                for number, entry in enumerate(found)
            ]
        return []


def _named(name: str, url: str) -> dict[str, Any]:
    """A stem as the mixer takes it; those of sounds of the scene say so."""
    scene = name.startswith(_SCENE)
    return {"name": name.removeprefix(_SCENE).replace("_", " "), "url": url, "scene": scene}


def entries(archive: BinaryIO) -> list[zipfile.ZipInfo]:
    """Return the sounds in an archive, by name. Raises `BadZipFile`."""
    found = zipfile.ZipFile(archive).infolist()
    sounds = [each for each in found if PurePosixPath(each.filename).suffix in _SOUNDS]
    return sorted(
        (each for each in sounds if each.compress_type == zipfile.ZIP_STORED), key=lambda each: each.filename
    )


def _begin(archive: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """Where the bytes of an entry that is stored as it is begin."""
    archive.seek(entry.header_offset)
    header = archive.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    name, extra = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
    return entry.header_offset + _LOCAL_HEADER + name + extra


def _later() -> Response:
    return JSONResponse({"refusal": "Try again in a minute."}, 503)
