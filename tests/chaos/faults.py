"""The faults, by name, and the weather that brings them in any order."""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping

from tests.chaos.fleet import Fleet, Member
from tests.chaos.ground import FaultyGround
from tests.chaos.judge import Judge

_LASTS = 2.0
"""s that a disk stays full, or Redis slow."""


class Weather:
    """Faults in any order, and how long it takes after each until somebody is answered again."""

    def __init__(self, fleet: Fleet, judge: Judge, lease: float) -> None:
        self.faults: Counter[str] = Counter()
        self.silence: dict[str, float] = {}
        self.lease = lease
        self._fleet, self._judge = fleet, judge

    async def blow(self, plan: Mapping[str, int], every: float) -> None:
        """Every fault of the plan, `every` s apart on average; some last, and others come meanwhile."""
        names = [name for name, count in plan.items() for _ in range(count)]
        random.shuffle(names)
        async with asyncio.TaskGroup() as group:
            for name in names:
                await asyncio.sleep(every * random.uniform(0.5, 1.5))
                group.create_task(self._inflict(name, await self._somebody()))
                self.faults[name] += 1

    async def _inflict(self, name: str, member: Member) -> None:
        await FAULTS[name](self, self._fleet, member)
        heard, since = self._judge.answered, time.monotonic()
        while self._judge.answered == heard and self._judge.waiting():
            await asyncio.sleep(0.05)
        self.silence[name] = max(self.silence.get(name, 0.0), time.monotonic() - since)

    async def _somebody(self) -> Member:
        """A fault that meets a process that is still starting proves little."""
        while True:
            if member := self._fleet.pick():
                return member
            await asyncio.sleep(0.05)


async def _kill(_: Weather, __: Fleet, member: Member) -> None:
    """Mostly the worker, now and then its child."""
    children = member.children()
    if children and random.random() < 0.1:
        os.kill(random.choice(children), signal.SIGKILL)
    else:
        member.signal(signal.SIGKILL)


async def _term(_: Weather, __: Fleet, member: Member) -> None:
    member.signal(signal.SIGTERM)


async def _stop(weather: Weather, _: Fleet, member: Member) -> None:
    """Asleep for longer than its lease."""
    member.signal(signal.SIGSTOP)
    await asyncio.sleep(weather.lease * 1.6)
    member.signal(signal.SIGCONT)


async def _restart(_: Weather, fleet: Fleet, __: Member) -> None:
    await asyncio.to_thread(fleet.ground.restart)


async def _cut(_: Weather, fleet: Fleet, __: Member) -> None:
    await asyncio.to_thread(fleet.ground.cut)


def _hard(inflict: Callable[[FaultyGround], None]) -> Callable[[Weather, Fleet, Member], Awaitable[None]]:
    """What only a `FaultyGround` can suffer."""

    async def inflicted(_: Weather, fleet: Fleet, __: Member) -> None:
        assert isinstance(fleet.ground, FaultyGround)
        await asyncio.to_thread(inflict, fleet.ground)

    return inflicted


FAULTS: dict[str, Callable[[Weather, Fleet, Member], Awaitable[None]]] = {
    "kill": _kill,
    "term": _term,
    "stop": _stop,
    "restart": _restart,
    "cut": _cut,
    "clock stepped": _hard(FaultyGround.step_a_clock),
    "Redis slow": _hard(lambda ground: ground.slow(_LASTS)),
    "half-open": _hard(FaultyGround.silence_one),
    "fail-over": _hard(FaultyGround.restart),
    "store full": _hard(lambda ground: ground.fill("store", _LASTS)),
    "scratch full": _hard(lambda ground: ground.fill("scratch", _LASTS)),
    "AOF full": _hard(FaultyGround.fill_append_only_file),
}
DISKS = ("store full", "scratch full", "AOF full")
"""What takes disks that can be filled."""
