"""The delivery adapter for Discord: each message edits the placeholder, so repeats are harmless."""

from pathlib import Path

import discord

from immersivaudio.chat.buttons import under_failure, under_progress, under_result
from immersivaudio.chat.discord import UPLOAD, send_limit
from immersivaudio.chat.progress import line
from immersivaudio.errors import BadMediaError
from immersivaudio.i18n import say
from immersivaudio.queue.job_request import Address, JobRequest, Source
from immersivaudio.queue.result import Failure, Result
from immersivaudio.queue.state import State, Status
from worker.delivery import captions
from worker.delivery.adapters import TooLargeHereError
from worker.delivery.adapters.discord.rendered_message import RenderedMessage, plain
from worker.delivery.adapters.discord.session import TOO_LARGE, DiscordSession, patiently
from worker.delivery.adapters.discord.transport import MessageTransport

_CAPTION = 1500
"""Characters of a result's text: what escaping adds must still fit into a message."""


class DiscordAdapter:
    """Edits placeholders into results. Clips never need fetching: the frontend copied them."""

    def __init__(self, line: DiscordSession) -> None:
        self._line = line
        self._ways = MessageTransport(line)

    async def place(self, request: JobRequest, job: str) -> Address:
        face = RenderedMessage(say(request.locale, "received"), under_progress(request), job, request.locale)
        async with patiently():
            message = await self._ways.original(request.reply, face)
            if message is None:
                message = str((await self._ways.send(request, request.reply, face, "placeholder")).id)
        return request.reply.changed(message=message)

    async def fetch(self, source: Source, path: Path, limit: int) -> None:
        raise BadMediaError("this clip did not reach the store", "send it again", stage="fetch")

    async def show(self, request: JobRequest, address: Address, status: Status) -> None:
        rows = () if status.state is State.CANCELLED else under_progress(request)
        face = RenderedMessage(plain(line(request.locale, status)), rows, status.job, request.locale)
        async with patiently():
            await self._ways.edit(address, face)

    async def deliver(
        self, request: JobRequest, address: Address, result: Result, media: Path, job: str
    ) -> None:
        limit = request.options.max_bytes or send_limit(UPLOAD)
        files = [media.with_name(Path(file.name).name) for file in result.files]
        size = max(file.stat().st_size for file in files)
        text = plain(captions.caption(request, result, _CAPTION).told)
        if code := result.summary.share:
            text = text.replace(code, f"`{code}`")  # by a click it is copied
        face = RenderedMessage(
            text,
            under_result(request, result.summary, prompt=True),
            job,
            request.locale,
            files,
            captions.file_name(request, result),
        )
        if size > limit:
            notice = plain(captions.too_big(request, size, limit))
            face = RenderedMessage(notice, under_failure(request), job, request.locale)
        try:
            await self._say(request, address, face)
        except _RequestTooLargeError:
            raise TooLargeHereError(size) from None

    async def refuse(self, request: JobRequest, address: Address, failure: Failure, job: str) -> None:
        notice = plain(captions.notice(request, failure))
        await self._say(
            request, address, RenderedMessage(notice, under_failure(request), job, request.locale)
        )

    async def ping(self, request: JobRequest, address: Address) -> None:
        """Reply to the result, without mentions: it makes the channel unread."""
        below = address.changed(extra={"reply_to": address.message})
        async with patiently():
            await self._ways.send(request, below, RenderedMessage(say(request.locale, "ready")), "ready")

    async def close(self) -> None:
        await self._line.close()

    async def _say(self, request: JobRequest, address: Address, face: RenderedMessage) -> None:
        """By the placeholder; where that is gone, in a message of its own."""
        async with patiently():
            try:
                if not await self._ways.edit(address, face):
                    await self._ways.send(request, address, face, "answer")
            except discord.HTTPException as error:
                if error.code == TOO_LARGE or error.status == 413:
                    raise _RequestTooLargeError from None
                raise


class _RequestTooLargeError(Exception):
    """Discord does not take a file of this size here."""
