"""Where a request is handed in: a placeholder for what is taken, plain words for what is not."""

from typing import Any

import structlog
from telegram import Bot, ForceReply, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ReactionEmoji
from telegram.error import TelegramError

from bot.follow_up_service import Make
from bot.service import ScoringService
from bot.telegram.context import Sender
from bot.validation import Refusal
from immersivaudio.chat.buttons import under_progress
from immersivaudio.chat.telegram import keyboard
from immersivaudio.queue import Address, JobRecord, JobRequest

log = structlog.get_logger("bot.telegram")


class Replies:
    """Sends replies without markup, so that users' text is never parsed as such."""

    def __init__(self, bot: Bot, service: ScoringService) -> None:
        self._bot = bot
        self._service = service

    async def hand_in(self, sender: Sender, request: JobRequest) -> Refusal | None:
        """Submit the request and send its placeholder; returns the refusal, which is not yet said."""
        outcome = await self._service.hand_in(request)
        if isinstance(outcome, Refusal):
            return outcome
        if outcome.accepted:
            await self._placeholder(sender, outcome.job, request)
        return None

    async def follow(self, sender: Sender, record: JobRecord, make: Make) -> Refusal | None:
        """Hand in what is asked for from an earlier clip; returns the refusal, which is not yet said."""
        request = await self._service.follow_ups.request(record.job, sender.who, make)
        return request if isinstance(request, Refusal) else await self.hand_in(sender, request)

    async def answer(self, sender: Sender, text: str, *, markup: Any = None) -> Message:
        """Reply with plain text."""
        return await self._bot.send_message(
            sender.chat,
            text,
            message_thread_id=sender.thread,
            reply_parameters=ReplyParameters(sender.message, allow_sending_without_reply=True),
            reply_markup=markup,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )

    async def refuse(self, sender: Sender, refusal: Refusal) -> None:
        """Say no, and what helps."""
        await self.answer(sender, refusal.say(sender.locale))

    async def like(self, sender: Sender) -> bool:
        """Take a thank-you with a sign on it, which disturbs no group; False where that is not allowed."""
        try:
            await self._bot.set_message_reaction(sender.chat, sender.message, ReactionEmoji.RED_HEART)
        except TelegramError as error:
            log.info("no reaction", cause=type(error).__name__)
            return False
        return True

    async def hurried(self, sender: Sender) -> bool:
        """Count a message of this user; return whether it is over the rate limit.

        Telegram makes a bot that floods a chat wait, and a waiting handler serves no other update.
        """
        refusal = self._service.talk(sender.user)
        if refusal and self._service.scolds(sender.user):
            await self.refuse(sender, refusal)
        return refusal is not None

    async def end(self, address: Address, text: str) -> None:
        """Let a placeholder say that nothing comes of it."""
        try:
            await self._bot.edit_message_text(text, chat_id=address.chat, message_id=int(address.message))
        except TelegramError as error:
            log.info("placeholder stays", cause=type(error).__name__)

    async def ask_mood(self, sender: Sender, job: str) -> None:
        """Ask for words; the reply to this message, after any restart, belongs to the job."""
        asked = ForceReply(selective=True, input_field_placeholder=sender.say("remix.hint"))
        question = await self.answer(sender, sender.say("remix.ask"), markup=asked)
        here = sender.reply.changed(message=str(question.message_id))
        await self._service.queue.attach(here, job)

    async def _placeholder(self, sender: Sender, job: str, request: JobRequest) -> None:
        """The message that becomes the result. Where it cannot be sent now, the delivery sends one."""
        try:
            markup = InlineKeyboardMarkup.de_json(keyboard(under_progress(request), job, sender.locale))
            sent = await self.answer(sender, sender.say("received"), markup=markup)
        except TelegramError as error:
            log.info("no placeholder", job=job, cause=type(error).__name__)
            return
        ours = sender.reply.changed(message=str(sent.message_id))
        placed = await self._service.queue.place(job, ours)
        if placed is None or placed.message != ours.message:
            await self._bot.delete_message(sender.chat, sent.message_id)
