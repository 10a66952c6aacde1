"""Delivery adapters: fetch clips from a platform, show progress and results there.

Only they hold its token; they never open media.

Any object of the shape below is one; `TABLE` says where ours live, `WorkerSettings.adapters` adds others.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from immersivaudio.chat.links import LinkSettings
from immersivaudio.errors import BadSettingError
from immersivaudio.queue.job_request import Address, JobRequest, Source
from immersivaudio.queue.result import Failure, Result
from immersivaudio.queue.state import Status

if TYPE_CHECKING:
    from worker.delivery.links import LinkFiles

TABLE: Mapping[str, str] = {
    "console": "worker.delivery.adapters.console:build",
    "web": "worker.delivery.adapters.pickup:build",
    "local": "worker.delivery.adapters.pickup:build",
    "mcp": "worker.delivery.adapters.pickup:build",
    "api": "worker.delivery.adapters.webhook:build",
    "telegram": "worker.delivery.adapters.telegram.adapter:build",
    "discord": "worker.delivery.adapters.discord:build",
}


class RetryLaterError(Exception):
    """The platform asks for patience (429, 5xx, no answer): the delivery is tried again after `seconds`."""

    def __init__(self, seconds: float = 2.0) -> None:
        self.seconds = seconds
        super().__init__(f"again in {seconds:.1f} s")


class UnreachableError(Exception):
    """The answer can never arrive: the chat is gone, or the bot was removed from it."""


class PlaceholderGoneError(UnreachableError):
    """The placeholder was deleted: no result is wanted any more."""


class TooLargeHereError(Exception):
    """The platform takes less than it had said: 413. A smaller file may be made, else `refuse` says so."""

    def __init__(self, size: int) -> None:
        self.size = size
        """Bytes of the largest file that it did not take."""
        super().__init__(size)


class DeliveryAdapter(Protocol):
    """The verbs of a platform. Each may raise `RetryLaterError` or `UnreachableError`.

    `deliver` and `refuse` are idempotent: told twice, with the first answer lost, they leave one message.
    They edit the placeholder; that is why there is always one.
    """

    async def place(self, request: JobRequest, job: str) -> Address:
        """Send the placeholder that the frontend did not live to send."""
        ...

    async def fetch(self, source: Source, path: Path, limit: int) -> None:
        """Download the clip, at most `limit` bytes; raises `UserError` when it is too big or gone."""
        ...

    async def show(self, request: JobRequest, address: Address, status: Status) -> None:
        """Edit the placeholder to show progress, position, or that the job was cancelled.

        May raise `PlaceholderGoneError`, which cancels the job.
        """
        ...

    async def deliver(
        self, request: JobRequest, address: Address, result: Result, media: Path, job: str
    ) -> None:
        """Turn the placeholder into the result; may raise `TooLargeHereError`.

        The extras "thumbnail" and "part-2", "part-3"... lie in the folder of `media` under their own names.
        """
        ...

    async def refuse(self, request: JobRequest, address: Address, failure: Failure, job: str) -> None:
        """Turn the placeholder into a notice: what went wrong, what to do."""
        ...

    async def ping(self, request: JobRequest, address: Address) -> None:
        """A short new message, since an edit notifies nobody. Called at most once a job."""
        ...

    async def close(self) -> None:
        """Hang up. Calling it twice is harmless."""
        ...


class AdapterRegistry:
    """Those of one process, each built when it is first needed."""

    def __init__(self, others: Mapping[str, str]) -> None:
        self._table = {**TABLE, **others}
        self._built: dict[str, DeliveryAdapter] = {}
        self._links: LinkFiles | None = None

    def of(self, platform: str) -> DeliveryAdapter:
        """The delivery adapter of a platform; raises `BadSettingError` for an unknown one."""
        if platform not in self._built:
            if platform not in self._table:
                raise BadSettingError(f"no adapter serves {platform!r}", "see IMMERSIVAUDIO_WORKER_ADAPTERS")
            module, _, factory = self._table[platform].partition(":")
            self._built[platform] = getattr(import_module(module), factory)()
        return self._built[platform]

    def links(self) -> "LinkFiles":
        """What fetches files behind links, for every platform; built, and its client loaded, when needed."""
        if self._links is None:
            files = import_module("worker.delivery.links").LinkFiles
            self._links = files(LinkSettings())
        return self._links

    async def close(self) -> None:
        """Hang up everywhere."""
        if self._links:
            await self._links.close()
        for adapter in self._built.values():
            await adapter.close()
