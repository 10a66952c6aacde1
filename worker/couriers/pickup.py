"""For frontends that watch the job and pick the result up themselves: the web page, `submit`."""

from pathlib import Path

from immersivaudio.errors import UserError
from immersivaudio.queue.letter import Address, Letter, Source
from immersivaudio.queue.result import Failure, Result
from immersivaudio.queue.state import Status


class PickupCourier:
    """Nothing needs to be sent: what the ledger says is the answer."""

    async def place(self, letter: Letter, job: str) -> Address:
        return letter.reply.model_copy(update={"message": job})

    async def fetch(self, source: Source, path: Path, limit: int) -> None:
        raise UserError("this clip did not reach the store", "send it again", stage="fetch")

    async def show(self, letter: Letter, address: Address, status: Status) -> None:
        return

    async def deliver(self, letter: Letter, address: Address, result: Result, media: Path, job: str) -> None:
        return

    async def refuse(self, letter: Letter, address: Address, failure: Failure, job: str) -> None:
        return

    async def ping(self, letter: Letter, address: Address) -> None:
        return

    async def close(self) -> None:
        return


def build() -> PickupCourier:
    """Without settings."""
    return PickupCourier()
