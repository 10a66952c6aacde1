"""From calls of the API to requests in the job store, and back to what is said of them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from bot import follow_ups, songs
from bot.api.models import FinishedWork, JobView, ResultFile, WorkFailure, phase_of
from bot.follow_up_service import ClipReference, Make
from bot.follow_ups import EarlierClip, Requester
from bot.service import ScoringService
from bot.validation import OfferedFile, Refusal, examine, examine_song
from bot.web.downloads import NAMES
from bot.web.uploads import Uploads
from immersivaudio.chat.api import PLATFORM, ApiSettings
from immersivaudio.queue import Action, Address, JobRecord, JobRequest, ScoreOptions, Status, SubmitResult
from immersivaudio.queue.connection import AWAY

_MADE: Mapping[Action, str] = {"stems": "stems", "export": "export", "describe": "description"}
"""What a job's own file is called, where it is no film."""


@dataclass(frozen=True, slots=True)
class Caller:
    """One call of a client."""

    client: str
    locale: str
    update: str
    """Its idempotency key, or a random one."""
    webhook: str = ""

    @property
    def user(self) -> str:
        """As requests name it."""
        return f"{PLATFORM}:{self.client}"

    @property
    def who(self) -> Requester:
        """As follow-ups name it; what it says is fetched, so that no message is waited for."""
        extra = {"webhook": self.webhook} if self.webhook else {}
        here = Address(platform=PLATFORM, chat=self.client, message="-", extra=extra)
        return Requester(self.user, f"{self.client}:{self.update}", here, self.locale)


@dataclass(frozen=True, slots=True)
class ApiOrders:
    """Every verb ends in a submit result, or in a refusal."""

    service: ScoringService
    clips: Uploads
    settings: ApiSettings

    async def score(
        self, request: Request, caller: Caller, options: ScoreOptions, action: Action = "score"
    ) -> SubmitResult | Refusal:
        """A clip as the body of a call."""
        if refusal := await self._unwelcome(caller):
            return refusal
        media_type = request.headers.get("content-type", "")
        offer = OfferedFile(media_type=media_type, size=int(request.headers["content-length"]))
        kind = examine(offer, self.service.limits(self.settings.upload_limit, "remedy.trim"))
        if isinstance(kind, Refusal):
            return kind
        mood = self.service.mood(options.mood)
        kept = await self.clips.receive(request, caller.user, caller.user, kind, media_type=media_type)
        if isinstance(kept, Refusal):
            return kept
        who = caller.who
        order = JobRequest(
            platform=PLATFORM,
            update=who.update,
            user=who.user,
            action=action,
            reply=who.reply,
            locale=who.locale,
            source=kept.source,
            options=options.changed(mood=mood),
        )
        submitted = await self.service.hand_in(order)
        taken = not isinstance(submitted, Refusal) and submitted.accepted
        uploads = self.service.queue.uploads
        await (uploads.ordered(kept.id) if taken else uploads.drop(kept.id))
        return submitted

    async def like(self, request: Request, job: str, caller: Caller) -> SubmitResult | Refusal:
        """A song as the body of a call: the clip of an earlier job gets music like it."""
        if refusal := await self._unwelcome(caller):
            return refusal
        media_type = request.headers.get("content-type", "")
        offer = OfferedFile(media_type=media_type, size=int(request.headers["content-length"]))
        limits = self.service.limits(self.settings.upload_limit, "remedy.trim")
        if refusal := examine_song(offer, limits):
            return refusal
        if await self.record(job, caller.client) is None:
            return Refusal("refuse.gone")
        kept = await self.clips.receive(request, caller.user, caller.user, "video", media_type=media_type)
        if isinstance(kept, Refusal):
            return kept
        store = self.service.queue.store

        async def make(earlier: EarlierClip, who: Requester) -> JobRequest | Refusal:
            both = await songs.beside(store, earlier.source, kept.source.ref)
            return follow_ups.like_stored(earlier, who, both)

        ordered = await self.service.follow_ups.request(job, caller.who, make)
        await self.service.queue.uploads.drop(kept.id)
        return ordered if isinstance(ordered, Refusal) else await self.service.hand_in(ordered)

    async def follow_up(self, job: str, caller: Caller, make: Make) -> SubmitResult | Refusal:
        """What starts from an earlier job of this client's."""
        if refusal := await self._unwelcome(caller):
            return refusal
        if await self.record(job, caller.client) is None:
            return Refusal("refuse.gone")
        request = await self.service.follow_ups.request(job, caller.who, make)
        return request if isinstance(request, Refusal) else await self.service.hand_in(request)

    async def record(self, job: str, client: str) -> JobRecord | None:
        """A job of this client's; None for any other."""
        own = ClipReference(PLATFORM, client, f"{PLATFORM}:{client}", job=job)
        return await self.service.follow_ups.meant(own)

    async def _unwelcome(self, caller: Caller) -> Refusal | None:
        if caller.webhook and not self.settings.may_call(caller.webhook):
            return Refusal("api.webhook")
        try:
            known = await self.service.guest(caller.user)
        except AWAY:
            return Refusal("unreachable")
        return Refusal("refuse.blocked") if known is None else None


def update_of(key: str) -> str:
    """What tells a repeated call: the client's idempotency key, or nothing in common with any other."""
    return f"key:{key}" if key else f"call:{secrets.token_hex(12)}"


def view(status: Status, action: Action) -> JobView:
    """What is said of a job."""
    phase = phase_of(status)
    failure = status.failure if phase == "failed" else None
    return JobView(
        job=status.job,
        phase=phase,
        stage=status.stage if phase == "running" else "",
        done=status.done if phase == "running" else 0.0,
        position=status.position,
        result=_finished(status, action) if phase == "done" else None,
        failure=WorkFailure(problem=failure.problem, remedy=failure.remedy) if failure else None,
    )


def _finished(status: Status, action: Action) -> FinishedWork:
    result = status.result
    assert result is not None  # noqa: S101 - a phase of its own
    sizes = {_MADE.get(action, "film"): result.media.bytes}
    sizes |= {name: extra.bytes for name, extra in result.extras.items() if name in NAMES}
    if result.sheet:
        sizes["sheet"] = len(result.sheet.encode())
    files = {
        name: ResultFile(url=f"/v1/jobs/{status.job}/files/{name}", name=NAMES[name], bytes=size)
        for name, size in sizes.items()
    }
    return FinishedWork.of(result.summary, files)
