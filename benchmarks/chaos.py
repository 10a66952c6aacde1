"""The harder storm of `make chaos` and its control, as a table.

    nice python -m benchmarks.chaos [--short]

As root on Linux: else no disk can be filled, and the table says so.
"""

import argparse
import asyncio
import sys

from benchmarks import report
from tests.chaos.plans import CONTROL, HARD, SHORT_HARD
from tests.chaos.storm import Verdict, storm


def table(verdict: Verdict, control: Verdict) -> str:
    """Return what the judge found, and what each fault cost."""
    plan = verdict.plan
    found = [
        ("jobs, poisonous ones", f"{plan.jobs}, {plan.poison}", ""),
        ("lost", len(verdict.lost), "0"),
        ("doubled", len(verdict.doubled), "0"),
        ("wrong or overwritten", len(verdict.wrong) + len(verdict.overwritten), "0"),
        ("programs that fell over by themselves", len(verdict.crashes), "0"),
        ("most runs of a poisonous job", max(verdict.tries.values(), default=0), ""),
        ("seconds", f"{verdict.seconds:.0f}", ""),
        (
            "control, without the job store: lost, doubled",
            f"{len(control.lost)}, {len(control.doubled)}",
            "> 0",
        ),
    ]
    faults = [(name, count, f"{verdict.silence[name]:.1f}") for name, count in sorted(verdict.faults.items())]
    faults += [(name, "needs root", "") for name in verdict.left_out]
    heads = ("fault", "how often", "s from its end to the next answer of anybody, at worst (aim: 20)")
    return f"{report.table(('what', 'measured', 'aim'), found)}\n\n{report.table(heads, faults)}"


def main() -> None:
    """Run both, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="writes nothing")
    short = parser.parse_args().short
    verdict = asyncio.run(storm(SHORT_HARD if short else HARD))
    sys.stdout.write(f"{verdict}\n")
    text = table(verdict, asyncio.run(storm(CONTROL)))
    if short:
        sys.stdout.write(f"{text}\n")
    else:
        report.write("Chaos", text)


if __name__ == "__main__":
    main()
