"""Between gradio's events and the controller: a function for each, whose outputs are those of `PageView`."""

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any

import gradio as gr
import structlog

from bot.web.controller import PageController, PageView
from bot.web.job_progress import notice
from bot.web.page_session import PageSession
from bot.web.submission import PageForm, Visitor
from immersivaudio.i18n import say
from immersivaudio.queue.connection import AWAY

log = structlog.get_logger("bot.web")

QUIET: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": None, "api_visibility": "private"}
"""Our own progress is shown; gradio's queue lets everybody in at once, since ours is the one that counts."""
Outputs = list[Any]


class EventHandlers:
    """`outputs`: progress, result, sheet, running, shown, cancel, actions, story, history."""

    def __init__(self, controller: PageController, outputs: list[Any]) -> None:
        self._controller = controller
        self._orders = controller.orders
        self.outputs = outputs

    async def opened(self, session: PageSession, request: gr.Request) -> AsyncIterator[Outputs]:
        """The page was opened; gradio may say so only after a press, whose stream then goes on."""
        if session.pressed:
            yield _shown(PageView())
            return
        async for outputs in self._each(
            request, session, lambda visitor: self._controller.opened(visitor, session)
        ):
            yield outputs

    async def score(  # noqa: PLR0913, PLR0917 - gradio hands the form over as it stands
        self,
        session: PageSession,
        press: Any,
        mood: Any,
        clip: Any,
        sounds: Any,
        original: Any,
        length: Any,
        seed: Any,
        take: Any,
        cuts: Any,
        loop: Any,
        song: Any,
        request: gr.Request,
    ) -> AsyncIterator[Outputs]:
        """Score what was uploaded."""
        form = PageForm(clip, mood, sounds, original, length, seed, take, cuts, loop, song)
        async for outputs in self._order(
            request, session, press, lambda visitor: self._orders.score(visitor, form), form
        ):
            yield outputs

    async def remix(
        self, session: PageSession, press: Any, shown: Any, mood: Any, request: gr.Request
    ) -> AsyncIterator[Outputs]:
        """Another mood."""
        async for outputs in self._order(
            request, session, press, lambda visitor: self._orders.remix(visitor, str(shown), mood)
        ):
            yield outputs

    async def take(
        self, session: PageSession, press: Any, shown: Any, request: gr.Request
    ) -> AsyncIterator[Outputs]:
        """Another take."""
        async for outputs in self._order(
            request, session, press, lambda visitor: self._orders.take(visitor, str(shown))
        ):
            yield outputs

    async def stems(
        self, session: PageSession, press: Any, shown: Any, request: gr.Request
    ) -> AsyncIterator[Outputs]:
        """The instrument groups."""
        async for outputs in self._order(
            request, session, press, lambda visitor: self._orders.stems(visitor, str(shown))
        ):
            yield outputs

    async def export(
        self, session: PageSession, press: Any, shown: Any, request: gr.Request
    ) -> AsyncIterator[Outputs]:
        """Everything for an editor."""
        async for outputs in self._order(
            request, session, press, lambda visitor: self._orders.export(visitor, str(shown))
        ):
            yield outputs

    async def render(
        self, session: PageSession, press: Any, shown: Any, sheet: Any, mix: Any, request: gr.Request
    ) -> AsyncIterator[Outputs]:
        """The sheet as it was edited, in the mix that was set."""
        async for outputs in self._order(
            request, session, press, lambda visitor: self._orders.render(visitor, str(shown), sheet, mix)
        ):
            yield outputs

    async def cancel(self, running: Any, request: gr.Request) -> Outputs:
        """Stop what runs."""
        return await self._once(request, lambda visitor: self._controller.cancel(visitor, str(running)))

    async def forget(self, request: gr.Request) -> Outputs:
        """Delete everything."""
        return await self._once(request, self._controller.forget)

    async def chosen(self, event: gr.EventData, request: gr.Request) -> Outputs:
        """An earlier result was picked from the list."""
        job = str(getattr(event, "job", ""))
        return await self._once(request, lambda visitor: self._controller.show(visitor, job))

    def _order(
        self,
        request: gr.Request,
        session: PageSession,
        press: Any,
        place: Callable[[Visitor], Awaitable[Any]],
        wish: Any = None,
    ) -> AsyncIterator[Outputs]:
        return self._each(
            request,
            session,
            partial(
                self._controller.order,
                session=session,
                place=lambda visitor: place(visitor.pressing(press)),
                wish=wish,
            ),
        )

    async def _each(
        self, request: gr.Request, session: PageSession, views: Callable[[Visitor], AsyncIterator[PageView]]
    ) -> AsyncIterator[Outputs]:
        """Every view as gradio takes it, until the next press; what breaks is logged without anybody's words.

        Gradio closes a stream by sending its last values once more, and by then somebody may have begun to
        edit the sheet that came with them. So the last of ours is one without anything to read or edit.
        """
        visitor = self._controller.visitor(request)
        if visitor is None:
            return
        said, press = PageView(), session.begin()
        try:
            async for view in views(visitor):
                if session.passed(press):
                    break
                said = view
                yield _shown(said)
        except Exception as error:
            said = _broken(visitor, error)
            yield _shown(said)
        yield _shown(
            PageView() if session.passed(press) else PageView(running=said.running, shown=said.shown)
        )

    async def _once(self, request: gr.Request, act: Callable[[Visitor], Awaitable[PageView]]) -> Outputs:
        visitor = self._controller.visitor(request)
        try:
            return _shown(await act(visitor) if visitor else PageView())
        except Exception as error:
            return _shown(_broken(visitor, error) if visitor else PageView())


def _broken(visitor: Visitor, error: Exception) -> PageView:
    away = isinstance(error, AWAY)
    log.error("queue is away" if away else "event failed", cause=type(error).__name__)
    words = say(visitor.locale, "unreachable" if away else "failed.short")
    return PageView(progress=notice(words, bad=True), running="")


def _shown(view: PageView) -> Outputs:
    def kept(value: str | None) -> Any:
        return gr.skip() if value is None else value

    cancel = gr.skip() if view.running is None else gr.update(visible=bool(view.running))
    actions = gr.skip() if view.shown is None else gr.update(visible=bool(view.shown))
    parts = (view.progress, view.result, view.sheet, view.running, view.shown)
    return [*map(kept, parts), cancel, actions, kept(view.story), kept(view.history)]
