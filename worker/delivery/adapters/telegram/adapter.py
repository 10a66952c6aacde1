"""The delivery adapter for Telegram: each message edits the placeholder, so repeats are harmless."""

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog
from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputFile,
    InputMedia,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaVideo,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from immersivaudio.chat.buttons import Button, under_failure, under_progress, under_result
from immersivaudio.chat.progress import line
from immersivaudio.chat.telegram import CAPTION, TEXT, TelegramSettings, keyboard
from immersivaudio.chat.text import fit
from immersivaudio.chat.text import length as text_length
from immersivaudio.errors import BadMediaError, BadSettingError
from immersivaudio.i18n import say
from immersivaudio.queue.job_request import GUEST, Address, JobRequest, Source
from immersivaudio.queue.result import Failure, Result
from immersivaudio.queue.state import State, Status
from worker.delivery import captions
from worker.delivery.adapters import RetryLaterError, UnreachableError
from worker.delivery.adapters.telegram import files
from worker.delivery.adapters.telegram.errors import explained
from worker.delivery.adapters.telegram.files import TelegramFiles

log = structlog.get_logger("worker.delivery.adapters.telegram.adapter")

_PERFORMER = "Immersivaudio"
_GROUP_PACE = 8.0
"""s between two edits in one group, which takes 20 messages a minute from us, edits included."""


class TelegramAdapter:
    """Edits placeholders into results; downloads by file id."""

    def __init__(self, bot: Bot, request: HTTPXRequest, settings: TelegramSettings) -> None:
        self._bot = bot
        self._request = request
        self._settings = settings
        self._files = TelegramFiles()
        self._edited: dict[str, float] = {}

    async def place(self, job_request: JobRequest, job: str) -> Address:
        if job_request.reply.guest:
            return await self._answer_query(job_request)
        with explained():
            sent = await self._bot.send_message(
                job_request.reply.chat,
                say(job_request.locale, "received"),
                message_thread_id=_thread(job_request.reply),
                reply_parameters=_answered(job_request.reply.extra.get("reply_to")),
                reply_markup=_markup(under_progress(job_request), job, job_request),
            )
        return job_request.reply.changed(message=str(sent.message_id))

    async def _answer_query(self, job_request: JobRequest) -> Address:
        """Give the one answer that a query takes. Raises `UnreachableError` where it is too late for it, or
        where the frontend gave it and died before it could tell which message that is.
        """
        said = InputTextMessageContent(say(job_request.locale, "received"))
        answer = InlineQueryResultArticle(GUEST, _PERFORMER, said)
        try:
            with explained():
                sent = await self._bot.answer_guest_query(job_request.reply.extra[GUEST], answer)
        except BadRequest as error:
            raise UnreachableError from error
        return job_request.reply.changed(message=sent.inline_message_id)

    async def fetch(self, source: Source, path: Path, limit: int) -> None:
        limit = min(limit, self._settings.fetch_limit)
        with explained():
            try:
                file = await self._bot.get_file(source.file)
            except BadRequest as error:
                if "too big" in str(error).lower():
                    raise files.too_large(limit) from error
                raise BadMediaError(
                    "Telegram no longer has this file", "send the clip again", stage="fetch"
                ) from error
        where = file.file_path or ""
        if file.file_size and file.file_size > limit:
            raise files.too_large(limit)
        if self._settings.local_mode and where.startswith("/"):
            await files.copy(Path(where), path, limit)
        else:
            await self._files.download(where, path, limit)

    async def show(self, job_request: JobRequest, address: Address, status: Status) -> None:
        over = status.state is State.CANCELLED
        if not over:
            self._pace(address.chat)
        rows = () if over or address.guest else under_progress(job_request)
        await self._edit(address, line(job_request.locale, status), _markup(rows, status.job, job_request))

    async def deliver(
        self, job_request: JobRequest, address: Address, result: Result, media: Path, job: str
    ) -> None:
        size, limit = media.stat().st_size, self._settings.send_limit
        if size > limit:
            return await self._edit(
                address,
                captions.too_big(job_request, size, limit),
                _markup(() if address.guest else under_failure(job_request), job, job_request),
            )
        with media.open("rb") as handle:
            name = captions.file_name(job_request, result)
            file = InputFile(handle, filename=name, attach=True, read_file_handle=False)
            text = captions.caption(job_request, result, CAPTION)
            title = captions.track_title(job_request, result)
            shown = _media(file, text, result, media.parent, title)
            if address.guest:
                return await self._deliver_to_guest(address, file, shown)
            await self._doing(address)
            with explained():
                await self._bot.edit_message_media(
                    shown,
                    chat_id=address.chat,
                    message_id=int(address.message),
                    reply_markup=_markup(under_result(job_request, result.summary), job, job_request),
                )
        return None

    async def _deliver_to_guest(self, address: Address, file: InputFile, shown: InputMedia) -> None:
        """Upload to the stage, show it by the id it has there, and clear the stage; repeats do no harm."""
        with explained():
            staged = await self._bot.send_video(
                self._settings.stage_chat, file, disable_notification=True, supports_streaming=True
            )
        try:
            film = staged.effective_attachment
            known = InputMediaVideo(
                getattr(film, "file_id", ""), caption=shown.caption, caption_entities=shown.caption_entities
            )
            with explained():
                await self._bot.edit_message_media(known, inline_message_id=address.message)
        finally:
            with suppress(TelegramError):
                await staged.delete()

    async def _doing(self, address: Address) -> None:
        """Show the chat action "sending a video"; its failure is ignored."""
        action = ChatAction.UPLOAD_VIDEO
        try:
            await self._bot.send_chat_action(address.chat, action, message_thread_id=_thread(address))
        except TelegramError as error:
            log.info("no chat action", cause=type(error).__name__)

    async def refuse(self, job_request: JobRequest, address: Address, failure: Failure, job: str) -> None:
        rows = () if address.guest else under_failure(job_request)
        markup = _markup(rows, job, job_request)
        await self._edit(address, captions.notice(job_request, failure), markup)

    async def ping(self, job_request: JobRequest, address: Address) -> None:
        if address.guest:
            return  # a guest answers once
        with explained():
            await self._bot.send_message(
                address.chat,
                say(job_request.locale, "ready"),
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
                **_where(address),
                reply_markup=markup,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )

    def _pace(self, chat: str) -> None:
        """Raise `RetryLaterError` until a group may be edited again; private chats take more."""
        if not chat.startswith("-"):
            return
        now = time.monotonic()
        left = self._edited.get(chat, -_GROUP_PACE) + _GROUP_PACE - now
        if left > 0:
            raise RetryLaterError(left)
        if len(self._edited) > 10_000:
            self._edited.clear()
        self._edited[chat] = now


