"""Between gradio's events and the desk: a function for each, whose outputs are those of `View`."""

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from html import escape
from typing import Any

import gradio as gr
import structlog

from bot.web.desk import Desk, View
from bot.web.follow import notice
from bot.web.orders import Form, Visit
from bot.web.turn import Turn
from immersivaudio.queue.connection import AWAY
from immersivaudio.words import say

log = structlog.get_logger("bot.web")

QUIET: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}
"""Our own progress is shown; gradio's queue lets everybody in at once, since ours is the one that counts."""
Outputs = list[Any]


class Wiring:
    """`outputs`: progress, result, sheet, running, shown, cancel, actions, story, history."""

    def __init__(self, desk: Desk, outputs: list[Any]) -> None:
        self._desk = desk
        self._orders = desk.orders
        self.outputs = outputs

    async def greeting(self, request: gr.Request) -> str:
        """The headline, in the visitor's language."""
        visit = self._desk.visit(request)
        locale = visit.locale if visit else None
        return f"<h1>{escape(say(locale, 'web.title'))}</h1><p>{escape(say(locale, 'web.lead'))}</p>"

    async def opened(self, turn: Turn, request: gr.Request) -> AsyncIterator[Outputs]:
        """The page was opened; gradio may say so only after a press, whose stream then goes on."""
        if turn.pressed:
            yield _shown(View())
            return
        async for outputs in self._each(request, turn, lambda visit: self._desk.opened(visit, turn)):
            yield outputs

    async def score(  # noqa: PLR0913, PLR0917 - gradio hands the form over as it stands
        self,
        turn: Turn,
        tab: Any,
        mood: Any,
        video: Any,
        photo: Any,
        sounds: Any,
        original: Any,
        length: Any,
        seed: Any,
        take: Any,
        request: gr.Request,
    ) -> AsyncIterator[Outputs]:
        """Score what was uploaded in the tab that is open."""
        form = Form(photo if tab == "photo" else video, mood, sounds, original, length, seed, take)
        async for outputs in self._order(request, turn, lambda visit: self._orders.score(visit, form), form):
            yield outputs

    async def remix(self, turn: Turn, shown: Any, mood: Any, request: gr.Request) -> AsyncIterator[Outputs]:
        """Another mood."""
        async for outputs in self._order(
            request, turn, lambda visit: self._orders.remix(visit, str(shown), mood)
        ):
            yield outputs

    async def take(self, turn: Turn, shown: Any, request: gr.Request) -> AsyncIterator[Outputs]:
        """Another take."""
        async for outputs in self._order(request, turn, lambda visit: self._orders.take(visit, str(shown))):
            yield outputs

    async def stems(self, turn: Turn, shown: Any, request: gr.Request) -> AsyncIterator[Outputs]:
        """The instrument groups."""
        async for outputs in self._order(request, turn, lambda visit: self._orders.stems(visit, str(shown))):
            yield outputs

    async def render(self, turn: Turn, shown: Any, sheet: Any, request: gr.Request) -> AsyncIterator[Outputs]:
        """The sheet as it was edited."""
        async for outputs in self._order(
            request, turn, lambda visit: self._orders.render(visit, str(shown), sheet)
        ):
            yield outputs

    async def cancel(self, running: Any, request: gr.Request) -> Outputs:
        """Stop what runs."""
        return await self._once(request, lambda visit: self._desk.cancel(visit, str(running)))

    async def forget(self, request: gr.Request) -> Outputs:
        """Delete everything."""
        return await self._once(request, self._desk.forget)

    async def chosen(self, event: gr.EventData, request: gr.Request) -> Outputs:
        """An earlier result was picked from the list."""
        job = str(getattr(event, "job", ""))
        return await self._once(request, lambda visit: self._desk.show(visit, job))

    def _order(
        self, request: gr.Request, turn: Turn, place: Callable[[Visit], Awaitable[Any]], wish: Any = None
    ) -> AsyncIterator[Outputs]:
        return self._each(request, turn, partial(self._desk.order, turn=turn, place=place, wish=wish))

    async def _each(
        self, request: gr.Request, turn: Turn, views: Callable[[Visit], AsyncIterator[View]]
    ) -> AsyncIterator[Outputs]:
        """Every view as gradio takes it, until the next press; what breaks is logged without anybody's words.

        Gradio closes a stream by sending its last values once more, and by then somebody may have begun to
        edit the sheet that came with them. So the last of ours is one without anything to read or edit.
        """
        visit = self._desk.visit(request)
        if visit is None:
            return
        said, press = View(), turn.begin()
        try:
            async for view in views(visit):
                if turn.passed(press):
                    break
                said = view
                yield _shown(said)
        except Exception as error:
            said = _broken(visit, error)
            yield _shown(said)
        yield _shown(View() if turn.passed(press) else View(running=said.running, shown=said.shown))

    async def _once(self, request: gr.Request, act: Callable[[Visit], Awaitable[View]]) -> Outputs:
        visit = self._desk.visit(request)
        try:
            return _shown(await act(visit) if visit else View())
        except Exception as error:
            return _shown(_broken(visit, error) if visit else View())


def _broken(visit: Visit, error: Exception) -> View:
    away = isinstance(error, AWAY)
    log.error("queue is away" if away else "event failed", cause=type(error).__name__)
    words = say(visit.locale, "unreachable" if away else "failed.short")
    return View(progress=notice(words, bad=True), running="")


def _shown(view: View) -> Outputs:
    def kept(value: str | None) -> Any:
        return gr.skip() if value is None else value

    cancel = gr.skip() if view.running is None else gr.update(visible=bool(view.running))
    actions = gr.skip() if view.shown is None else gr.update(visible=bool(view.shown))
    parts = (view.progress, view.result, view.sheet, view.running, view.shown)
    return [*map(kept, parts), cancel, actions, kept(view.story), kept(view.history)]
