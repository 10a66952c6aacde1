"""Follow a job for the page: every change of its status, and the seconds in between."""

import asyncio
import time
from collections.abc import AsyncIterator
from html import escape

from bot.web.time_left import STAGES, Countdown
from immersivaudio.chat.progress import line
from immersivaudio.i18n import say
from immersivaudio.queue import Queue, State, Status

_BREATH = 1.0
"""s after which something is said even if nothing changed."""
_RUNNING = {State.RUNNING, State.PLANNED, State.GENERATED}


async def follow(queue: Queue, job: str) -> AsyncIterator[Status | None]:
    """The status at every change and at least once a second until the job is over; None: not known yet."""
    changes = queue.watch(job)
    last: Status | None = None
    coming = asyncio.ensure_future(anext(changes, None))
    try:
        while True:
            await asyncio.wait({coming}, timeout=_BREATH)
            if coming.done():
                news = coming.result()
                if news is None:
                    return
                last = news
                coming = asyncio.ensure_future(anext(changes, None))
            yield last
    finally:
        coming.cancel()


def bar(locale: str, status: Status | None, countdown: Countdown | None = None) -> str:
    """Where a job stands, as HTML: words, stages, how long ago it was asked for, how long it still takes."""
    words = _words(locale, status)
    waits = max(0.0, time.time() - status.asked) if status else 0.0
    stage = status.stage if status and status.state in _RUNNING else ""
    share, left = countdown.look(status) if countdown else (0.0, None)
    steps = "".join(
        f'<li class="{_class(name, stage, share)}"><span>{escape(say(locale, f"stage.{name}"))}</span></li>'
        for name in STAGES
        if name != "sounds" or stage == "sounds"
    )
    rest = f'<span class="iv-left">{escape(_left(locale, left))}</span>' if left else ""
    return (
        '<div class="iv-progress">'
        f'<p class="iv-say"><span role="status">{escape(words)}</span> '
        f'<span class="iv-clock">{waits:.0f} s</span> {rest}</p>'
        f'<progress max="100" value="{share * 100:.0f}" aria-label="{escape(words)}"></progress>'
        f"<ol>{steps}</ol></div>"
    )


def notice(words: str, *, bad: bool = False) -> str:
    """One sentence instead of progress."""
    role = "alert" if bad else "status"
    return (
        f'<p class="iv-notice{" iv-bad" if bad else ""}" role="{role}">{escape(words)}</p>' if words else ""
    )


def _words(locale: str, status: Status | None) -> str:
    if status is None:
        return say(locale, "received")
    if status.put_off:
        return line(locale, status)
    if status.state is State.QUEUED and (status.position or 1) <= 1:
        return say(locale, "web.next")
    if status.state in _RUNNING:
        return say(locale, f"stage.{status.stage if status.stage in STAGES else 'other'}") + "…"
    return line(locale, status)


def _left(locale: str, seconds: float) -> str:
    """In words, no finer than it is known."""
    if seconds >= 90:
        return say(locale, "web.left.minutes", minutes=round(seconds / 60))
    step = 1 if seconds < 10 else 5
    return say(locale, "web.left", seconds=max(1, round(seconds / step) * step))


def _class(name: str, stage: str, share: float) -> str:
    if name == stage:
        return "iv-now"
    passed = share >= 1 or (stage in STAGES and STAGES.index(name) < STAGES.index(stage))
    return "iv-done" if passed else ""
