"""Structured logs: one JSON object a line, without users' text and without secrets.

Two nets: fields that may hold user text or secrets are never printed by name, and whatever still looks like a
token or a URL with a password is blotted out of every string, exceptions of libraries included.
"""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

BLOT = "[redacted]"
_PRIVATE = re.compile(
    r"mood|caption|prompt|scene|text|words|sheet|letter|password|secret|token|authorization|cookie|url|"
    r"address|username|file_?name|title|query",
    re.IGNORECASE,
)
_SECRETS = re.compile(
    r"(?<=://)[^\s/@]*@"  # user:password@ of any URL
    r"|\d{6,12}:[A-Za-z0-9_-]{30,}"  # Telegram
    r"|[A-Za-z0-9_-]{23,28}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,}"  # Discord
    r"|(?<=webhooks/)[^\s\"']+"  # Discord interaction tokens
    r"|(?<=interactions/)[^\s\"']+"
    r"|(?i:(?<=password=)|(?<=secret=)|(?<=token=))[^\s&\"']+"
)
_CHATTY = (
    "arq",
    "httpx",
    "httpcore",
    "telegram",
    "discord",
    "hpack",
    "fsspec",
    "s3fs",
    "botocore",
    "aiobotocore",
    "asyncio",
    "uvicorn",
)
_QUOTING = ("telegram", "discord", "httpx", "httpcore", "uvicorn")
"""Libraries whose lines and exceptions may quote what a user wrote."""
_OURS = {"event", "level", "logger", "timestamp", "exception"}


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Blot out private fields, and whatever looks like a secret in the others."""
    return {
        name: BLOT if name not in _OURS and _PRIVATE.search(name) else _clean(value)
        for name, value in event.items()
    }


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _SECRETS.sub(BLOT, value)
    if isinstance(value, Mapping):
        return redact(None, "", dict(value))
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value if isinstance(value, int | float | bool | None) else _SECRETS.sub(BLOT, str(value))


def terse(record: logging.LogRecord) -> bool:
    """Of a line of a chat library, leave the bare template and the error's type: both are ours to read."""
    if record.name.partition(".")[0] in _QUOTING:
        kind = record.exc_info[0] if record.exc_info else None
        record.msg = f"{record.msg} ({kind.__name__})" if kind else record.msg
        record.args, record.exc_info, record.exc_text, record.stack_info = (), None, None, None
    return True


def configure(level: str = "INFO", *, plain: bool = False) -> None:
    """Send all logs, libraries' included, to stderr; `plain` is for people at a terminal."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    printer: Processor = (
        structlog.dev.ConsoleRenderer(colors=False) if plain else structlog.processors.JSONRenderer()
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, redact, printer],
        )
    )
    handler.addFilter(terse)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
