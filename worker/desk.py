"""What every job of a worker process shares."""

from dataclasses import dataclass

from redis.asyncio import Redis

from immersivaudio.config import Settings
from immersivaudio.queue.ledger import Ledger
from immersivaudio.queue.settings import QueueSettings
from immersivaudio.queue.store import Store
from worker.couriers import Couriers
from worker.gathering import Gathering
from worker.metrics import Meters
from worker.nursery import Child
from worker.settings import WorkSettings


@dataclass(frozen=True, slots=True)
class Desk:
    """Built once in `main`, handed to arq's jobs."""

    queue: QueueSettings
    work: WorkSettings
    library: Settings
    redis: Redis
    ledger: Ledger
    store: Store
    meters: Meters
    children: "list[Child]"
    """Those that are free: taken and put back."""
    couriers: Couriers
    gathering: "Gathering | None" = None
    """In the lane `play`."""

    @property
    def players(self) -> Gathering:
        """Those who play; only in the lane `play`."""
        if self.gathering is None:
            raise RuntimeError("only a worker of the lane `play` plays")
        return self.gathering
