"""What a waiting person reads."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest

from bot.web.job_progress import bar, follow
from immersivaudio.i18n import LANGUAGES
from immersivaudio.queue import State, Status


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
    stages = ("extract", "detect", "select", "describe", "enhance", "generate", "sounds", "reconstruct")
    ways = [
        int(found[1])
        for stage in stages
        for done in (0.0, 0.5, 1.0)
        if (found := re.search(r'value="(\d+)"', bar(locale, Status("j", State.RUNNING, stage, done))))
    ]
    assert ways == sorted(ways)
    assert (ways[0], ways[-1]) == (0, 100)
    assert "number 7" in bar("en", Status("j", State.QUEUED, position=7))
