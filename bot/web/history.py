"""What a visitor did since they came: their jobs in the job store, as cards to compare and press."""

import asyncio
from html import escape

from bot.validation import clock
from bot.web.downloads import Downloads
from bot.web.submission import Visitor
from immersivaudio.chat.differences import differs
from immersivaudio.chat.progress import line
from immersivaudio.i18n import language, musical, say
from immersivaudio.queue import JobRecord, Queue, State, Status

_SHOWN = 12


async def listing(queue: Queue, files: Downloads, visitor: Visitor) -> str:
    """As HTML, newest first."""
    locale = visitor.locale
    title = f"<h2>{escape(say(locale, 'web.history'))}</h2>"
    found = await queue.list_for_user(visitor.user, limit=_SHOWN)
    if not found:
        none = escape(say(locale, "web.history.none"))
        return f'<div class="iv-history">{title}<p class="iv-hint">{none}</p></div>'
    sure = f'data-sure="{escape(say(locale, "web.forget.sure"))}"'
    forget = f'<button type="button" data-forget {sure}>{escape(say(locale, "web.forget"))}</button>'
    records = await asyncio.gather(*(queue.record(status.job) for status in found))
    items = "".join(
        _card(status, files, locale, number, changed(record, locale))
        for number, status, record in zip(range(len(found), 0, -1), found, records, strict=True)
    )
    return f'<div class="iv-history">{title}<ul>{items}</ul>{forget}</div>'


async def latest(queue: Queue, visitor: Visitor) -> tuple[str, str]:
    """Where to go on when the page opens again: the job in the works, and that of the last film, or ""."""
    found = await queue.list_for_user(visitor.user, limit=_SHOWN)
    works = next((each.job for each in found if not each.state.over), "")
    for each in found:
        if each.state is State.DELIVERED:
            record = await queue.record(each.job)
            if record is not None and not record.request.files_alone:
                return works, each.job
    return works, ""


def changed(record: JobRecord | None, locale: str) -> str:
    """What tells a film from the others over the same pictures; "" for a first one."""
    if record is None or record.result is None or not record.result.summary.mood:
        return ""
    if edited(record):
        return say(locale, "web.edited")
    return differs(record.request.options.take, record.result.summary, locale)


def edited(record: JobRecord) -> bool:
    """Whether a person changed the sheet that was rendered."""
    request = record.request
    return request.action == "score" and bool(request.parent and request.sheet)


def _card(status: Status, files: Downloads, locale: str, number: int, news: str) -> str:
    still = ""
    if status.result is not None and "thumbnail" in status.result.extras:
        address = escape(files.link(status.job, "still"))
        still = f'<img src="{address}" alt="" width="160" height="90" loading="lazy">'
    small = f"<small>{escape(news)}</small>" if news else ""
    told = f"<b>{number}</b><span>{escape(_words(status, locale))}{small}</span>"
    if status.state is not State.DELIVERED:
        return f'<li class="iv-card"><div class="iv-still iv-none"></div><p>{told}</p></li>'
    show, look = escape(say(locale, "web.show")), "iv-still" if still else "iv-still iv-none"
    return (
        f'<li class="iv-card"><button type="button" data-job="{status.job}" title="{show}">'
        f'<div class="{look}">{still}</div><p>{told}</p></button></li>'
    )


def _words(status: Status, locale: str) -> str:
    if not status.state.over:  # where it stands is told above; here it would soon be out of date
        return say(locale, "web.history.works")
    summary = status.result.summary if status.result else None
    if status.state is not State.DELIVERED or summary is None or not summary.mood:
        if status.state is not State.DELIVERED:
            return line(locale, status)
        name = status.result.media.name if status.result else ""
        return say(locale, "web.get.export" if name == "for-editor.zip" else "web.get.stems")
    code = language(locale)
    parts = (
        musical.mood(code, summary.mood),
        f"{summary.tempo:.0f} bpm",
        musical.key(code, summary.key),
        clock(summary.duration),
    )
    return " · ".join(parts)
