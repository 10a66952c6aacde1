"""Whether a message in a group is meant for us, and what it says besides our name."""

import re

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType


def text_without_mentions(message: Message, me: User) -> str:
    """The text or caption without mentions of us."""
    text = message.text or message.caption or ""
    return re.sub(rf"@{re.escape(me.username or '')}\b", " ", text, flags=re.IGNORECASE).strip()


def is_addressed(message: Message, me: User) -> bool:
    """In private always; in a group only when the bot is mentioned, or one of its messages replied to."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    answered = message.reply_to_message
    return _mentioned(message, me) or bool(answered and answered.from_user and answered.from_user.id == me.id)


def _mentioned(message: Message, me: User) -> bool:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = message.parse_entities(kinds) | message.parse_caption_entities(kinds)
    return any(
        entity.user.id == me.id if entity.user else text.lower() == f"@{me.username}".lower()
        for entity, text in found.items()
    )
