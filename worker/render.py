"""The render job: claim, fetch the clip from the store, let the child work, store the result, say so."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import structlog
from redis.exceptions import RedisError

from immersivaudio.errors import UserError
from immersivaudio.queue.ledger import Claim
from immersivaudio.queue.letter import Letter
from immersivaudio.queue.result import Artifact, Failure, Result, Summary
from immersivaudio.queue.store import GoneError
from worker import sight
from worker.desk import Desk
from worker.lease import Lease, LeaseLostError
from worker.nursery import ChildDiedError, ChildError

log = structlog.get_logger("worker.render")

_AGAIN = "try again, or try another clip"
_TOO_MUCH = "this clip was too much for our machine"
_BROKE = "something broke while scoring this clip"


async def render(ctx: dict[str, Any], job: str, entry: str) -> None:
    """arq's job: whatever happens in it, the ledger knows what to do next."""
    desk: Desk = ctx["desk"]
    claim = await desk.ledger.claim(job, entry, "render")
    if claim is None:
        return
    lease = Lease(desk.ledger, claim)
    try:
        result = await lease.over(_bounded(desk, claim, lease))
        outcome = "rendered" if await desk.ledger.rendered(job, claim.fence, result) else "lost"
        if outcome == "lost":
            await _drop(desk, result)
    except (LeaseLostError, RedisError) as error:  # nobody to tell: the sweeper sees to it
        outcome = "lost"
        log.warning("lost", job=job, cause=type(error).__name__)
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
    log.info("render", job=job, outcome=outcome)


async def _bounded(desk: Desk, claim: Claim, lease: Lease) -> Result:
    async with asyncio.timeout(desk.work.wall + 120):  # the store may hang, too
        with tempfile.TemporaryDirectory(prefix="job-", dir=desk.work.scratch) as folder:
            return await _work(desk, claim, lease, Path(folder))


async def _work(desk: Desk, claim: Claim, lease: Lease, folder: Path) -> Result:
    letter, clip = claim.letter, folder / "input"
    await desk.store.get(claim.ref, clip)
    digest = await asyncio.to_thread(sight.sha256, clip)
    memory = sight.Sight(desk.ledger, desk.store)
    kind = sight.variant(desk.library, letter.ask)
    known = await memory.find(digest, kind, folder / "seen")
    task = {
        "action": letter.action,
        "input": "input",
        "folder": str(folder),
        "ask": letter.ask.model_dump(mode="json"),
        "kind": letter.source.kind,
        "sheet": letter.sheet or await _parents_sheet(desk, letter),
        "seen": "seen" if known else "",
    }
    child = desk.children.pop()
    try:
        done = await child.run(task, lease.tell, desk.work.wall)
    finally:
        desk.children.append(child)
    for stage, seconds in done.get("summary", {}).get("seconds", {}).items():
        desk.meters.stage_seconds.labels(stage).observe(seconds)
    if done.get("seen") and not known:
        await memory.keep(digest, kind, _inside(folder, done["seen"]))
    return await _stored(desk, folder, done, digest)


async def _stored(desk: Desk, folder: Path, done: dict[str, Any], digest: str) -> Result:
    async def keep(name: str) -> Artifact:
        path = _inside(folder, name)
        ref = await desk.store.put(path, path.suffix)
        return Artifact(ref=ref, name=path.name, bytes=path.stat().st_size)

    extras = {name: await keep(file) for name, file in done.get("extras", {}).items()}
    return Result(
        media=await keep(done["media"]),
        extras=extras,
        summary=Summary.model_validate(done.get("summary", {})),
        sheet=str(done.get("sheet", "")),
        sha256=digest,
    )


def _inside(folder: Path, name: str) -> Path:
    """A child that was taken over may name any file: only plain files of its own folder count."""
    path = folder / name
    if path.is_symlink() or not path.is_file() or path.resolve().parent != folder.resolve():
        raise ValueError("the child named a file that is not its own")
    return path


async def _parents_sheet(desk: Desk, letter: Letter) -> str:
    if not letter.parent:
        return ""
    row = await desk.ledger.row(letter.parent)
    sheet: str = Result.read(row["result"]).sheet if "result" in row else ""
    if not sheet:
        raise UserError("the clip to start from is no longer known", "send it again", stage="render")
    return sheet


async def _drop(desk: Desk, result: Result) -> None:
    for artifact in (result.media, *result.extras.values()):
        await desk.store.drop(artifact.ref)


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
