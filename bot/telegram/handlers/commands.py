"""The commands, as one table, and what each does."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot import follow_ups
from bot.follow_up_service import Last
from bot.telegram.attachments import attachment
from bot.telegram.context import PLATFORM, Authenticator, Sender
from bot.telegram.handlers.messages import MessageHandlers
from bot.telegram.keyboards import settings_keyboard
from bot.telegram.replies import Replies
from bot.validation import Refusal, seconds_in
from immersivaudio.chat.progress import line
from immersivaudio.i18n import say
from immersivaudio.queue import JobRecord, State

Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]
Verb = Callable[["CommandHandlers", Sender, Message, str], Awaitable[Refusal | None]]

_ORIGINALS = ("auto", "keep", "mix", "replace")


class CommandHandlers:
    """Each verb gets the visit, the message and the words after the command, and returns a refusal to say."""

    def __init__(self, authenticator: Authenticator, replies: Replies, clips: MessageHandlers) -> None:
        self._authenticator = authenticator
        self._replies = replies
        self._clips = clips
        self._service, self._queue = authenticator.service, authenticator.service.queue

    def handler(self, verb: Verb) -> Handler:
        """As the library calls it."""

        async def handle(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            message, user = update.effective_message, update.effective_user
            if message is None or user is None:
                return
            sender = await self._authenticator.enter(user, message)
            if sender is None or await self._replies.hurried(sender):
                return
            refusal = await verb(self, sender, message, " ".join(context.args or ()))
            if refusal:
                await self._replies.refuse(sender, refusal)

        return handle

    async def start(self, sender: Sender, _message: Message, _words: str) -> None:
        await self._replies.answer(sender, sender.say("start"))

    async def help(self, sender: Sender, _message: Message, _words: str) -> None:
        await self._replies.answer(sender, sender.say("help"))

    async def privacy(self, sender: Sender, _message: Message, _words: str) -> None:
        kept = self._queue.settings
        text = sender.say("privacy", hours=f"{kept.artifact_hours:g}", days=f"{kept.keep_days:g}")
        await self._replies.answer(sender, text)

    async def remix(self, sender: Sender, message: Message, words: str) -> Refusal | None:
        answered = message.reply_to_message
        record = await self._meant(sender, message, last="none" if answered else "scored")
        fresh = attachment(answered) if answered and not record else None
        if fresh:
            return await self._clips.take_in(sender, message, fresh, words)
        if record is None:
            return Refusal("refuse.nothing" if answered else "refuse.no-remix")
        if not words:
            await self._replies.ask_mood(sender, record.job)
            return None
        return await self._clips.remix(sender, record, words)

    async def takes(self, sender: Sender, message: Message, _words: str) -> Refusal | None:
        record = await self._meant(sender, message, last="scored")
        if record is None:
            return Refusal("refuse.no-remix")
        return await self.take(sender, record)

    async def take(self, sender: Sender, record: JobRecord, *, count: int = 1) -> Refusal | None:
        """Another piece in the same mood, or several to choose from."""
        service = self._service.follow_ups
        for _ in range(count):
            request = await service.request(record.job, sender.who, service.take)
            if isinstance(request, Refusal):
                return request
            if refusal := await self._replies.hand_in(sender, follow_ups.beside(request, count)):
                return refusal
        return None

    async def sounds(self, sender: Sender, _message: Message, words: str) -> Refusal | None:
        words = words.lower()  # phones begin a word with a capital
        if words not in {"on", "off"}:
            return Refusal("refuse.choice", {"choices": "/sounds on, /sounds off"})
        await self._choose(sender, sounds=words == "on")
        await self._replies.answer(sender, sender.say(f"sounds.{words}"))
        return None

    async def original(self, sender: Sender, _message: Message, words: str) -> Refusal | None:
        words = words.lower()
        if words not in _ORIGINALS:
            return Refusal(
                "refuse.choice", {"choices": ", ".join(f"/original {each}" for each in _ORIGINALS)}
            )
        await self._choose(sender, original=words)
        await self._replies.answer(sender, sender.say("original.set", choice=sender.say(f"choice.{words}")))
        return None

    async def length(self, sender: Sender, _message: Message, words: str) -> Refusal | None:
        seconds = seconds_in(words)
        if isinstance(seconds, Refusal):
            return seconds
        await self._choose(sender, length=seconds)
        await self._replies.answer(sender, sender.say("length.set", seconds=f"{seconds:g}"))
        return None

    async def settings(self, sender: Sender, _message: Message, _words: str) -> None:
        text, markup = settings_keyboard(sender.choices, sender.locale, sender.user)
        await self._replies.answer(sender, text, markup=markup)

    async def status(self, sender: Sender, _message: Message, _words: str) -> None:
        works = [status for status in await self._queue.list_for_user(sender.user) if not status.state.over]
        lines = [
            sender.say("status.line", number=number, state=line(sender.locale, status))
            for number, status in enumerate(works, start=1)
        ]
        await self._replies.answer(sender, "\n".join(lines) or sender.say("status.none"))

    async def cancel(self, sender: Sender, message: Message, _words: str) -> None:
        meant = await self._meant(sender, message)
        works = [
            status.job for status in await self._queue.list_for_user(sender.user) if not status.state.over
        ]
        jobs = [meant.job] if meant else works
        ended = [await self._queue.cancel(job, sender.user) for job in jobs]
        count = sum(state is State.CANCELLED for state in ended)
        told = sender.say("stopped", count=count) if count > 1 else sender.say("cancelled")
        await self._replies.answer(sender, told if count else sender.say("status.none"))

    async def forget(self, sender: Sender, _message: Message, _words: str) -> None:
        shown = await self._queue.in_works(sender.user, PLATFORM)
        count = await self._queue.forget(sender.user)
        for address in shown:  # nobody else knows of these messages any more
            await self._replies.end(address, sender.say("cancelled"))
        await self._replies.answer(sender, sender.say("forgotten", count=count))

    async def _meant(self, sender: Sender, message: Message, *, last: Last = "none") -> JobRecord | None:
        """The job behind the message that this one replies to, else the last."""
        answered = message.reply_to_message
        pointing = str(answered.message_id) if answered else ""
        return await self._service.follow_ups.meant(sender.meaning(message=pointing, last=last))

    async def _choose(self, sender: Sender, **changes: object) -> None:
        await self._queue.preferences.change(f"user:{sender.user}", **changes)


TABLE: Mapping[str, Verb] = {
    "start": CommandHandlers.start,
    "help": CommandHandlers.help,
    "remix": CommandHandlers.remix,
    "takes": CommandHandlers.takes,
    "sounds": CommandHandlers.sounds,
    "original": CommandHandlers.original,
    "length": CommandHandlers.length,
    "status": CommandHandlers.status,
    "cancel": CommandHandlers.cancel,
    "settings": CommandHandlers.settings,
    "privacy": CommandHandlers.privacy,
    "forget": CommandHandlers.forget,
}


def menu(locale: str) -> Sequence[tuple[str, str]]:
    """(command, description) as Telegram shows them; the descriptions are those of /help."""
    described = {}
    for text in say(locale, "help").splitlines():
        if text.startswith("/"):
            command, _, words = text[1:].partition(" – ")
            described[command.split()[0]] = words
    return (*described.items(), ("help", say(locale, "command.help")))
