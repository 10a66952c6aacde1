"""Many jobs under many faults, and a verdict by the judge's own count."""

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from immersivaudio.queue import Queue
from tests.chaos.crowd import all_over, ask, repeat
from tests.chaos.faults import DISKS, Weather
from tests.chaos.fleet import Fleet
from tests.chaos.ground import FaultyGround, PlainGround
from tests.chaos.judge import Judge
from tests.chaos.launch import JOB_STORES
from tests.patience import PATIENCE

POISON = ("segfault", "kill", "exit", "raise")


@dataclass(frozen=True)
class Plan:
    """How much of everything."""

    jobs: int
    poison: int
    renderers: int
    adapters: int
    faults: Mapping[str, int]
    """Name, as `faults.FAULTS` has it -> how many."""
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
    hard: bool = False
    """Sentinels, proxies, small disks and clocks under it: what the harder faults need."""
    again: float = 0.0
    """Share of the updates that their platform sends once more when they were answered."""


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
    left_out: list[str] = field(default_factory=list)
    """Faults for which this machine lacks what they need."""
    silence: dict[str, float] = field(default_factory=dict)
    """Fault -> s from its end to the next answer of anybody, at worst."""
    crashes: list[str] = field(default_factory=list)
    """Tracebacks in the logs of the programs: nobody killed them, they fell over."""

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.wrong or self.overwritten or self.crashes)

    def __str__(self) -> str:
        most = max(self.tries.values(), default=0)
        return (
            f"left out here: {self.left_out}\n"
            * bool(self.left_out)
            + f"{self.plan.jobs} jobs and {self.plan.poison} poisonous in {self.seconds:.0f} s; "
            f"faults {dict(self.faults)}; exits {dict(self.exits)}; platform {dict(self.calls)}\n"
            f"lost {len(self.lost)}, doubled {len(self.doubled)}, wrong {len(self.wrong)}, "
            f"overwritten {len(self.overwritten)}; most runs of a poisonous job {most}\n"
            f"s to the next answer { ({name: round(worst, 1) for name, worst in self.silence.items()}) }\n"
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
        ground = FaultyGround if plan.hard else PlainGround
        with Fleet(folder, judge.port, job_store=plan.job_store, lease=plan.lease, ground=ground) as fleet:
            (fleet.scratch / "runs.log").touch()
            fleet.man(plan.renderers, plan.adapters, plan.generators)
            faults, verdict.left_out = _possible(plan, fleet)
            async with asyncio.timeout(plan.limit), AsyncExitStack() as stack:
                queue = await stack.enter_async_context(Queue.connect(fleet.settings))
                queue.job_store = JOB_STORES[plan.job_store](queue.redis, fleet.settings)
                others = [await stack.enter_async_context(each) for each in _frontends(plan, fleet)]
                weather = Weather(fleet, judge, plan.lease)
                tending = asyncio.create_task(_tend(fleet))
                stack.callback(tending.cancel)
                async with asyncio.TaskGroup() as group:
                    group.create_task(weather.blow(faults, plan.every))
                    group.create_task(_crowd(plan, [queue, *others], judge, names))
                await _settle(queue, plan)
                await repeat(queue, random.sample(sorted(names), int(plan.again * len(names))))
                await _settle(queue, plan)
            verdict.faults, verdict.silence = weather.faults, weather.silence
            verdict.exits = Counter(code for member in fleet.members for code in member.codes)
            verdict.crashes = fleet.crashes()
            verdict.tries = _tries(fleet.scratch / "runs.log", names)
    verdict.seconds = time.monotonic() - started
    _judge(verdict, judge, names)
    return verdict


def _possible(plan: Plan, fleet: Fleet) -> tuple[dict[str, int], list[str]]:
    """The faults of the plan that can be had here, and the others."""
    small = isinstance(fleet.ground, FaultyGround) and fleet.ground.small
    left_out = [name for name in plan.faults if name in DISKS and not small]
    return {name: count for name, count in plan.faults.items() if name not in left_out}, left_out


def _names(plan: Plan) -> dict[str, str]:
    """Request -> mood, the poisonous ones spread among the others."""
    healthy = [(f"job-{n}", f"sleep {plan.work * random.uniform(0.3, 1.7):.3f}") for n in range(plan.jobs)]
    poison = [(f"poison-{n}", POISON[n % 4]) for n in range(plan.poison)]
    everybody = healthy + poison
    random.shuffle(everybody)
    return dict(everybody)


def _frontends(plan: Plan, fleet: Fleet) -> list[Queue]:
    """Beside the first one: a frontend behind a proxy, which waits long for a Redis that is silent."""
    if not isinstance(fleet.ground, FaultyGround):
        return []
    url = SecretStr(fleet.ground.proxied_url)
    return [Queue.connect(fleet.settings.model_copy(update={"redis_url": url}))]


async def _crowd(plan: Plan, queues: list[Queue], judge: Judge, names: dict[str, str]) -> None:
    """Requests come a little faster than they can be served."""
    pause = plan.work / plan.renderers * 0.8
    for number, (name, mood) in enumerate(names.items()):
        await ask(random.choice(queues), judge, name, mood, fetch=number % 5 == 0)
        await asyncio.sleep(pause * random.random())


async def _tend(fleet: Fleet) -> None:
    """Replace the dead for as long as the storm lasts."""
    while True:
        fleet.tend()
        await asyncio.sleep(0.2)


async def _settle(queue: Queue, plan: Plan) -> None:
    """The storm is over: everything still in the works must come to its end."""
    await (all_over(queue) if plan.job_store == "JobStore" else _drawn(queue))


async def _drawn(queue: Queue) -> None:
    """Nothing but arq's queues says when arq alone is done: an entry stays until its job has ended."""
    async with asyncio.timeout(PATIENCE):
        while await _waiting(queue):
            await asyncio.sleep(0.1)


async def _waiting(queue: Queue) -> int:
    async with queue.redis.pipeline(transaction=True) as pipe:
        for name in ("render", "deliver"):
            pipe.zcard(queue.job_store.queue(name))
        return sum(await pipe.execute())


def _tries(log: Path, names: dict[str, str]) -> dict[str, int]:
    runs = Counter(line.rpartition(" ")[2] for line in log.read_text().splitlines())
    return {name: runs[name] for name in names if name.startswith("poison")}


def _judge(verdict: Verdict, judge: Judge, names: dict[str, str]) -> None:
    answers = judge.answers()
    for name in names:
        got = answers.get(name, [])
        if not got:
            shown = sorted(each.kind for each in judge.shown(name))
            verdict.lost.append(f"{name}: shown {shown}")
        elif len(got) > 1:
            verdict.doubled.append(name)
        elif name.startswith("poison") != (got[0].kind == "notice"):
            verdict.wrong.append(f"{name}: {got[0].kind} {got[0].body}")
        elif got[0].kind == "result" and got[0].body != f"clip {name}":
            verdict.wrong.append(f"{name}: {got[0].body}")
    verdict.overwritten = judge.overwritten
    verdict.calls = judge.calls
