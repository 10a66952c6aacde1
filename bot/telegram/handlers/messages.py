"""Messages: clips to score, and words that answer a clip or a question of ours."""

from dataclasses import replace

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot import follow_ups
from bot.telegram.attachments import Attachment, attachment
from bot.telegram.auth import Authenticator
from bot.telegram.context import PLATFORM, Sender
from bot.telegram.filters import is_addressed, text_without_mentions
from bot.telegram.media_groups import MediaGroups
from bot.telegram.replies import Replies
from bot.validation import Refusal, examine
from immersivaudio.chat.telegram import TelegramSettings
from immersivaudio.queue import JobRecord, JobRequest, ScoreOptions, Source

_SPARE = 2**20
"""Bytes below the upload limit that a result should stay."""


class MessageHandlers:
    """Takes in what is sent, mentioned or replied to."""

    def __init__(self, authenticator: Authenticator, replies: Replies, settings: TelegramSettings) -> None:
        self._authenticator = authenticator
        self._replies = replies
        self._settings = settings
        self._albums = MediaGroups()
        self._queue = authenticator.service.queue

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A clip, an album, or words."""
        message = update.effective_message
        if message is None or update.effective_user is None:
            return
        items = await self._albums.gather(message)
        if not items or not any(is_addressed(item, context.bot.bot) for item in items):
            return
        sender = await self._authenticator.enter(update.effective_user, items[0])
        if sender is None or await self._replies.hurried(sender):
            return
        mood = next((said for item in items if (said := text_without_mentions(item, context.bot.bot))), "")
        if any(attachment(item) for item in items):
            await self.score(sender, items, mood)
        else:
            await self._answer_words(sender, message, mood)

    async def score(self, sender: Sender, items: tuple[Message, ...], mood: str) -> None:
        """Each item is a clip of its own, under the same mood.

        Each kind of refusal is said once, in reply to the first item that it is about.
        """
        said: set[str] = set()
        for item in items:
            held = attachment(item)
            refusal = await self.take_in(sender, item, held, mood) if held else Refusal("refuse.nothing")
            if refusal and refusal.key not in said:
                said.add(refusal.key)
                await self._replies.refuse(replace(sender, message=item.message_id), refusal)

    async def take_in(self, sender: Sender, item: Message, held: Attachment, mood: str) -> Refusal | None:
        """One clip."""
        remedy = "remedy.compress" if self._settings.local_mode is False else "remedy.trim"
        kind = examine(held.offer, self._authenticator.service.limits(self._settings.fetch_limit, remedy))
        if isinstance(kind, Refusal):
            return kind
        chosen = sender.choices
        options = ScoreOptions(
            mood=self._authenticator.service.mood(mood),
            sounds=bool(chosen.sounds),
            original=(kind == "video" and chosen.original) or "auto",
            length=chosen.length if kind == "photo" else None,
            max_bytes=self._settings.send_limit - _SPARE,
        )
        if item.media_group_id:  # each item of an album is answered by itself
            sender = replace(sender, message=item.message_id, update=f"{sender.chat}:{item.message_id}")
        request = JobRequest(
            platform=PLATFORM,
            update=sender.update,
            user=sender.user,
            source=Source(file=held.file, kind=kind, bytes=held.offer.size),
            reply=sender.reply,
            options=options,
            locale=sender.locale,
        )
        return await self._replies.hand_in(sender, request)

    async def remix(self, sender: Sender, record: JobRecord | None, mood: str) -> Refusal | None:
        """Other music over the same cuts."""
        if record is None:
            return Refusal("refuse.no-remix")
        source = await self._queue.source(record)
        if source is None:
            return Refusal("refuse.gone")
        earlier = follow_ups.EarlierClip(await self._queue.ancestors(record.job), source)
        request = follow_ups.remix(earlier, sender.who, self._authenticator.service.mood(mood))
        return await self._replies.hand_in(sender, request)

    async def _answer_words(self, sender: Sender, message: Message, mood: str) -> None:
        """Words that reply to a clip of ours, to our question, or to somebody's clip, are its mood."""
        answered = message.reply_to_message
        if answered is None:
            last = await self._queue.latest(PLATFORM, sender.chat, sender.user)
            return await self._replies.refuse(sender, Refusal("refuse.words" if last else "refuse.nothing"))
        known = await self._queue.job_for_message(PLATFORM, sender.chat, str(answered.message_id))
        held = attachment(answered)
        refusal: Refusal | None = Refusal("refuse.nothing")
        if known and mood:
            refusal = await self.remix(sender, known, mood)
        elif held and not (answered.from_user and answered.from_user.is_bot):
            refusal = await self.take_in(sender, message, held, mood)
        if refusal:
            await self._replies.refuse(sender, refusal)
        return None
