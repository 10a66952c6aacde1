"""Clips whose music is made in one pass: who waits joins the next one, up to so many, and each stays its own.

A pass that breaks blames nobody: its clips are played again one by one, and only alone can one fail. Whoever
took a try before (its own failure, or a worker that vanished) has the worker to itself: everybody else is put
back, and nobody let in. So a poisonous clip costs its neighbours one pass; a try only where it took the whole
worker along, and that once. Put back means that the ledger knows: who still holds a clip is blamed for it.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

from immersivaudio.queue.store import Store
from worker.metrics import Meters
from worker.nursery import Child, ChildDiedError, Told
from worker.outputs import inside
from worker.settings import WorkSettings

log = structlog.get_logger("worker.gathering")


class PutBackError(Exception):
    """Somebody needs the worker alone: go back to the queue, without blame."""


@dataclass(frozen=True, slots=True)
class Played:
    """The music of one clip."""

    ref: str
    """In the store."""
    seconds: dict[str, float]
    backends: dict[str, str]
    batch: int
    """Clips of the same pass, this one included."""


@dataclass(eq=False, slots=True)
class Seat:
    """One clip that waits for its music."""

    work: dict[str, Any]
    told: Told
    alone: bool = False
    answer: "asyncio.Future[Played]" = field(default_factory=asyncio.Future)


class Gathering:
    """The seats, and the one child that plays for all of them."""

    def __init__(self, child: Child, store: Store, meters: Meters, work: WorkSettings) -> None:
        self._child, self._store, self._meters, self._work = child, store, meters, work
        self._waiting: list[Seat] = []
        self._guests = 0
        self._door, self._news, self._left = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._door.set()

    @property
    def open(self) -> bool:
        """Whether others may come in."""
        return self._door.is_set()

    @asynccontextmanager
    async def guest(self) -> AsyncIterator[None]:
        """Around all that happens to a clip, its claim and its last move included; waits while somebody plays
        alone."""
        await self._door.wait()
        self._guests += 1
        try:
            yield
        finally:
            self._guests -= 1
            self._left.set()

    async def play(self, seat: Seat) -> Played:
        """Wait for the music; raises `PutBackError`, or what the child raised for this clip alone."""
        if not self.open:
            raise PutBackError
        self._waiting.append(seat)
        self._news.set()
        return await seat.answer  # whoever is cancelled here leaves an empty seat

    async def conduct(self) -> None:
        """Play until cancelled."""
        while True:
            await self._together(await self._gathered())
            self._door.set()

    async def _gathered(self) -> list[Seat]:
        """Those of the next pass: all that wait when it is full, when a moment has passed, or at once where
        one of them plays alone."""
        while not self._waiting:
            await self._heard(None)
        end = asyncio.get_running_loop().time() + self._work.gather
        while (left := end - asyncio.get_running_loop().time()) > 0 and not self._full():
            await self._heard(left)
        here = [seat for seat in self._waiting if not seat.answer.done()]
        alone = [seat for seat in here if seat.alone]
        if alone:
            await self._put_back([seat for seat in here if seat is not alone[0]])
            return alone[:1]
        self._waiting = here[self._work.batch :]
        return here[: self._work.batch]

    def _full(self) -> bool:
        return len(self._waiting) >= self._work.batch or any(seat.alone for seat in self._waiting)

    async def _put_back(self, seats: Sequence[Seat]) -> None:
        """Close the door, and wait until nobody but one is here."""
        self._door.clear()
        self._waiting = []
        for seat in seats:
            seat.answer.set_exception(PutBackError())
        while self._guests > 1:
            self._left.clear()
            await self._left.wait()

    async def _heard(self, seconds: float | None) -> None:
        self._news.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    async def _together(self, seats: Sequence[Seat]) -> None:
        """One pass for all that still sit; where it breaks, one for each."""
        seats = [seat for seat in seats if not seat.answer.done()]
        if not seats:
            return
        try:
            await self._pass(seats)
        except Exception as error:
            if len(seats) == 1:
                if not seats[0].answer.done():
                    seats[0].answer.set_exception(error)
                return
            cause = str(error) if isinstance(error, ChildDiedError) else type(error).__name__
            log.warning("a pass broke", clips=len(seats), cause=cause)
            for seat in seats:
                await self._together([seat])

    async def _pass(self, seats: Sequence[Seat]) -> None:
        with tempfile.TemporaryDirectory(prefix="pass-", dir=self._work.scratch) as place:
            folders = [Path(place) / str(number) for number in range(len(seats))]
            for folder in folders:
                folder.mkdir()
            works = [seat.work | {"folder": str(path)} for seat, path in zip(seats, folders, strict=True)]
            done = await self._by_child({"step": "play", "folder": place, "works": works}, seats)
            batch = int(done["batch"])
            self._meters.batches.observe(batch)
            for stage, seconds in done["works"][0]["seconds"].items():
                self._meters.stage_seconds.labels(stage).observe(seconds)  # of the pass, not of each clip
            log.info("played", clips=len(seats), batch=batch)
            facts = zip(seats, folders, done["works"], strict=True)
            await asyncio.gather(*(self._kept(seat, path, each, batch) for seat, path, each in facts))

    async def _by_child(self, task: dict[str, Any], seats: Sequence[Seat]) -> dict[str, Any]:
        """The child's answer; nobody plays to empty seats."""

        async def tell(stage: str, share: float) -> None:
            for seat in seats:
                await seat.told(stage, share)

        playing = asyncio.ensure_future(self._child.run(task, tell, self._work.wall))
        leaving = asyncio.ensure_future(asyncio.wait([seat.answer for seat in seats]))
        try:
            await asyncio.wait((playing, leaving), return_when=asyncio.FIRST_COMPLETED)
            if not playing.done():
                raise ChildDiedError("everybody left")
            return playing.result()
        finally:
            leaving.cancel()
            if not playing.done():
                playing.cancel()  # kills the child
                await asyncio.wait({playing})

    async def _kept(self, seat: Seat, folder: Path, facts: dict[str, Any], batch: int) -> None:
        if seat.answer.done():
            return
        ref = await self._store.put(inside(folder, facts["tracks"]), ".zip")
        if seat.answer.done():
            await self._store.drop(ref)
        else:
            seat.answer.set_result(Played(ref, dict(facts["seconds"]), dict(facts["backends"]), batch))
