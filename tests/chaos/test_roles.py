"""Music for several clips in one pass: whatever happens to a pass, each of its clips is answered once."""

import asyncio
import signal
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from immersivaudio.queue import Queue, State
from tests.chaos.crowd import all_over, ask
from tests.chaos.fleet import Fleet
from tests.chaos.judge import Judge
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow


class Band:
    """A fleet of which nobody plays yet, and its queue."""

    def __init__(self, fleet: Fleet, judge: Judge, queue: Queue) -> None:
        self.fleet, self.judge, self.queue = fleet, judge, queue
        self.jobs: dict[str, str] = {}

    async def wait_for_music(self, moods: Sequence[str]) -> None:
        """Clips 0, 1, ... with these moods, all looked at."""
        for number, mood in enumerate(moods):
            self.jobs[str(number)] = await ask(self.queue, self.judge, str(number), mood)
        await self.until(lambda states: set(states) == {State.PLANNED})

    async def until(self, wanted) -> None:
        async with asyncio.timeout(PATIENCE):
            while not wanted([(await self.queue.status(job)).state for job in self.jobs.values()]):
                await asyncio.sleep(0.05)

    def lines(self, name: str) -> list[str]:
        return (self.fleet.scratch / name).read_text().splitlines()

    async def heard(self, passes: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.lines("passes.log")) < passes:
                await asyncio.sleep(0.02)

    async def over(self) -> None:
        end = asyncio.create_task(all_over(self.queue))
        while not end.done():
            self.fleet.tend()
            await asyncio.sleep(0.1)
        await end

    def kinds(self) -> list[str]:
        """What each clip was answered with; more than one answer shows.

        Now and then a frontend dies before its placeholder: a clip cancelled then has no message at all.
        """
        answers = self.judge.answers()
        return ["+".join(message.kind for message in answers.get(name, ())) for name in self.jobs]


@asynccontextmanager
async def band(job_store: str = "JobStore") -> AsyncIterator[Band]:
    with (
        tempfile.TemporaryDirectory(prefix="band-") as folder,
        Judge() as judge,
        Fleet(Path(folder), judge.port, job_store=job_store, gather=3.0) as fleet,
    ):
        for name in ("runs.log", "passes.log"):
            (fleet.scratch / name).touch()
        fleet.man(1, 1, 0)
        async with Queue.connect(fleet.settings) as queue:
            yield Band(fleet, judge, queue)
        assert not fleet.crashes()


def test_clips_that_wait_are_played_in_one_pass() -> None:
    async def story() -> None:
        async with band() as here:
            await here.wait_for_music(["sleep 0.1"] * 4)
            here.fleet.man(0, 0, 1)
            await here.over()
            assert here.kinds() == ["result"] * 4
            assert here.lines("passes.log") == ["4"]
            for name, job in here.jobs.items():
                record = await here.queue.record(job)
                summary = record.result.summary
                assert (summary.batch, set(summary.seconds)) == (4, {"extract", "generate"})
                (answer,) = here.judge.answers()[name]
                assert answer.body == f"clip {name}", "everybody got their own"

    asyncio.run(story())


def test_a_worker_killed_in_the_middle_of_a_pass_costs_nobody_an_answer() -> None:
    async def story() -> None:
        async with band() as here:
            await here.wait_for_music(["sleep 1.5"] * 4)
            here.fleet.man(0, 0, 1)
            await here.heard(1)
            here.fleet.generators[0].signal(signal.SIGKILL)
            await here.over()
            assert here.kinds() == ["result"] * 4
            assert here.lines("passes.log") == ["4", *["1"] * 4], "who lost a worker plays alone"

    asyncio.run(story())


@pytest.mark.parametrize("poison", ["segfault", "raise", "exit"])
def test_a_poisonous_clip_costs_its_neighbours_a_pass_and_no_try(poison: str) -> None:
    async def story() -> None:
        async with band() as here:
            await here.wait_for_music(["", poison, "", ""])
            here.fleet.man(0, 0, 1)
            await here.over()
            assert here.kinds() == ["result", "notice", "result", "result"]
            tries = [(await here.queue.status(job)).tries for job in here.jobs.values()]
            assert tries == [0, 3, 0, 0]
            assert here.lines("passes.log")[0] == "4"
            assert sum(line.startswith(poison) for line in here.lines("runs.log")) == 4, (
                "once in company, then three times alone"
            )

    asyncio.run(story())


@pytest.mark.parametrize("job_store", ["JobStore", "SlowJobStore"])
def test_a_poisonous_clip_that_kills_the_worker_is_told_from_those_beside_it(job_store: str) -> None:
    async def story() -> None:
        async with band(job_store) as here:
            await here.wait_for_music(["", "kill-parent", "", ""])
            here.fleet.man(0, 0, 1)
            await here.over()
            assert here.kinds() == ["result", "notice", "result", "result"]
            tries = [(await here.queue.status(job)).tries for job in here.jobs.values()]
            assert tries == [1, 3, 1, 1]

    asyncio.run(story())


def test_who_leaves_a_pass_does_not_stop_it_and_the_last_one_does() -> None:
    async def story() -> None:
        async with band() as here:
            await here.wait_for_music(["sleep 2", "sleep 2"])
            here.fleet.man(0, 0, 1)
            await here.heard(1)
            first = await here.queue.record(here.jobs["0"])
            assert await here.queue.cancel(here.jobs["0"], first.request.user) is State.CANCELLED
            await here.over()
            assert here.kinds() == ["", "result"]
            assert here.lines("passes.log") == ["2"]

            job = await ask(here.queue, here.judge, "long", "sleep 600")
            await here.heard(2)
            lone = await here.queue.record(job)
            await here.queue.cancel(job, lone.request.user)
            here.jobs["next"] = await ask(here.queue, here.judge, "next", "")
            await here.over()
            assert here.kinds()[-1] == "result", "nobody plays to empty seats"

    asyncio.run(story())
