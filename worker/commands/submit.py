"""Send a clip through the queue and wait: what a bot does, at a terminal."""

import argparse
import asyncio
import secrets
import signal
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

from redis.exceptions import RedisError

from immersivaudio import targets
from immersivaudio.chat.share_code import apply_code
from immersivaudio.errors import OperatorError, UserError
from immersivaudio.queue import (
    Address,
    JobRequest,
    Queue,
    QueueSettings,
    ScoreOptions,
    Source,
    State,
    Status,
    SubmitResult,
)
from immersivaudio.queue.connection import in_words

_PATIENCE = 5.0
"""s: a person waits at this terminal."""
_WAITING = "Redis does not answer: waiting for it (the clip was accepted; Ctrl-C gives it up)"
_PHOTOS = {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif", ".tif", ".tiff", ".bmp"}


async def submit(settings: QueueSettings, options: argparse.Namespace) -> int:
    """Returns 0 once the result is written; raises `UserError` with the notice when there is none."""
    clip: Path = options.clip
    if not clip.is_file():
        raise UserError(f"there is no file {clip.name}", "check the path")
    target = options.out or targets.named(clip, ".scored.mp4")
    targets.check_result(clip, target)
    request = apply_code(_request(options))
    _end_with_the_terminal()
    async with Queue.connect(settings.model_copy(update={"patience": _PATIENCE})) as queue:
        try:
            submitted = await _accepted(queue, clip, request)
            shown = _Shown(quiet=options.quiet)
            shown.show(_place(submitted.position or 1))
            try:
                async for status in queue.watch(submitted.job, partial(shown.show, _WAITING)):
                    shown.show(_words(status))
            except asyncio.CancelledError:  # Ctrl-C, or the terminal was closed: its result is not wanted now
                with suppress(RedisError):
                    await queue.cancel(submitted.job, request.user)
                raise
            return await _take(queue, await queue.status(submitted.job), target)
        except RedisError as error:
            raise in_words(error) from None


async def _accepted(queue: Queue, clip: Path, request: JobRequest) -> SubmitResult:
    """Put the clip into the store and the request into the queue; the clip goes again where that fails."""
    await queue.job_store.check_schema()
    ref = await queue.store.put(clip)
    source = request.source.model_copy(update={"ref": ref})
    try:
        submitted = await queue.submit(request.model_copy(update={"source": source}))
        if not submitted.accepted:
            raise UserError(f"there are {submitted.in_works} clips in the works", "wait for one of them")
    except (RedisError, UserError):
        await queue.store.drop(ref)
        raise
    return submitted


def _end_with_the_terminal() -> None:
    """Cancel the clip when the terminal is closed, as Ctrl-C does; under nohup, go on."""
    task = asyncio.current_task()
    if task is not None and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, task.cancel)


def _request(options: argparse.Namespace) -> JobRequest:
    here = Address(platform="local", chat="terminal", message="-")
    score_options = ScoreOptions(
        mood=f"{options.share} {options.mood}".strip(),
        take=options.take,
        sounds=options.sounds,
        original=options.original,
        loop=options.loop,
        length=options.duration,
    )
    photo = options.clip.suffix.lower() in _PHOTOS
    source = Source(kind="photo" if photo else "video", bytes=options.clip.stat().st_size)
    return JobRequest(
        platform="local",
        update=secrets.token_hex(8),
        user="local:me",
        source=source,
        reply=here,
        options=score_options,
    )


async def _take(queue: Queue, status: Status | None, target: Path) -> int:
    if status is None or status.result is None or status.state is not State.DELIVERED:
        failure = status.failure if status else None
        raise UserError(
            failure.problem if failure else "there is no result", failure.remedy if failure else ""
        )
    try:
        with targets.written(target) as new:
            await queue.store.get(status.result.media.ref, new)
    except OSError as error:
        raise OperatorError(
            f"the result cannot be written: {error.strerror or 'input/output error'}",
            "free some space, or choose another folder with -o",
        ) from error
    summary = status.result.summary
    told = (str(target), summary.prompt, summary.share)
    sys.stdout.write("".join(f"{line}\n" for line in told if line))
    return 0


class _Shown:
    """One line for each thing that changes."""

    def __init__(self, *, quiet: bool) -> None:
        self._line = ""
        self._quiet = quiet

    def show(self, line: str) -> None:
        if line != self._line and not self._quiet:
            sys.stderr.write(f"{line}\n")
            self._line = line


def _words(status: Status) -> str:
    if status.position:
        return _place(status.position)
    if status.stage:
        return f"{status.stage} {round(status.done * 10) * 10} %"
    return status.state.lower()


def _place(position: int) -> str:
    return f"queued: number {position}"
