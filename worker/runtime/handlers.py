"""What a worker does with a leased job: all of it, or the step of its role. Each ends in one transition."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from immersivaudio.errors import UserError
from immersivaudio.queue.job_request import JobRequest
from immersivaudio.queue.job_store import LeasedJob
from immersivaudio.queue.result import Result, StepHandoff
from worker.runtime import analysis_cache, outputs
from worker.runtime.batcher import BatchItem
from worker.runtime.context import WorkerContext
from worker.runtime.lease import Lease
from worker.sandbox.subprocess_pool import AnswerT
from worker.sandbox.tasks import MusicTask, PlanAnswer, RenderAnswer, RenderTask


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made, and the move that says so."""

    name: str
    """As the metrics and the log call it."""
    written: Callable[[], Coroutine[Any, Any, bool]]
    """False: the job is no longer ours."""
    made: tuple[str, ...] = ()
    """In the store, and of no use where the job is no longer ours."""
    used: tuple[str, ...] = ()
    """In the store, and of no use once it is written."""
    seen: "StoredAnalysis | None" = None
    """To be remembered once it is written: of a clip that was forgotten meanwhile, nothing is."""


@dataclass(frozen=True, slots=True)
class StoredAnalysis:
    """What was seen of a clip."""

    digest: str
    kind: str
    ref: str
    """In the store."""


Step = Callable[[WorkerContext, LeasedJob, Lease, Path], Coroutine[Any, Any, Outcome]]


async def whole(context: WorkerContext, leased: LeasedJob, lease: Lease, folder: Path) -> Outcome:
    """Look, play, put together."""
    digest, task = await _task(context, leased, folder)
    done = await _by_child(context, lease, task, RenderAnswer)
    _measured(context, done.summary.seconds)
    seen = await _seen(context, leased, folder, digest, "" if task.seen else done.seen)
    return _finished(context, leased, await outputs.stored(context.store, folder, done, digest), seen=seen)


async def analyse(context: WorkerContext, leased: LeasedJob, lease: Lease, folder: Path) -> Outcome:
    """Everything before the music; all of it where no music is wanted."""
    if leased.request.action == "describe":
        return await whole(context, leased, lease, folder)
    digest, task = await _task(context, leased, folder)
    done = await _by_child(context, lease, task.model_copy(update={"step": "analyse"}), PlanAnswer)
    _measured(context, done.seconds)
    seen = await _seen(context, leased, folder, digest, "" if task.seen else done.seen)
    plan = StepHandoff(sheet=done.sheet, sha256=digest, seconds=done.seconds, backends=done.backends)
    return Outcome(
        "planned", lambda: context.job_store.planned(leased.job, leased.fence, plan), _refs(seen), seen=seen
    )


async def generate(context: WorkerContext, leased: LeasedJob, lease: Lease, _folder: Path) -> Outcome:
    """Make the music, together with that of other waiting clips."""
    plan, request = _plan(leased), leased.request
    work = MusicTask(action=request.action, options=request.options, sheet=plan.sheet)
    played = await context.active_batcher.generate(BatchItem(work, lease.tell, alone=leased.tries > 1))
    plan = plan.model_copy(
        update={
            "seconds": plan.seconds | played.seconds,
            "backends": plan.backends | played.backends,
            "batch": played.batch,
        }
    )
    return Outcome(
        "generated",
        lambda: context.job_store.generated(leased.job, leased.fence, plan, played.ref),
        made=(played.ref,),
    )


async def finish(context: WorkerContext, leased: LeasedJob, lease: Lease, folder: Path) -> Outcome:
    """The music onto the clip."""
    plan = _plan(leased)
    digest, task = await _task(context, leased, folder)
    await context.store.get(leased.tracks, folder / "tracks")
    before = {name: getattr(plan, name) for name in ("sheet", "seconds", "backends", "batch")}
    last = task.model_copy(update={"step": "finish", "tracks": "tracks", **before})
    done = await _by_child(context, lease, last, RenderAnswer)
    spent = done.summary.seconds.items()
    _measured(context, {stage: seconds for stage, seconds in spent if stage not in plan.seconds})
    result = await outputs.stored(context.store, folder, done, digest)
    return _finished(context, leased, result, used=(leased.tracks,))


def _finished(
    context: WorkerContext,
    leased: LeasedJob,
    result: Result,
    *,
    used: tuple[str, ...] = (),
    seen: StoredAnalysis | None = None,
) -> Outcome:
    made = tuple(artifact.ref for artifact in (result.media, *result.extras.values()))
    return Outcome(
        "rendered",
        lambda: context.job_store.rendered(leased.job, leased.fence, result),
        made=(*made, *_refs(seen)),
        used=used,
        seen=seen,
    )


def _plan(leased: LeasedJob) -> StepHandoff:
    if leased.plan is None:
        raise RuntimeError("the step before left no plan")
    return leased.plan


async def _task(context: WorkerContext, leased: LeasedJob, folder: Path) -> tuple[str, RenderTask]:
    """The digest of the clip, which now lies in `folder`, and the task of the render process."""
    request, clip = leased.request, folder / "input"
    await context.store.get(leased.ref, clip)
    digest = await asyncio.to_thread(analysis_cache.sha256, clip)
    kind = analysis_cache.variant(context.library, request)
    known = await analysis_cache.AnalysisCache(context.job_store, context.store).find(
        digest, kind, folder / "seen"
    )
    parent = await _parent(context, request)
    return digest, RenderTask(
        folder=str(folder),
        input=clip.name,
        kind=request.source.kind,
        song=request.source.song,
        action=request.action,
        options=request.options,
        sheet=request.sheet or (parent.sheet if parent else ""),
        before=parent.summary.portrait if parent else None,
        seen="seen" if known else "",
        cuts=request.cuts,
    )


async def _by_child(context: WorkerContext, lease: Lease, task: RenderTask, answer: type[AnswerT]) -> AnswerT:
    child = context.children.pop()
    try:
        return await child.run(task, answer, lease.tell, context.work.wall)
    finally:
        context.children.append(child)


def _measured(context: WorkerContext, seconds: Mapping[str, float]) -> None:
    for stage, taken in seconds.items():
        context.metrics.stage_seconds.labels(stage).observe(taken)


async def _seen(
    context: WorkerContext, leased: LeasedJob, folder: Path, digest: str, file: str
) -> StoredAnalysis | None:
    """Keep `file`, what was seen, for the next request over the same bytes; "" where it is known already."""
    if not file:
        return None
    ref = await context.store.put(outputs.inside(folder, file), ".zip")
    return StoredAnalysis(digest, analysis_cache.variant(context.library, leased.request), ref)


def _refs(seen: StoredAnalysis | None) -> tuple[str, ...]:
    return (seen.ref,) if seen else ()


async def _parent(context: WorkerContext, request: JobRequest) -> Result | None:
    """The result to start from; raises `UserError` where one is asked for that is no longer known."""
    if not request.parent or request.action == "score" or request.sheet:
        return None
    row = await context.job_store.row(request.parent)
    result = Result.from_json(row["result"]) if "result" in row else None
    if not result or not result.sheet:
        raise UserError("the clip to start from is no longer known", "send it again", stage="render")
    return result
