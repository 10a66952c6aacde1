"""The arq jobs of the delivery: fetch the clip, deliver the result. A retry of either never renders again."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import structlog

from immersivaudio.errors import ImmersivaudioError, UserError, out_of_space
from immersivaudio.queue import albums
from immersivaudio.queue.artifact_store import GoneError
from immersivaudio.queue.job_request import Address, PartKind, Source
from immersivaudio.queue.job_store import LeasedJob
from immersivaudio.queue.result import Artifact, Failure, Result
from worker.delivery import smaller_result
from worker.delivery.adapters import (
    DeliveryAdapter,
    RetryLaterError,
    TooLargeHereError,
    UnreachableError,
)
from worker.delivery.context import DeliveryContext
from worker.runtime.lease import Lease, LeaseLostError
from worker.runtime.no_space import wait_for_space

log = structlog.get_logger("worker.delivery.jobs")

_WALL = 600.0
"""s a transfer may take."""
_BACKOFF = 2.0
"""s until the next try after an unknown error."""
_PINGED = 86_400
"""s for which a notice is remembered: beside the row, which may be forgotten at any moment."""


async def fetch(ctx: dict[str, Any], job: str, entry: str) -> None:
    """arq's job: copy the clip from the platform into the store."""
    context: DeliveryContext = ctx["context"]
    leased = await context.job_store.claim(job, entry, "fetch")
    if leased is None:
        return
    try:
        ref = await Lease(context.job_store, leased).over(_fetched(context, leased))
        if not await context.job_store.fetched(job, leased.fence, ref):
            await context.store.drop(ref)  # cancelled or forgotten meanwhile: nothing may stay
    except LeaseLostError:
        return
    except (asyncio.CancelledError, RetryLaterError) as reason:
        await _put_back(context, leased, reason)
    except Exception as error:
        if out_of_space(error):
            await wait_for_space(context, leased)
        else:
            await _not_fetched(context, leased, error)


async def _not_fetched(context: DeliveryContext, leased: LeasedJob, error: Exception) -> None:
    """A try failed, and another one follows unless it cannot help."""
    if isinstance(error, ImmersivaudioError):
        failure = Failure(problem=error.problem, remedy=error.remedy, blame="user", stage="fetch")
        final = isinstance(error, UserError)
        await context.job_store.failed(leased.job, leased.fence, failure, final=final)
        return
    log.warning("fetch failed", job=leased.job, cause=type(error).__name__)
    gone = Failure(problem="the clip could not be downloaded", remedy="send it again", stage="fetch")
    await context.job_store.failed(leased.job, leased.fence, gone)


async def deliver(ctx: dict[str, Any], job: str, entry: str) -> None:
    """arq's job: turn the placeholder into the answer."""
    context: DeliveryContext = ctx["context"]
    leased = await context.job_store.claim(job, entry, "deliver")
    if leased is None:
        return
    lease, platform = Lease(context.job_store, leased), leased.request.platform
    try:
        adapter = context.adapters.of(platform)
        address, failure = await lease.over(_sent(context, leased, adapter, lease))
        known = await context.job_store.delivered(job, leased.fence, failure)
        outcome = "refused" if failure else "delivered"
        if known and not failure:
            await _ping(context, leased, adapter, address)
    except LeaseLostError:
        outcome = "lost"
    except (asyncio.CancelledError, RetryLaterError) as reason:
        outcome = "later"
        await _put_back(context, leased, reason)
    except UnreachableError:
        outcome = "unreachable"
        nobody = Failure(problem="the chat could not be reached", blame="user", stage="deliver")
        await context.job_store.delivered(job, leased.fence, nobody)
    except Exception as error:
        outcome = "later"
        log.warning("delivery failed", job=job, cause=type(error).__name__)
        await context.job_store.release(job, leased.fence, _BACKOFF)
    context.metrics.deliveries.labels(platform, outcome).inc()
    log.info("deliver", job=job, outcome=outcome)


async def _fetched(context: DeliveryContext, leased: LeasedJob) -> str:
    if not leased.readable:
        raise UserError("this request could not be read", "send the clip again", stage="fetch")
    source = leased.request.source
    async with asyncio.timeout(_WALL):
        with tempfile.TemporaryDirectory(prefix="fetch-", dir=context.work.scratch) as folder:
            path, adapter = Path(folder) / "clip", context.adapters.of(leased.request.platform)
            if source.pieces:
                await _packed(context, adapter, source, path)
            else:
                await _file(context, adapter, source, path, context.library.max_bytes)
            return await context.store.put(path)


async def _file(
    context: DeliveryContext, adapter: DeliveryAdapter, source: Source, path: Path, limit: int
) -> None:
    """One file, from the platform or from where a link leads."""
    if source.link:
        await context.adapters.links().download(source.link, path, limit)
    else:
        await adapter.fetch(source, path, limit)


