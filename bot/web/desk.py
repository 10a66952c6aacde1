"""What every event of the page shares, and the one thing most of them do: order, follow, show."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.intake import Refusal
from bot.web import speech
from bot.web.files import Files
from bot.web.follow import bar, empty, follow, notice
from bot.web.gate import visitor
from bot.web.history import listing, newest
from bot.web.orders import Orders, Visit
from bot.web.result import Exhibit
from bot.web.seals import Seals
from bot.web.speech import Asked
from bot.web.turn import Turn
from immersivaudio.queue import Failure, Queue, State
from immersivaudio.words import say, translated


@dataclass(frozen=True, slots=True)
class View:
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
class Desk:
    """One process's."""

    queue: Queue
    orders: Orders
    files: Files
    seals: Seals

    def visit(self, request: Asked) -> Visit | None:
        """Who asks; None for who has not been greeted at the gate."""
        user = visitor(self.seals, request.headers)
        if not user:
            return None
        return Visit(user, speech.locale(request), self.seals.pseudonym("address", _address(request)))

    async def order(
        self, visit: Visit, turn: Turn, place: Callable[[Visit], Awaitable[str | Refusal]], wish: Any = None
    ) -> AsyncIterator[View]:
        """Place an order, and show what becomes of it; if it is refused, go on with what ran before."""
        yield View(progress=bar(visit.locale, None))
        async with turn.placing:
            placed: str | Refusal = turn.job
            if not turn.job or wish is None or wish != turn.wish:
                placed = self.orders.reception.talk(visit.user) or await place(visit)
            if not isinstance(placed, Refusal):
                turn.follows(placed, wish)
        refused = notice(placed.say(visit.locale), bad=True) if isinstance(placed, Refusal) else ""
        if not turn.job:
            yield View(progress=refused, running="")
            return
        yield View(history=await self.listed(visit))
        async for view in self.watch(visit, turn, turn.job, above=refused):
            yield view

    async def watch(self, visit: Visit, turn: Turn, job: str, *, above: str = "") -> AsyncIterator[View]:
        """Where a job stands, with something said `above`, until it is over; then what came of it."""
        last = None
        async for last in follow(self.queue, job):
            yield View(progress=above + bar(visit.locale, last), running=job)
        turn.over(job)
        if last is None or last.state is State.CANCELLED:
            words = say(visit.locale, "cancelled" if last else "refuse.gone")
            yield View(progress=notice(words), running="", history=await self.listed(visit))
        elif last.state is State.DELIVERED:
            yield await self.show(visit, job)
        else:
            words = failure(visit.locale, last.failure)
            yield View(progress=notice(words, bad=True), running="", history=await self.listed(visit))

    async def show(self, visit: Visit, job: str) -> View:
        """A result of this visitor's own."""
        record = await self.queue.record(job)
        if record is None or record.result is None or record.request.user != visit.user:
            return View(progress=notice(say(visit.locale, "refuse.gone"), bad=True), running="")
        found = Exhibit(self.files, record, record.result, visit.locale)
        history = await self.listed(visit)
        if record.request.action == "stems":  # a download beside the film they belong to
            return View(progress=found.face(), running="", history=history)
        return View(
            progress="",
            result=found.face(),
            story=found.story(),
            sheet=record.result.sheet,
            shown=job,
            running="",
            history=history,
        )

    async def opened(self, visit: Visit, turn: Turn) -> AsyncIterator[View]:
        """The page was opened, perhaps again: go on where the visitor was."""
        last = await newest(self.queue, visit)
        yield View(history=await self.listed(visit), result=empty(visit.locale))
        if last is not None and not last.state.over:
            turn.follows(last.job)
            async for view in self.watch(visit, turn, last.job):
                yield view
        elif last is not None and last.state is State.DELIVERED:
            yield await self.show(visit, last.job)

    async def cancel(self, visit: Visit, job: str) -> View:
        """Stop it; whoever follows it sees that."""
        state = await self.queue.cancel(job, visit.user) if job else None
        stopped = state is State.CANCELLED
        return View(progress=notice(say(visit.locale, "cancelled" if stopped else "sending")))

    async def forget(self, visit: Visit) -> View:
        """Delete everything of this visitor's."""
        count = await self.queue.forget(visit.user)
        words = notice(say(visit.locale, "web.forgotten", count=count))
        gone = {"result": empty(visit.locale), "story": "", "sheet": "", "running": "", "shown": ""}
        return View(progress=words, **gone, history=await self.listed(visit))

    async def listed(self, visit: Visit) -> str:
        """The session so far."""
        return await listing(self.queue, visit)


def _address(request: Asked) -> str:
    """The address that the gate counted a request by; Gradio wraps the request that came."""
    inner = getattr(request, "request", request)
    return str(getattr(inner, "scope", {}).get("client_address", ""))


def failure(locale: str, found: Failure | None) -> str:
    """What went wrong, and what to do: the delivery adapters' own sentence."""
    said = (found.problem, found.remedy) if found else ("", "")
    problem, remedy = (translated(locale, part) for part in said)
    if not problem:
        return say(locale, "failed.short")
    told = f"{remedy[:1].upper()}{remedy[1:]}." if remedy else say(locale, "failed.retry")
    return say(locale, "failed", problem=problem, remedy=told)
