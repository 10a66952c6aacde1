"""The courier to Telegram: all it says is an edit of the placeholder, so that saying it twice is harmless."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaVideo,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import BadRequest
from telegram.request import HTTPXRequest

from immersivaudio.chat.buttons import Button, under_failure, under_progress, under_result
from immersivaudio.chat.progress import line
from immersivaudio.chat.telegram import CAPTION, TEXT, TelegramSettings, keyboard
from immersivaudio.chat.text import fit
from immersivaudio.chat.text import length as text_length
from immersivaudio.errors import BadMediaError, BadSettingError
from immersivaudio.queue.letter import Address, Letter, Source
from immersivaudio.queue.result import Failure, Result
from immersivaudio.queue.state import State, Status
from immersivaudio.words import say
from worker.couriers import LaterError, bot_files, captions
from worker.couriers.bot_api import explained
from worker.couriers.bot_files import Files

_GROUP_PACE = 8.0
"""s between two edits in one group, which takes 20 messages a minute from us, edits included."""


class TelegramCourier:
    """Edits placeholders into results; downloads by file id."""

    def __init__(self, bot: Bot, request: HTTPXRequest, settings: TelegramSettings) -> None:
        self._bot = bot
        self._request = request
        self._settings = settings
        self._files = Files()
        self._edited: dict[str, float] = {}

    async def place(self, letter: Letter, job: str) -> Address:
        with explained():
            sent = await self._bot.send_message(
                letter.reply.chat,
                say(letter.locale, "received"),
                message_thread_id=_thread(letter.reply),
                reply_parameters=_answered(letter.reply.extra.get("reply_to")),
                reply_markup=_markup(under_progress(), job, letter),
            )
        return letter.reply.model_copy(update={"message": str(sent.message_id)})

    async def fetch(self, source: Source, path: Path, limit: int) -> None:
        limit = min(limit, self._settings.fetch_limit)
        with explained():
            try:
                file = await self._bot.get_file(source.file)
            except BadRequest as error:
                if "too big" in str(error).lower():
                    raise bot_files.too_large(limit) from error
                raise BadMediaError(
                    "Telegram no longer has this file", "send the clip again", stage="fetch"
                ) from error
        where = file.file_path or ""
        if file.file_size and file.file_size > limit:
            raise bot_files.too_large(limit)
        if self._settings.local_mode and where.startswith("/"):
            await bot_files.copy(Path(where), path, limit)
        else:
            await self._files.download(where, path, limit)

    async def show(self, letter: Letter, address: Address, status: Status) -> None:
        over = status.state is State.CANCELLED
        if not over:
            self._pace(address.chat)
        rows = () if over else under_progress()
        await self._edit(address, line(letter.locale, status), _markup(rows, status.job, letter))

    async def deliver(self, letter: Letter, address: Address, result: Result, media: Path, job: str) -> None:
        size, limit = media.stat().st_size, self._settings.send_limit
        if size > limit:
            return await self._edit(
                address, captions.too_big(letter, size, limit), _markup(under_failure(letter), job, letter)
            )
        with media.open("rb") as handle:
            file = InputFile(handle, filename=result.media.name, attach=True, read_file_handle=False)
            text = captions.caption(letter, result, CAPTION)
            with explained():
                await self._bot.edit_message_media(
                    _media(file, text, result, media.parent),
                    chat_id=address.chat,
                    message_id=int(address.message),
                    reply_markup=_markup(under_result(letter, result.summary), job, letter),
                )
        return None

    async def refuse(self, letter: Letter, address: Address, failure: Failure, job: str) -> None:
        markup = _markup(under_failure(letter), job, letter)
        await self._edit(address, captions.notice(letter, failure), markup)

    async def ping(self, letter: Letter, address: Address) -> None:
        with explained():
            await self._bot.send_message(
                address.chat,
                say(letter.locale, "ready"),
                message_thread_id=_thread(address),
                reply_parameters=_answered(address.message),
            )

    async def close(self) -> None:
        await self._request.shutdown()
        await self._files.close()

    async def _edit(self, address: Address, text: str, markup: InlineKeyboardMarkup | None) -> None:
        with explained():
            await self._bot.edit_message_text(
                fit(text, TEXT),
                chat_id=address.chat,
                message_id=int(address.message),
                reply_markup=markup,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )

    def _pace(self, chat: str) -> None:
        """Raise `LaterError` until a group may be edited again; private chats take more."""
        if not chat.startswith("-"):
            return
        now = time.monotonic()
        left = self._edited.get(chat, -_GROUP_PACE) + _GROUP_PACE - now
        if left > 0:
            raise LaterError(left)
        if len(self._edited) > 10_000:
            self._edited.clear()
        self._edited[chat] = now


def _media(file: InputFile, text: str, result: Result, folder: Path) -> InputMediaVideo | InputMediaDocument:
    if Path(result.media.name).suffix != ".mp4":
        return InputMediaDocument(file, caption=text)
    summary, picture = result.summary, result.extras.get("thumbnail")
    return InputMediaVideo(
        file,
        caption=text,
        caption_entities=_marked(text, summary.share),
        duration=round(summary.duration) or None,
        width=summary.width or None,
        height=summary.height or None,
        thumbnail=(folder / Path(picture.name).name).read_bytes() if picture else None,
        supports_streaming=True,
    )


def _marked(text: str, code: str) -> list[MessageEntity]:
    """The share code as code: a tap copies it."""
    place = text.find(code) if code else -1
    if place < 0:
        return []
    return [MessageEntity(MessageEntity.CODE, text_length(text[:place]), text_length(code))]


def _markup(rows: Sequence[Sequence[Button]], job: str, letter: Letter) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.de_json(keyboard(rows, job, letter.locale)) if rows else None


def _answered(message: str | None) -> ReplyParameters | None:
    return ReplyParameters(int(message), allow_sending_without_reply=True) if message else None


def _thread(address: Address) -> int | None:
    thread = address.extra.get("thread")
    return int(thread) if thread else None


def build() -> TelegramCourier:
    """With the settings of the environment; raises `BadSettingError` without a token."""
    return connect(TelegramSettings())


def connect(settings: TelegramSettings) -> TelegramCourier:
    """A courier; nothing is sent before the first verb."""
    if settings.token is None:
        raise BadSettingError("there is no Telegram token", "set IMMERSIVAUDIO_TELEGRAM_TOKEN")
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # the library's coming way to say retry_after; else it warns
    request = HTTPXRequest(
        connection_pool_size=64,
        read_timeout=60.0,
        write_timeout=30.0,
        pool_timeout=30.0,
        media_write_timeout=300.0,
    )
    bot = Bot(
        settings.token.get_secret_value(),
        base_url=f"{settings.api.rstrip('/')}/bot",
        base_file_url=f"{settings.api.rstrip('/')}/file/bot",
        request=request,
        local_mode=settings.local_mode,
    )
    return TelegramCourier(bot, request, settings)