async def _packed(context: DeliveryContext, adapter: DeliveryAdapter, source: Source, path: Path) -> None:
    """Fetch every part; one that is gone is left empty, and the film says that it was left out."""
    limit = context.library.max_bytes
    parts: list[tuple[Path, PartKind]] = []
    lost: UserError | None = None
    for number, part in enumerate(source.pieces):
        file = path.with_name(f"part-{number}")
        alone = Source(file=part.file, bytes=part.bytes, link=part.link)
        try:
            await _file(context, adapter, alone, file, limit)
        except UserError as error:
            if source.kind != "album" or part.kind == "song":
                raise
            file.write_bytes(b"")
            lost = error
        limit -= file.stat().st_size
        parts.append((file, part.kind))
    if lost and not any(file.stat().st_size for file, _ in parts):
        raise lost
    await asyncio.to_thread(albums.pack, parts, path)


async def _sent(
    context: DeliveryContext, leased: LeasedJob, adapter: DeliveryAdapter, lease: Lease
) -> tuple[Address, Failure | None]:
    """Where the answer stands, and the failure where it is one."""
    async with asyncio.timeout(_WALL):
        address = await _placeholder(context, leased, adapter)
        async with context.reply_lock(leased.job, wait=True):
            with tempfile.TemporaryDirectory(prefix="send-", dir=context.work.scratch) as folder:
                answer = await _answer(context, leased, Path(folder))
                _check(lease)
                if isinstance(answer, Failure):
                    await adapter.refuse(leased.request, address, answer, leased.job)
                    return address, answer
                result, media = answer
                try:
                    await adapter.deliver(leased.request, address, result, media, leased.job)
                except TooLargeHereError as error:
                    return address, await _smaller(context, leased, adapter, address, error.size)
                return address, None


async def _smaller(
    context: DeliveryContext, leased: LeasedJob, adapter: DeliveryAdapter, address: Address, size: int
) -> Failure:
    """Why this file is no answer: a smaller one follows, or it is told that none can be."""
    if await smaller_result.ask_for_less(context, leased, address, size):
        return smaller_result.REPLACED
    await adapter.refuse(leased.request, address, smaller_result.TOO_LARGE, leased.job)
    return smaller_result.TOO_LARGE


async def _answer(context: DeliveryContext, leased: LeasedJob, folder: Path) -> tuple[Result, Path] | Failure:
    """What is to be said: the result, its files in `folder`, or why there is none (any more)."""
    if leased.failure or not leased.result:
        return leased.failure or Failure(
            problem="the result could not be read", remedy="send the clip again", stage="deliver"
        )
    media = folder / Path(leased.result.media.name).name
    try:
        await context.store.get(leased.result.media.ref, media)
        for file in _beside(leased.result):
            await context.store.get(file.ref, media.with_name(Path(file.name).name))
    except GoneError as error:
        return Failure(problem=error.problem, remedy=error.remedy, stage="deliver")
    return leased.result, media


def _beside(result: Result) -> Sequence[Artifact]:
    """What an adapter finds in the folder of the media: a thumbnail of the film, more archives of stems."""
    picture = result.extras.get("thumbnail")
    return (*result.files[1:], *([picture] if picture else []))


def _check(lease: Lease) -> None:
    """A process that slept through its lease sends nothing."""
    if not lease.fresh:
        raise LeaseLostError


async def _placeholder(context: DeliveryContext, leased: LeasedJob, adapter: DeliveryAdapter) -> Address:
    """The message to edit; a new one, after a moment of grace, where the frontend died before it told."""
    if leased.address.message:
        return leased.address
    age = context.clock.now() - leased.created
    if age < context.work.place_after:
        raise RetryLaterError(min(1.0, context.work.place_after - age + 0.05))
    placed = await adapter.place(leased.request, leased.job)
    return await context.job_store.place(leased.job, placed) or placed


async def _put_back(context: DeliveryContext, leased: LeasedJob, reason: BaseException) -> None:
    delay = reason.seconds if isinstance(reason, RetryLaterError) else 0.0
    await asyncio.shield(context.job_store.release(leased.job, leased.fence, delay))
    if isinstance(reason, asyncio.CancelledError):
        raise reason


async def _ping(
    context: DeliveryContext, leased: LeasedJob, adapter: DeliveryAdapter, address: Address
) -> None:
    """Once at most, and only where it took long: the mark comes before the message."""
    if leased.failure or context.clock.now() - leased.created < context.work.ping_after:
        return
    if await context.redis.set(context.job_store.key("pinged", leased.job), 1, nx=True, ex=_PINGED):
        try:
            await adapter.ping(leased.request, address)
        except Exception as error:
            log.info("no ping", job=leased.job, cause=type(error).__name__)
