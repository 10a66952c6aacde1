"""The queue: what bot and worker share. Frontends need only this page.

    async with Queue.connect(QueueSettings()) as queue:
        submit result = await queue.submit(request)
        await queue.place(submit result.job, address_of_the_placeholder)
        async for status in queue.watch(submit result.job): ...

Imports nothing heavy: no numpy, no media, no models.
"""

from immersivaudio.options import ScoreOptions
from immersivaudio.queue.artifact_store import ArtifactStore, GoneError
from immersivaudio.queue.client import JobRecord, Queue
from immersivaudio.queue.job_request import Action, Address, AlbumPart, EditorCuts, JobRequest, Source
from immersivaudio.queue.preferences import Preferences
from immersivaudio.queue.result import Artifact, Failure, Result, StepHandoff, Summary
from immersivaudio.queue.settings import QueueSettings
from immersivaudio.queue.state import State, Status, SubmitResult

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
