"""What a message carries, by what Telegram says of it: id, type, size, length.

Nothing is downloaded here but cut lists.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from telegram import Bot, Message
from telegram.error import TelegramError

from bot.validation import OfferedFile, Refusal, editor_cuts, is_cut_list
from immersivaudio.queue import EditorCuts
from immersivaudio.queue.job_request import CUTS_CAP

_TYPES = {
    "video": "video/mp4",
    "animation": "video/mp4",
    "video_note": "video/mp4",
    "live_photo": "video/mp4",
}
"""What Telegram means where it gives no MIME type."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a delivery adapter can fetch."""

    file: str
    """Telegram's file_id; good for this bot alone, as long as the file is kept."""
    offer: OfferedFile
    loops: bool = False
    """It came as a GIF, which is played round."""


def attachment(message: Message) -> Attachment | None:
    """The clip or photo of a message, or any other file it holds; None where it is words alone."""
    for kind, usual in _TYPES.items():
        if medium := getattr(message, kind, None):
            held = _attachment(medium, medium_type(medium) or usual)
            return replace(held, loops=kind == "animation")
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return _attachment(largest, "image/jpeg")
    if message.document:
        return _attachment(message.document, medium_type(message.document))
    for medium in (message.sticker, message.audio, message.voice):
        if medium:
            return _attachment(medium, medium_type(medium) or "application/x-other")
    return None


def song_of(message: Message | None) -> Attachment | None:
    """The song of a message: what its sender sent as music, or as a file of sound; no voice message."""
    medium = message and (message.audio or message.document)
    if not medium:
        return None
    media_type = medium_type(medium) or ("audio/mpeg" if message and message.audio else "")
    return _attachment(medium, media_type) if media_type.startswith("audio/") else None


def cut_list_of(message: Message | None) -> Attachment | None:
    """The cut list of a message: a document that is called as one."""
    document = message and message.document
    named = document and is_cut_list(document.file_name or "")
    return _attachment(document, medium_type(document)) if named else None


async def read_cut_list(bot: Bot, held: Attachment) -> EditorCuts | Refusal:
    """Download a cut list, which is small: its text travels in the request."""
    if held.offer.size is None or held.offer.size > CUTS_CAP:
        return Refusal("refuse.cuts")
    try:
        file = await bot.get_file(held.file)
        return editor_cuts(held.offer.name, bytes(await file.download_as_bytearray()))
    except (TelegramError, OSError):
        return Refusal("refuse.fetch")


def medium_type(medium: Any) -> str:
    """The MIME type the sender's app gave; "" where it gave none."""
    return getattr(medium, "mime_type", None) or ""


def _attachment(medium: Any, media_type: str) -> Attachment:
    length = getattr(medium, "duration", None)
    seconds = length.total_seconds() if isinstance(length, timedelta) else length
    name = getattr(medium, "file_name", None) or ""
    return Attachment(medium.file_id, OfferedFile(media_type, name, medium.file_size, seconds))
