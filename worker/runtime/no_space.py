"""A clip that found a full volume waits for space, and loses no try."""

import structlog

from immersivaudio.queue.job_store import LeasedJob
from immersivaudio.queue.result import Failure
from worker.runtime.context import ProgramContext

log = structlog.get_logger("worker.runtime.no_space")

_SPACE = 5.0
"""s until the first try anew; each wait is longer than the one before."""
_NEVER = Failure(
    problem="our machine had no room for this clip for a long time",
    remedy="send it again later",
    blame="operator",
    stage="store",
)


async def wait_for_space(context: ProgramContext, leased: LeasedJob) -> None:
    """Put a job back until there may be room; say so in the log, for the alert on free space."""
    log.error("no space left", job=leased.job)
    await context.job_store.release(leased.job, leased.fence, _SPACE, hopeless=_NEVER)
