"""The examples that ship, with music: rendered on demand through the same queue, once for everybody."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.web.downloads import Downloads
from bot.web.examples import EXAMPLES, FOLDER
from bot.web.locale import locale_of
from bot.web.submission import PLATFORM
from bot.web.time_left import Countdown, StagePace
from immersivaudio.i18n import language, musical, say
from immersivaudio.queue import Address, JobRequest, Queue, ScoreOptions, Source, State, Status
from immersivaudio.queue.connection import AWAY

log = structlog.get_logger("bot.web")

_USER = "web:showcase"
_HELD = 10.0
"""s that a picture is held."""
_FRESH = 0.5
"""Share of an artifact's life after which it is rendered anew."""
_AGAIN = 120.0
"""s until one that failed is tried again."""


@dataclass(slots=True)
class Showcase:
    """GET /showcase/<name>."""

    queue: Queue
    files: Downloads
    pace: StagePace

    async def state(self, request: Request) -> Response:
        """{"film", "music"} once it can be played, {"share"} while it is made, else {"failed": true}."""
        name = str(request.path_params["name"])
        if name not in EXAMPLES:
            return JSONResponse({"failed": True}, 404)
        try:
            status = await self.wanted(name)
        except AWAY as error:
            log.warning("showcase is closed", cause=type(error).__name__)
            return JSONResponse({"failed": True}, 503)
        return JSONResponse(self._told(status, locale_of(request)))

    async def prepare(self) -> None:
        """Have the films ready before anybody asks; what fails now is asked for again on demand."""
        for name, (kind, _) in EXAMPLES.items():
            if kind == "video":
                try:
                    await self.wanted(name)
                except AWAY as error:
                    log.warning("showcase is closed", cause=type(error).__name__)

    async def wanted(self, name: str) -> Status | None:
        """Where the job of an example stands; all processes name it alike, so that there is one."""
        kind, file = EXAMPLES[name]
        life = self.queue.settings.artifact_hours * 3600 * _FRESH
        update = f"{_USER}:{name}:{int(time.time() / life)}"
        known = await self.queue.redis.get(self.queue.job_store.key("showcase", update))
        status = await self.queue.status(known.decode()) if known else None
        if status is not None and status.state not in {State.DEAD, State.CANCELLED}:
            return status
        if status is not None:
            update += f":{int(time.time() / _AGAIN)}"
        path = FOLDER / file
        ref = await self.queue.store.put(path, path.suffix)
        source = Source(ref=ref, kind=kind, bytes=(await asyncio.to_thread(path.stat)).st_size)
        request = JobRequest(
            platform=PLATFORM,
            update=update,
            user=f"{_USER}-{name}",
            reply=Address(platform=PLATFORM, message="page"),
            source=source,
            options=ScoreOptions(explain=True, length=_HELD if kind == "photo" else None),
        )
        submitted = await self.queue.submit(request)
        if not submitted.job:
            return None
        key = self.queue.job_store.key("showcase", f"{_USER}:{name}:{int(time.time() / life)}")
        await self.queue.redis.set(key, submitted.job, ex=int(life) + 1)
        return await self.queue.status(submitted.job)

    def _told(self, status: Status | None, locale: str) -> dict[str, Any]:
        if status is None or status.state in {State.DEAD, State.CANCELLED, State.FAILED}:
            return {"failed": True}
        if status.state is not State.DELIVERED or status.result is None:
            share, _ = Countdown(self.pace).look(status)
            return {"share": share or status.done}
        summary, code = status.result.summary, language(locale)
        music = say(
            locale,
            "result.music",
            mood=musical.mood(code, summary.mood),
            tempo=round(summary.tempo),
            key=musical.key(code, summary.key),
            instruments=", ".join(musical.player(code, each) for each in summary.instruments),
        )
        return {"film": self.files.link(status.job, "film"), "music": music}
