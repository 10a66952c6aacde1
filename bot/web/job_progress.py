"""Watching a job so that nobody waits without a word: every change, and the clock in between."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from html import escape

from immersivaudio.chat.progress import line
from immersivaudio.i18n import say
from immersivaudio.queue import Queue, State, Status

_BREATH = 1.0
"""s after which something is said even if nothing changed."""
_STEPS: Sequence[tuple[str, float]] = (
    ("extract", 0.22), ("detect", 0.06), ("select", 0.02), ("describe", 0.05), ("enhance", 0.05),
    ("generate", 0.45), ("sounds", 0.05), ("reconstruct", 0.10),
)  # fmt: skip
"""The stages that are shown, and their share of the way, as a minute of film takes on two cores."""


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


def bar(locale: str, status: Status | None) -> str:
    """Where a job stands, as HTML: words, the stages, how long ago it was asked for."""
    words = line(locale, status) if status else say(locale, "received")
    waits = max(0.0, time.time() - status.asked) if status else 0.0
    stage = status.stage if status and status.state is State.RUNNING else ""
    share = _share(stage, status.done if status else 0.0, status)
    steps = "".join(
        f'<li class="{_class(name, stage, share)}">{escape(say(locale, f"stage.{name}"))}</li>'
        for name, _ in _STEPS
        if name != "sounds" or stage == "sounds"
    )
    return (
        '<div class="iv-progress">'
        f'<p class="iv-say"><span role="status">{escape(words)}</span> '
        f'<span class="iv-clock">{waits:.0f} s</span></p>'
        f'<progress max="100" value="{share * 100:.0f}" aria-label="{escape(words)}"></progress>'
        f"<ol>{steps}</ol></div>"
    )


def empty(locale: str) -> str:
    """Where the film will be."""
    return f'<p class="iv-empty">{escape(say(locale, "web.waiting"))}</p>'


def notice(words: str, *, bad: bool = False) -> str:
    """One sentence instead of progress."""
    role = "alert" if bad else "status"
    return (
        f'<p class="iv-notice{" iv-bad" if bad else ""}" role="{role}">{escape(words)}</p>' if words else ""
    )


def _share(stage: str, done: float, status: Status | None) -> float:
    """How much of the way is gone, 0 to 1."""
    if status and status.state in {State.RENDERED, State.SENDING, State.DELIVERED}:
        return 1.0
    gone = 0.0
    for name, weight in _STEPS:
        if name == stage:
            return gone + weight * done
        gone += weight
    return 0.0


def _class(name: str, stage: str, share: float) -> str:
    if name == stage:
        return "iv-now"
    names = [each for each, _ in _STEPS]
    passed = share >= 1 or (stage in names and names.index(name) < names.index(stage))
    return "iv-done" if passed else ""
