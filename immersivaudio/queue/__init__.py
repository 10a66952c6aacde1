"""The queue: what bot and worker share. Frontends need only this page.

    async with Queue.connect(QueueSettings()) as queue:
        submitted = await queue.submit(request)
        await queue.place(submitted.job, address_of_the_placeholder)
        async for status in queue.watch(submitted.job): ...

Imports nothing heavy: no numpy, no media, no models. Redis and fsspec come where a client is asked for:
a render process reads tasks, and has no use for one.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from immersivaudio.options import ScoreOptions
from immersivaudio.queue.job_request import Action, Address, AlbumPart, EditorCuts, JobRequest, Source
from immersivaudio.queue.result import Artifact, Failure, Result, StepHandoff, Summary
from immersivaudio.queue.state import State, Status, SubmitResult

if TYPE_CHECKING:
    from immersivaudio.queue.artifact_store import ArtifactStore, GoneError
    from immersivaudio.queue.client import JobRecord, Queue
    from immersivaudio.queue.preferences import Preferences
    from immersivaudio.queue.settings import QueueSettings

_WHEN_ASKED_FOR = {
    "ArtifactStore": "artifact_store", "GoneError": "artifact_store", "JobRecord": "client",
    "Preferences": "preferences", "Queue": "client", "QueueSettings": "settings",
}  # fmt: skip
"""Name -> module, of what speaks to Redis and to the store."""

__all__ = [
    "Action",
    "Address",
    "AlbumPart",
    "Artifact",
    "ArtifactStore",
    "EditorCuts",
    "Failure",
    "GoneError",
    "JobRecord",
    "JobRequest",
    "Preferences",
    "Queue",
    "QueueSettings",
    "Result",
    "ScoreOptions",
    "Source",
    "State",
    "Status",
    "StepHandoff",
    "SubmitResult",
    "Summary",
]


def __getattr__(name: str) -> Any:
    if name in _WHEN_ASKED_FOR:
        return getattr(import_module(f"{__name__}.{_WHEN_ASKED_FOR[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
