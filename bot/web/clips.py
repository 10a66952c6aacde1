"""Uploads: the intake's rules before a byte is read, then straight into the store. No path, no file name."""

import asyncio
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.intake import Kind, Offer, Refusal, examine, too_big
from bot.limits import Throttle
from bot.reception import Reception
from bot.web import speech
from bot.web.examples import EXAMPLES, FOLDER
from bot.web.gate import visitor
from bot.web.seals import Seals
from bot.web.settings import WebSettings
from immersivaudio.queue import Source

_TYPES: Mapping[str, str] = {
    "video/mp4": ".mp4", "video/quicktime": ".mov", "video/webm": ".webm", "video/x-matroska": ".mkv",
    "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif",
    "image/avif": ".avif",
}  # fmt: skip
"""What a browser may show again, and the suffix that remembers it."""
_STATUS = {"refuse.too-big": 413, "refuse.too-long": 413, "refuse.not-media": 415, "web.full": 429}
SHOWN: Mapping[str, str] = {suffix: media_type for media_type, suffix in _TYPES.items()}


@dataclass(frozen=True, slots=True)
class Clips:
    """Takes uploads, and reads the tokens that it gave for them."""

    reception: Reception
    settings: WebSettings
    seals: Seals
    pace: Throttle
    """By address: a visitor is quickly another one, an address is not."""
    busy: asyncio.Semaphore

    async def take(self, request: Request) -> Response:
        """POST /clips?type=video/mp4&seconds=12, the clip as the body; with `ask=1` only the verdict."""
        user = visitor(self.seals, request.headers)
        answer = await self._taken(request, user) if user else Refusal("web.broken")
        if isinstance(answer, Refusal):
            words = answer.say(speech.locale(request))
            return JSONResponse({"refusal": words}, _STATUS.get(answer.key, 403))
        return answer

    async def _taken(self, request: Request, user: str) -> Response | Refusal:
        name = request.query_params.get("example", "")
        verdict = EXAMPLES[name][0] if name in EXAMPLES else self._verdict(request)
        if isinstance(verdict, Refusal):
            return verdict
        if "options" in request.query_params:
            return JSONResponse({})
        seconds = self.pace.wait(request.client.host if request.client else "")
        if seconds:
            return Refusal("web.full", {"seconds": round(seconds) + 1})
        async with self.busy:
            kept = await (self._example(name) if name in EXAMPLES else self._keep(request, verdict))
        if isinstance(kept, Refusal):
            return kept
        facts = (user, kept.ref, kept.kind, str(kept.bytes))
        hours = self.reception.queue.settings.artifact_hours
        return JSONResponse({"clip": self.seals.write("clip", *facts, hours=hours)})

    async def _example(self, name: str) -> Source:
        kind, file = EXAMPLES[name]
        path = FOLDER / file
        ref = await self.reception.queue.store.put(path, path.suffix)
        return Source(ref=ref, kind=kind, bytes=path.stat().st_size)

    def source(self, token: str, user: str) -> Source | None:
        """The clip behind a token that this visitor was given."""
        facts = self.seals.read("clip", token)
        if facts is None or facts[0] != user:
            return None
        _, ref, kind, size = facts
        return Source.model_validate({"ref": ref, "kind": kind, "bytes": int(size)})

    def _verdict(self, request: Request) -> Kind | Refusal:
        asked = request.query_params
        size = asked.get("size") if "options" in asked else request.headers.get("content-length")
        offer = Offer(
            media_type=asked.get("type", ""),
            name=asked.get("name", ""),
            size=int(size) if size and size.isdecimal() else None,
            duration=_number(asked.get("seconds", "")),
        )
        return examine(offer, self.reception.limits(self.settings.upload_limit, "remedy.trim"))

    async def _keep(self, request: Request, kind: Kind) -> Source | Refusal:
        size, limit = 0, self.settings.upload_limit
        suffix = _TYPES.get(request.query_params.get("type", "").partition(";")[0], "")
        with tempfile.TemporaryDirectory(prefix="upload-") as folder:
            path = Path(folder) / "clip"
            try:
                with path.open("wb") as file:
                    async for chunk in request.stream():
                        size += len(chunk)
                        if size > limit:
                            return too_big(size, self.reception.limits(limit, "remedy.trim"))
                        await asyncio.to_thread(file.write, chunk)
            except ClientDisconnect:
                return Refusal("web.broken")
            if not size:
                return Refusal("refuse.not-media")
            return Source(ref=await self.reception.queue.store.put(path, suffix), kind=kind, bytes=size)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 < value < 1e6 else None
