"""What a worker does with a clip it holds: all of it, or the step of its lane. Each ends in one move of the
ledger.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from immersivaudio.errors import UserError
from immersivaudio.queue.ledger import Claim
from immersivaudio.queue.letter import Letter
from immersivaudio.queue.result import Plan, Result
from worker import outputs, sight
from worker.desk import Desk
from worker.gathering import Seat
from worker.lease import Lease


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
    seen: "Seen | None" = None
    """To be remembered once it is written: of a clip that was forgotten meanwhile, nothing is."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a clip."""

    digest: str
    kind: str
    ref: str
    """In the store."""


Step = Callable[[Desk, Claim, Lease, Path], Coroutine[Any, Any, Outcome]]


async def whole(desk: Desk, claim: Claim, lease: Lease, folder: Path) -> Outcome:
    """Look, play, put together."""
    digest, task = await _task(desk, claim, folder)
    done = await _by_child(desk, lease, task)
    _measured(desk, done.get("summary", {}).get("seconds", {}))
    seen = await _seen(desk, claim, folder, digest, task, done)
    return _finished(desk, claim, await outputs.stored(desk.store, folder, done, digest), seen=seen)


async def look(desk: Desk, claim: Claim, lease: Lease, folder: Path) -> Outcome:
    """Everything before the music."""
    digest, task = await _task(desk, claim, folder)
    done = await _by_child(desk, lease, task | {"step": "look"})
    _measured(desk, done["seconds"])
    seen = await _seen(desk, claim, folder, digest, task, done)
    plan = Plan(sheet=str(done["sheet"]), sha256=digest, seconds=done["seconds"], backends=done["backends"])
    return Outcome(
        "planned", lambda: desk.ledger.planned(claim.job, claim.fence, plan), _refs(seen), seen=seen
    )


async def play(desk: Desk, claim: Claim, lease: Lease, _folder: Path) -> Outcome:
    """The music, together with that of others who wait."""
    plan, letter = _plan(claim), claim.letter
    work = {"action": letter.action, "ask": letter.ask.model_dump(mode="json"), "sheet": plan.sheet}
    played = await desk.players.play(Seat(work, lease.tell, alone=claim.tries > 1))
    plan = plan.model_copy(
        update={
            "seconds": plan.seconds | played.seconds,
            "backends": plan.backends | played.backends,
            "batch": played.batch,
        }
    )
    return Outcome(
        "played", lambda: desk.ledger.played(claim.job, claim.fence, plan, played.ref), made=(played.ref,)
    )


async def finish(desk: Desk, claim: Claim, lease: Lease, folder: Path) -> Outcome:
    """The music onto the clip."""
    plan = _plan(claim)
    digest, task = await _task(desk, claim, folder)
    await desk.store.get(claim.tracks, folder / "tracks")
    told = {"seconds": plan.seconds, "backends": plan.backends, "batch": plan.batch}
    done = await _by_child(
        desk, lease, task | told | {"step": "finish", "sheet": plan.sheet, "tracks": "tracks"}
    )
    spent = done.get("summary", {}).get("seconds", {})
    _measured(desk, {stage: seconds for stage, seconds in spent.items() if stage not in plan.seconds})
    result = await outputs.stored(desk.store, folder, done, digest)
    return _finished(desk, claim, result, used=(claim.tracks,))


def _finished(
    desk: Desk, claim: Claim, result: Result, *, used: tuple[str, ...] = (), seen: Seen | None = None
) -> Outcome:
    made = tuple(artifact.ref for artifact in (result.media, *result.extras.values()))
    return Outcome(
        "rendered",
        lambda: desk.ledger.rendered(claim.job, claim.fence, result),
        made=(*made, *_refs(seen)),
        used=used,
        seen=seen,
    )


def _plan(claim: Claim) -> Plan:
    if claim.plan is None:
        raise RuntimeError("the step before left no plan")
    return claim.plan


async def _task(desk: Desk, claim: Claim, folder: Path) -> tuple[str, dict[str, Any]]:
    """The digest of the clip, which now lies in `folder`, and what the child is told."""
    letter, clip = claim.letter, folder / "input"
    await desk.store.get(claim.ref, clip)
    digest = await asyncio.to_thread(sight.sha256, clip)
    kind = sight.variant(desk.library, letter.ask)
    known = await sight.Sight(desk.ledger, desk.store).find(digest, kind, folder / "seen")
    return digest, {
        "action": letter.action,
        "input": "input",
        "folder": str(folder),
        "ask": letter.ask.model_dump(mode="json"),
        "kind": letter.source.kind,
        "sheet": letter.sheet or await _parents_sheet(desk, letter),
        "seen": "seen" if known else "",
    }


async def _by_child(desk: Desk, lease: Lease, task: dict[str, Any]) -> dict[str, Any]:
    child = desk.children.pop()
    try:
        return await child.run(task, lease.tell, desk.work.wall)
    finally:
        desk.children.append(child)


def _measured(desk: Desk, seconds: Mapping[str, float]) -> None:
    for stage, taken in seconds.items():
        desk.meters.stage_seconds.labels(stage).observe(taken)


async def _seen(
    desk: Desk, claim: Claim, folder: Path, digest: str, task: dict[str, Any], done: dict[str, Any]
) -> Seen | None:
    """What was seen, for the next request over the same bytes."""
    if not done.get("seen") or task["seen"]:
        return None
    ref = await desk.store.put(outputs.inside(folder, done["seen"]), ".zip")
    return Seen(digest, sight.variant(desk.library, claim.letter.ask), ref)


def _refs(seen: Seen | None) -> tuple[str, ...]:
    return (seen.ref,) if seen else ()


async def _parents_sheet(desk: Desk, letter: Letter) -> str:
    if not letter.parent or letter.action == "score":
        return ""
    row = await desk.ledger.row(letter.parent)
    sheet: str = Result.read(row["result"]).sheet if "result" in row else ""
    if not sheet:
        raise UserError("the clip to start from is no longer known", "send it again", stage="render")
    return sheet
