"""Live progress: placeholders edited while a job waits and runs, each only every few seconds.

Every change marks its job as dirty; whichever delivery process takes the mark shows the newest state.
Marks coalesce, so that a hundred changes become one edit, and none is shown late.
"""

import asyncio
import time
from dataclasses import replace

import structlog

from immersivaudio.queue import progress
from immersivaudio.queue.connection import AWAY
from immersivaudio.queue.job_request import Address, JobRequest
from immersivaudio.queue.job_store import address_in, request_in
from immersivaudio.queue.state import State, Status
from worker.delivery.adapters import PlaceholderGoneError, RetryLaterError
from worker.delivery.context import DeliveryContext

log = structlog.get_logger("worker.delivery.progress_updates")

_EVERY = 0.5
_QUEUE_EVERY = 5.0
"""s between two looks at the positions in the queue."""
_QUEUE_HEAD = 20
_EDIT = 20.0
"""s an edit may take; below the life of its lock."""
_WORKING = {State.RUNNING, State.PLANNED, State.GENERATED}
_SHOWN = {State.ACCEPTED, State.FETCHING, State.QUEUED, *_WORKING, State.CANCELLED}
"""Everything after these is the delivery's to say."""


async def update_progress_forever(context: DeliveryContext) -> None:
    """Show progress until cancelled."""
    looked = 0.0
    while True:
        try:
            if time.monotonic() - looked > _QUEUE_EVERY:
                looked = time.monotonic()
                await _mark_queue(context)
            await update_progress(context)
        except AWAY as error:
            log.warning("cannot announce", cause=type(error).__name__)
        except Exception as error:  # the next look may go well, and everybody's progress hangs on this loop
            log.error("progress updates broke", cause=type(error).__name__)
        await asyncio.sleep(_EVERY)


async def update_progress(context: DeliveryContext) -> None:
    """Show every changed job that is due."""
    marks = await context.redis.spop(context.job_store.key("dirty"), 100)  # type: ignore[misc]
    await asyncio.gather(*(_show_safely(context, mark.decode()) for mark in marks or ()))


async def _mark_queue(context: DeliveryContext) -> None:
    entries = await context.redis.zrange(context.job_store.queue("render"), 0, _QUEUE_HEAD - 1)
    if entries:
        jobs = [entry.partition(b".")[2] for entry in entries]
        await context.redis.sadd(context.job_store.key("dirty"), *jobs)  # type: ignore[misc]


async def _show_safely(context: DeliveryContext, job: str) -> None:
    """One job that cannot be shown keeps no other from being shown."""
    try:
        await _show(context, job)
    except AWAY:
        raise
    except Exception as error:
        log.warning("not shown", job=job, cause=type(error).__name__)


async def _show(context: DeliveryContext, job: str) -> None:
    status = await progress.look(context.job_store, job)
    row = await context.job_store.row(job)
    if status is None or status.state not in _SHOWN or "address" not in row:
        return
    key = context.job_store.key("shown", job)
    face = _face(status)
    shown: bytes = await context.redis.get(key) or b""
    if shown == face:
        return
    pace = int(context.work.edit_every * 1000)
    if not await context.redis.set(context.job_store.key("paced", job), 1, nx=True, px=pace):
        await context.redis.sadd(context.job_store.key("dirty"), job)  # type: ignore[misc]
        return
    request, _ = request_in(row)
    later = await _edit(context, request, address_in(row, request), replace(status, before=_place(shown)))
    if later is None:
        await context.redis.set(key, face, ex=86_400)
        return
    await context.redis.set(context.job_store.key("paced", job), 1, px=max(pace, int(later * 1000)))
    await context.redis.sadd(context.job_store.key("dirty"), job)  # type: ignore[misc]


async def _edit(
    context: DeliveryContext, request: JobRequest, address: Address, status: Status
) -> float | None:
    """Under the lock that the delivery takes, too: an edit never overtakes the answer.

    Returns the seconds after which to try again, as the platform asks: "stopped" must be seen in the end, and
    a bot that does not wait as long as asked is told to wait longer. None: it is shown, or cannot be.
    """
    async with context.reply_lock(status.job, wait=False) as held:
        newest = await progress.look(context.job_store, status.job)
        if newest is None or newest.state not in _SHOWN:
            return None
        if not held:
            return 0.0
        try:
            async with asyncio.timeout(_EDIT):
                seen = replace(newest, before=status.before)
                await context.adapters.of(request.platform).show(request, address, seen)
        except RetryLaterError as error:
            return error.seconds
        except PlaceholderGoneError:
            await _unwanted(context, request, status.job)
        except TimeoutError:
            return 0.0
        except Exception as error:
            log.info("not shown", job=status.job, cause=type(error).__name__)
    return None


async def _unwanted(context: DeliveryContext, request: JobRequest, job: str) -> None:
    """A deleted placeholder cancels the job."""
    if await context.job_store.cancel(job, request.user) is State.CANCELLED:
        log.info("cancelled: its placeholder was deleted", job=job)


def _place(face: bytes) -> int | None:
    """The place in line that a face shows; None where it shows none."""
    state, _, rest = face.decode().partition(" ")
    place = rest.rpartition(" ")[2]
    return int(place) if state == State.QUEUED and place.isdigit() else None


def _face(status: Status) -> bytes:
    """What a person would see; equal faces are not sent twice."""
    return f"{status.state} {status.stage} {status.done:.1f} {status.position}".encode()
