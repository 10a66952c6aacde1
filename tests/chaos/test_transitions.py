"""The process dies right before and after each transition of the job store, once each: nobody notices."""

import asyncio
import tempfile
from pathlib import Path

import pytest

from immersivaudio.queue import Queue
from tests.chaos.crowd import all_over, request
from tests.chaos.fleet import Fleet
from tests.chaos.judge import Judge, Message

STEPS = (
    "claim-fetch", "fetched", "claim-render", "renew", "rendered", "claim-deliver", "delivered", "failed",
    "release", "accept",
)  # fmt: skip
DEATHS = [f"{step}:{when}" for step in STEPS for when in ("before", "after")]
ROLES = ("claim-render", "step-PLANNED", "claim-generate", "step-GENERATED", "claim-finish", "rendered")
"""The steps that a clip takes only where workers have roles, and those beside them."""


def _mood(death: str) -> str:
    """What makes the job pass the transition at all."""
    verb = {"renew": "sleep 2", "failed": "raise", "release": "later"}.get(death.partition(":")[0], "")
    return f"{verb} die {death}".strip()


@pytest.mark.slow
def test_a_death_at_any_transition_leaves_exactly_one_answer() -> None:
    answers = _survived(DEATHS, generators=None)
    assert {name for name, (answer,) in answers.items() if answer.kind == "notice"} == {
        "failed:before",
        "failed:after",
    }


@pytest.mark.slow
def test_a_death_at_any_transition_between_roles_leaves_exactly_one_answer() -> None:
    answers = _survived([f"{step}:{when}" for step in ROLES for when in ("before", "after")], generators=2)
    assert {answer.kind for (answer,) in answers.values()} == {"result"}


def _survived(deaths: list[str], generators: int | None) -> dict[str, list[Message]]:
    """The answers, after each of these deaths was died once."""

    async def story(fleet: Fleet, judge: Judge) -> None:
        async with Queue.connect(fleet.settings) as queue:
            for death in deaths:
                await _ask(fleet, queue, judge, death)
            end = asyncio.create_task(all_over(queue))
            while not end.done():
                fleet.tend()
                await asyncio.sleep(0.1)
            await end
            async with asyncio.timeout(120):
                while _died(fleet) != set(deaths):  # the last one dies after its job is over
                    fleet.tend()
                    await asyncio.sleep(0.1)

    with tempfile.TemporaryDirectory(prefix="deaths-") as folder, Judge() as judge:
        with Fleet(Path(folder), judge.port, job_store="KillingJobStore", lease=3.0) as fleet:
            fleet.man(3, 3, generators)
            asyncio.run(story(fleet, judge))
            died = _died(fleet)
        answers = judge.answers()
    assert died == set(deaths), "every death was really died"
    assert {name: len(got) for name, got in answers.items()} == dict.fromkeys(deaths, 1)
    assert not judge.overwritten
    return answers


def _died(fleet: Fleet) -> set[str]:
    return {path.name.partition("die_")[2] for path in fleet.deaths.iterdir()}


async def _ask(fleet: Fleet, queue: Queue, judge: Judge, death: str) -> None:
    """As a bot: handed over, again if the process that did it died, then the placeholder."""
    fetch = death.partition(":")[0] in {"claim-fetch", "fetched"}
    ref = "" if fetch else await queue.store.put_bytes(f"clip {death}".encode())
    sent = request(death, _mood(death), ref=ref, file=f"clip {death}" if fetch else "")
    if death.startswith("accept"):
        assert await asyncio.to_thread(fleet.submit, sent.to_json()) == -9
        assert await asyncio.to_thread(fleet.submit, sent.to_json()) == 0
    submitted = await queue.submit(sent)
    placeholder = judge.send(Message(death, "queued", ""))
    await queue.place(submitted.job, sent.reply.model_copy(update={"message": placeholder}))
