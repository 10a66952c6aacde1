"""Uploads: validated before a byte is read, then straight into the store. No path, no file name."""

import asyncio
import re
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.rate_limit import RateLimiter
from bot.service import ScoringService
from bot.validation import Kind, OfferedFile, Refusal, examine, examine_song, too_big
from bot.web.examples import EXAMPLES, FOLDER
from bot.web.locale import locale_of, refused
from bot.web.middleware import visitor_id
from bot.web.request_body import BodyCutOffError, BodyTooLongError, Pace, SlowBodyError, chunks
from bot.web.signed_tokens import TokenSigner
from immersivaudio.errors import NO_SPACE
from immersivaudio.queue import Source

SUFFIXES: Mapping[str, str] = {
    "video/mp4": ".mp4", "video/quicktime": ".mov", "video/webm": ".webm", "video/x-matroska": ".mkv",
    "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif",
    "image/avif": ".avif",
}  # fmt: skip
"""What a browser may show again, and the suffix that remembers it."""
_STATUS = {
    "refuse.too-big": 413, "refuse.too-long": 413, "refuse.not-media": 415, "refuse.not-song": 415,
    "web.full": 429, "web.slots": 429,
    "web.held": 429, "refuse.full": 503, "web.slow": 408,
}  # fmt: skip
PACE = Pace()
_SLOT_WAIT = 20.0
"""s that an upload waits, unread, for one of the same address to end."""
_DIGITS = re.compile(r"[0-9]{1,15}")
_FACTS = 6
"""In the token of an upload."""
_COPIES = 2
"""While an upload comes, it lies in a private folder; then it is copied into the store."""
SHOWN: Mapping[str, str] = {suffix: media_type for media_type, suffix in SUFFIXES.items()}


class UploadCaps(Protocol):
    """What of a frontend's settings bounds its uploads."""

    @property
    def upload_limit(self) -> int:
        """Bytes of one."""
        ...


class UploadSlots:
    """How many uploads come at once, in all and from one address."""

    def __init__(self, total: int, per_address: int) -> None:
        self._total = total
        self._per_address = per_address
        self._taken: Counter[str] = Counter()
        self._freed = asyncio.Condition()

    @asynccontextmanager
    async def one(self, address: str, patience: float = _SLOT_WAIT) -> AsyncIterator[bool]:
        """Hold a slot; yields False where none came free within `patience` s."""
        try:
            async with asyncio.timeout(patience), self._freed:
                await self._freed.wait_for(lambda: self._free(address))
                self._taken[address] += 1
        except TimeoutError:
            yield False
            return
        try:
            yield True
        finally:
            self._taken[address] -= 1
            if not self._taken[address]:
                del self._taken[address]
            async with self._freed:
                self._freed.notify_all()

    def _free(self, address: str) -> bool:
        return self._taken.total() < self._total and self._taken[address] < self._per_address


@dataclass(frozen=True, slots=True)
class Upload:
    """A clip that waits for its order."""

    id: str
    source: Source
    seconds: float = 0.0
    """How long it plays, as the browser says; 0: unknown. Believed for an estimate alone."""