def _media(
    file: InputFile, text: captions.Caption, result: Result, folder: Path, title: str
) -> InputMediaVideo | InputMediaAudio | InputMediaDocument:
    summary, picture = result.summary, result.extras.get("thumbnail")
    thumbnail = (folder / Path(picture.name).name).read_bytes() if picture else None
    if Path(result.media.name).suffix == ".mp3":
        return InputMediaAudio(
            file,
            caption=text.text,
            duration=round(summary.duration) or None,
            performer=_PERFORMER,
            title=title,
            thumbnail=thumbnail,
        )
    if Path(result.media.name).suffix != ".mp4":
        return InputMediaDocument(file, caption=text.text)
    return InputMediaVideo(
        file,
        caption=text.text,
        caption_entities=_marked(text, summary.share),
        duration=round(summary.duration) or None,
        width=summary.width or None,
        height=summary.height or None,
        thumbnail=thumbnail,
        supports_streaming=True,
    )


def _marked(caption: captions.Caption, code: str) -> list[MessageEntity]:
    """The share code as code, which a tap copies; the prompt for machines in a quote that opens by a tap."""
    place = caption.told.find(code) if code else -1
    marks = []
    if place >= 0:
        marks.append(MessageEntity(MessageEntity.CODE, text_length(caption.told[:place]), text_length(code)))
    if caption.prompt:
        start, size = text_length(caption.text) - text_length(caption.prompt), text_length(caption.prompt)
        marks.append(MessageEntity(MessageEntity.EXPANDABLE_BLOCKQUOTE, start, size))
    return marks


def _markup(
    rows: Sequence[Sequence[Button]], job: str, job_request: JobRequest
) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.de_json(keyboard(rows, job, job_request.locale)) if rows else None


def _where(address: Address) -> dict[str, Any]:
    """Return the ids of a bot's message: in a guest chat the inline id alone."""
    if address.guest:
        return {"inline_message_id": address.message}
    return {"chat_id": address.chat, "message_id": int(address.message)}


def _answered(message: str | None) -> ReplyParameters | None:
    return ReplyParameters(int(message), allow_sending_without_reply=True) if message else None


def _thread(address: Address) -> int | None:
    thread = address.extra.get("thread")
    return int(thread) if thread else None


def build() -> TelegramAdapter:
    """With the settings of the environment; raises `BadSettingError` without a token."""
    return connect(TelegramSettings())


def connect(settings: TelegramSettings) -> TelegramAdapter:
    """A delivery adapter; nothing is sent before the first verb."""
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
    return TelegramAdapter(bot, request, settings)
