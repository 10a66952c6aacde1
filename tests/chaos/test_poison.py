"""Fifty clips that kill whatever touches them: three tries each, one notice each, and nobody else suffers."""

import asyncio
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from immersivaudio.queue import Queue
from tests.chaos.crowd import all_over, ask
from tests.chaos.fleet import Fleet
from tests.chaos.judge import Judge
from tests.chaos.storm import POISON


@pytest.mark.slow
def test_fifty_poisonous_jobs_are_tried_three_times_and_noticed_once() -> None:
    names = {f"poison-{n}": POISON[n % len(POISON)] for n in range(50)}
    names |= {f"job-{n}": "" for n in range(20)}

    async def story(fleet: Fleet, judge: Judge) -> None:
        async with Queue.connect(fleet.settings) as queue:
            for name, mood in names.items():
                await ask(queue, judge, name, mood)
            await all_over(queue)

    with tempfile.TemporaryDirectory(prefix="poison-") as folder, Judge() as judge:
        with Fleet(Path(folder), judge.port, lease=5.0) as fleet:
            (fleet.scratch / "runs.log").touch()
            fleet.man(2, 1)
            asyncio.run(story(fleet, judge))
            marks = (fleet.scratch / "runs.log").read_text().splitlines()
            deaths = [member for member in fleet.members if member.process.poll() is not None]
        answers = judge.answers()
    assert not deaths, "a worker died with its child"
    runs = Counter(mark.rpartition(" ")[2] for mark in marks)
    for name in names:
        poisonous = name.startswith("poison")
        assert [message.kind for message in answers[name]] == ["notice" if poisonous else "result"], name
        assert runs[name] == (3 if poisonous else 1), name


@pytest.mark.slow
def test_a_job_that_kills_its_whole_worker_is_tried_three_times_and_noticed_once() -> None:
    names = {"poison": "kill-parent"} | {f"job-{n}": "sleep 0.1" for n in range(10)}

    async def story(fleet: Fleet, judge: Judge) -> None:
        async with Queue.connect(fleet.settings) as queue:
            for name, mood in names.items():
                await ask(queue, judge, name, mood)
            over = asyncio.create_task(all_over(queue))
            while not over.done():
                fleet.tend()
                await asyncio.sleep(0.1)
            await over

    with tempfile.TemporaryDirectory(prefix="poison-") as folder, Judge() as judge:
        with Fleet(Path(folder), judge.port, lease=1.0) as fleet:
            (fleet.scratch / "runs.log").touch()
            fleet.man(2, 1)
            asyncio.run(story(fleet, judge))
            marks = (fleet.scratch / "runs.log").read_text().splitlines()
            deaths = [code for member in fleet.renderers for code in member.codes]
        answers = judge.answers()
    assert deaths == [-9] * 3
    runs = Counter(mark.rpartition(" ")[2] for mark in marks)
    for name in names:
        poisonous = name == "poison"
        assert [message.kind for message in answers[name]] == ["notice" if poisonous else "result"], name
        assert runs[name] == (3 if poisonous else 1), name
