"""Large clips in pieces: who is cut off goes on where they were, and holds no slot while nothing comes."""

import asyncio
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.validation import Kind, Refusal
from bot.web.album_uploads import AlbumUploads
from bot.web.middleware import visitor_id
from bot.web.request_body import BodyCutOffError, BodyTooLongError, SlowBodyError, chunks
from bot.web.uploads import PACE, SUFFIXES, Upload, Uploads, number, whole_number
from immersivaudio.errors import NO_SPACE
from immersivaudio.queue import Source

_PIECE = 8 * 2**20
"""Bytes of one piece at most."""
_IDLE = 900.0
"""s after which a clip of which no piece came is thrown away."""


@dataclass(slots=True)
class PartialClip:
    """A clip of which some pieces have come."""

    user: str
    kind: Kind
    suffix: str
    total: int
    """Bytes it was said to have."""
    seconds: float
    """How long it was said to play."""
    path: Path
    touched: float
    size: int = 0
    """Bytes that came."""
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)


class PieceUploads:
    """POST /clips, before `Uploads.take`: `begin=1` names an upload, `piece=<it>&offset=<bytes>` goes on.

    Of one process: a restart forgets what was not whole, says 410, and the browser begins anew.
    """

    def __init__(self, uploads: Uploads, clock: Callable[[], float] = time.monotonic) -> None:
        self._uploads = uploads
        self._albums = AlbumUploads(uploads)
        self._clock = clock
        self._folder = tempfile.TemporaryDirectory(prefix="pieces-")
        self._clips: dict[str, PartialClip] = {}

    async def take(self, request: Request) -> Response:
        """A piece, the beginning of pieces, a whole clip, or an album of some."""
        asked = request.query_params
        if "album" in asked:
            return await self._albums.take(request)
        if not {"begin", "piece"} & asked.keys():
            return await self._uploads.take(request)
        user = visitor_id(self._uploads.signer, request.headers)
        act = self._piece if "piece" in asked else self._begin
        answer = await act(request, user) if user else Refusal("web.broken")
        return self._uploads.said(answer, request) if isinstance(answer, Refusal) else answer

    async def _begin(self, request: Request, user: str) -> Response | Refusal:
        """Reserve room for a clip."""
        await self._sweep()
        kind = self._uploads.verdict(request)
        if isinstance(kind, Refusal):
            return kind
        address, asked = str(request.scope["client_address"]), request.query_params
        wait = self._uploads.pace.wait(address)
        if wait:
            return Refusal("web.full", {"seconds": round(wait) + 1})
        size = whole_number(asked.get("size", "")) or 0
        if not size:
            return Refusal("refuse.not-media")
        if not await self._uploads.room(size):
            return Refusal("refuse.full")
        outcome, upload = await self._uploads.service.queue.uploads.reserve(user, address, size)
        if outcome != "ok":
            return Refusal("refuse.full" if outcome == "full" else "web.held")
        suffix = SUFFIXES.get(asked.get("type", "").partition(";")[0], "")
        length = number(asked.get("seconds", "")) or 0.0
        path = Path(self._folder.name) / upload
        self._clips[upload] = PartialClip(user, kind, suffix, size, length, path, self._clock())
        return JSONResponse({"upload": upload, "offset": 0})

    async def _piece(self, request: Request, user: str) -> Response | Refusal:
        """Append a piece, and say where the next one begins; once all came, the token of the clip.

        One that does not begin where the last one ended changes nothing.
        """
        upload, offset = request.query_params["piece"], whole_number(request.query_params.get("offset", ""))
        clip = self._clips.get(upload)
        if clip is None or clip.user != user or offset is None:
            return JSONResponse({"lost": True}, 410)
        async with clip.busy:
            refusal = await self._add(clip, request) if offset == clip.size < clip.total else None
            if refusal or clip.size < clip.total:
                return refusal or JSONResponse({"offset": clip.size})
            kept = await self._stored(upload, clip)
        await self._drop(upload)
        if isinstance(kept, Refusal):
            await self._uploads.service.queue.uploads.drop(upload)
            return kept
        return self._uploads.token(user, kept, clip.seconds)

    async def _add(self, clip: PartialClip, request: Request) -> Refusal | None:
        """Keep what comes, also of a piece that is cut off."""
        async with self._uploads.slots.one(str(request.scope["client_address"])) as free:
            if not free:
                return Refusal("web.slots")
            room = min(_PIECE, clip.total - clip.size)
            try:
                with clip.path.open("ab") as file:
                    async for chunk in chunks(request.receive, room, PACE):
                        await asyncio.to_thread(file.write, chunk)
                        clip.size += len(chunk)
                        clip.touched = self._clock()
            except SlowBodyError:
                return Refusal("web.slow")
            except (BodyCutOffError, BodyTooLongError):
                return Refusal("web.broken")
            except OSError as error:
                if error.errno not in NO_SPACE:
                    raise
                return Refusal("refuse.full")
        return None

    async def _stored(self, upload: str, clip: PartialClip) -> Upload | Refusal:
        queue = self._uploads.service.queue
        try:
            ref = await queue.store.put(clip.path, clip.suffix)
        except OSError as error:
            if error.errno not in NO_SPACE:
                raise
            return Refusal("refuse.full")
        if not await queue.uploads.stored(upload, ref):
            return Refusal("web.broken")
        return Upload(upload, Source(ref=ref, kind=clip.kind, bytes=clip.total))

    async def _sweep(self) -> None:
        """Throw away what nobody goes on with."""
        late = self._clock() - _IDLE
        for name in [name for name, clip in self._clips.items() if clip.touched < late]:
            await self._drop(name)
            await self._uploads.service.queue.uploads.drop(name)

    async def _drop(self, upload: str) -> None:
        clip = self._clips.pop(upload, None)
        if clip is not None:
            await asyncio.to_thread(clip.path.unlink, missing_ok=True)
