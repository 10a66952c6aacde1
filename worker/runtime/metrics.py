"""What a worker counts, and what it reads from the queue when Prometheus asks."""

import asyncio
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from redis.exceptions import ResponseError

from immersivaudio.queue.clock import ServerClock
from immersivaudio.queue.job_store import JobStore

_CLIPS = (1, 2, 4, 8, 16, 32)
_STAGE_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320)


class Metrics:
    """The figures of one process, in a registry of their own."""

    def __init__(self) -> None:
        here = self.registry = CollectorRegistry()
        self.tries = Counter("immersivaudio_tries", "Renders by outcome", ["outcome"], registry=here)
        self.deliveries = Counter(
            "immersivaudio_deliveries", "Deliveries by outcome", ["platform", "outcome"], registry=here
        )
        self.stage_seconds = Histogram(
            "immersivaudio_stage_seconds", "Of a stage", ["stage"], buckets=_STAGE_SECONDS, registry=here
        )
        self.batches = Histogram(
            "immersivaudio_batch_clips", "Clips in one pass", buckets=_CLIPS, registry=here
        )
        self.swept = Counter("immersivaudio_swept", "Rows the sweeper saw", ["outcome"], registry=here)
        self._depth = Gauge("immersivaudio_queue_depth", "Jobs that wait", ["queue"], registry=here)
        self._oldest = Gauge("immersivaudio_oldest_seconds", "Oldest waiting job", ["queue"], registry=here)
        self._works = Gauge("immersivaudio_in_works", "Requests not answered yet", registry=here)
        self._skew = Gauge(
            "immersivaudio_clock_skew_seconds", "Of this machine's clock, against Redis", registry=here
        )
        self._free = Gauge(
            "immersivaudio_free_bytes", "On the volume of the store or the scratch", ["place"], registry=here
        )
        self._memory = Gauge("immersivaudio_redis_memory_ratio", "Of what Redis may use", registry=here)
        self._persists = Gauge(
            "immersivaudio_redis_persists", "1 while Redis can write its append-only file", registry=here
        )
        self._started = Gauge("immersivaudio_start_time_seconds", "Unix time", registry=here)
        self._started.set_to_current_time()
        self._ends = Gauge("immersivaudio_requests", "Requests so far, by fate", ["state"], registry=here)

    async def page(self, job_store: JobStore, clock: ServerClock, places: Mapping[str, Path]) -> bytes:
        """Everything, as Prometheus reads it; `places` are folders whose volumes may fill up."""
        self._skew.set(clock.skew)
        for place, folder in places.items():
            with suppress(OSError):
                self._free.labels(place).set(await asyncio.to_thread(_free, folder))
        with suppress(ResponseError):  # a managed Redis may keep this to itself
            self._judge(await job_store.redis.info())
        for queue_name in ("render", "generate", "deliver"):
            waiting = await job_store.redis.zrange(job_store.queue(queue_name), 0, -1)
            self._depth.labels(queue_name).set(len(waiting))
            self._oldest.labels(queue_name).set(await _age(job_store, waiting))
        self._works.set(await job_store.redis.zcard(job_store.key("live")))
        ends: dict[bytes, bytes] = await job_store.redis.hgetall(job_store.key("count"))  # type: ignore[misc]
        for state, count in ends.items():
            self._ends.labels(state.decode().lower()).set(int(count))
        return generate_latest(self.registry)

    def _judge(self, info: Mapping[str, Any]) -> None:
        """Take what Redis says of itself."""
        most = int(info.get("maxmemory", 0)) or int(info.get("total_system_memory", 0))
        if most:
            self._memory.set(int(info["used_memory"]) / most)
        writes = (info.get(name, "ok") for name in ("aof_last_write_status", "aof_last_bgrewrite_status"))
        self._persists.set(float(all(status == "ok" for status in writes)))


def _free(folder: Path) -> int:
    """Bytes on the volume of `folder`, or of the nearest one above it that exists."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


async def _age(job_store: JobStore, waiting: list[bytes]) -> float:
    """Seconds since the oldest of these entries was accepted; an entry begins with its sequence number."""
    if not waiting:
        return 0.0
    job = min(waiting).decode().partition(".")[2]
    created = await job_store.redis.hget(job_store.key("job", job), "created")  # type: ignore[misc]
    seconds, _ = await job_store.redis.time()
    return max(0.0, seconds - int(created) / 1000) if created else 0.0
