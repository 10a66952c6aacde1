"""The courier to Discord: what it says is an edit of the placeholder, so that saying it twice is harmless."""

from pathlib import Path

import discord

from immersivaudio.chat.buttons import under_failure, under_progress, under_result
from immersivaudio.chat.discord import UPLOAD, send_limit
from immersivaudio.chat.progress import line
from immersivaudio.errors import BadMediaError
from immersivaudio.queue.letter import Address, Letter, Source
from immersivaudio.queue.result import Failure, Result
from immersivaudio.queue.state import State, Status
from immersivaudio.words import say
from worker.couriers import captions
from worker.couriers.discord.face import Face, plain
from worker.couriers.discord.line import TOO_LARGE, Line, patiently
from worker.couriers.discord.ways import Ways

_CAPTION = 1500
"""Characters of a result's text: what escaping adds must still fit into a message."""


class DiscordCourier:
    """Edits placeholders into results. Clips never need fetching: the frontend copied them."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._ways = Ways(line)

    async def place(self, letter: Letter, job: str) -> Address:
        face = Face(say(letter.locale, "received"), under_progress(), job, letter.locale)
        async with patiently():
            message = await self._ways.original(letter.reply, face)
            if message is None:
                message = str((await self._ways.send(letter, letter.reply, face, "placeholder")).id)
        return letter.reply.model_copy(update={"message": message})

    async def fetch(self, source: Source, path: Path, limit: int) -> None:
        raise BadMediaError("this clip did not reach the store", "send it again", stage="fetch")

    async def show(self, letter: Letter, address: Address, status: Status) -> None:
        rows = () if status.state is State.CANCELLED else under_progress()
        face = Face(plain(line(letter.locale, status)), rows, status.job, letter.locale)
        async with patiently():
            await self._ways.edit(address, face)

    async def deliver(self, letter: Letter, address: Address, result: Result, media: Path, job: str) -> None:
        limit = letter.ask.max_bytes or send_limit(UPLOAD)
        files = [media.with_name(Path(file.name).name) for file in result.files]
        size = max(file.stat().st_size for file in files)
        text = plain(captions.caption(letter, result, _CAPTION))
        if code := result.summary.share:
            text = text.replace(code, f"`{code}`")  # by a click it is copied
        face = Face(text, under_result(letter, result.summary), job, letter.locale, files)
        try:
            if size > limit:
                raise _TooLargeError
            await self._say(letter, address, face)
        except _TooLargeError:
            notice = plain(captions.too_big(letter, size, limit))
            await self._say(letter, address, Face(notice, under_failure(letter), job, letter.locale))

    async def refuse(self, letter: Letter, address: Address, failure: Failure, job: str) -> None:
        notice = plain(captions.notice(letter, failure))
        await self._say(letter, address, Face(notice, under_failure(letter), job, letter.locale))

    async def ping(self, letter: Letter, address: Address) -> None:
        """A reply to the result. It mentions nobody, as nothing of ours does: it makes the channel unread."""
        below = address.model_copy(update={"extra": {"reply_to": address.message}})
        async with patiently():
            await self._ways.send(letter, below, Face(say(letter.locale, "ready")), "ready")

    async def close(self) -> None:
        await self._line.close()

    async def _say(self, letter: Letter, address: Address, face: Face) -> None:
        """By the placeholder; where that is gone, in a message of its own."""
        async with patiently():
            try:
                if not await self._ways.edit(address, face):
                    await self._ways.send(letter, address, face, "answer")
            except discord.HTTPException as error:
                if error.code == TOO_LARGE or error.status == 413:
                    raise _TooLargeError from None
                raise


class _TooLargeError(Exception):
    """Discord does not take a file of this size here."""
