"""How hard it blows."""

from dataclasses import replace

from tests.chaos.storm import Plan

LONG = Plan(
    jobs=2000,
    poison=50,
    renderers=8,
    adapters=2,
    kills=300,
    stops=20,
    restarts=10,
    cuts=50,
    terms=30,
    lease=4.0,
    work=0.6,
    every=0.7,
    limit=1800.0,
)
"""`make chaos`."""

SHORT = replace(
    LONG,
    jobs=60,
    poison=4,
    renderers=3,
    adapters=1,
    kills=10,
    stops=2,
    restarts=2,
    cuts=4,
    terms=2,
    lease=1.0,
    work=0.3,
    every=0.4,
    limit=600.0,
)
"""Inside `make test`."""

ROLES = replace(SHORT, renderers=2, generators=2)
"""The same weather where some look and others play, several clips in one pass."""

CONTROL = replace(SHORT, job_store="NoJobStore", restarts=0, cuts=0, terms=0, poison=0)
"""The same weather with the job store switched off."""
