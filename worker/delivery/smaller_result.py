"""A result of which a platform takes less than it had said: the same request once more, with fewer bytes.

The delivery renders nothing. It hands a request in, as a frontend does, whose answer takes the place of this.
"""

from immersivaudio.chat.discord import UPLOAD, send_limit
from immersivaudio.queue.job_request import Address
from immersivaudio.queue.job_store import LeasedJob
from immersivaudio.queue.result import Failure
from worker.delivery.context import DeliveryContext

_AGAIN = ":smaller"
_TIMES = 2
_LEAST = 2**20
"""Bytes below which no film is made."""
TOO_LARGE = Failure(
    problem="this place takes no file so large", remedy="send a shorter clip", blame="user", stage="deliver"
)
REPLACED = Failure(
    problem="this file is too large for this place", remedy="a smaller one follows", stage="deliver"
)


async def ask_for_less(context: DeliveryContext, leased: LeasedJob, address: Address, size: int) -> bool:
    """Hand in what makes the answer again, small enough; False where it was made small already, or cannot be.

    Told twice, it is one request: its update is that of the first one, and a word.
    """
    request = leased.request
    known = send_limit(UPLOAD)
    limit = known if size > known else size // 2
    if limit < _LEAST or request.update.count(_AGAIN) >= _TIMES or not leased.ref:
        return False
    smaller = request.changed(
        update=request.update + _AGAIN,
        options=request.options.changed(max_bytes=limit),
        source=request.source.changed(ref=leased.ref),
        reply=address,
        album=min(request.album + 1, 60),  # beside the one that it replaces
    )
    submitted = await context.job_store.accept(smaller)
    if not submitted.job:
        return False
    await context.job_store.place(submitted.job, address)
    return True
