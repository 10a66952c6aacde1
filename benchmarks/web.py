"""How long ten people at once wait for a word from the page, on the machine that also makes their music.

    python -m benchmarks.web [people]

Everybody uploads a film of twelve seconds and presses at the same moment; one worker renders with the real
pipeline. A word is anything the page shows anew; the clock starts at the press.
"""

import asyncio
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks import report
from tests import samples
from tests.integration.web.guest import Guest
from tests.integration.web.site import Site

PEOPLE = 10
SECONDS = 12


@dataclass
class Wait:
    """What one person went through, s."""

    first: float
    longest: float
    whole: float
    words: int
    placed: bool


async def wait(url: str, clip: bytes, ready: asyncio.Barrier) -> Wait:
    """Upload, press with everybody else, listen to the end."""
    guest = await Guest.come(url)
    token = await guest.clip(clip)
    await ready.wait()
    start = time.monotonic()
    moments = [each async for each in guest.score(token)]
    await guest.client.aclose()
    times = [start, *(each.at for each in moments)]
    gaps = [after - before for before, after in pairwise(times)]
    placed = any(re.search(r"number \d", each.shown["progress"]) for each in moments)
    return Wait(gaps[0], max(gaps), times[-1] - start, len(moments), placed)


async def crowd(url: str, clip: bytes, people: int) -> list[Wait]:
    """Everybody at once, each with bytes that nobody sent before: nothing is remembered."""
    ready = asyncio.Barrier(people)
    films = [clip + b"\0\0\0\x0cfree" + number.to_bytes(4, "big") for number in range(people)]
    return await asyncio.gather(*(wait(url, film, ready) for film in films))


def main() -> None:
    """Measure, and write the section."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with (
        tempfile.TemporaryDirectory(prefix="web-") as folder,
        Site(Path(folder), "worker.rendering.pipeline_renderer:build") as site,
    ):
        film = samples.film(Path(folder) / "film.mp4", shots=4, seconds=SECONDS / 4, size=(640, 360))
        waits = asyncio.run(crowd(site.work().open().url, film.read_bytes(), people))
    longest = max(each.longest for each in waits)
    rows = [
        ["from the press to the first word, slowest", f"{max(each.first for each in waits):.2f} s", "<= 2 s"],
        ["longest wait between two words, of anybody", f"{longest:.2f} s", "<= 2 s"],
        ["told their place in line", f"{sum(each.placed for each in waits)} of {people}", ""],
        ["words to one person, median", f"{median(each.words for each in waits):.0f}", ""],
        ["until the last of them had their film", f"{max(each.whole for each in waits):.0f} s", ""],
    ]
    told = f"\n\n{people} people press at once, each with a film of {SECONDS} s; one worker shares the cores."
    report.write("The page", report.table(["what", "measured", "aim"], rows) + told)


if __name__ == "__main__":
    main()
