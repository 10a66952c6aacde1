"""Delete a user's data from the operator's side: what `/forget` does from the user's."""

import re
import sys

from immersivaudio.errors import UserError
from immersivaudio.queue import Queue, QueueSettings

_PATIENCE = 5.0
"""s: a person waits at this terminal."""


async def delete_user(settings: QueueSettings, user: str) -> int:
    """Cancel what runs, delete jobs, files and choices of `user`; says how many jobs. Returns 0."""
    if not re.fullmatch(r"[a-z]{1,32}:\S{1,200}", user):
        raise UserError("that is no user of a platform", 'name them like "telegram:123456"')
    async with Queue.connect(settings.model_copy(update={"patience": _PATIENCE})) as queue:
        count = await queue.forget(user)
    jobs = "job" if count == 1 else "jobs"
    sys.stdout.write(f"deleted {count} {jobs} of {user}, their files, and what they had chosen\n")
    return 0
