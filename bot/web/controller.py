"""What every event of the page shares, and the one thing most of them do: order, follow, show."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.validation import Refusal
from bot.web.downloads import Downloads
from bot.web.history import latest, listing
from bot.web.job_progress import bar, follow, notice
from bot.web.locale import HasHeaders, locale_of, refused
from bot.web.middleware import visitor_id
from bot.web.page_session import PageSession
from bot.web.result_view import ResultView
from bot.web.signed_tokens import TokenSigner
from bot.web.submission import PageOrders, Visitor
from bot.web.time_left import TYPICAL_LENGTH, Countdown, StagePace
from immersivaudio.i18n import say, translated
from immersivaudio.queue import Failure, Queue, State


@dataclass(frozen=True, slots=True)
class PageView:
    """What the page shows now; None: as before."""

    progress: str | None = None
    result: str | None = None
    story: str | None = None
    sheet: str | None = None
    history: str | None = None
    running: str | None = None
    """The job that can be cancelled; "": none."""
    shown: str | None = None
    """The job whose result stands on the page."""


@dataclass(frozen=True, slots=True)
class PageController:
    """One process's."""

    queue: Queue
    orders: PageOrders
    files: Downloads
    signer: TokenSigner
    pace: StagePace = field(default_factory=StagePace)

    def visitor(self, request: HasHeaders) -> Visitor | None:
        """Who asks; None for who has not been greeted at the gate."""
        user = visitor_id(self.signer, request.headers)
        if not user:
            return None
        return Visitor(user, locale_of(request), self.signer.pseudonym("address", _address(request)))

    async def order(
        self,
        visitor: Visitor,
        session: PageSession,
        place: Callable[[Visitor], Awaitable[str | Refusal]],
        wish: Any = None,
    ) -> AsyncIterator[PageView]:
        """Place an order, and show what becomes of it; if it is refused, go on with what ran before."""
        yield PageView(progress=bar(visitor.locale, None))
        async with session.placing:
            placed: str | Refusal = session.job
            if not session.job or wish is None or wish != session.wish:
                placed = self.orders.service.talk(visitor.user) or await place(visitor)
            if not isinstance(placed, Refusal):
                session.follows(placed, wish)
        unwanted = notice(refused(placed, visitor.locale), bad=True) if isinstance(placed, Refusal) else ""
        if not session.job:
            yield PageView(progress=unwanted, running="")
            return
        yield PageView(history=await self.listed(visitor))
        async for view in self.watch(visitor, session, session.job, above=unwanted):
            yield view

    async def watch(
        self, visitor: Visitor, session: PageSession, job: str, *, above: str = ""
    ) -> AsyncIterator[PageView]:
        """Where a job stands, with something said `above`, until it is over; then what came of it."""
        last = None
        countdown = await self._countdown(job)
        async for last in follow(self.queue, job):
            yield PageView(progress=above + bar(visitor.locale, last, countdown), running=job)
        session.over(job)
        if last is None or last.state is State.CANCELLED:
            words = say(visitor.locale, "cancelled" if last else "web.refuse.gone")
            yield PageView(progress=notice(words), running="", history=await self.listed(visitor))
        elif last.state is State.DELIVERED:
            if last.result:
                self.pace.learn(last.result.summary)
            yield await self.show(visitor, job)
        else:
            words = failure(visitor.locale, last.failure)
            yield PageView(progress=notice(words, bad=True), running="", history=await self.listed(visitor))

    async def show(self, visitor: Visitor, job: str) -> PageView:
        """A result of this visitor's own."""
        record = await self.queue.record(job)
        if record is None or record.result is None or record.request.user != visitor.user:
            return PageView(progress=notice(say(visitor.locale, "web.refuse.gone"), bad=True), running="")
        found = ResultView(self.files, record, record.result, visitor.locale)
        history = await self.listed(visitor)
        if record.request.files_alone:  # a download beside the film they belong to
            return PageView(progress=found.face(), running="", history=history)
        return PageView(
            progress="",
            result=found.face(),
            story=found.story(),
            sheet=record.result.sheet,
            shown=job,
            running="",
            history=history,
        )

    async def opened(self, visitor: Visitor, session: PageSession) -> AsyncIterator[PageView]:
        """The page was opened, perhaps again: go on where the visitor was."""
        works, film = await latest(self.queue, visitor)
        yield PageView(history=await self.listed(visitor))
        if film:  # files that were made beside it since are in the list
            yield await self.show(visitor, film)
        if works:
            session.follows(works)
            async for view in self.watch(visitor, session, works):
                yield view

    async def cancel(self, visitor: Visitor, job: str) -> PageView:
        """Stop it; whoever follows it sees that."""
        state = await self.queue.cancel(job, visitor.user) if job else None
        stopped = state is State.CANCELLED
        return PageView(progress=notice(say(visitor.locale, "cancelled" if stopped else "sending")))

    async def forget(self, visitor: Visitor) -> PageView:
        """Delete everything of this visitor's."""
        count = await self.queue.forget(visitor.user)
        words = notice(say(visitor.locale, "web.forgotten", count=count))
        gone = {"result": "", "story": "", "sheet": "", "running": "", "shown": ""}
        return PageView(progress=words, **gone, history=await self.listed(visitor))

    async def _countdown(self, job: str) -> Countdown:
        """How long a job takes depends on how long its clip plays: as told, or known from an earlier one."""
        record = await self.queue.record(job)
        if record is None:
            return Countdown(self.pace)
        options = record.request.options
        length = self.orders.lengths.get(job) or (
            options.length if record.request.source.kind == "photo" else 0
        )
        earlier = await self.queue.record(record.request.parent) if record.request.parent else None
        if not length and earlier is not None and earlier.result is not None:
            length = earlier.result.summary.duration
        return Countdown(self.pace, length or TYPICAL_LENGTH, sounds=options.sounds)

    async def listed(self, visitor: Visitor) -> str:
        """The session so far."""
        return await listing(self.queue, self.files, visitor)


def _address(request: HasHeaders) -> str:
    """The address that the gate counted a request by; Gradio wraps the request that came."""
    inner = getattr(request, "request", request)
    return str(getattr(inner, "scope", {}).get("client_address", ""))


def failure(locale: str, found: Failure | None) -> str:
    """What went wrong, and what to do: the delivery adapters' own sentence."""
    said = (found.problem, found.remedy) if found else ("", "")
    problem, remedy = (translated(locale, part) for part in said)
    if not problem:
        return say(locale, "failed.short")
    told = f"{remedy[:1].upper()}{remedy[1:]}." if remedy else say(locale, "web.failed.retry")
    return say(locale, "failed", problem=problem, remedy=told)
