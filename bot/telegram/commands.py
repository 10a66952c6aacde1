"""The commands, as one table, and what each does."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot import again
from bot.intake import Refusal, seconds_in
from bot.telegram.attachments import attachment
from bot.telegram.clips import Clips
from bot.telegram.counter import Counter
from bot.telegram.door import Door
from bot.telegram.panel import panel
from bot.telegram.visit import PLATFORM, Visit
from immersivaudio.chat.progress import line
from immersivaudio.queue import JobRecord, State
from immersivaudio.words import say

Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]
Verb = Callable[["Commands", Visit, Message, str], Awaitable[Refusal | None]]

_ORIGINALS = ("auto", "keep", "mix", "replace")


class Commands:
    """Each verb gets the visit, the message and the words after the command, and returns a refusal to say."""

    def __init__(self, door: Door, counter: Counter, clips: Clips) -> None:
        self._door = door
        self._counter = counter
        self._clips = clips
        self._queue = door.reception.queue

    def handler(self, verb: Verb) -> Handler:
        """As the library calls it."""

        async def handle(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            message, user = update.effective_message, update.effective_user
            if message is None or user is None:
                return
            visit = await self._door.enter(user, message)
            if visit is None or await self._counter.hurried(visit):
                return
            refusal = await verb(self, visit, message, " ".join(context.args or ()))
            if refusal:
                await self._counter.refuse(visit, refusal)

        return handle

    async def start(self, visit: Visit, _message: Message, _words: str) -> None:
        await self._counter.answer(visit, visit.say("start"))

    async def help(self, visit: Visit, _message: Message, _words: str) -> None:
        await self._counter.answer(visit, visit.say("help"))

    async def privacy(self, visit: Visit, _message: Message, _words: str) -> None:
        kept = self._queue.settings
        text = visit.say("privacy", hours=f"{kept.artifact_hours:g}", days=f"{kept.keep_days:g}")
        await self._counter.answer(visit, text)

    async def remix(self, visit: Visit, message: Message, words: str) -> Refusal | None:
        record = await self._meant(visit, message)
        answered = message.reply_to_message
        fresh = attachment(answered) if answered and not record else None
        if fresh:
            return await self._clips.take_in(visit, message, fresh, words)
        record = record or (None if answered else await self._last(visit))
        if record is None:
            return Refusal("refuse.nothing" if answered else "refuse.no-remix")
        if not words:
            await self._counter.ask_mood(visit, record.job)
            return None
        return await self._clips.remix(visit, record, words)

    async def takes(self, visit: Visit, message: Message, _words: str) -> Refusal | None:
        record = await self._meant(visit, message) or await self._last(visit)
        if record is None:
            return Refusal("refuse.no-remix")
        return await self.take(visit, record)

    async def take(self, visit: Visit, record: JobRecord) -> Refusal | None:
        """Another piece in the same mood."""
        source = await self._queue.source(record)
        if source is None:
            return Refusal("refuse.gone")
        earlier = again.Earlier(await self._queue.ancestors(record.job), source)
        request = again.take(earlier, visit.who, await self._queue.next_take(record.job))
        return await self._counter.hand_in(visit, request)

    async def sounds(self, visit: Visit, _message: Message, words: str) -> Refusal | None:
        words = words.lower()  # phones begin a word with a capital
        if words not in {"on", "off"}:
            return Refusal("refuse.choice", {"choices": "/sounds on, /sounds off"})
        await self._choose(visit, sounds=words == "on")
        await self._counter.answer(visit, visit.say(f"sounds.{words}"))
        return None

    async def original(self, visit: Visit, _message: Message, words: str) -> Refusal | None:
        words = words.lower()
        if words not in _ORIGINALS:
            return Refusal(
                "refuse.choice", {"choices": ", ".join(f"/original {each}" for each in _ORIGINALS)}
            )
        await self._choose(visit, original=words)
        await self._counter.answer(visit, visit.say("original.set", choice=visit.say(f"choice.{words}")))
        return None

    async def length(self, visit: Visit, _message: Message, words: str) -> Refusal | None:
        seconds = seconds_in(words)
        if isinstance(seconds, Refusal):
            return seconds
        await self._choose(visit, length=seconds)
        await self._counter.answer(visit, visit.say("length.set", seconds=f"{seconds:g}"))
        return None

    async def settings(self, visit: Visit, _message: Message, _words: str) -> None:
        text, markup = panel(visit.choices, visit.locale, visit.user)
        await self._counter.answer(visit, text, markup=markup)

    async def status(self, visit: Visit, _message: Message, _words: str) -> None:
        works = [status for status in await self._queue.list_for_user(visit.user) if not status.state.over]
        lines = [
            visit.say("status.line", number=number, state=line(visit.locale, status))
            for number, status in enumerate(works, start=1)
        ]
        await self._counter.answer(visit, "\n".join(lines) or visit.say("status.none"))

    async def cancel(self, visit: Visit, message: Message, _words: str) -> None:
        meant = await self._meant(visit, message)
        works = [
            status.job for status in await self._queue.list_for_user(visit.user) if not status.state.over
        ]
        jobs = [meant.job] if meant else works
        ended = [await self._queue.cancel(job, visit.user) for job in jobs]
        count = sum(state is State.CANCELLED for state in ended)
        await self._counter.answer(
            visit, visit.say("stopped", count=count) if count else visit.say("status.none")
        )

    async def forget(self, visit: Visit, _message: Message, _words: str) -> None:
        count = await self._queue.forget(visit.user)
        await self._counter.answer(visit, visit.say("forgotten", count=count))

    async def _meant(self, visit: Visit, message: Message) -> JobRecord | None:
        """The job behind the message that this one replies to."""
        answered = message.reply_to_message
        if answered is None:
            return None
        return await self._queue.job_for_message(PLATFORM, visit.chat, str(answered.message_id))

    async def _last(self, visit: Visit) -> JobRecord | None:
        return await self._queue.latest(PLATFORM, visit.chat, visit.user)

    async def _choose(self, visit: Visit, **changes: object) -> None:
        await self._queue.preferences.change(f"user:{visit.user}", **changes)


TABLE: Mapping[str, Verb] = {
    "start": Commands.start,
    "help": Commands.help,
    "remix": Commands.remix,
    "takes": Commands.takes,
    "sounds": Commands.sounds,
    "original": Commands.original,
    "length": Commands.length,
    "status": Commands.status,
    "cancel": Commands.cancel,
    "settings": Commands.settings,
    "privacy": Commands.privacy,
    "forget": Commands.forget,
}


def menu(locale: str) -> Sequence[tuple[str, str]]:
    """(command, description) as Telegram shows them; the descriptions are those of /help."""
    described = {}
    for text in say(locale, "help").splitlines():
        if text.startswith("/"):
            command, _, words = text[1:].partition(" – ")
            described[command.split()[0]] = words
    return (*described.items(), ("help", say(locale, "command.help")))
