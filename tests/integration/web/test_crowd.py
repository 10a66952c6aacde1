"""Ten people at once before one worker: each is told where they stand, and gets their own clip."""

import asyncio
import re
from typing import Any

from tests.integration.web.guest import Guest, Moment
from tests.integration.web.site import Site
from tests.integration.web.test_scoring import links
from tests.patience import PATIENCE

GUESTS = 10


def test_ten_people_at_once_all_hear_their_place_and_their_progress(site: Site) -> None:
    async def one(number: int) -> tuple[list[Moment], bytes, Guest]:
        guest = await Guest.come(site.url)
        mine = b"the clip of guest %d" % number * 20
        clip = await guest.clip(mine)
        moments = [each async for each in guest.score(clip, mood="sleep 0.7")]
        film = await guest.get(links(moments[-1].shown["result"])["immersivaudio.mp4"])
        assert film.content == mine
        await guest.client.aclose()
        return moments, mine, guest

    async def all_of_them() -> list[Any]:
        async with asyncio.timeout(PATIENCE):
            return await asyncio.gather(*(one(number) for number in range(GUESTS)))

    waited = 0
    for moments, _, _ in asyncio.run(all_of_them()):
        words = [_words(each.shown["progress"]) for each in moments]
        places = [int(place) for each in words for place in re.findall(r"In line: number (\d+)", each)]
        assert any("Watching your clip" in each for each in words)
        assert places == sorted(places, reverse=True), "nobody falls back"
        assert all(1 <= place <= GUESTS for place in places)
        clocks = [int(found[1]) for each in words if (found := re.search(r"(\d+) s", each))]
        assert clocks == sorted(clocks)
        assert len(set(clocks)) > 1 or not places, "while nothing else happens, the clock goes on"
        waited += bool(places)
    assert waited >= GUESTS - 2, "one worker, ten clips: the others stood in line, and knew it"


def _words(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html)
