"""The job store: one row a request, moved only by atomic scripts, and only by the holder of its fence.

Every verb may be repeated when its answer was lost: the second call finds the first one's work.
One Redis (or a primary with replicas); Redis Cluster is not supported, since a step touches several keys.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import ceil, inf
from typing import Any, ClassVar, TypeVar

from redis.asyncio import Redis

from immersivaudio.errors import OperatorError
from immersivaudio.queue.call_batch import CallBatch, ReplicaWait
from immersivaudio.queue.connection import AWAY, in_words
from immersivaudio.queue.job_request import VERSION, Address, JobRequest
from immersivaudio.queue.readiness import Readiness
from immersivaudio.queue.redis_url import sentinel_address
from immersivaudio.queue.result import Failure, Result, ResultModel, StepHandoff
from immersivaudio.queue.settings import QueueSettings
from immersivaudio.queue.state import State, SubmitResult

SCHEMA = 1
"""Of the rows. Raised only when a program of the schema before would misread or damage them."""

SealedT = TypeVar("SealedT", bound=ResultModel)
_READY = 5000
"""ms that the key lives that `takes_writes` writes."""
_TOLD = ("accept", "place", "claim", "delivered", "cancel", "erase")
"""Scripts before or after which somebody outside is told: what they wrote must outlive the primary."""

_SILENT_PLATFORM = Failure(
    problem="the platform did not answer for a long time",
    remedy="send the clip again",
    blame="operator",
    stage="deliver",
)


@cache
def _script(name: str) -> str:
    folder = files("immersivaudio.queue") / "lua"
    return "\n".join((folder / f"{part}.lua").read_text("utf-8") for part in ("prelude", name))


@dataclass(frozen=True, slots=True)
class LeasedJob:
    """A job taken by one worker: what to do, and the fence that proves the right to write."""

    job: str
    fence: int
    request: JobRequest
    address: Address
    ref: str
    """The clip in the store."""
    result: Result | None
    failure: Failure | None
    created: float
    """Unix time of the request, s, by the clock of Redis."""
    tries: int
    plan: StepHandoff | None = None
    tracks: str = ""
    """The music in the store; empty before it was played."""
    readable: bool = True
    """False: the row is damaged, or of an unknown version; `request` holds only user and reply address."""


class JobStore:
    """The rows and their moves."""

    exclusive: ClassVar[bool] = True
    """Whether a claim is given to one worker alone."""

    def __init__(self, redis: Redis, settings: QueueSettings) -> None:
        self.redis = redis
        self.settings = settings
        self.ns = settings.namespace
        self.name = secrets.token_hex(8)
        """This process's name as a lease holder."""
        self._keep = int(settings.keep_days * 86_400_000)
        self._scripts: dict[str, Any] = {}
        replica = ReplicaWait(settings.replica_wait if sentinel_address(settings.url) else 0.0)
        brief = {"claim": settings.lease / 3}  # the lease runs while its claim waits
        self._told = {name: CallBatch(redis, _script(name), replica, brief.get(name, inf)) for name in _TOLD}

    async def check_schema(self) -> None:
        """Raise `OperatorError` where a newer program has begun to write rows that this one cannot read."""
        known = int(await self.redis.get(self.key("schema")) or 0)
        if known < SCHEMA:
            known = int(await self.run("schema", "", SCHEMA))
        if known > SCHEMA:
            raise OperatorError(
                f"the queue in Redis is of a newer version (schema {known}, and this program knows {SCHEMA})",
                "upgrade this program, or give it an IMMERSIVAUDIO_QUEUE_NAMESPACE of its own",
            )

    async def accept(self, request: JobRequest, *, job: str = "") -> SubmitResult:
        """Write a request down and enqueue it, once for each `request.key`.

        Raises `ValueError` for a request that could not be read back.
        """
        written = request.to_json()
        JobRequest.from_json(written)  # what cannot be read back is not accepted
        job = job or secrets.token_hex(12)
        first = State.ACCEPTED if request.source.remote and not request.source.ref else State.QUEUED
        memory = "" if request.files_alone else request.memory
        account, caps = request.account or request.user, self._caps(request)
        what = (
            request.user,
            written,
            max(request.version, request.needs),
            memory,
            first,
            account,
            request.platform,
        )
        outcome, known, works = await self.run("accept", job, _digest(request.key), *what, *caps)
        return SubmitResult(job=known.decode(), outcome=outcome.decode(), in_works=int(works))

    async def claim(self, job: str, entry: str, verb: str) -> LeasedJob | None:
        """Take a waiting job for `verb` (fetch, render, generate, finish, deliver); None: it is not there."""
        nonce = secrets.token_hex(8)
        flat = await self.run("claim", job, entry, verb, nonce, self._lease, VERSION, self.name)
        if not flat:
            return None
        leased = _leased(job, flat)
        if leased is None:  # nobody can be answered
            await self.erase(job)
        return leased

    async def renew(self, job: str, fence: int, stage: str = "", done: float = 0.0) -> bool:
        """Say that we are alive; False: the job is no longer ours and the work must stop."""
        return bool(await self.run("renew", job, fence, self._lease, stage, f"{done:.3f}"))

    async def fetched(self, job: str, fence: int, ref: str) -> bool:
        """FETCHING -> QUEUED."""
        return bool(await self.run("fetched", job, fence, ref))

    async def planned(self, job: str, fence: int, plan: StepHandoff) -> bool:
        """RUNNING -> PLANNED: the music is next."""
        return bool(await self.run("step", job, fence, State.PLANNED, plan.to_json(), ""))

    async def generated(self, job: str, fence: int, plan: StepHandoff, tracks: str) -> bool:
        """RUNNING -> GENERATED: `tracks` in the store waits for being put on the clip."""
        return bool(await self.run("step", job, fence, State.GENERATED, plan.to_json(), tracks))

    async def rendered(self, job: str, fence: int, result: Result) -> bool:
        """RUNNING -> RENDERED, and a delivery is enqueued."""
        return bool(await self.run("rendered", job, fence, result.to_json()))

    async def failed(self, job: str, fence: int, failure: Failure, *, final: bool = False) -> str:
        """A try failed: "again", "over" (a notice is enqueued), or "lost" (it was not ours any more)."""
        allowed = 0 if final else self.settings.max_failures
        outcome: bytes = await self.run("failed", job, fence, failure.to_json(), allowed)
        return outcome.decode()

    async def release(
        self, job: str, fence: int, delay: float = 0.0, *, hopeless: Failure = _SILENT_PLATFORM
    ) -> bool:
        """Let go without blame, for `delay` seconds or more: each delay is longer than the one before.

        After too many of them the user is told `hopeless`; after too many of that notice it is given up.
        """
        limit = self.settings.max_sends
        return bool(await self.run("release", job, fence, int(delay * 1000), limit, hopeless.to_json()))

    async def delivered(self, job: str, fence: int, failure: Failure | None = None) -> bool:
        """SENDING -> DELIVERED, or DEAD where what was sent (or could never be) is a failure."""
        return bool(await self.run("delivered", job, fence, failure.to_json() if failure else b""))

    async def place(self, job: str, address: Address) -> Address | None:
        """Write the placeholder down; the one that counts comes back. None: there is no such job."""
        known = await self.run("place", job, address.model_dump_json())
        return Address.model_validate_json(known) if known else None

    async def cancel(self, job: str, user: str) -> State | None:
        """CANCELLED, or the state that came first; None when `user` has no such job."""
        state: bytes = await self.run("cancel", job, user)
        return State(state.decode()) if state else None

    async def sweep(self, job: str) -> str:
        """Look after a row whose time is up; says what was done."""
        lost = Failure(
            problem="this clip stopped our machine several times",
            remedy="try another clip, or a shorter part of it",
            stage="render",
        )
        limits = (self.settings.max_failures, self.settings.max_losses, self.settings.max_sends)
        outcome: bytes = await self.run("sweep", job, *limits, lost.to_json())
        return outcome.decode()

    async def takes_writes(self) -> Readiness:
        """Whether Redis would take a clip now: told by a write, since a full Redis answers every ping."""
        try:
            await self.check_schema()
            await self.redis.set(self.key("ready", self.name), 1, px=_READY)
        except OperatorError as error:
            return Readiness(False, (str(error),))
        except AWAY as error:
            return Readiness(False, (in_words(error).problem,))
        return Readiness(True)

    async def erase(self, job: str) -> bool:
        """Forget one job."""
        return bool(await self.run("erase", job))

    async def row(self, job: str) -> dict[str, bytes]:
        """The row as it is; empty when there is none."""
        found: dict[bytes, bytes] = await self.redis.hgetall(self.key("job", job))  # type: ignore[misc]
        return {name.decode(): value for name, value in found.items()}

    def key(self, *parts: str) -> str:
        """Return a Redis key in this namespace."""
        return ":".join((self.ns, *parts))

    def queue(self, queue_name: str) -> str:
        """The key of an arq queue: "render", "generate" or "deliver"."""
        return self.key("queue", queue_name)

    def _caps(self, request: JobRequest) -> tuple[int, int, int, int]:
        """Return how many clips may be in the works: of the user, the account, the frontend, in all."""
        settings = self.settings
        shared = settings.per_address if request.account else settings.per_user
        album = request.album - 1  # an album was sent at once: none of it is refused for the others
        return (
            settings.per_user + album,
            shared + album,
            ceil(settings.total * settings.frontend_share),
            settings.total,
        )

    @property
    def _lease(self) -> int:
        return int(self.settings.lease * 1000)

    async def run(self, name: str, *args: Any) -> Any:
        """Run the script `name`.lua; its arguments are how long a row is kept, ms, and then `args`."""
        if name in self._told:
            return await self._told[name].call(self.ns, self._keep, *args)
        if name not in self._scripts:
            self._scripts[name] = self.redis.register_script(_script(name))
        return await self._scripts[name](keys=[self.ns], args=[self._keep, *args])


