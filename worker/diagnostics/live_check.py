"""`immersivaudio doctor --live`: a small film through the real queue, worker and delivery, hop by hop."""

import asyncio
import secrets
import tempfile
import time
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from immersivaudio import example
from immersivaudio.config import Settings
from immersivaudio.errors import ImmersivaudioError
from immersivaudio.media import probe
from immersivaudio.queue import Address, JobRequest, Queue, QueueSettings, Result, Source, State, Status
from immersivaudio.queue.artifact_store import GoneError
from immersivaudio.queue.connection import AWAY
from worker.diagnostics.report import CheckFailedError, CheckReport
from worker.diagnostics.target import CheckTarget, find_target

_SAME_STORE = "give all programs the same IMMERSIVAUDIO_QUEUE_STORE, a folder or bucket that all reach"
_LATE = {
    State.QUEUED: ("no worker took the clip", "start more workers, or wait: others may be before it"),
    State.RUNNING: ("the worker did not come to an end", "read the worker's log"),
    State.PLANNED: ("no worker plays music", "start one with: python -m worker run --role generate"),
    State.GENERATED: (
        "no worker puts the music on the clip",
        "start one with: python -m worker run --role analyse",
    ),
    State.RENDERED: ("no delivery took the result", "start one with: python -m worker deliver"),
    State.SENDING: ("the delivery did not come to an end", "read the log of the delivery"),
}


class _Leg(NamedTuple):
    name: str
    words: str
    after: frozenset[State]
    """The states in which it is over."""


_SENT = frozenset({State.DELIVERED})
_MADE = _SENT | {State.RENDERED, State.SENDING}
_TAKEN = _MADE | {State.RUNNING, State.PLANNED, State.GENERATED}
_PARTS = (
    _Leg("claimed", "a worker took it", _TAKEN),
    _Leg("rendered", "the worker made a result", _MADE),
    _Leg("delivered", "the delivery sent it", _SENT),
)


async def live_check(settings: QueueSettings, *, patience: float, plain: bool) -> int:
    """Report every hop on standard output; returns 0, or 3 where one of them needs the operator's hand."""
    hops = CheckReport(plain=plain)
    try:
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="checkup-")))
            ground = await find_target(settings, folder, hops, stack)
            queue = await stack.enter_async_context(Queue.connect(ground.settings))
            await _through(queue, ground, hops, patience)
    except CheckFailedError as error:
        hops.stuck(error)
    except AWAY as error:
        hops.stuck(CheckFailedError("Redis went away in between", "read its log", type(error).__name__))
    hops.close()
    return 0 if hops.well else 3


async def _through(queue: Queue, ground: CheckTarget, hops: CheckReport, patience: float) -> None:
    """All hops from the clip to its last trace."""
    user = f"console:checkup-{secrets.token_hex(4)}"
    clip = example.trial(ground.folder / "clip.mp4")
    job = ""
    try:
        with hops.timed("store", "the clip is in the store"):
            ref = await _stored(queue, clip)
        with hops.timed("accepted", "the request is in the job store"):
            job = await _submitted(queue, user, ref, clip)
        await _followed(queue, job, hops, patience)
        status = await queue.status(job)
        if status is None or status.result is None:
            raise CheckFailedError("the ledger lost the result", "read the worker's log")
        with hops.timed("fetched", "the result came back out of the store") as note:
            note(await _looked_at(queue, status.result, clip, ground.folder))
    finally:
        with hops.timed("cleaned", "nothing is left of it"):
            await asyncio.shield(_cleaned(queue, user, job))


async def _stored(queue: Queue, clip: Path) -> str:
    try:
        return await queue.store.put(clip)
    except Exception as error:
        raise CheckFailedError(
            "the store takes no files", "see IMMERSIVAUDIO_QUEUE_STORE and its permissions", str(error)
        ) from error


