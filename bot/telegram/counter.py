"""Where a request is handed in: a placeholder for what is taken, plain words for what is not."""

from typing import Any

import structlog
from telegram import Bot, ForceReply, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.error import TelegramError

from bot.intake import Refusal
from bot.reception import Reception
from bot.telegram.visit import Visit
from immersivaudio.chat.buttons import under_progress
from immersivaudio.chat.telegram import keyboard
from immersivaudio.queue import JobRequest

log = structlog.get_logger("bot.telegram")


class Counter:
    """Speaks to one user at a time; never with markup, so that nobody's words are read as such."""

    def __init__(self, bot: Bot, reception: Reception) -> None:
        self._bot = bot
        self._reception = reception

    async def hand_in(self, visit: Visit, request: JobRequest) -> Refusal | None:
        """Submit the request and send its placeholder; returns the refusal, which is not yet said."""
        outcome = await self._reception.hand_in(request)
        if isinstance(outcome, Refusal):
            return outcome
        if outcome.accepted:
            await self._placeholder(visit, outcome.job)
        return None

    async def answer(self, visit: Visit, text: str, *, markup: Any = None) -> Message:
        """Reply with plain text."""
        return await self._bot.send_message(
            visit.chat,
            text,
            message_thread_id=visit.thread,
            reply_parameters=ReplyParameters(visit.message, allow_sending_without_reply=True),
            reply_markup=markup,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )

    async def refuse(self, visit: Visit, refusal: Refusal) -> None:
        """Say no, and what helps."""
        await self.answer(visit, refusal.say(visit.locale))

    async def hurried(self, visit: Visit) -> bool:
        """Count what this user says; whether it is too much to be answered.

        Telegram makes whoever floods a chat wait, and a handler that waits serves nobody else meanwhile.
        """
        refusal = self._reception.talk(visit.user)
        if refusal and self._reception.scolds(visit.user):
            await self.refuse(visit, refusal)
        return refusal is not None

    async def ask_mood(self, visit: Visit, job: str) -> None:
        """Ask for words; the reply to this message, after any restart, belongs to the job."""
        asked = ForceReply(selective=True, input_field_placeholder=visit.say("remix.hint"))
        question = await self.answer(visit, visit.say("remix.ask"), markup=asked)
        here = visit.reply.changed(message=str(question.message_id))
        await self._reception.queue.attach(here, job)

    async def _placeholder(self, visit: Visit, job: str) -> None:
        """The message that becomes the result. Where it cannot be sent now, the delivery sends one."""
        try:
            markup = InlineKeyboardMarkup.de_json(keyboard(under_progress(), job, visit.locale))
            sent = await self.answer(visit, visit.say("received"), markup=markup)
        except TelegramError as error:
            log.info("no placeholder", job=job, cause=type(error).__name__)
            return
        ours = visit.reply.changed(message=str(sent.message_id))
        placed = await self._reception.queue.place(job, ours)
        if placed is None or placed.message != ours.message:
            await self._bot.delete_message(visit.chat, sent.message_id)
