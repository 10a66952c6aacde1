"""Guest chats, of which the bot is no member: mentioned on a clip, it answers once.

Telegram hands such a message over with a query, which is answered by one message; that is edited by its
inline id. Presses under it come without a chat, so it has no buttons: its share code goes on in private.
"""

import structlog
from telegram import (
    Bot,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.telegram.attachments import attachment
from bot.telegram.context import PLATFORM, Authenticator, Sender
from bot.telegram.filters import text_without_mentions
from bot.telegram.handlers.messages import MessageHandlers
from bot.validation import Refusal, examine
from immersivaudio.chat import links
from immersivaudio.queue import Address, JobRequest, Source
from immersivaudio.queue.job_request import GUEST

log = structlog.get_logger("bot.telegram")


class GuestHandlers:
    """Answers queries of guest chats."""

    def __init__(self, authenticator: Authenticator, clips: MessageHandlers) -> None:
        self._authenticator = authenticator
        self._service = authenticator.service
        self._clips = clips

    async def on_guest(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A clip with a mention, or a mention in reply to one."""
        message = update.guest_message
        if message is None or message.from_user is None or not message.guest_query_id:
            return
        sender = await self._authenticator.enter(message.from_user, message)
        if sender is None or self._service.talk(sender.user):
            return
        query, bot = message.guest_query_id, context.bot
        wish = self._wish(sender, message, text_without_mentions(message, bot.bot))
        outcome = wish if isinstance(wish, Refusal) else await self._service.hand_in(wish)
        if isinstance(outcome, Refusal):
            await _answered(bot, query, outcome.say(sender.locale))
        elif outcome.accepted and (shown := await _answered(bot, query, sender.say("received"))):
            place = Address(platform=PLATFORM, chat=sender.chat, message=shown, extra={GUEST: query})
            await self._service.queue.place(outcome.job, place)

    def _wish(self, sender: Sender, message: Message, words: str) -> JobRequest | Refusal:
        """What to score: the clip of the message, of the one it answers, or behind a link."""
        answered = message.reply_to_message
        held = attachment(message) or (attachment(answered) if answered else None)
        if held:
            kind = examine(held.offer, self._clips.limits)
            if isinstance(kind, Refusal):
                return kind
            source = Source(file=held.file, kind=kind, bytes=held.offer.size)
        elif link := links.find(words):
            linked, words = self._service.linked(link), link.words
            if isinstance(linked, Refusal):
                return linked
            source = linked
        else:
            return Refusal("refuse.nothing")
        query = str(message.guest_query_id)
        here = Address(platform=PLATFORM, chat=sender.chat, extra={GUEST: query})
        asked = self._clips.request(sender, source, words, loop=bool(held and held.loops))
        return asked.changed(reply=here, update=f"{GUEST}:{query}")


async def _answered(bot: Bot, query: str, text: str) -> str:
    """Answer a query by one message; returns its inline id, "" where that is too late."""
    said = InputTextMessageContent(text, link_preview_options=LinkPreviewOptions(is_disabled=True))
    try:
        sent = await bot.answer_guest_query(query, InlineQueryResultArticle(GUEST, "Immersivaudio", said))
    except TelegramError as error:
        log.info("guest query not answered", cause=type(error).__name__)
        return ""
    return sent.inline_message_id
