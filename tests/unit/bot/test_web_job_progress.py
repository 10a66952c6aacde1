"""What a waiting person reads."""

import asyncio
import itertools
import re
from collections.abc import AsyncIterator

import pytest

from bot.web.job_progress import bar, follow
from bot.web.time_left import STAGES, Countdown, StagePace
from immersivaudio.i18n import LANGUAGES
from immersivaudio.queue import State, Status, Summary


class Slow:
    """A queue in which nothing happens for a while: only `watch` is asked."""

    def __init__(self, *statuses: Status, pause: float) -> None:
        self._statuses, self._pause = statuses, pause

    async def watch(self, _: str) -> AsyncIterator[Status]:
        for status in self._statuses:
            yield status
            await asyncio.sleep(self._pause)


def test_while_nothing_changes_the_last_word_is_said_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.job_progress._BREATH", 0.02)

    async def heard() -> list[str]:
        queue = Slow(Status("j", State.QUEUED, position=2), Status("j", State.DELIVERED), pause=0.3)
        return [each.state if each else "" async for each in follow(queue, "j")]  # type: ignore[arg-type]

    said = asyncio.run(heard())
    assert said[-1] == State.DELIVERED
    assert said.count(State.QUEUED) > 3


@pytest.mark.parametrize("locale", sorted(LANGUAGES))
def test_the_way_only_goes_forward(locale: str) -> None:
    now = itertools.count()
    countdown = Countdown(StagePace(), 20, clock=lambda: float(next(now)))
    ways = [
        int(found[1])
        for stage in STAGES
        for done in (0.0, 0.5, 1.0)
        if (
            found := re.search(
                r'value="(\d+)"', bar(locale, Status("j", State.RUNNING, stage, done), countdown)
            )
        )
    ]
    assert len(ways) == 3 * len(STAGES)
    assert ways == sorted(ways)
    assert (ways[0], ways[-1]) == (0, 100)
    assert "number 7" in bar("en", Status("j", State.QUEUED, position=7))


def test_a_long_watch_counts_by_what_is_left_and_the_estimate_holds_from_the_middle_on() -> None:
    """A large clip: 100 s of watching, then 8 s for all else."""
    lasts = {"extract": 100.0, "detect": 2.0, "select": 0.5, "describe": 0.5, "enhance": 0.5, "generate": 3.0}
    lasts["reconstruct"] = 1.5
    time = 0.0
    countdown = Countdown(StagePace(), length=20, clock=lambda: time)
    whole, gone = sum(lasts.values()), 0.0
    for stage, seconds in lasts.items():
        for done in (0.0, 0.25, 0.5, 0.75):
            time = gone + done * seconds
            share, left = countdown.look(Status("j", State.RUNNING, stage, done))
            if time >= whole / 2:
                assert share > 0.35
                assert left is not None
                assert abs(left - (whole - time)) <= max(0.3 * (whole - time), 8.0)
        gone += seconds


@pytest.mark.parametrize("slower", [1.0, 4.0])
def test_what_is_left_never_grows_while_nothing_is_heard(slower: float) -> None:
    """The composer says little: a third of its work may pass between two words."""
    now = [0.0]
    countdown = Countdown(StagePace(), length=30, clock=lambda: now[0])
    countdown.look(Status("j", State.RUNNING, "generate", 0.0))
    now[0] = slower
    seen = []
    for _ in range(10):
        _, left = countdown.look(Status("j", State.RUNNING, "generate", 0.3))
        assert left is not None
        seen.append(left)
        now[0] += 0.5 * slower
    assert seen == sorted(seen, reverse=True)
    assert seen[-1] < seen[0] - 2, "the seconds pass"


def test_a_machine_that_others_use_is_noticed_within_the_first_job() -> None:
    """Everything but the watching takes four times as long: so will what is to come."""
    now = [0.0]
    pace = StagePace()
    countdown = Countdown(pace, length=30, clock=lambda: now[0])
    for stage, slower in (("extract", 1.0), ("detect", 4.0), ("generate", 4.0)):
        for tenths in range(10):
            countdown.look(Status("j", State.RUNNING, stage, tenths / 10))
            now[0] += slower * pace.seconds(stage, 30) / 10
    _, left = countdown.look(Status("j", State.RUNNING, "reconstruct", 0.0))
    assert left == pytest.approx(4 * pace.seconds("reconstruct", 30), rel=0.3)


def test_a_slow_machine_is_learned_from_what_it_did() -> None:
    pace = StagePace()
    before = pace.seconds("generate", 10)
    for _ in range(10):
        pace.learn(Summary(duration=10, seconds={"generate": 4 * before}))
    assert pace.seconds("generate", 20) > 3 * StagePace().seconds("generate", 20)
    assert pace.seconds("extract", 20) == StagePace().seconds("extract", 20)
