"""The sender of an update: user, chat and language, as every handler needs them."""

from dataclasses import dataclass
from typing import Any

from telegram import Message, User
from telegram.constants import ChatType

from bot.follow_up_service import ClipReference
from bot.follow_ups import Requester
from bot.service import ScoringService
from immersivaudio.i18n import language, say
from immersivaudio.queue import Address, Preferences

PLATFORM = "telegram"


@dataclass(frozen=True, slots=True)
class Sender:
    """One update of one user."""

    user: str
    """ "telegram:123" """
    chat: str
    message: int
    """Id of the message that the answer belongs to: the user's own, or the one whose button was pressed."""
    thread: int | None
    private: bool
    update: str
    """Unique for what was asked: the message, or the press."""
    choices: Preferences
    locale: str

    @property
    def reply(self) -> Address:
        """Where an answer goes."""
        extra = {"reply_to": str(self.message)}
        if self.thread is not None:
            extra["thread"] = str(self.thread)
        return Address(platform=PLATFORM, chat=self.chat, extra=extra)

    @property
    def who(self) -> Requester:
        """As requests name it."""
        return Requester(user=self.user, update=self.update, reply=self.reply, locale=self.locale)

    def meaning(self, **pointing: Any) -> ClipReference:
        """Return what points at an earlier clip, of this sender in this chat."""
        return ClipReference(PLATFORM, self.chat, self.user, **pointing)

    def say(self, key: str, /, **fields: object) -> str:
        """A text in this user's language."""
        return say(self.locale, key, **fields)


def user_key(user: User) -> str:
    """Unique over all platforms."""
    return f"{PLATFORM}:{user.id}"


def place_key(chat: int | str) -> str:
    """The scope of a group's own choices."""
    return f"chat:{PLATFORM}:{chat}"


def sender_of(user: User, message: Message, update: str, choices: Preferences) -> Sender:
    """Of a message, or (with the press's `update`) of a message under which a button was pressed."""
    threaded = message.message_thread_id if getattr(message, "is_topic_message", None) else None
    return Sender(
        user=user_key(user),
        chat=str(message.chat.id),
        message=message.message_id,
        thread=threaded,
        private=message.chat.type == ChatType.PRIVATE,
        update=update,
        choices=choices,
        locale=language(choices.language or user.language_code),
    )


class Authenticator:
    """Lets senders in; every handler begins here."""

    def __init__(self, service: ScoringService) -> None:
        self.service = service

    async def enter(self, user: User, message: Message, *, press: str = "") -> Sender | None:
        """Return the sender; None for a blocked user. `press` is the id of a press under `message`."""
        place = place_key(message.chat.id)
        choices = await self.service.guest(user_key(user), place)
        if choices is None:
            return None
        update = f"press:{press}" if press else f"{message.chat.id}:{message.message_id}"
        return sender_of(user, message, update, choices)
