"""The errors of Telegram's Bot API, as a delivery understands them."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from worker.delivery.adapters import PlaceholderGoneError, RetryLaterError, UnreachableError

log = structlog.get_logger("worker.delivery.adapters.telegram.adapter")

_GONE = ("message to edit not found", "message_id_invalid", "chat not found", "message can't be edited")
_OPERATOR = 30.0
"""s until the next try where only the operator can help."""


@contextmanager
def explained() -> Iterator[None]:
    """The library's errors as what the delivery understands; "message is not modified" is what we wanted."""
    try:
        yield
    except RetryAfter as error:
        raise RetryLaterError(_seconds(error) + 0.1) from None
    except (Forbidden, ChatMigrated) as error:
        raise UnreachableError from error
    except BadRequest as error:
        told = str(error).lower()
        if "not modified" in told:
            return
        if "message to edit not found" in told:
            raise PlaceholderGoneError from error
        if any(gone in told for gone in _GONE):
            raise UnreachableError from error
        raise
    except InvalidToken:
        log.error("telegram refuses our credentials")
        raise RetryLaterError(_OPERATOR) from None
    except TelegramError:
        raise RetryLaterError from None  # 5xx, nonsense, no answer: perhaps it was done; again is harmless


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()