def _digest(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()


def request_in(row: Mapping[str, bytes]) -> tuple[JobRequest, bool]:
    """Return the request in a row, and whether all of it could be read.

    Raises `ValueError` where user and reply address are missing, too.
    """
    try:
        return JobRequest.from_json(row["request"]), True
    except ValueError:
        return JobRequest.salvaged(row["request"]), False


def value_in(row: Mapping[str, bytes], name: str, kind: type[SealedT]) -> SealedT | None:
    """Return a result, failure or plan in a row; None where there is none, or it cannot be read."""
    try:
        return kind.from_json(row[name]) if name in row else None
    except ValueError:
        return None


def address_in(row: Mapping[str, bytes], request: JobRequest) -> Address:
    """Return where the answer goes: the placeholder, or where the request came from."""
    try:
        return Address.model_validate_json(row["address"]) if "address" in row else request.reply
    except ValueError:
        return request.reply


def _leased(job: str, flat: list[bytes]) -> LeasedJob | None:
    row = {name.decode(): value for name, value in zip(flat[::2], flat[1::2], strict=True)}
    try:
        request, readable = request_in(row)
    except ValueError:
        return None
    result, plan = value_in(row, "result", Result), value_in(row, "plan", StepHandoff)
    lost = ("result" in row and result is None) or ("plan" in row and plan is None)
    return LeasedJob(
        job=job,
        fence=int(row["fence"]),
        request=request,
        address=address_in(row, request),
        ref=row["ref"].decode() if "ref" in row else request.source.ref,
        result=result,
        failure=value_in(row, "failure", Failure),
        plan=plan,
        tracks=row.get("tracks", b"").decode(),
        created=int(row["created"]) / 1000,
        tries=int(row["failures"]) + int(row["losses"]) + 1,
        readable=readable and not lost,
    )
