"""What the jobs of one process share."""

from dataclasses import dataclass

from redis.asyncio import Redis

from immersivaudio.config import Settings
from immersivaudio.queue.artifact_store import ArtifactStore
from immersivaudio.queue.clock import ServerClock
from immersivaudio.queue.job_store import JobStore
from immersivaudio.queue.settings import QueueSettings
from worker.runtime.batcher import Batcher
from worker.runtime.metrics import Metrics
from worker.sandbox.subprocess_pool import RenderSubprocess
from worker.settings import WorkerSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramContext:
    """Built once in `worker.main`, handed to arq's jobs."""

    queue: QueueSettings
    work: WorkerSettings
    library: Settings
    redis: Redis
    job_store: JobStore
    store: ArtifactStore
    metrics: Metrics
    clock: ServerClock


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerContext(ProgramContext):
    """Of a program that renders."""

    children: list[RenderSubprocess]
    """The free ones: taken and put back."""
    batcher: Batcher | None = None
    """In the role `generate`."""

    @property
    def active_batcher(self) -> Batcher:
        """The batcher; only in the role `generate`."""
        if self.batcher is None:
            raise RuntimeError("only a worker of the role `generate` has a batcher")
        return self.batcher
