"""One tree of errors. Each names its stage, who can mend it, and the remedy."""

import errno
from enum import StrEnum

NO_SPACE = frozenset((errno.ENOSPC, errno.EDQUOT))
"""Of an `OSError`: the volume is full."""


class Fault(StrEnum):
    """Who can mend it."""

    USER = "user"
    OPERATOR = "operator"
    US = "us"


class ImmersivaudioError(Exception):
    """Base of every error raised on purpose.

    `str(error)` is one plain line: the problem, then the remedy. It holds no secret, no user text and no
    path of the server, so it may be shown to anyone.
    """

    fault: Fault = Fault.US

    def __init__(self, problem: str, remedy: str = "", *, stage: str = "") -> None:
        self.problem = " ".join(problem.split()).rstrip(".")
        self.remedy = " ".join(remedy.split()).rstrip(".")
        self.stage = stage
        super().__init__(f"{self.problem}; {self.remedy}." if self.remedy else f"{self.problem}.")


class UserError(ImmersivaudioError):
    """The user sent or asked for something we cannot do."""

    fault = Fault.USER


class BadMediaError(UserError):
    """The file is not media we accept: empty, truncated, encrypted, text, a playlist..."""


class UnknownColoursError(BadMediaError):
    """The pictures tell a matrix that nothing here converts."""


class MediaTooLargeError(UserError):
    """The file passes a cap: bytes, pixels, duration, frames or streams."""


class TooMuchWorkError(UserError):
    """What is asked for would take longer than is allowed, or did: trying again is of no use."""


class BadSheetError(UserError):
    """The cue sheet is not valid JSON of the right shape, or contradicts the clip."""


class OperatorError(ImmersivaudioError):
    """The installation or its settings need a hand."""

    fault = Fault.OPERATOR


class BackendUnavailableError(OperatorError):
    """A backend that was asked for is not installed, or its weights are missing."""


class BadSettingError(OperatorError):
    """A setting names something that does not exist."""


class StageFailedError(ImmersivaudioError):
    """A stage failed through a defect of this program."""


def out_of_space(error: BaseException | None) -> bool:
    """Return whether a full volume is the cause of `error`, or a cause of its cause."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, OSError) and error.errno in NO_SPACE:
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False
