"""Many jobs under many faults, and a verdict by the judge's own count."""

import asyncio
import os
import random
import signal
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import redis as blocking

from immersivaudio.queue import Queue
from tests.chaos.crowd import all_over, ask
from tests.chaos.fleet import Fleet, Member
from tests.chaos.judge import Judge
from tests.chaos.launch import JOB_STORES

POISON = ("segfault", "kill", "exit", "raise")


@dataclass(frozen=True)
class Plan:
    """How much of everything."""

    jobs: int
    poison: int
    renderers: int
    adapters: int
    kills: int
    stops: int
    restarts: int
    cuts: int
    terms: int
    lease: float
    work: float
    """s a job takes."""
    every: float
    """s between two faults, on average."""
    limit: float
    """s after which the whole run has failed."""
    trouble: float = 0.05
    job_store: str = "JobStore"
    generators: int | None = None
    """Workers that only make music, several clips at once; the renderers leave it to them."""


@dataclass
class Verdict:
    """What the judge found."""

    plan: Plan
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)
    exits: Counter[int] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """A healthy request that got a notice, a poisonous one that got a result, or somebody else's clip."""
    overwritten: list[str] = field(default_factory=list)
    tries: dict[str, int] = field(default_factory=dict)
    """Poisonous request -> runs, by the renderer's own marks."""
    calls: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    """Tracebacks in the logs of the programs: nobody killed them, they fell over."""

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.wrong or self.overwritten or self.crashes)

    def __str__(self) -> str:
        most = max(self.tries.values(), default=0)
        return (
            f"{self.plan.jobs} jobs and {self.plan.poison} poisonous in {self.seconds:.0f} s; "
            f"faults {dict(self.faults)}; exits {dict(self.exits)}; platform {dict(self.calls)}\n"
            f"lost {len(self.lost)}, doubled {len(self.doubled)}, wrong {len(self.wrong)}, "
            f"overwritten {len(self.overwritten)}; most runs of a poisonous job {most}\n"
            f"{self.lost[:5]} {self.doubled[:5]} {self.wrong[:5]} {self.overwritten[:5]}\n"
            + "\n".join(self.crashes[:3])
        )


async def storm(plan: Plan) -> Verdict:
    """Run it."""
    started = time.monotonic()
    verdict = Verdict(plan)
    names = _names(plan)
    with tempfile.TemporaryDirectory(prefix="storm-") as place, Judge(trouble=plan.trouble) as judge:
        folder = Path(place)
        with Fleet(folder, judge.port, job_store=plan.job_store, lease=plan.lease) as fleet:
            (fleet.scratch / "runs.log").touch()
            fleet.man(plan.renderers, plan.adapters, plan.generators)
            async with asyncio.timeout(plan.limit), Queue.connect(fleet.settings) as queue:
                queue.job_store = JOB_STORES[plan.job_store](queue.redis, fleet.settings)
                async with asyncio.TaskGroup() as group:
                    weather = group.create_task(_weather(plan, fleet, verdict))
                    group.create_task(_crowd(plan, queue, judge, names))
                    await weather
                await _settle(queue, fleet, judge, plan)
            verdict.exits = Counter(code for member in fleet.members for code in member.codes)
            verdict.crashes = fleet.crashes()
            verdict.tries = _tries(fleet.scratch / "runs.log", names)
    verdict.seconds = time.monotonic() - started
    _judge(verdict, judge, names)
    return verdict


def _names(plan: Plan) -> dict[str, str]:
    """Request -> mood, the poisonous ones spread among the others."""
    healthy = [(f"job-{n}", f"sleep {plan.work * random.uniform(0.3, 1.7):.3f}") for n in range(plan.jobs)]
    poison = [(f"poison-{n}", POISON[n % 4]) for n in range(plan.poison)]
    everybody = healthy + poison
    random.shuffle(everybody)
    return dict(everybody)


