"""Presses of buttons: all they need is in their data, so they work after any restart."""

from contextlib import suppress

import structlog
from telegram import Bot, CallbackQuery, Update, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes

from bot import follow_ups
from bot.telegram.context import PLATFORM, Authenticator, Sender, user_key
from bot.telegram.handlers.commands import CommandHandlers
from bot.telegram.keyboards import SettingChoice, choice, section_keyboard, settings_keyboard, sure_keyboard
from bot.telegram.replies import Replies
from bot.validation import Refusal
from bot.words.read import outline
from immersivaudio.chat import buttons
from immersivaudio.i18n import language
from immersivaudio.queue import JobRecord, State, takes

log = structlog.get_logger("bot.telegram")

_TOAST = 200
"""Characters of the answer to a press."""
_KEEPERS = {ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}


class CallbackHandlers:
    """Answers every press, so that no button keeps turning."""

    def __init__(self, authenticator: Authenticator, replies: Replies, commands: CommandHandlers) -> None:
        self._authenticator = authenticator
        self._replies = replies
        self._commands = commands
        self._service = authenticator.service
        self._queue = authenticator.service.queue

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """One press."""
        query = update.callback_query
        if query is None or query.message is None:
            return
        sender = await self._authenticator.enter(query.from_user, query.message, press=query.id)  # type: ignore[arg-type]
        if sender is None:
            toast = Refusal("refuse.blocked").say(language(query.from_user.language_code))
        elif busy := self._authenticator.service.talk(sender.user):
            toast = busy.say(sender.locale)
        elif chosen := choice(query.data or ""):
            toast = await self._choose(query, sender, chosen)
        else:
            toast = await self._press(query, sender, context.bot)
        await _toast(query, toast)

    async def _press(self, query: CallbackQuery, sender: Sender, bot: Bot) -> str:
        """On a job of this chat; returns what to say over the chat."""
        pressed = buttons.read(query.data or "")
        here = sender.meaning(job=pressed[1], of="chat") if pressed else None
        record = await self._service.follow_ups.meant(here) if here else None
        if pressed is None or record is None:
            return sender.say("refuse.gone")
        if pressed[0] in buttons.DESTRUCTIVE:
            return await self._destroy(query, sender, record, bot)
        if pressed[0] == "section":
            return await self._ask_section(sender, record)
        refusal = await self._service.pressed(record.job, pressed[0])
        refusal = refusal or await self._again(sender, record, pressed[0])
        return refusal.say(sender.locale) if refusal else ""

    async def _ask_section(self, sender: Sender, record: JobRecord) -> str:
        film = outline(record.result.sheet if record.result else "")
        if len(film.cues) < 2:
            return sender.say("section.only")
        await self._replies.answer(
            sender, sender.say("section.ask"), markup=section_keyboard(film, record.job, sender.locale)
        )
        return ""

    async def _again(self, sender: Sender, record: JobRecord, verb: str) -> Refusal | None:
        if verb == "remix":
            await self._replies.ask_mood(sender, record.job)
            return None
        if verb in {"take", "three"}:
            return await self._commands.take(sender, record, count=3 if verb == "three" else 1)
        return await self._replies.follow(sender, record, self._service.follow_ups.pressed(verb))

    async def _destroy(self, query: CallbackQuery, sender: Sender, record: JobRecord, bot: Bot) -> str:
        if not await _may_destroy(query.from_user, query.message, record, bot):
            return sender.say("refuse.not-yours")
        verb = (query.data or "").partition(":")[0]
        if verb in buttons.SURE:
            return await self._ask_back(query, sender, verb)
        if verb == "apart":
            return await self._apart(sender, record)
        if verb == "kept":
            return await self._keep(sender, record, bot)
        if verb == "cancel":
            state = await self._queue.cancel(record.job, record.request.user)
            return sender.say("cancelled" if state is State.CANCELLED else "sending")
        return await self._delete(sender, record, bot)

    async def _delete(self, sender: Sender, record: JobRecord, bot: Bot) -> str:
        await self._queue.discard(record.job)
        try:
            await bot.delete_message(sender.chat, sender.message)
        except BadRequest:
            return sender.say("refuse.deleted-late")
        return sender.say("deleted")

    async def _apart(self, sender: Sender, record: JobRecord) -> str:
        """Each part of an album on its own, in place of the film."""
        await self._queue.cancel(record.job, record.request.user)
        for request in follow_ups.apart(record, sender.who, await self._service.sources(record)):
            if refusal := await self._replies.hand_in(sender, request):
                return refusal.say(sender.locale)
        return ""

    async def _keep(self, sender: Sender, record: JobRecord, bot: Bot) -> str:
        """Remove the other takes of this piece."""
        for other in await takes.beside(self._queue, record.job):
            shown = await self._queue.placeholder(other.job)
            await self._queue.discard(other.job)
            if shown:
                with suppress(BadRequest):  # Telegram lets nobody delete what is two days old
                    await bot.delete_message(shown.chat, int(shown.message))
        await self._queue.conversation.return_to(PLATFORM, sender.chat, sender.user, record.job)
        return sender.say("takes.kept")

    async def _ask_back(self, query: CallbackQuery, sender: Sender, verb: str) -> str:
        """Turn the button into one that deletes: a slip of the finger costs nothing."""
        rows = sure_keyboard(getattr(query.message, "reply_markup", None), sender.locale, verb)
        try:
            await query.edit_message_reply_markup(rows)
        except BadRequest as error:
            log.info("button stays", cause=type(error).__name__)
        return sender.say("delete.ask")

    async def _choose(self, query: CallbackQuery, sender: Sender, chosen: SettingChoice) -> str:
        if chosen.user != sender.user:
            return sender.say("refuse.not-yours")
        now = await self._queue.preferences.change(f"user:{sender.user}", **chosen.change)
        locale = language(now.language or sender.locale)
        text, markup = settings_keyboard(now, locale, sender.user)
        try:
            await query.edit_message_text(text, reply_markup=markup)
        except BadRequest as error:
            log.info("panel stays", cause=type(error).__name__)
        return ""


async def _may_destroy(user: User, message: object, record: JobRecord, bot: Bot) -> bool:
    """Return whether the user requested the clip or administers the group."""
    if record.request.user == user_key(user):
        return True
    chat = getattr(message, "chat", None)
    if chat is None or chat.type == ChatType.PRIVATE:
        return False
    member = await bot.get_chat_member(chat.id, user.id)
    return member.status in _KEEPERS


async def _toast(query: CallbackQuery, text: str) -> None:
    """Answer a press with a short notice; an answer minutes late is dropped."""
    try:
        await query.answer(text[:_TOAST] or None, show_alert=bool(text) and len(text) > 60)
    except TelegramError as error:
        log.info("press not answered", cause=type(error).__name__)
