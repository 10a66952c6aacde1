"""Starts one of our programs with a ledger of the harness: `... tests.chaos.launch run KillingLedger`."""

import asyncio
import sys

from immersivaudio.queue import Queue
from immersivaudio.queue.ledger import Ledger
from immersivaudio.queue.letter import Letter
from immersivaudio.queue.logs import configure
from immersivaudio.queue.settings import QueueSettings
from tests.chaos.ledgers import KillingLedger, NoLedger, SlowLedger
from worker.program import bring, run
from worker.settings import WorkSettings

LEDGERS: dict[str, type[Ledger]] = {
    each.__name__: each for each in (Ledger, KillingLedger, SlowLedger, NoLedger)
}


async def submit(settings: QueueSettings, ledger: type[Ledger]) -> None:
    """Read one letter from standard input and hand it over."""
    async with Queue.connect(settings) as queue:
        await ledger(queue.redis, settings).accept(Letter.read(sys.stdin.read()))


def main() -> None:
    command, ledger = sys.argv[1], LEDGERS[sys.argv[2]]
    work, settings = WorkSettings(), QueueSettings()
    configure(work.log_level)
    if command == "submit":
        asyncio.run(submit(settings, ledger))
    else:
        asyncio.run({"run": run, "deliver": bring}[command](settings, work, ledger=ledger))


if __name__ == "__main__":
    main()
