"""The takes of one piece: those that were made from it by "another take", and it itself."""

from immersivaudio.queue.client import JobRecord, Queue
from immersivaudio.queue.state import State


async def beside(queue: Queue, job: str) -> list[JobRecord]:
    """The other delivered takes of the same piece by the same user, oldest first."""
    record = await queue.record(job)
    if record is None:
        return []
    base, found = await _base(queue, job), []
    for status in reversed(await queue.list_for_user(record.request.user)):
        if status.job == job or status.state is not State.DELIVERED:
            continue
        other = await queue.record(status.job)
        if other and not other.request.files_alone and await _base(queue, other.job) == base:
            found.append(other)
    return found


async def _base(queue: Queue, job: str) -> str:
    """The piece that a take varies; of one that is no take, itself."""
    for record in await queue.ancestors(job):
        job = record.job
        if record.request.options.take == 1:
            break
        job = record.request.parent or job
    return job