@dataclass(slots=True)
class Coming:
    """Bytes that were announced and are on their way."""

    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Uploads:
    """Takes uploads, and reads the tokens that it gave for them."""

    service: ScoringService
    settings: UploadCaps
    signer: TokenSigner
    pace: RateLimiter
    """By address: a visitor is quickly another one, an address is not."""
    slots: UploadSlots
    coming: Coming = field(default_factory=Coming)

    async def take(self, request: Request) -> Response:
        """POST /clips?type=video/mp4&seconds=12, the clip as the body; with `ask=1` only the verdict."""
        user = visitor_id(self.signer, request.headers)
        answer = await self._taken(request, user) if user else Refusal("web.broken")
        return self.said(answer, request) if isinstance(answer, Refusal) else answer

    def said(self, refusal: Refusal, request: Request) -> Response:
        """A refusal in the visitor's language."""
        words = refused(refusal, locale_of(request))
        return JSONResponse({"refusal": words}, _STATUS.get(refusal.key, 403))

    async def room(self, size: int) -> bool:
        """Whether so many bytes more may come."""
        return await self.service.queue.store.has_room(_COPIES * (size + self.coming.bytes))

    async def _taken(self, request: Request, user: str) -> Response | Refusal:
        name = request.query_params.get("example", "")
        verdict = EXAMPLES[name][0] if name in EXAMPLES else self.verdict(request)
        if isinstance(verdict, Refusal):
            return verdict
        if "ask" in request.query_params:
            return JSONResponse({})
        address = str(request.scope["client_address"])
        kept = await self.receive(request, user, address, verdict, example=name)
        if isinstance(kept, Refusal):
            return kept
        return self.token(user, kept, number(request.query_params.get("seconds", "")) or 0.0)

    def token(self, user: str, kept: Upload, seconds: float) -> Response:
        """Answer with what the form sends in place of the clip."""
        source = kept.source
        facts = (user, source.ref, source.kind, str(source.bytes), kept.id, f"{seconds:.1f}")
        hours = self.service.queue.settings.artifact_hours
        return JSONResponse({"clip": self.signer.write("clip", *facts, hours=hours)})

    async def receive(
        self,
        request: Request,
        user: str,
        address: str,
        kind: Kind,
        *,
        media_type: str = "",
        example: str = "",
    ) -> Upload | Refusal:
        """Take the body of a request into the store, within every limit; `address` is whose slots it takes.

        `media_type` is what it is said to be, where the query does not say it.
        """
        seconds = self.pace.wait(address)
        if seconds:
            return Refusal("web.full", {"seconds": round(seconds) + 1})
        async with self.slots.one(address) as free:
            if not free:
                return Refusal("web.slots")
            return await self._counted(request, user, address, (kind, media_type), example)

    async def _counted(
        self, request: Request, user: str, address: str, kind: tuple[Kind, str], example: str
    ) -> Upload | Refusal:
        """Take the bytes once there is room for them; nothing stays where they do not come whole."""
        size = int(request.headers["content-length"])
        if example in EXAMPLES:
            size = (FOLDER / EXAMPLES[example][1]).stat().st_size
        if not size:
            return Refusal("refuse.not-media")
        queue = self.service.queue
        if not await self.room(size):
            return Refusal("refuse.full")
        outcome, upload = await queue.uploads.reserve(user, address, size)
        if outcome != "ok":
            return Refusal("refuse.full" if outcome == "full" else "web.held")
        kept: Source | Refusal = Refusal("web.broken")
        self.coming.bytes += size
        try:
            kept = await (self._example(example) if example in EXAMPLES else self._keep(request, *kind, size))
            if isinstance(kept, Source) and await queue.uploads.stored(upload, kept.ref):
                return Upload(upload, kept)
            return kept if isinstance(kept, Refusal) else Refusal("web.broken")
        finally:
            self.coming.bytes -= size
            if isinstance(kept, Refusal):
                await asyncio.shield(queue.uploads.drop(upload))

    async def _example(self, name: str) -> Source:
        kind, file = EXAMPLES[name]
        path = FOLDER / file
        ref = await self.service.queue.store.put(path, path.suffix)
        return Source(ref=ref, kind=kind, bytes=path.stat().st_size)

    async def find(self, token: str, user: str) -> Upload | None:
        """The clip behind a token that this visitor was given; None where it is no longer there."""
        facts = self.signer.read("clip", token)
        if facts is None or facts[0] != user or len(facts) != _FACTS:
            return None
        _, ref, kind, size, upload, seconds = facts
        queue = self.service.queue
        if not await queue.uploads.extend(upload) and not await queue.store.has(ref):
            return None
        source = Source.model_validate({"ref": ref, "kind": kind, "bytes": int(size)})
        return Upload(upload, source, float(seconds))

    def verdict(self, request: Request) -> Kind | Refusal:
        """What is offered, or why it is not taken, before a byte of it is read."""
        asked = request.query_params
        size = asked.get("size") if {"ask", "begin"} & asked.keys() else request.headers.get("content-length")
        offer = OfferedFile(
            media_type=asked.get("type", ""),
            name=asked.get("name", ""),
            size=whole_number(size or ""),
            duration=number(asked.get("seconds", "")),
        )
        limits = self.service.limits(self.settings.upload_limit, "remedy.trim")
        if "song" in asked:  # it is listened to, and never shown
            return examine_song(offer, limits) or "video"
        return examine(offer, limits)

    async def _keep(self, request: Request, kind: Kind, media_type: str, announced: int) -> Source | Refusal:
        limit = self.settings.upload_limit
        said = media_type or request.query_params.get("type", "")
        suffix = SUFFIXES.get(said.partition(";")[0], "")
        try:
            with tempfile.TemporaryDirectory(prefix="upload-") as folder:
                path = Path(folder) / "clip"
                size = 0
                with path.open("wb") as file:
                    async for chunk in chunks(request.receive, min(limit, announced), PACE):
                        size += len(chunk)
                        await asyncio.to_thread(file.write, chunk)
                if not size:
                    return Refusal("refuse.not-media")
                ref = await self.service.queue.store.put(path, suffix)
                return Source(ref=ref, kind=kind, bytes=size)
        except BodyCutOffError:
            return Refusal("web.broken")
        except SlowBodyError:
            return Refusal("web.slow")
        except BodyTooLongError:
            return too_big(announced, self.service.limits(limit, "remedy.trim"))
        except OSError as error:
            if error.errno not in NO_SPACE:
                raise
            return Refusal("refuse.full")


def whole_number(text: str) -> int | None:
    """A number of bytes that can be meant; None for anything else, such as one of thousands of digits."""
    return int(text) if _DIGITS.fullmatch(text) else None


def number(text: str) -> float | None:
    """A number of seconds that can be meant; None for anything else."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 < value < 1e6 else None
