"""The jobs of a worker: claim, work under the lease, say how it went. Whatever happens, the ledger knows what
to do next.
"""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import structlog
from redis.exceptions import RedisError

from immersivaudio.errors import UserError
from immersivaudio.queue.ledger import Claim
from immersivaudio.queue.result import Failure
from immersivaudio.queue.store import GoneError
from worker import steps
from worker.desk import Desk
from worker.gathering import PutBackError
from worker.lease import Lease, LeaseLostError
from worker.nursery import ChildDiedError, ChildError
from worker.sight import Sight
from worker.steps import Outcome, Step

log = structlog.get_logger("worker.render")

_AGAIN = "try again, or try another clip"
_TOO_MUCH = "this clip was too much for our machine"
_BROKE = "something broke while scoring this clip"


async def render(ctx: dict[str, Any], job: str, entry: str) -> None:
    """arq's job: a clip nobody has begun."""
    desk: Desk = ctx["desk"]
    await _do(desk, job, entry, "render", steps.look if desk.work.lane == "look" else steps.whole)


async def play(ctx: dict[str, Any], job: str, entry: str) -> None:
    """arq's job: a clip that was looked at."""
    desk: Desk = ctx["desk"]
    async with desk.players.guest():
        await _do(desk, job, entry, "play", steps.play)


async def finish(ctx: dict[str, Any], job: str, entry: str) -> None:
    """arq's job: a clip whose music is made."""
    await _do(ctx["desk"], job, entry, "finish", steps.finish)


async def _do(desk: Desk, job: str, entry: str, verb: str, step: Step) -> None:
    claim = await desk.ledger.claim(job, entry, verb)
    if claim is None:
        return
    lease = Lease(desk.ledger, claim)
    try:
        done = await lease.over(_bounded(desk, claim, lease, step))
        outcome = await _written(desk, done)
    except (LeaseLostError, RedisError) as error:  # nobody to tell: the sweeper sees to it
        outcome = "lost"
        log.warning("lost", job=job, cause=type(error).__name__)
    except PutBackError:
        outcome = "put-back"
        await desk.ledger.release(job, claim.fence)
    except asyncio.CancelledError:
        await asyncio.shield(desk.ledger.release(job, claim.fence))
        log.info("put back", job=job)
        raise
    except Exception as error:
        failure, final = explain(error)
        outcome = await desk.ledger.failed(job, claim.fence, failure, final=final)
        log.warning("try failed", job=job, cause=_cause(error), next=outcome, tries=claim.tries)
        outcome = f"failed-{outcome}"
    desk.meters.tries.labels(outcome).inc()
    log.info(verb, job=job, outcome=outcome)


async def _written(desk: Desk, done: Outcome) -> str:
    written = await done.written()
    for ref in done.used if written else done.made:
        await desk.store.drop(ref)
    if written and done.seen:
        await Sight(desk.ledger, desk.store).keep(done.seen.digest, done.seen.kind, done.seen.ref)
    return done.name if written else "lost"


async def _bounded(desk: Desk, claim: Claim, lease: Lease, step: Step) -> Outcome:
    async with asyncio.timeout(desk.work.longest):  # the store may hang, too
        with tempfile.TemporaryDirectory(prefix="job-", dir=desk.work.scratch) as folder:
            return await step(desk, claim, lease, Path(folder))


def explain(error: Exception) -> tuple[Failure, bool]:
    """What to tell the user, and whether another try is of no use."""
    if isinstance(error, ChildError):
        facts = error.facts
        return Failure.model_validate(facts), bool(facts.get("final"))
    if isinstance(error, GoneError | UserError):
        return Failure(problem=error.problem, remedy=error.remedy, blame="user", stage=error.stage), True
    if isinstance(error, ChildDiedError):
        return Failure(problem=_TOO_MUCH, remedy=_AGAIN, stage="render"), False
    return Failure(problem=_BROKE, remedy=_AGAIN, stage="render"), False


def _cause(error: Exception) -> str:
    """For the log: never a message that may quote a user."""
    if isinstance(error, ChildError):
        return str(error.facts.get("trace") or error.facts.get("stage", ""))
    return str(error) if isinstance(error, ChildDiedError) else type(error).__name__
