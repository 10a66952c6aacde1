"""The routes of the API. FastAPI checks what comes by their types, and describes them as OpenAPI."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from pydantic import ValidationError
from starlette.responses import JSONResponse, Response, StreamingResponse

from bot import follow_ups
from bot.api.middleware import CLIENT, refused
from bot.api.models import (
    ApiRefusal,
    ClientView,
    CutsOrder,
    FollowUpOrder,
    JobList,
    JobView,
    RemixOrder,
    SheetOrder,
    Url,
)
from bot.api.submission import ApiOrders, Caller, update_of, view
from bot.follow_up_service import Make, making, remixed
from bot.validation import Refusal
from bot.web.downloads import NAMES, Downloads
from bot.web.locale import locale_of
from immersivaudio.i18n import say
from immersivaudio.options import ScoreOptions, everywhere, with_options
from immersivaudio.queue import Action, EditorCuts, JobRecord, State, SubmitResult

_STATUS = {
    "refuse.too-big": 413, "refuse.too-long": 413, "refuse.not-media": 415, "refuse.not-song": 415,
    "web.full": 429, "web.slots": 429,
    "web.held": 429, "refuse.full": 503, "web.slow": 408, "refuse.gone": 404, "refuse.blocked": 403,
    "refuse.in-works": 429, "refuse.often": 429, "unreachable": 503, "api.webhook": 422,
}  # fmt: skip
_BREATH = 10.0
"""s after which a stream says something even if nothing changed."""
_LISTED = 50
Key = Annotated[
    str, Header(alias="Idempotency-Key", max_length=64, description="sent twice, it is still one job")
]
_REFUSALS: dict[int | str, dict[str, Any]] = {
    code: {"model": ApiRefusal} for code in (401, 404, 408, 411, 413, 415, 422, 429, 503)
}


def _body(*kinds: str) -> dict[str, Any]:
    content = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}
    return {"requestBody": {"required": True, "content": content}}


_CLIP, _SONG = _body("video/*", "image/*"), _body("audio/*")


@with_options(*everywhere(), "length")
def _wished(wishes: ScoreOptions) -> ScoreOptions:
    """The query of a submission: FastAPI checks each option by its bounds."""
    return wishes


@dataclass(slots=True)
class ApiRoutes:
    """Of one process."""

    orders: ApiOrders
    files: Downloads
    streams: Counter[str] = field(default_factory=Counter)
    """Open ones, by client."""

    def router(self) -> APIRouter:
        """All of them, under /v1."""
        router = APIRouter(prefix="/v1", responses=_REFUSALS)
        add: Callable[..., None] = router.add_api_route
        made = {"status_code": 202, "response_model": JobView}
        add("/jobs", self.submit, methods=["POST"], openapi_extra=_CLIP, **made)
        add("/jobs", self.listed, methods=["GET"], response_model=JobList)
        add("/jobs/{job}", self.look, methods=["GET"], response_model=JobView)
        add("/jobs/{job}", self.discard, methods=["DELETE"], status_code=204)
        add("/jobs/{job}/events", self.events, methods=["GET"], response_class=StreamingResponse)
        add("/jobs/{job}/files/{what}", self.file, methods=["GET"], response_class=Response)
        add("/jobs/{job}/cancel", self.cancel, methods=["POST"], response_model=JobView)
        add("/jobs/{job}/remix", self.remix, methods=["POST"], **made)
        add("/jobs/{job}/takes", self.take, methods=["POST"], **made)
        add("/jobs/{job}/stems", self.stems, methods=["POST"], **made)
        add("/jobs/{job}/export", self.export, methods=["POST"], **made)
        add("/jobs/{job}/cuts", self.recut, methods=["POST"], **made)
        add("/jobs/{job}/like", self.like, methods=["POST"], openapi_extra=_SONG, **made)
        add("/jobs/{job}/render", self.render, methods=["POST"], **made)
        add("/me", self.me, methods=["GET"], response_model=ClientView)
        return router

    async def submit(
        self,
        request: Request,
        options: Annotated[ScoreOptions, Depends(_wished)],
        describe: Annotated[bool, Query(description="only say what is seen: no music is made")] = False,
        webhook: Annotated[Url, Query(description="called once the job is over")] = "",
        idempotency_key: Key = "",
    ) -> Response:
        """Score a clip, which is the body, its type in Content-Type."""
        caller = _caller(request, webhook, idempotency_key)
        action: Action = "describe" if describe else "score"
        return await self._told(caller, await self.orders.score(request, caller, options, action))

    async def listed(self, request: Request) -> Response:
        """Your jobs, newest first."""
        queue = self.orders.service.queue
        found = await queue.list_for_user(_caller(request).user, limit=_LISTED)
        views = [view(status, await self._action(status.job)) for status in found]
        return JSONResponse(JobList(jobs=views).model_dump())

    async def look(self, request: Request, job: str) -> Response:
        """Where a job stands, and its result once there is one."""
        caller = _caller(request)
        record = await self.orders.record(job, caller.client)
        status = await self.orders.service.queue.status(job) if record else None
        if record is None or status is None:
            return _no(caller, Refusal("refuse.gone"))
        return JSONResponse(view(status, record.request.action).model_dump())

    async def events(self, request: Request, job: str) -> Response:
        """Every change as a server-sent event, the present state first, until the job is over."""
        caller = _caller(request)
        record = await self.orders.record(job, caller.client)
        if record is None:
            return _no(caller, Refusal("refuse.gone"))
        allowed = self.orders.settings.clients[caller.client].streams
        if self.streams[caller.client] >= allowed:
            return refused(429, f"You watch {allowed} jobs at once already. Close one.", "streams")
        headers = {"X-Accel-Buffering": "no"}
        return StreamingResponse(
            self._changes(record, caller.client), media_type="text/event-stream", headers=headers
        )

    async def file(self, request: Request, job: str, what: str) -> Response:
        """A file of a result, or a range of it."""
        caller = _caller(request)
        record = await self.orders.record(job, caller.client)
        if record is None or what not in NAMES:
            return _no(caller, Refusal("refuse.gone"))
        return await self.files.answer(record, what, request)

    async def cancel(self, request: Request, job: str) -> Response:
        """Stop a job; one that is over stays as it is."""
        await self.orders.service.queue.cancel(job, _caller(request).user)
        return await self.look(request, job)

    async def discard(self, request: Request, job: str) -> Response:
        """Stop a job, and delete its files and all that is known of it."""
        caller = _caller(request)
        if await self.orders.record(job, caller.client) is None:
            return _no(caller, Refusal("refuse.gone"))
        await self.orders.service.queue.discard(job)
        return Response(status_code=204)

    async def remix(
        self, request: Request, job: str, order: RemixOrder, idempotency_key: Key = ""
    ) -> Response:
        """Other music over the same cuts."""
        mood = self.orders.service.mood(order.mood)
        return await self._follow(
            _caller(request, order.webhook, idempotency_key),
            job,
            remixed(mood),
        )

    async def take(
        self, request: Request, job: str, order: FollowUpOrder, idempotency_key: Key = ""
    ) -> Response:
        """Another piece in the same mood."""
        caller = _caller(request, order.webhook, idempotency_key)
        return await self._follow(caller, job, self.orders.service.follow_ups.take)

    async def stems(
        self, request: Request, job: str, order: FollowUpOrder, idempotency_key: Key = ""
    ) -> Response:
        """Its instrument groups, each as a file, in a zip."""
        caller = _caller(request, order.webhook, idempotency_key)
        return await self._follow(caller, job, making(follow_ups.stems))

    async def export(
        self, request: Request, job: str, order: FollowUpOrder, idempotency_key: Key = ""
    ) -> Response:
        """Everything an editor or a DAW needs, in a zip: film, WAV stems, MIDI, timelines and sessions."""
        caller = _caller(request, order.webhook, idempotency_key)
        return await self._follow(caller, job, making(follow_ups.export))

    async def recut(
        self, request: Request, job: str, order: CutsOrder, idempotency_key: Key = ""
    ) -> Response:
        """The same clip, scored by the cuts and markers of an editor."""
        caller = _caller(request, order.webhook, idempotency_key)
        cuts = EditorCuts(ending=order.ending, text=order.text)
        make = making(lambda earlier, who: follow_ups.recut(earlier, who, cuts))
        return await self._follow(caller, job, make)

    async def like(
        self,
        request: Request,
        job: str,
        webhook: Annotated[Url, Query(description="called once the job is over")] = "",
        idempotency_key: Key = "",
    ) -> Response:
        """The same clip with music like a song, which is the body: its tempo, key, colours and form."""
        caller = _caller(request, webhook, idempotency_key)
        return await self._told(caller, await self.orders.like(request, job, caller))

    async def render(
        self, request: Request, job: str, order: SheetOrder, idempotency_key: Key = ""
    ) -> Response:
        """A cue sheet that was edited, over the same clip."""
        return await self._follow(
            _caller(request, order.webhook, idempotency_key),
            job,
            making(lambda earlier, who: follow_ups.render(earlier, who, order.sheet)),
        )

    async def me(self, request: Request) -> ClientView:
        """Who you are here, and what webhooks are signed with."""
        settings, name = self.orders.settings, _caller(request).client
        client = settings.clients[name]
        return ClientView(
            client=name,
            calls_per_minute=client.per_minute,
            webhook_hosts=sorted(settings.webhook_hosts),
            webhook_secret=client.webhook_secret,
        )

    async def _follow(self, caller: Caller, job: str, make: Make) -> Response:
        try:
            return await self._told(caller, await self.orders.follow_up(job, caller, make))
        except ValidationError:  # a sheet with half a letter in it
            return refused(422, "The order cannot be written down. Send plain text.", "order")

    async def _told(self, caller: Caller, submitted: SubmitResult | Refusal) -> Response:
        if isinstance(submitted, Refusal):
            return _no(caller, submitted)
        status = await self.orders.service.queue.status(submitted.job)
        if status is None:
            return _no(caller, Refusal("refuse.gone"))
        told = view(status, await self._action(submitted.job))
        return JSONResponse(told.model_dump(), 202 if submitted.accepted else 200)

    async def _action(self, job: str) -> Action:
        record = await self.orders.service.queue.record(job)
        return record.request.action if record else "score"

    async def _changes(self, record: JobRecord, client: str) -> AsyncIterator[str]:
        changes = self.orders.service.queue.watch(record.job)
        coming = asyncio.ensure_future(anext(changes, None))
        self.streams[client] += 1
        try:
            while True:
                await asyncio.wait({coming}, timeout=_BREATH)
                if not coming.done():
                    yield ": still here\n\n"
                    continue
                if (status := coming.result()) is None:
                    return
                told = view(status, record.request.action)
                yield f"event: {told.phase}\ndata: {told.model_dump_json()}\n\n"
                if told.phase in {"done", "failed", "cancelled"} and status.state is not State.FAILED:
                    return
                coming = asyncio.ensure_future(anext(changes, None))
        finally:
            coming.cancel()
            self.streams[client] -= 1


async def away(request: Request, _error: Exception) -> Response:
    """The answer while the queue does not answer us."""
    return refused(503, say(locale_of(request), "unreachable"), "unreachable")


async def unfit(_request: Request, error: Exception) -> Response:
    """What of a call cannot be used, in words; nothing of it is repeated."""
    first = error.errors()[0]  # type: ignore[attr-defined] # of FastAPI's RequestValidationError
    where = ".".join(str(step) for step in first["loc"][1:]) or "the body"
    return refused(422, f"{where}: {first['msg']}. See /v1/openapi.json.", "unfit")


def _caller(request: Request, webhook: str = "", key: str = "") -> Caller:
    return Caller(str(request.scope[CLIENT]), locale_of(request), update_of(key), webhook)


def _no(caller: Caller, refusal: Refusal) -> Response:
    wait = float(str(refusal.fields.get("seconds", 0)))
    return refused(_STATUS.get(refusal.key, 422), refusal.say(caller.locale), refusal.key, wait)
