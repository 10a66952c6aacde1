"""Start a program with a job store of the harness: `... tests.chaos.launch run KillingJobStore`."""

import asyncio
import os
import sys

from immersivaudio.queue import Queue
from immersivaudio.queue.job_request import JobRequest
from immersivaudio.queue.job_store import JobStore
from immersivaudio.queue.logs import configure
from immersivaudio.queue.settings import QueueSettings
from tests.chaos import clock_steps
from tests.chaos.job_stores import KillingJobStore, NoJobStore, SlowJobStore
from worker.main import run_delivery, run_worker
from worker.settings import WorkerSettings

JOB_STORES: dict[str, type[JobStore]] = {
    each.__name__: each for each in (JobStore, KillingJobStore, SlowJobStore, NoJobStore)
}


async def submit(settings: QueueSettings, job_store: type[JobStore]) -> None:
    """Read one request from standard input and hand it over."""
    async with Queue.connect(settings) as queue:
        await job_store(queue.redis, settings).accept(JobRequest.from_json(sys.stdin.read()))


def main() -> None:
    if clock_steps.VARIABLE in os.environ:
        clock_steps.follow()
    command, job_store = sys.argv[1], JOB_STORES[sys.argv[2]]
    work, settings = WorkerSettings(), QueueSettings()
    configure(work.log_level)
    if command == "submit":
        asyncio.run(submit(settings, job_store))
    else:
        asyncio.run(
            {"run": run_worker, "deliver": run_delivery}[command](settings, work, job_store=job_store)
        )


if __name__ == "__main__":
    main()
