"""Presses of buttons: all they need is in their data, so they work after any restart."""

import structlog
from telegram import Bot, CallbackQuery, Update, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes

from bot import again
from bot.intake import Refusal
from bot.telegram.commands import Commands
from bot.telegram.counter import Counter
from bot.telegram.door import Door
from bot.telegram.panel import Choice, choice, panel
from bot.telegram.visit import Visit, user_key
from immersivaudio.chat import buttons
from immersivaudio.queue import JobRecord, State
from immersivaudio.words import language

log = structlog.get_logger("bot.telegram")

_TOAST = 200
"""Characters of the answer to a press."""
_KEEPERS = {ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}


class Presses:
    """Answers every press, so that no button keeps turning."""

    def __init__(self, door: Door, counter: Counter, commands: Commands) -> None:
        self._door = door
        self._counter = counter
        self._commands = commands
        self._queue = door.reception.queue

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """One press."""
        query = update.callback_query
        if query is None or query.message is None:
            return
        visit = await self._door.enter(query.from_user, query.message, press=query.id)  # type: ignore[arg-type]
        if visit is None:
            toast = Refusal("refuse.blocked").say(language(query.from_user.language_code))
        elif busy := self._door.reception.talk(visit.user):
            toast = busy.say(visit.locale)
        elif chosen := choice(query.data or ""):
            toast = await self._choose(query, visit, chosen)
        else:
            toast = await self._press(query, visit, context.bot)
        await _toast(query, toast)

    async def _press(self, query: CallbackQuery, visit: Visit, bot: Bot) -> str:
        """On a job of this chat; returns what to say over the chat."""
        pressed = buttons.read(query.data or "")
        record = await self._queue.record(pressed[1]) if pressed else None
        if pressed is None or record is None or record.request.reply.chat != visit.chat:
            return visit.say("refuse.gone")
        if pressed[0] in buttons.DESTRUCTIVE:
            return await self._destroy(query, visit, record, bot)
        refusal = await self._again(visit, record, pressed[0])
        return refusal.say(visit.locale) if refusal else ""

    async def _again(self, visit: Visit, record: JobRecord, verb: str) -> Refusal | None:
        if verb == "remix":
            await self._counter.ask_mood(visit, record.job)
            return None
        if verb == "take":
            return await self._commands.take(visit, record)
        source = await self._queue.source(record)
        if source is None:
            return Refusal("refuse.gone")
        earlier = again.Earlier(await self._queue.ancestors(record.job), source)
        return await self._counter.hand_in(visit, again.PRESSES[verb](earlier, visit.who))

    async def _destroy(self, query: CallbackQuery, visit: Visit, record: JobRecord, bot: Bot) -> str:
        if not await _may_destroy(query.from_user, query.message, record, bot):
            return visit.say("refuse.not-yours")
        if (query.data or "").startswith("cancel"):
            state = await self._queue.cancel(record.job, record.request.user)
            return visit.say("cancelled" if state is State.CANCELLED else "sending")
        await self._queue.discard(record.job)
        try:
            await bot.delete_message(visit.chat, visit.message)
        except BadRequest:
            return visit.say("refuse.deleted-late")
        return visit.say("deleted")

    async def _choose(self, query: CallbackQuery, visit: Visit, chosen: Choice) -> str:
        if chosen.user != visit.user:
            return visit.say("refuse.not-yours")
        now = await self._queue.preferences.change(f"user:{visit.user}", **chosen.change)
        locale = language(now.language or visit.locale)
        text, markup = panel(now, locale, visit.user)
        try:
            await query.edit_message_text(text, reply_markup=markup)
        except BadRequest as error:
            log.info("panel stays", cause=type(error).__name__)
        return ""


async def _may_destroy(user: User, message: object, record: JobRecord, bot: Bot) -> bool:
    """Who asked for the clip, and in groups those who keep order."""
    if record.request.user == user_key(user):
        return True
    chat = getattr(message, "chat", None)
    if chat is None or chat.type == ChatType.PRIVATE:
        return False
    member = await bot.get_chat_member(chat.id, user.id)
    return member.status in _KEEPERS


async def _toast(query: CallbackQuery, text: str) -> None:
    """Short words over the chat; whoever pressed minutes ago no longer waits for them."""
    try:
        await query.answer(text[:_TOAST] or None, show_alert=bool(text) and len(text) > 60)
    except TelegramError as error:
        log.info("press not answered", cause=type(error).__name__)
