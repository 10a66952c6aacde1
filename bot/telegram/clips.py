"""Messages: clips to score, and words that answer a clip or a question of ours."""

from dataclasses import replace

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot import again
from bot.intake import Refusal, examine
from bot.telegram.albums import Albums
from bot.telegram.attachments import Attachment, attachment
from bot.telegram.counter import Counter
from bot.telegram.door import Door
from bot.telegram.summons import summoned, words
from bot.telegram.visit import PLATFORM, Visit
from immersivaudio.chat.telegram import TelegramSettings
from immersivaudio.queue import JobRecord, JobRequest, ScoreOptions, Source

_SPARE = 2**20
"""Bytes below the upload limit that a result should stay."""


class Clips:
    """Takes in what is sent, mentioned or replied to."""

    def __init__(self, door: Door, counter: Counter, settings: TelegramSettings) -> None:
        self._door = door
        self._counter = counter
        self._settings = settings
        self._albums = Albums()
        self._queue = door.reception.queue

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A clip, an album, or words."""
        message = update.effective_message
        if message is None or update.effective_user is None:
            return
        items = await self._albums.gather(message)
        if not items or not any(summoned(item, context.bot.bot) for item in items):
            return
        visit = await self._door.enter(update.effective_user, items[0])
        if visit is None or await self._counter.hurried(visit):
            return
        mood = next((said for item in items if (said := words(item, context.bot.bot))), "")
        if any(attachment(item) for item in items):
            await self.score(visit, items, mood)
        else:
            await self._answer_words(visit, message, mood)

    async def score(self, visit: Visit, items: tuple[Message, ...], mood: str) -> None:
        """Each item is a clip of its own, under the same mood.

        Each kind of refusal is said once, in reply to the first item that it is about.
        """
        said: set[str] = set()
        for item in items:
            held = attachment(item)
            refusal = await self.take_in(visit, item, held, mood) if held else Refusal("refuse.nothing")
            if refusal and refusal.key not in said:
                said.add(refusal.key)
                await self._counter.refuse(replace(visit, message=item.message_id), refusal)

    async def take_in(self, visit: Visit, item: Message, held: Attachment, mood: str) -> Refusal | None:
        """One clip."""
        remedy = "remedy.compress" if self._settings.local_mode is False else "remedy.trim"
        kind = examine(held.offer, self._door.reception.limits(self._settings.fetch_limit, remedy))
        if isinstance(kind, Refusal):
            return kind
        chosen = visit.choices
        options = ScoreOptions(
            mood=self._door.reception.mood(mood),
            sounds=bool(chosen.sounds),
            original=(kind == "video" and chosen.original) or "auto",
            length=chosen.length if kind == "photo" else None,
            max_bytes=self._settings.send_limit - _SPARE,
        )
        if item.media_group_id:  # each item of an album is answered by itself
            visit = replace(visit, message=item.message_id, update=f"{visit.chat}:{item.message_id}")
        request = JobRequest(
            platform=PLATFORM,
            update=visit.update,
            user=visit.user,
            source=Source(file=held.file, kind=kind, bytes=held.offer.size),
            reply=visit.reply,
            options=options,
            locale=visit.locale,
        )
        return await self._counter.hand_in(visit, request)

    async def remix(self, visit: Visit, record: JobRecord | None, mood: str) -> Refusal | None:
        """Other music over the same cuts."""
        if record is None:
            return Refusal("refuse.no-remix")
        source = await self._queue.source(record)
        if source is None:
            return Refusal("refuse.gone")
        earlier = again.Earlier(await self._queue.ancestors(record.job), source)
        request = again.remix(earlier, visit.who, self._door.reception.mood(mood))
        return await self._counter.hand_in(visit, request)

    async def _answer_words(self, visit: Visit, message: Message, mood: str) -> None:
        """Words that reply to a clip of ours, to our question, or to somebody's clip, are its mood."""
        answered = message.reply_to_message
        if answered is None:
            last = await self._queue.latest(PLATFORM, visit.chat, visit.user)
            return await self._counter.refuse(visit, Refusal("refuse.words" if last else "refuse.nothing"))
        known = await self._queue.job_for_message(PLATFORM, visit.chat, str(answered.message_id))
        held = attachment(answered)
        refusal: Refusal | None = Refusal("refuse.nothing")
        if known and mood:
            refusal = await self.remix(visit, known, mood)
        elif held and not (answered.from_user and answered.from_user.is_bot):
            refusal = await self.take_in(visit, message, held, mood)
        if refusal:
            await self._counter.refuse(visit, refusal)
        return None
