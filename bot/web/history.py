"""What a visitor did since they came: their jobs in the job store, as a list to press."""

from html import escape

from bot.web.orders import Visitor
from immersivaudio.chat.progress import line
from immersivaudio.i18n import say
from immersivaudio.queue import Queue, State, Status


async def listing(queue: Queue, visitor: Visitor) -> str:
    """As HTML, newest first."""
    title = f"<h2>{escape(say(visitor.locale, 'web.history'))}</h2>"
    none = escape(say(visitor.locale, "web.history.none"))
    found = await queue.list_for_user(visitor.user, limit=12)
    if not found:
        return f'<div class="iv-history">{title}<p class="iv-hint">{none}</p></div>'
    sure = f'data-sure="{escape(say(visitor.locale, "web.forget.sure"))}"'
    forget = f'<button type="button" data-forget {sure}>{escape(say(visitor.locale, "web.forget"))}</button>'
    items = "".join(_item(status, visitor.locale) for status in found)
    return f'<div class="iv-history">{title}<ul>{items}</ul>{forget}</div>'


async def newest(queue: Queue, visitor: Visitor) -> Status | None:
    """The job to go on with when the page is opened again: one in the works, else the last result."""
    found = [
        each
        for each in await queue.list_for_user(visitor.user, limit=12)
        if each.state is not State.CANCELLED
    ]
    return next((each for each in found if not each.state.over), found[0] if found else None)


def _item(status: Status, locale: str) -> str:
    show = ""
    if status.state is State.DELIVERED:
        show = f'<button type="button" data-job="{status.job}">{escape(say(locale, "web.show"))}</button>'
    return f"<li><span>{escape(_words(status, locale))}</span>{show}</li>"


def _words(status: Status, locale: str) -> str:
    if not status.state.over:  # where it stands is told above; here it would soon be out of date
        return say(locale, "web.history.works")
    summary = status.result.summary if status.result else None
    if status.state is not State.DELIVERED or summary is None or not summary.mood:
        done = status.state is State.DELIVERED
        return say(locale, "web.get.stems") if done else line(locale, status)
    return f"{summary.mood} · {summary.tempo:.0f} bpm · {summary.key}"
