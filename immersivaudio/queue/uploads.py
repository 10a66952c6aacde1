"""Uploads that nothing was ordered for yet: counted before they come, and thrown away after a while."""

import secrets
from typing import TYPE_CHECKING, Literal

from immersivaudio.queue.artifact_store import ArtifactStore

if TYPE_CHECKING:
    from immersivaudio.queue.job_store import JobStore

Admission = Literal["ok", "visitor", "address", "full"]
_SWEPT = 100


class PendingUploads:
    """Bytes held without an order, by visitor, by address and in all; shared by all processes."""

    def __init__(self, job_store: "JobStore", store: ArtifactStore) -> None:
        self._job_store = job_store
        self._store = store
        self._settings = job_store.settings

    async def reserve(self, user: str, address: str, size: int) -> tuple[Admission, str]:
        """Count `size` bytes of a new upload; returns "ok" and its id, or the limit that is reached."""
        upload, caps = secrets.token_hex(12), self._settings
        counted = (caps.upload_bytes_per_user, caps.upload_bytes_per_address, caps.upload_bytes)
        life = int(caps.upload_longest * 1000)
        said = await self._job_store.run("upload_reserve", upload, user, address, size, *counted, life)
        outcome: Admission = said.decode()
        return outcome, upload if outcome == "ok" else ""

    async def stored(self, upload: str, ref: str) -> bool:
        """The bytes are in the store as `ref`; False: it was forgotten meanwhile, and the file must go."""
        return bool(await self._job_store.run("upload_extend", upload, ref, self._kept))

    async def extend(self, upload: str) -> bool:
        """Begin the waiting time anew; False: it is not waiting (any more)."""
        return bool(await self._job_store.run("upload_extend", upload, "", self._kept))

    async def ordered(self, upload: str) -> None:
        """A job has it now: it is no longer counted, and goes with the job."""
        await self._job_store.run("upload_release", upload, "")

    async def drop(self, upload: str, *, overdue: bool = False) -> bool:
        """Throw an upload away, if `overdue` only once its time is over; False: it was not there."""
        ref = await self._job_store.run("upload_release", upload, "1" if overdue else "")
        if ref:
            await self._store.drop(ref.decode())
        return ref is not None

    async def forget(self, user: str) -> None:
        """Throw away all that a visitor uploaded and ordered nothing for."""
        for upload in await self._job_store.redis.smembers(self._job_store.key("uploads", "of", user)):  # type: ignore[misc]
            await self.drop(upload.decode())

    async def sweep(self) -> int:
        """Throw away what nothing was ordered for in time; returns how many went."""
        seconds, _ = await self._job_store.redis.time()
        key = self._job_store.key("uploads")
        due = await self._job_store.redis.zrangebyscore(key, 0, seconds * 1000, start=0, num=_SWEPT)
        return sum([await self.drop(upload.decode(), overdue=True) for upload in due])

    @property
    def _kept(self) -> int:
        """ms"""
        return int(self._settings.upload_kept * 1000)
