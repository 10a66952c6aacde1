"""How hard it blows."""

from dataclasses import replace

from tests.chaos.storm import Plan

LONG = Plan(
    jobs=2000,
    poison=50,
    renderers=8,
    adapters=2,
    faults={"kill": 300, "stop": 20, "restart": 10, "cut": 50, "term": 30},
    lease=4.0,
    work=0.6,
    every=0.7,
    limit=1800.0,
)
"""`make chaos`, first half."""

HARD = replace(
    LONG,
    jobs=3000,
    renderers=6,
    faults={
        "kill": 120,
        "stop": 10,
        "cut": 20,
        "term": 15,
        "clock stepped": 60,
        "Redis slow": 20,
        "half-open": 40,
        "fail-over": 12,
        "store full": 12,
        "scratch full": 12,
        "AOF full": 8,
    },
    every=1.2,
    limit=3600.0,
    hard=True,
    again=0.1,
)
"""`make chaos`, second half: Sentinels, disks, wires and clocks."""

SHORT = replace(
    LONG,
    jobs=60,
    poison=4,
    renderers=3,
    adapters=1,
    faults={"kill": 10, "stop": 2, "restart": 2, "cut": 4, "term": 2},
    lease=1.0,
    work=0.3,
    every=0.4,
    limit=600.0,
)
"""Inside `make test`."""

SHORT_HARD = replace(
    SHORT,
    jobs=40,
    poison=2,
    faults={
        "kill": 2,
        "clock stepped": 4,
        "Redis slow": 1,
        "half-open": 3,
        "fail-over": 1,
        "store full": 1,
        "scratch full": 1,
        "AOF full": 1,
    },
    hard=True,
    again=0.2,
)
"""The harder weather inside `make test`."""

ROLES = replace(SHORT, renderers=2, generators=2)
"""The same weather where some look and others play, several clips in one pass."""

CONTROL = replace(SHORT, job_store="NoJobStore", faults={"kill": 10, "stop": 2}, poison=0)
"""The same weather with the job store switched off."""
