"""The short form of the storm, and the control that shows what the judge sees without a job store."""

import asyncio
import signal
import tempfile
from pathlib import Path

import pytest

from immersivaudio.queue import Queue
from tests.chaos.crowd import all_over, ask
from tests.chaos.fleet import Fleet
from tests.chaos.judge import Judge
from tests.chaos.launch import JOB_STORES
from tests.chaos.plans import ROLES, SHORT, SHORT_HARD
from tests.chaos.storm import Plan, storm
from tests.patience import PATIENCE


@pytest.mark.slow
@pytest.mark.parametrize("plan", [SHORT, ROLES, SHORT_HARD], ids=["whole", "roles", "hard"])
def test_every_request_is_answered_exactly_once_in_a_storm(plan: Plan) -> None:
    verdict = asyncio.run(storm(plan))
    assert verdict.clean, str(verdict)
    assert verdict.faults == {fault: n for fault, n in plan.faults.items() if fault not in verdict.left_out}


@pytest.mark.slow
@pytest.mark.parametrize(("job_store", "answers"), [("JobStore", 1), ("NoJobStore", 2)])
def test_a_worker_that_sleeps_through_its_lease_doubles_the_answer_only_without_the_ledger(
    job_store: str, answers: int
) -> None:
    """The control: the same sleep, judged by the same judge."""

    async def story(fleet: Fleet, judge: Judge) -> None:
        async with Queue.connect(fleet.settings) as queue:
            queue.job_store = JOB_STORES[job_store](queue.redis, fleet.settings)
            await ask(queue, judge, "sleepy", "sleep 1.5")
            sleeper = await _works(fleet)
            fleet.renderers[sleeper].signal(signal.SIGSTOP)
            await _answered(judge, "sleepy", 1)
            fleet.renderers[sleeper].signal(signal.SIGCONT)
            if job_store == "NoJobStore":
                await _answered(judge, "sleepy", 2)
            else:
                await all_over(queue)
                await _idle(fleet, sleeper)

    with tempfile.TemporaryDirectory(prefix="sleep-") as folder, Judge() as judge:
        with Fleet(Path(folder), judge.port, job_store=job_store, lease=1.0) as fleet:
            fleet.man(2, 1)
            asyncio.run(story(fleet, judge))
        assert len(judge.answers()["sleepy"]) == answers


async def _works(fleet: Fleet) -> int:
    """Which renderer has a child."""
    async with asyncio.timeout(PATIENCE):
        while True:
            for number, member in enumerate(fleet.renderers):
                if member.children():
                    return number
            await asyncio.sleep(0.02)


async def _answered(judge: Judge, name: str, count: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while len(judge.answers().get(name, [])) < count:
            await asyncio.sleep(0.05)


async def _idle(fleet: Fleet, number: int) -> None:
    """The sleeper found out that it lost its job, and says so in its log."""
    async with asyncio.timeout(PATIENCE):
        while '"outcome": "lost"' not in (fleet.folder / f"run-{number}.log").read_text():
            await asyncio.sleep(0.05)
