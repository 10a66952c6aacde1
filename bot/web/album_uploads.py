"""Several uploads become one album: a film is made of it, as of one that was sent to a chat."""

import asyncio
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from bot.validation import Refusal, too_big
from bot.web.middleware import visitor_id
from bot.web.request_body import BodyCutOffError, BodyTooLongError, SlowBodyError, whole
from bot.web.uploads import PACE, Upload, Uploads
from immersivaudio.errors import NO_SPACE
from immersivaudio.queue import GoneError, Source, albums
from immersivaudio.queue.job_request import MediumKind

_MOST = 24
"""Clips and photos of one film."""
_TOKENS = 32 * 1024
"""Bytes of a list of tokens."""
_PHOTO = 4.0
"""s that a photo of an album is shown, about."""


@dataclass(frozen=True, slots=True)
class AlbumUploads:
    """POST /clips?album=1, the tokens of the parts as a JSON list; answers with the token of the album."""

    uploads: Uploads

    async def take(self, request: Request) -> Response:
        """Join the parts; they stay theirs alone where they cannot be."""
        user = visitor_id(self.uploads.signer, request.headers)
        answer = await self._joined(request, user) if user else Refusal("web.broken")
        return self.uploads.said(answer, request) if isinstance(answer, Refusal) else answer

    async def _joined(self, request: Request, user: str) -> Response | Refusal:
        address = str(request.scope["client_address"])
        wait = self.uploads.pace.wait(address)
        if wait:
            return Refusal("web.full", {"seconds": round(wait) + 1})
        parts = await self._parts(request, user)
        if isinstance(parts, Refusal):
            return parts
        size = sum(each.source.bytes or 0 for each in parts)
        limit = self.uploads.settings.upload_limit
        if size > limit:
            return too_big(size, self.uploads.service.limits(limit, "remedy.trim"))
        async with self.uploads.slots.one(address) as free:
            kept = await self._stored(user, address, parts, size) if free else Refusal("web.slots")
        if isinstance(kept, Refusal):
            return kept
        return self.uploads.token(user, kept, sum(each.seconds or _PHOTO for each in parts))

    async def _parts(self, request: Request, user: str) -> list[Upload] | Refusal:
        """What the tokens in the body stand for, all of it this visitor's."""
        try:
            tokens = json.loads(await whole(request.receive, _TOKENS, PACE))
        except (ValueError, RecursionError, BodyCutOffError, BodyTooLongError, SlowBodyError):
            return Refusal("web.broken")
        if not isinstance(tokens, list) or not 1 < len(tokens) <= _MOST:
            return Refusal("web.broken")
        found = [await self.uploads.find(str(token), user) for token in tokens]
        parts = [each for each in found if each is not None and each.source.kind != "album"]
        return parts if len(parts) == len(tokens) else Refusal("refuse.gone")

    async def _stored(self, user: str, address: str, parts: list[Upload], size: int) -> Upload | Refusal:
        """Keep the parts as one file, and no longer each on its own."""
        queue = self.uploads.service.queue
        if not await self.uploads.room(size):
            return Refusal("refuse.full")
        outcome, upload = await queue.uploads.reserve(user, address, size)
        if outcome != "ok":
            return Refusal("refuse.full" if outcome == "full" else "web.held")
        kept: Upload | Refusal = Refusal("web.broken")
        self.uploads.coming.bytes += size
        try:
            ref = await self._packed(parts)
            if await queue.uploads.stored(upload, ref):
                kept = Upload(upload, Source(ref=ref, kind="album", bytes=size))
        except GoneError:
            kept = Refusal("refuse.gone")
        except OSError as error:
            if error.errno not in NO_SPACE:
                raise
            kept = Refusal("refuse.full")
        finally:
            self.uploads.coming.bytes -= size
            gone = [upload] if isinstance(kept, Refusal) else [each.id for each in parts]
            await asyncio.shield(asyncio.gather(*map(queue.uploads.drop, gone)))
        return kept

    async def _packed(self, parts: list[Upload]) -> str:
        """Write the parts into the store as one file; returns its reference. Raises `GoneError`."""
        store = self.uploads.service.queue.store
        with tempfile.TemporaryDirectory(prefix="album-") as name:
            folder = Path(name)
            files: list[tuple[Path, MediumKind]] = []
            for number, each in enumerate(parts):
                path = folder / f"part-{number}"
                await store.get(each.source.ref, path)
                files.append((path, "photo" if each.source.kind == "photo" else "video"))
            await asyncio.to_thread(albums.pack, files, folder / "album")
            return await store.put(folder / "album")
