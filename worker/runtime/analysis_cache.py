"""What was seen of a clip, kept by its content: a second request for the same bytes does not look again."""

import hashlib
from pathlib import Path

from immersivaudio import __version__
from immersivaudio.config import Settings
from immersivaudio.queue.artifact_store import ArtifactStore, GoneError
from immersivaudio.queue.job_request import JobRequest
from immersivaudio.queue.job_store import JobStore

_LOOKING = ("extract", "detect", "select", "describe")
"""The stages that look; a choice of another backend sees something else."""
_LAYOUT = 3
"""Of the file that `worker.rendering.analysis_archive` writes: raised when an older one would be misread."""


def sha256(path: Path) -> str:
    """Of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def variant(library: Settings, request: JobRequest) -> str:
    """What besides the bytes decides what is seen: our version, the backends, the length of a photo, an
    editor's cuts, a loop."""
    held = request.options.length or library.photo_duration
    facts: list[object] = [_LAYOUT, __version__, *(getattr(library, stage) for stage in _LOOKING), held]
    if request.cuts:
        facts.append(request.cuts)
    facts += ["loop"] if request.options.loop else []
    return hashlib.blake2b(repr(facts).encode(), digest_size=8).hexdigest()


class AnalysisCache:
    """The cache: names in Redis, bytes in the store; both go after a day."""

    def __init__(self, job_store: JobStore, store: ArtifactStore) -> None:
        self._job_store = job_store
        self._store = store

    async def find(self, digest: str, kind: str, path: Path) -> bool:
        """Copy what was seen to `path`; False when it was never looked at, or too long ago."""
        ref = await self._job_store.redis.hget(self._key(digest), kind)  # type: ignore[misc]
        if not ref:
            return False
        try:
            await self._store.get(ref.decode(), path)
        except GoneError:
            return False
        return True

    async def keep(self, digest: str, kind: str, ref: str) -> None:
        """Remember what lies in the store."""
        await self._job_store.redis.hset(self._key(digest), kind, ref)  # type: ignore[misc]
        await self._job_store.redis.expire(
            self._key(digest), int(self._job_store.settings.artifact_hours * 3600)
        )

    def _key(self, digest: str) -> str:
        return self._job_store.key("seen-clip", digest)
