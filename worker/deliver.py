"""The courier's jobs: bring the clip in, bring the answer out. A retry of either never renders again."""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import structlog

from immersivaudio.errors import ImmersivaudioError, UserError
from immersivaudio.queue.ledger import Claim
from immersivaudio.queue.letter import Address
from immersivaudio.queue.result import Artifact, Failure, Result
from immersivaudio.queue.store import GoneError
from worker.couriers import Courier, LaterError, UnreachableError
from worker.desk import Desk
from worker.hush import hush
from worker.lease import Lease, LeaseLostError

log = structlog.get_logger("worker.deliver")

_WALL = 600.0
"""s a transfer may take."""
_BACKOFF = 2.0
"""s after an error nobody explained."""
_PINGED = 86_400
"""s for which a notice is remembered: beside the row, which may be forgotten at any moment."""


async def fetch(ctx: dict[str, Any], job: str, entry: str) -> None:
    """arq's job: copy the clip from the platform into the store."""
    desk: Desk = ctx["desk"]
    claim = await desk.ledger.claim(job, entry, "fetch")
    if claim is None:
        return
    try:
        ref = await Lease(desk.ledger, claim).over(_fetched(desk, claim))
        if not await desk.ledger.fetched(job, claim.fence, ref):
            await desk.store.drop(ref)  # cancelled or forgotten meanwhile: nothing may stay
    except LeaseLostError:
        return
    except (asyncio.CancelledError, LaterError) as reason:
        await _put_back(desk, claim, reason)
    except ImmersivaudioError as error:
        failure = Failure(problem=error.problem, remedy=error.remedy, blame="user", stage="fetch")
        await desk.ledger.failed(job, claim.fence, failure, final=isinstance(error, UserError))
    except Exception as error:
        log.warning("fetch failed", job=job, cause=type(error).__name__)
        gone = Failure(problem="the clip could not be downloaded", remedy="send it again", stage="fetch")
        await desk.ledger.failed(job, claim.fence, gone)


async def deliver(ctx: dict[str, Any], job: str, entry: str) -> None:
    """arq's job: turn the placeholder into the answer."""
    desk: Desk = ctx["desk"]
    claim = await desk.ledger.claim(job, entry, "deliver")
    if claim is None:
        return
    lease, platform = Lease(desk.ledger, claim), claim.letter.platform
    try:
        courier = desk.couriers.of(platform)
        address, failure = await lease.over(_sent(desk, claim, courier, lease))
        known = await desk.ledger.delivered(job, claim.fence, failure)
        outcome = "refused" if failure else "delivered"
        if known and not failure:
            await _ping(desk, claim, courier, address)
    except LeaseLostError:
        outcome = "lost"
    except (asyncio.CancelledError, LaterError) as reason:
        outcome = "later"
        await _put_back(desk, claim, reason)
    except UnreachableError:
        outcome = "unreachable"
        nobody = Failure(problem="the chat could not be reached", blame="user", stage="deliver")
        await desk.ledger.delivered(job, claim.fence, nobody)
    except Exception as error:
        outcome = "later"
        log.warning("delivery failed", job=job, cause=type(error).__name__)
        await desk.ledger.release(job, claim.fence, _BACKOFF)
    desk.meters.deliveries.labels(platform, outcome).inc()
    log.info("deliver", job=job, outcome=outcome)


async def _fetched(desk: Desk, claim: Claim) -> str:
    source = claim.letter.source
    async with asyncio.timeout(_WALL):
        with tempfile.TemporaryDirectory(prefix="fetch-", dir=desk.work.scratch) as folder:
            path = Path(folder) / "clip"
            await desk.couriers.of(claim.letter.platform).fetch(source, path, desk.library.max_bytes)
            return await desk.store.put(path)


async def _sent(desk: Desk, claim: Claim, courier: Courier, lease: Lease) -> tuple[Address, Failure | None]:
    """Where the answer stands, and the failure where it is one."""
    async with asyncio.timeout(_WALL):
        address = await _placeholder(desk, claim, courier)
        async with hush(desk.redis, desk.ledger.key("edit", claim.job), wait=True):
            with tempfile.TemporaryDirectory(prefix="send-", dir=desk.work.scratch) as folder:
                answer = await _answer(desk, claim, Path(folder))
                _check(lease)
                if isinstance(answer, Failure):
                    await courier.refuse(claim.letter, address, answer, claim.job)
                    return address, answer
                result, media = answer
                await courier.deliver(claim.letter, address, result, media, claim.job)
                return address, None


async def _answer(desk: Desk, claim: Claim, folder: Path) -> tuple[Result, Path] | Failure:
    """What is to be said: the result, its files in `folder`, or why there is none (any more)."""
    if claim.failure or not claim.result:
        return claim.failure or Failure(problem="there is no result")
    media = folder / Path(claim.result.media.name).name
    try:
        await desk.store.get(claim.result.media.ref, media)
        for file in _beside(claim.result):
            await desk.store.get(file.ref, media.with_name(Path(file.name).name))
    except GoneError as error:
        return Failure(problem=error.problem, remedy=error.remedy, stage="deliver")
    return claim.result, media


def _beside(result: Result) -> Sequence[Artifact]:
    """What a courier finds in the folder of the media: a picture of the film, more archives of stems."""
    picture = result.extras.get("thumbnail")
    return (*result.files[1:], *([picture] if picture else []))


def _check(lease: Lease) -> None:
    """A process that slept through its lease sends nothing."""
    if not lease.fresh:
        raise LeaseLostError


async def _placeholder(desk: Desk, claim: Claim, courier: Courier) -> Address:
    """The message to edit; a new one, after a moment of grace, where the frontend died before it told."""
    if claim.address.message:
        return claim.address
    age = time.time() - claim.created
    if age < desk.work.place_after:
        raise LaterError(min(1.0, desk.work.place_after - age + 0.05))
    placed = await courier.place(claim.letter, claim.job)
    return await desk.ledger.place(claim.job, placed) or placed


async def _put_back(desk: Desk, claim: Claim, reason: BaseException) -> None:
    delay = reason.seconds if isinstance(reason, LaterError) else 0.0
    await asyncio.shield(desk.ledger.release(claim.job, claim.fence, delay))
    if isinstance(reason, asyncio.CancelledError):
        raise reason


async def _ping(desk: Desk, claim: Claim, courier: Courier, address: Address) -> None:
    """Once at most, and only where it took long: the mark comes before the message."""
    if claim.failure or time.time() - claim.created < desk.work.ping_after:
        return
    if await desk.redis.set(desk.ledger.key("pinged", claim.job), 1, nx=True, ex=_PINGED):
        try:
            await courier.ping(claim.letter, address)
        except Exception as error:
            log.info("no ping", job=claim.job, cause=type(error).__name__)
