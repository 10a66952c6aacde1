"""Gradio prints exceptions, and they quote what a browser sent. Here they are told by kind and place."""

import sys
import traceback
from pathlib import Path

import structlog

log = structlog.get_logger("bot.web")


def install() -> None:
    """For the whole process: `traceback.print_exc` logs what broke and where, without anybody's words."""
    traceback.print_exc = _told


def _told(*_: object, **__: object) -> None:
    kind, _error, places = sys.exc_info()
    where = [f"{Path(place.filename).name}:{place.lineno}" for place in traceback.extract_tb(places)[-4:]]
    log.warning("event refused", cause=kind.__name__ if kind else "", where=" < ".join(reversed(where)))