async def _submitted(queue: Queue, user: str, ref: str, clip: Path) -> str:
    nowhere = Address(platform="console", chat="checkup", message="-", extra={"discard": "yes"})
    source = Source(ref=ref, bytes=clip.stat().st_size)
    update = secrets.token_hex(8)
    request = JobRequest(platform="console", update=update, user=user, source=source, reply=nowhere)
    submitted = await queue.submit(request)
    if not submitted.accepted:
        raise CheckFailedError(
            f"the queue is full: {submitted.in_works} clips are in the works", "start more workers, or wait"
        )
    return submitted.job


async def _followed(queue: Queue, job: str, hops: CheckReport, patience: float) -> None:
    """From one state to the next, until it is delivered."""
    course = _Course(hops)
    try:
        async with asyncio.timeout(patience):
            async for status in queue.watch(job):
                course.moved(status)
    except TimeoutError:
        problem, remedy = _LATE.get(course.state, ("the clip did not come through", "read the logs"))
        place = f"; number {course.place} in line" if course.place else ""
        raise CheckFailedError(
            f"{problem} within {patience:.0f} s{place}", remedy, hop=course.stands
        ) from None
    end = await queue.status(job)
    if end is None or end.state is not State.DELIVERED:
        failure = end.failure if end else None
        if failure and failure.stage == "store":
            raise CheckFailedError("the worker does not find the clip", _SAME_STORE, hop=course.stands)
        problem = failure.problem if failure else "the clip was not delivered"
        remedy = (failure and failure.remedy) or "read the worker's log"
        raise CheckFailedError(problem, remedy, hop=course.stands)


class _Course:
    """Says how long each part of the way took, though some may be over before the first look."""

    def __init__(self, hops: CheckReport) -> None:
        self._hops = hops
        self._since = time.monotonic()
        self._left = list(_PARTS)
        self.state = State.QUEUED
        self.place: int | None = None

    @property
    def stands(self) -> str:
        """The part that is not over."""
        return self._left[0].name if self._left else ""

    def moved(self, status: Status) -> None:
        """Report the parts that are over."""
        self.state, self.place = status.state, status.position
        while self._left and not status.failure and status.state in self._left[0].after:
            part = self._left.pop(0)
            now = time.monotonic()
            self._hops.add(part.name, now - self._since, part.words)
            self._since = now
            if part.name == "rendered" and status.result:
                for stage, seconds in status.result.summary.seconds.items():
                    self._hops.add(stage, seconds, inner=True)


async def _looked_at(queue: Queue, result: Result, clip: Path, folder: Path) -> str:
    scored = folder / "scored.mp4"
    try:
        await queue.store.get(result.media.ref, scored)
    except GoneError as error:
        raise CheckFailedError(
            "the worker's result is not in our store",
            _SAME_STORE,
        ) from error
    try:
        before, after = probe(clip, Settings()), probe(scored, Settings())
    except ImmersivaudioError as error:
        raise CheckFailedError("the result is no film", "read the worker's log", error.problem) from error
    if after.audio is None or abs(before.duration - after.duration) > 1 / before.frame_rate:
        raise CheckFailedError("the result has no sound, or another length", "read the worker's log")
    summary = result.summary
    return f"{float(after.duration):.1f} s, {summary.mood}, {summary.hits} of {summary.hits_planned} cuts hit"


async def _cleaned(queue: Queue, user: str, job: str) -> None:
    record = await queue.record(job) if job else None
    await queue.forget(user)
    if record is None:
        return
    kept = [record.ref]
    if record.result:
        kept += [artifact.ref for artifact in (record.result.media, *record.result.extras.values())]
    left = [ref for ref in kept if ref and await queue.store.has(ref)]
    if left or await queue.record(job):
        raise CheckFailedError("traces of the clip are left", f"run: python -m worker forget {user}")


def run(settings: QueueSettings, *, patience: float, plain: bool) -> int:
    """As `checkup`, from where nothing runs yet; Ctrl-C cleans up."""
    with suppress(KeyboardInterrupt):
        return asyncio.run(live_check(settings, patience=patience, plain=plain))
    return 130
