"""What was seen of a clip, kept by its content: a second request for the same bytes does not look again."""

import hashlib
from pathlib import Path

from immersivaudio import __version__
from immersivaudio.config import Settings
from immersivaudio.queue.ledger import Ledger
from immersivaudio.queue.letter import Ask
from immersivaudio.queue.store import GoneError, Store

_LOOKING = ("extract", "detect", "select", "describe")
"""The stages that look; a choice of another backend sees something else."""
_LAYOUT = 2
"""Of the file that `worker.kept` writes: raised when an older one would be misread."""


def sha256(path: Path) -> str:
    """Of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def variant(library: Settings, ask: Ask) -> str:
    """What besides the bytes decides what is seen: our version, the backends, how long a photo is held."""
    held = ask.length or library.photo_duration
    facts = [_LAYOUT, __version__, *(getattr(library, stage) for stage in _LOOKING), held]
    return hashlib.blake2b(repr(facts).encode(), digest_size=8).hexdigest()


class Sight:
    """The cache: names in Redis, bytes in the store; both go after a day."""

    def __init__(self, ledger: Ledger, store: Store) -> None:
        self._ledger = ledger
        self._store = store

    async def find(self, digest: str, kind: str, path: Path) -> bool:
        """Copy what was seen to `path`; False when it was never looked at, or too long ago."""
        ref = await self._ledger.redis.hget(self._key(digest), kind)  # type: ignore[misc]
        if not ref:
            return False
        try:
            await self._store.get(ref.decode(), path)
        except GoneError:
            return False
        return True

    async def keep(self, digest: str, kind: str, ref: str) -> None:
        """Remember what lies in the store."""
        await self._ledger.redis.hset(self._key(digest), kind, ref)  # type: ignore[misc]
        await self._ledger.redis.expire(self._key(digest), int(self._ledger.settings.artifact_hours * 3600))

    def _key(self, digest: str) -> str:
        return self._ledger.key("seen-clip", digest)