async def _crowd(plan: Plan, queue: Queue, judge: Judge, names: dict[str, str]) -> None:
    """Requests come a little faster than they can be served."""
    pause = plan.work / plan.renderers * 0.8
    for number, (name, mood) in enumerate(names.items()):
        await ask(queue, judge, name, mood, fetch=number % 5 == 0)
        await asyncio.sleep(pause * random.random())


async def _weather(plan: Plan, fleet: Fleet, verdict: Verdict) -> None:
    """Every fault of the plan, in any order."""
    faults = (
        ["kill"] * plan.kills
        + ["stop"] * plan.stops
        + ["restart"] * plan.restarts
        + ["cut"] * plan.cuts
        + ["term"] * plan.terms
    )
    random.shuffle(faults)
    sleepers: list[asyncio.Task[None]] = []
    for fault in faults:
        await asyncio.sleep(plan.every * random.uniform(0.5, 1.5))
        member = await _somebody(fleet)
        if fault == "stop":
            sleepers.append(asyncio.create_task(_sleep(member, plan.lease * 1.6)))
        else:
            await asyncio.to_thread(_inflict, fault, fleet, member)
        verdict.faults[fault] += 1
    await asyncio.gather(*sleepers)


async def _somebody(fleet: Fleet) -> Member:
    """A fault that meets a process that is still starting proves little."""
    while True:
        fleet.tend()
        if member := fleet.pick():
            return member
        await asyncio.sleep(0.05)


def _inflict(fault: str, fleet: Fleet, member: Member) -> None:
    if fault == "kill":
        _kill(member)
    elif fault == "term":
        member.signal(signal.SIGTERM)
    elif fault == "restart":
        fleet.redis.stop(kill=random.random() < 0.5)
        fleet.redis.start()
    elif fault == "cut":
        with blocking.Redis.from_url(fleet.redis.url) as client:
            for kind in ("normal", "pubsub"):
                client.client_kill_filter(_type=kind, skipme=True)


def _kill(member: Member) -> None:
    """Mostly the worker, now and then its child."""
    children = member.children()
    if children and random.random() < 0.1:
        os.kill(random.choice(children), signal.SIGKILL)
    else:
        member.signal(signal.SIGKILL)


async def _sleep(member: Member, seconds: float) -> None:
    member.signal(signal.SIGSTOP)
    await asyncio.sleep(seconds)
    member.signal(signal.SIGCONT)


async def _settle(queue: Queue, fleet: Fleet, judge: Judge, plan: Plan) -> None:
    """The storm is over: everything still in the works must come to its end."""
    end = all_over(queue) if plan.job_store == "JobStore" else _silence(judge)
    over = asyncio.create_task(end)
    while not over.done():
        fleet.tend()
        await asyncio.sleep(0.2)
    await over


async def _silence(judge: Judge) -> None:
    """Nothing says when arq alone is done: until the judge hears no more."""
    heard = -1
    while heard != (heard := len(judge.messages)):
        await asyncio.sleep(8)


def _tries(log: Path, names: dict[str, str]) -> dict[str, int]:
    runs = Counter(line.rpartition(" ")[2] for line in log.read_text().splitlines())
    return {name: runs[name] for name in names if name.startswith("poison")}


def _judge(verdict: Verdict, judge: Judge, names: dict[str, str]) -> None:
    answers = judge.answers()
    for name in names:
        got = answers.get(name, [])
        if not got:
            verdict.lost.append(name)
        elif len(got) > 1:
            verdict.doubled.append(name)
        elif name.startswith("poison") != (got[0].kind == "notice"):
            verdict.wrong.append(f"{name}: {got[0].kind} {got[0].body}")
        elif got[0].kind == "result" and got[0].body != f"clip {name}":
            verdict.wrong.append(f"{name}: {got[0].body}")
    verdict.overwritten = judge.overwritten
    verdict.calls = judge.calls
