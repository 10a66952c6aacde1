"""The long form: `python -m tests.chaos` (about ten minutes on two cores), or `--control`, `--short`."""

import argparse
import asyncio
import sys
from dataclasses import replace

from tests.chaos.plans import CONTROL, HARD, LONG, SHORT, SHORT_HARD
from tests.chaos.storm import storm


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.chaos", description=__doc__)
    parser.add_argument("--short", action="store_true", help="what the test suite runs")
    parser.add_argument("--control", action="store_true", help="the ledger switched off: doubles must show")
    parser.add_argument("--roles", action="store_true", help="some look, others play several clips at once")
    parser.add_argument("--hard", action="store_true", help="disks, wires, clocks and Sentinels fail, too")
    options = parser.parse_args()
    short, long = (SHORT_HARD, HARD) if options.hard else (SHORT, LONG)
    plan = CONTROL if options.control else short if options.short else long
    if options.roles:
        plan = replace(plan, renderers=plan.renderers - 2, generators=2)
    verdict = asyncio.run(storm(plan))
    sys.stdout.write(f"{verdict}\n")
    return int(verdict.clean if options.control else not verdict.clean)


if __name__ == "__main__":
    sys.exit(main())
