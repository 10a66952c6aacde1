"""Make the music of several clips in one pass: waiting clips join the next pass, up to the batch size.

A failed pass costs no clip a try: its clips are made again one by one, and only alone can one fail. A clip
that has lost a try before (by its own failure, or with a worker that vanished) gets the worker to itself:
the others are put back and no more admitted. So a poison clip costs its neighbours one pass, and a try only
where it ended the whole worker, once. Clips are put back in the job store: a clip that is still held counts
as tried.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from immersivaudio.progress import AsyncStageProgress
from immersivaudio.queue.artifact_store import ArtifactStore
from worker.runtime.metrics import Metrics
from worker.runtime.outputs import inside
from worker.sandbox.subprocess_pool import RenderSubprocess, SubprocessDiedError
from worker.sandbox.tasks import GenerateAnswer, GenerateTask, MusicAnswer, MusicTask
from worker.settings import WorkerSettings

log = structlog.get_logger("worker.runtime.batcher")


class RequeueError(Exception):
    """Another clip needs the worker alone: go back to the queue, without losing a try."""


@dataclass(frozen=True, slots=True)
class GeneratedMusic:
    """The music of one clip."""

    ref: str
    """In the store."""
    seconds: dict[str, float]
    backends: dict[str, str]
    batch: int
    """Clips of the same pass, this one included."""


@dataclass(eq=False, slots=True)
class BatchItem:
    """One clip that waits for its music."""

    work: MusicTask
    told: AsyncStageProgress
    alone: bool = False
    answer: "asyncio.Future[GeneratedMusic]" = field(default_factory=asyncio.Future)


class Batcher:
    """The seats, and the one child that plays for all of them."""

    def __init__(
        self, child: RenderSubprocess, store: ArtifactStore, metrics: Metrics, work: WorkerSettings
    ) -> None:
        self._child, self._store, self._metrics, self._work = child, store, metrics, work
        self._waiting: list[BatchItem] = []
        self._admitted = 0
        self._door, self._news, self._left = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._door.set()

    @property
    def open(self) -> bool:
        """Whether others may come in."""
        return self._door.is_set()

    @asynccontextmanager
    async def admit(self) -> AsyncIterator[None]:
        """Hold a place around all that happens to a clip, from its claim to its last transition.

        Waits while a clip has the worker alone.
        """
        await self._door.wait()
        self._admitted += 1
        try:
            yield
        finally:
            self._admitted -= 1
            self._left.set()

    async def generate(self, item: BatchItem) -> GeneratedMusic:
        """Wait for the music; raises `RequeueError`, or what the child raised for this clip alone."""
        if not self.open:
            raise RequeueError
        self._waiting.append(item)
        self._news.set()
        return await item.answer  # whoever is cancelled here leaves an empty seat

    async def run(self) -> None:
        """Play until cancelled."""
        while True:
            await self._together(await self._gathered())
            self._door.set()

    async def _gathered(self) -> list[BatchItem]:
        """Those of the next pass: all that wait when it is full, when a moment has passed, or at once where
        one of them plays alone."""
        while not self._waiting:
            await self._heard(None)
        end = asyncio.get_running_loop().time() + self._work.gather
        while (left := end - asyncio.get_running_loop().time()) > 0 and not self._full():
            await self._heard(left)
        here = [item for item in self._waiting if not item.answer.done()]
        alone = [item for item in here if item.alone]
        if alone:
            await self._put_back([item for item in here if item is not alone[0]])
            return alone[:1]
        self._waiting = here[self._work.batch :]
        return here[: self._work.batch]

    def _full(self) -> bool:
        return len(self._waiting) >= self._work.batch or any(item.alone for item in self._waiting)

    async def _put_back(self, items: Sequence[BatchItem]) -> None:
        """Admit no more, and wait until one clip is left."""
        self._door.clear()
        self._waiting = []
        for item in items:
            item.answer.set_exception(RequeueError())
        while self._admitted > 1:
            self._left.clear()
            await self._left.wait()

    async def _heard(self, seconds: float | None) -> None:
        self._news.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    async def _together(self, items: Sequence[BatchItem]) -> None:
        """One pass for all that still sit; where it breaks, one for each."""
        items = [item for item in items if not item.answer.done()]
        if not items:
            return
        try:
            await self._pass(items)
        except Exception as error:
            if len(items) == 1:
                if not items[0].answer.done():
                    items[0].answer.set_exception(error)
                return
            cause = str(error) if isinstance(error, SubprocessDiedError) else type(error).__name__
            log.warning("a pass broke", clips=len(items), cause=cause)
            for item in items:
                await self._together([item])

    async def _pass(self, items: Sequence[BatchItem]) -> None:
        with tempfile.TemporaryDirectory(prefix="pass-", dir=self._work.scratch) as place:
            folders = [Path(place) / str(number) for number in range(len(items))]
            for folder in folders:
                folder.mkdir()
            works = tuple(
                item.work.model_copy(update={"folder": str(path)})
                for item, path in zip(items, folders, strict=True)
            )
            done = await self._by_child(GenerateTask(folder=place, works=works), items)
            batch = done.batch
            self._metrics.batches.observe(batch)
            for stage, seconds in done.works[0].seconds.items():
                self._metrics.stage_seconds.labels(stage).observe(seconds)  # of the pass, not of each clip
            log.info("generated", clips=len(items), batch=batch)
            facts = zip(items, folders, done.works, strict=True)
            await asyncio.gather(*(self._kept(item, path, each, batch) for item, path, each in facts))

    async def _by_child(self, task: GenerateTask, items: Sequence[BatchItem]) -> GenerateAnswer:
        """Return the child's answer; the pass is stopped once no clip waits for it."""

        async def tell(stage: str, share: float) -> None:
            for item in items:
                await item.told(stage, share)

        playing = asyncio.ensure_future(self._child.run(task, GenerateAnswer, tell, self._work.wall))
        leaving = asyncio.ensure_future(asyncio.wait([item.answer for item in items]))
        try:
            await asyncio.wait((playing, leaving), return_when=asyncio.FIRST_COMPLETED)
            if not playing.done():
                raise SubprocessDiedError("everybody left")
            return playing.result()
        finally:
            leaving.cancel()
            if not playing.done():
                playing.cancel()  # kills the child
                await asyncio.wait({playing})

    async def _kept(self, item: BatchItem, folder: Path, facts: MusicAnswer, batch: int) -> None:
        if item.answer.done():
            return
        ref = await self._store.put(inside(folder, facts.tracks), ".zip")
        if item.answer.done():
            await self._store.drop(ref)
        else:
            item.answer.set_result(GeneratedMusic(ref, facts.seconds, facts.backends, batch))
