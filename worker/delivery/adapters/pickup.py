"""For frontends that watch the job and pick the result up themselves: the web page, `submit`."""

from pathlib import Path

from immersivaudio.errors import UserError
from immersivaudio.queue.job_request import Address, JobRequest, Source
from immersivaudio.queue.result import Failure, Result
from immersivaudio.queue.state import Status


class PickupAdapter:
    """Nothing needs to be sent: what the job store says is the answer."""

    async def place(self, request: JobRequest, job: str) -> Address:
        return request.reply.changed(message=job)

    async def fetch(self, source: Source, path: Path, limit: int) -> None:
        raise UserError("this clip did not reach the store", "send it again", stage="fetch")

    async def show(self, request: JobRequest, address: Address, status: Status) -> None:
        return

    async def deliver(
        self, request: JobRequest, address: Address, result: Result, media: Path, job: str
    ) -> None:
        return

    async def refuse(self, request: JobRequest, address: Address, failure: Failure, job: str) -> None:
        return

    async def ping(self, request: JobRequest, address: Address) -> None:
        return

    async def close(self) -> None:
        return


def build() -> PickupAdapter:
    """Without settings."""
    return PickupAdapter()
