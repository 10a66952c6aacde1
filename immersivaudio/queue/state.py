"""The states of a request, and how a watcher sees them."""

from dataclasses import dataclass, field
from enum import StrEnum

from immersivaudio.queue.result import Failure, Result


class State(StrEnum):
    """ACCEPTED > FETCHING > QUEUED > RUNNING > RENDERED > SENDING > DELIVERED, and the ways out of it.

    With roles it is RUNNING three times:
    QUEUED > RUNNING > PLANNED > RUNNING > GENERATED > RUNNING > RENDERED.
    """

    ACCEPTED = "ACCEPTED"
    """In the job store; its bytes are still at the platform."""
    FETCHING = "FETCHING"
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    PLANNED = "PLANNED"
    """With roles only: analysed, and waiting for a worker of the role `generate`."""
    GENERATED = "GENERATED"
    """The music is in the store, and waits for being put on the clip."""
    RENDERED = "RENDERED"
    """There is a result to deliver."""
    FAILED = "FAILED"
    """There is a notice to deliver: after the last try, or at once where another try cannot help."""
    SENDING = "SENDING"
    DELIVERED = "DELIVERED"
    DEAD = "DEAD"
    """The user was told why there is no result (or could not be reached at all)."""
    CANCELLED = "CANCELLED"

    @property
    def over(self) -> bool:
        """Nothing will happen any more."""
        return self in {State.DELIVERED, State.DEAD, State.CANCELLED}


@dataclass(frozen=True, slots=True)
class Status:
    """One look at a request."""

    job: str
    state: State
    stage: str = ""
    """While RUNNING: the pipeline's stage."""
    done: float = 0.0
    """Share of that stage, 0 to 1."""
    position: int | None = None
    """While it waits: 1 is next. May grow when a user with fewer clips arrives."""
    before: int | None = None
    """The place in line that was shown last, where this is shown again."""
    put_off: bool = False
    """It found a full disk, and is tried again later."""
    tries: int = 0
    result: Result | None = None
    failure: Failure | None = None
    asked: float = field(default=0.0, compare=False)
    """Unix time of the request, s, by the reader's clock."""


@dataclass(frozen=True, slots=True)
class SubmitResult:
    """The answer to `submit`."""

    job: str
    """Empty when refused."""
    outcome: str
    """"accepted", "duplicate" (then `job` is the first one), or which limit is reached: "user-full",
    "account-full", "frontend-full" or "full"."""
    in_works: int = 0
    """How many clips this user (or, when "full", all users) has in the works, this one included."""
    position: int | None = None

    @property
    def accepted(self) -> bool:
        """The job store has it, and answers for it."""
        return self.outcome == "accepted"
