"""The arq jobs of a worker: claim, work under the lease, report the outcome to the job store."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import structlog
from redis.exceptions import RedisError

from immersivaudio.errors import UserError, out_of_space
from immersivaudio.queue.artifact_store import GoneError
from immersivaudio.queue.job_store import LeasedJob
from immersivaudio.queue.result import Failure
from worker.runtime import handlers
from worker.runtime.analysis_cache import AnalysisCache
from worker.runtime.batcher import RequeueError
from worker.runtime.context import WorkerContext
from worker.runtime.handlers import Outcome, Step
from worker.runtime.lease import Lease, LeaseLostError
from worker.runtime.no_space import wait_for_space
from worker.sandbox.subprocess_pool import RenderTaskError, SubprocessDiedError, SubprocessTimeoutError

log = structlog.get_logger("worker.runtime.jobs")

_AGAIN = "try again, or try another clip"
_TOO_MUCH = "this clip was too much for our machine"
_TOO_LONG = "this clip needs more time than this machine gives it"
_SHORTER = "send a shorter or smaller one"
_BROKE = "something broke while scoring this clip"


async def render(ctx: dict[str, Any], job: str, entry: str) -> None:
    """arq's job: a new clip."""
    context: WorkerContext = ctx["context"]
    await _do(
        context, job, entry, "render", handlers.analyse if context.work.role == "analyse" else handlers.whole
    )


async def generate(ctx: dict[str, Any], job: str, entry: str) -> None:
    """arq's job: a clip that was looked at."""
    context: WorkerContext = ctx["context"]
    async with context.active_batcher.admit():
        await _do(context, job, entry, "generate", handlers.generate)


async def finish(ctx: dict[str, Any], job: str, entry: str) -> None:
    """arq's job: a clip whose music is made."""
    await _do(ctx["context"], job, entry, "finish", handlers.finish)


async def _do(context: WorkerContext, job: str, entry: str, verb: str, step: Step) -> None:
    leased = await context.job_store.claim(job, entry, verb)
    if leased is None:
        return
    lease = Lease(context.job_store, leased)
    try:
        if not leased.readable:
            raise UserError("this request could not be read", "send the clip again", stage="render")
        done = await lease.over(_bounded(context, leased, lease, step))
        outcome = await _written(context, done)
    except (LeaseLostError, RedisError) as error:  # nobody to tell: the sweeper sees to it
        outcome = "lost"
        log.warning("lost", job=job, cause=type(error).__name__)
    except RequeueError:
        outcome = "put-back"
        await context.job_store.release(job, leased.fence)
    except asyncio.CancelledError:
        await asyncio.shield(context.job_store.release(job, leased.fence))
        log.info("put back", job=job)
        raise
    except Exception as error:
        if _disk_is_full(error):
            outcome = "put-back"
            await wait_for_space(context, leased)
        else:
            outcome = await _failed(context, leased, error)
    context.metrics.tries.labels(outcome).inc()
    log.info(verb, job=job, outcome=outcome)


def _disk_is_full(error: Exception) -> bool:
    """Whether ours is: the child's word for its own errors counts as well."""
    return out_of_space(error) or (isinstance(error, RenderTaskError) and error.failure.no_space)


async def _failed(context: WorkerContext, leased: LeasedJob, error: Exception) -> str:
    failure, final = explain(error)
    outcome = await context.job_store.failed(leased.job, leased.fence, failure, final=final)
    log.warning("try failed", job=leased.job, cause=_cause(error), next=outcome, tries=leased.tries)
    return f"failed-{outcome}"


async def _written(context: WorkerContext, done: Outcome) -> str:
    written = await done.written()
    for ref in done.used if written else done.made:
        await context.store.drop(ref)
    if written and done.seen:
        await AnalysisCache(context.job_store, context.store).keep(
            done.seen.digest, done.seen.kind, done.seen.ref
        )
    return done.name if written else "lost"


async def _bounded(context: WorkerContext, leased: LeasedJob, lease: Lease, step: Step) -> Outcome:
    async with asyncio.timeout(context.work.longest):  # the store may hang, too
        with tempfile.TemporaryDirectory(prefix="job-", dir=context.work.scratch) as folder:
            return await step(context, leased, lease, Path(folder))


def explain(error: Exception) -> tuple[Failure, bool]:
    """What to tell the user, and whether another try is of no use."""
    if isinstance(error, RenderTaskError):
        return Failure.model_validate(error.failure.plain()), error.failure.final
    if isinstance(error, GoneError | UserError):
        return Failure(problem=error.problem, remedy=error.remedy, blame="user", stage=error.stage), True
    if isinstance(error, SubprocessTimeoutError):  # it would take as long again
        return Failure(problem=_TOO_LONG, remedy=_SHORTER, blame="user", stage="render"), True
    if isinstance(error, SubprocessDiedError):
        return Failure(problem=_TOO_MUCH, remedy=_AGAIN, stage="render"), False
    return Failure(problem=_BROKE, remedy=_AGAIN, stage="render"), False


def _cause(error: Exception) -> str:
    """For the log: never a message that may quote a user."""
    if isinstance(error, RenderTaskError):
        return error.failure.trace or error.failure.stage
    return str(error) if isinstance(error, SubprocessDiedError) else type(error).__name__
