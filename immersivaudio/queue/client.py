"""The few verbs a frontend needs."""

import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from redis.asyncio import Redis

from immersivaudio.queue import progress
from immersivaudio.queue.artifact_store import ArtifactStore
from immersivaudio.queue.connection import pool
from immersivaudio.queue.conversation import Conversation
from immersivaudio.queue.job_request import Address, JobRequest, Source
from immersivaudio.queue.job_store import JobStore, address_in, request_in, value_in
from immersivaudio.queue.preferences import PreferenceBook
from immersivaudio.queue.readiness import Readiness
from immersivaudio.queue.result import Result
from immersivaudio.queue.settings import QueueSettings
from immersivaudio.queue.state import State, Status, SubmitResult
from immersivaudio.queue.uploads import PendingUploads


@dataclass(frozen=True, slots=True)
class JobRecord:
    """An earlier job, as a remix needs it."""

    job: str
    request: JobRequest
    result: Result | None
    ref: str
    """The clip in the store; may be gone after a day."""


class Queue:
    """Submit, watch, cancel, remember, forget."""

    def __init__(self, settings: QueueSettings) -> None:
        self.settings = settings
        self.redis: Redis = Redis(connection_pool=pool(settings))
        self.job_store = JobStore(self.redis, settings)
        self.store = ArtifactStore(settings)
        self.uploads = PendingUploads(self.job_store, self.store)
        self.preferences = PreferenceBook(self.job_store)
        self.conversation = Conversation(self.job_store)

    @classmethod
    def connect(cls, settings: QueueSettings | None = None) -> Self:
        """A queue; nothing is sent before the first verb."""
        return cls(settings or QueueSettings())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Hang up."""
        await self.redis.aclose()
        await self.redis.connection_pool.disconnect()

    async def ping(self) -> None:
        """Raise one of `connection.AWAY` where Redis does not answer."""
        await self.redis.ping()

    async def ready(self) -> Readiness:
        """Whether a clip would be taken now."""
        return await self.job_store.takes_writes()

    async def secret(self, name: str) -> bytes:
        """Return 32 random bytes shared by all programs on this job store, made by the first call."""
        key = self.job_store.key("secret", name)
        await self.redis.set(key, secrets.token_bytes(32), nx=True)
        return bytes(await self.redis.get(key))

    async def submit(self, request: JobRequest) -> SubmitResult:
        """Hand a request over. Once this says "accepted", it will be answered, whatever dies."""
        submitted = await self.job_store.accept(request)
        if not submitted.accepted or (request.source.remote and not request.source.ref):
            return submitted  # who waits for bytes has no place in line yet
        return replace(submitted, position=await self.position(submitted.job))

    async def place(self, job: str, address: Address) -> Address | None:
        """Tell where the placeholder is. If another one came back, yours is a stray: delete it."""
        return await self.job_store.place(job, address)

    async def status(self, job: str) -> Status | None:
        """Return the status now; None for an unknown job."""
        return await progress.look(self.job_store, job)

    async def position(self, job: str) -> int | None:
        """1 is next; None when it does not wait (any more)."""
        status = await self.status(job)
        return status.position if status else None

    def watch(self, job: str, on_away: Callable[[], None] = lambda: None) -> AsyncIterator[Status]:
        """Yield every change until the job is over, the present state first; see `progress.watch`."""
        return progress.watch(self.job_store, job, on_away)

    async def cancel(self, job: str, user: str) -> State | None:
        """CANCELLED, or the state that came first; None when `user` has no such job."""
        return await self.job_store.cancel(job, user)

    async def list_for_user(self, user: str, *, limit: int = 20) -> tuple[Status, ...]:
        """A user's jobs, newest first."""
        jobs = await self.redis.zrevrange(self.job_store.key("jobs", user), 0, limit - 1)
        found = [await self.status(job.decode()) for job in jobs]
        return tuple(status for status in found if status)

    async def record(self, job: str) -> JobRecord | None:
        """An earlier job by its id."""
        row = await self.job_store.row(job)
        if not row:
            return None
        try:
            request, _ = request_in(row)
        except ValueError:
            return None
        result = value_in(row, "result", Result)
        return JobRecord(job, request, result, row["ref"].decode() if "ref" in row else request.source.ref)

    async def source(self, record: JobRecord) -> Source | None:
        """Where the clip of an earlier job can still be had; None: it must be sent again."""
        if record.ref and await self.store.has(record.ref):
            return record.request.source.changed(ref=record.ref)
        if record.request.source.remote:
            return record.request.source.changed(ref="")
        return None

    async def latest(self, platform: str, chat: str, user: str) -> JobRecord | None:
        """The last clip that was scored for this user in this chat."""
        job = await self.redis.get(self.job_store.key("last", f"{platform}:{chat}:{user}"))
        return await self.record(job.decode()) if job else None

    async def job_for_message(self, platform: str, chat: str, message: str) -> JobRecord | None:
        """The job whose placeholder or result is this message."""
        job = await self.redis.get(self.job_store.key("message", f"{platform}:{chat}:{message}"))
        return await self.record(job.decode()) if job else None

    async def newest(self, platform: str, chat: str, user: str) -> JobRecord | None:
        """What words in this chat are about: the clip in the works, else the last that was scored."""
        for status in await self.list_for_user(user):
            if not status.state.over and (record := await self.record(status.job)):
                reply = record.request.reply
                if (reply.platform, reply.chat) == (platform, chat) and not record.request.files_alone:
                    return record
        return await self.latest(platform, chat, user)

    async def placeholder(self, job: str) -> Address | None:
        """Where the answer to a job stands, or will; None for a job that is forgotten."""
        row = await self.job_store.row(job)
        try:
            return address_in(row, request_in(row)[0]) if row else None
        except ValueError:
            return None

    async def in_works(self, user: str, platform: str) -> list[Address]:
        """The placeholders of a user's jobs that are not over, those that were sent."""
        jobs = [status.job for status in await self.list_for_user(user) if not status.state.over]
        known = [await self.placeholder(job) for job in jobs]
        return [address for address in known if address and address.platform == platform and address.message]

    async def ancestors(self, job: str, *, limit: int = 20) -> tuple[JobRecord, ...]:
        """A job and those it was made from, newest first, as far back as they are remembered."""
        found: list[JobRecord] = []
        while job and len(found) < limit and (record := await self.record(job)):
            found.append(record)
            job = record.request.parent
        return tuple(found)

    async def next_take(self, job: str) -> int:
        """The number of the next take of a piece: 2, 3, ... The oldest that is left counts for all that came
        of it."""
        family = await self.ancestors(job)
        root = self.job_store.key("job", family[-1].job if family else job)
        latest = max((each.request.options.take for each in family), default=1)
        await self.redis.hsetnx(root, "takes", str(latest - 1))  # type: ignore[misc] # the first may have been deleted
        return 1 + int(await self.redis.hincrby(root, "takes", 1))  # type: ignore[misc]

    async def attach(self, address: Address, job: str) -> None:
        """Let this message, too, stand for the job: a question about it, the answer to which comes later."""
        await self._remember(address, job)

    async def discard(self, job: str) -> None:
        """Cancel one job and delete its files and all that is known of it; the clip goes with the last that
        can need it."""
        if record := await self.record(job):
            await self.job_store.cancel(job, record.request.user)
            await self._erase(job, clip=not await self._needed(record))

    async def _needed(self, gone: JobRecord) -> bool:
        """Whether another piece of this user, or the one it was made from, starts from the same clip."""
        jobs = await self.redis.zrange(self.job_store.key("jobs", gone.request.user), 0, -1)
        for job in {gone.request.parent, *(each.decode() for each in jobs)} - {"", gone.job}:
            other, status = await self.record(job), await self.status(job)
            if other and status and other.ref == gone.ref and _goes_on(other, status):
                return True
        return False

    async def forget(self, user: str) -> int:
        """Cancel what runs, delete what is kept of this user: jobs, files, choices. Returns how many jobs."""
        jobs = [job.decode() for job in await self.redis.zrange(self.job_store.key("jobs", user), 0, -1)]
        for job in jobs:
            await self.job_store.cancel(job, user)
            await self._erase(job)
        await self.uploads.forget(user)
        await self.preferences.forget(f"user:{user}")
        await self.conversation.forget(user)
        await self.redis.set(self.job_store.key("forgotten"), 1)  # a worker has the file on disk rewritten
        return len(jobs)

    async def _erase(self, job: str, *, clip: bool = True) -> None:
        """Delete a job and its files; `clip` False keeps the clip, which another job still needs."""
        row = await self.job_store.row(job)
        result = value_in(row, "result", Result)
        kept = (result.media, *result.extras.values()) if result else ()
        tracks, record = row.get("tracks", b"").decode(), await self.record(job)
        source = record.ref if record else row.get("ref", b"").decode()
        for ref in (source if clip else "", tracks, *(artifact.ref for artifact in kept)):
            await self.store.drop(ref)
        if result and result.sha256 and clip:
            seen = self.job_store.key("seen-clip", result.sha256)
            for ref in await self.redis.hvals(seen):  # type: ignore[misc]
                await self.store.drop(ref.decode())  # thumbnails of the clip are in it
            await self.redis.delete(seen)
        for message in await self.redis.smembers(self._messages_key(job)):  # type: ignore[misc]
            await self.redis.delete(message)
        await self.redis.delete(self._messages_key(job))
        if record and "address" in row:
            await self.redis.delete(self._message_key(address_in(row, record.request)))
        await self.job_store.erase(job)

    async def _remember(self, address: Address, job: str) -> None:
        kept, key = int(self.settings.keep_days * 86_400_000), self._message_key(address)
        await self.redis.set(key, job, px=kept)
        await self.redis.sadd(self._messages_key(job), key)  # type: ignore[misc]
        await self.redis.pexpire(self._messages_key(job), kept)

    def _messages_key(self, job: str) -> str:
        """Of the messages that stand for a job besides its placeholder: they are forgotten with it."""
        return self.job_store.key("messages", job)

    def _message_key(self, address: Address) -> str:
        return self.job_store.key("message", f"{address.platform}:{address.chat}:{address.message}")


def _goes_on(record: JobRecord, status: Status) -> bool:
    """Whether its clip is still to be scored, or can be once more: nothing starts from stems or a notice."""
    return not status.state.over or (status.state is State.DELIVERED and not record.request.files_alone)
