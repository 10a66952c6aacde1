"""Messages: clips to score, and words that answer a clip or one of the bot's questions."""

import re
from collections.abc import Collection
from dataclasses import replace

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot import follow_ups
from bot.conversation import NextStep, Speaker, next_step
from bot.follow_up_service import recut, remixed
from bot.follow_ups import EarlierClip
from bot.telegram.attachments import Attachment, attachment, cut_list_of, read_cut_list, song_of
from bot.telegram.context import PLATFORM, Authenticator, Sender
from bot.telegram.filters import is_addressed, text_without_mentions
from bot.telegram.media_groups import MediaGroups
from bot.telegram.replies import Replies
from bot.validation import Kind, Refusal, UploadLimits, examine, examine_song, unknown_command
from bot.words.read import PlainWords
from immersivaudio.chat import links
from immersivaudio.chat.links import Link
from immersivaudio.chat.telegram import TelegramSettings
from immersivaudio.queue import AlbumPart, EditorCuts, JobRecord, JobRequest, ScoreOptions, Source

_SPARE = 2**20
"""Bytes below the upload limit that a result should stay."""


class MessageHandlers:
    """Takes in what is sent, mentioned or replied to."""

    def __init__(
        self,
        authenticator: Authenticator,
        replies: Replies,
        settings: TelegramSettings,
        commands: Collection[str],
    ) -> None:
        self._authenticator = authenticator
        self._replies = replies
        self._settings = settings
        self._albums = MediaGroups()
        self._service = authenticator.service
        self._queue = authenticator.service.queue
        self._commands = commands

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
        if unknown := _command(message):
            await self._replies.refuse(sender, unknown_command(unknown, self._commands))
        elif song := song_of(message):
            await self._sound_like(sender, message, song, mood)
        elif any(cut_list_of(item) for item in items):
            await self._by_cuts(sender, items, mood)
        elif any(attachment(item) for item in items):
            await self.score(sender, items, mood)
        elif link := links.find(mood):
            await self._score_link(sender, link)
        else:
            await self._answer_words(sender, message, mood)

    async def score(self, sender: Sender, items: tuple[Message, ...], mood: str) -> None:
        """A clip, or an album, under the mood that was said with it, or before it."""
        mood = await self._service.mood_of_clip(mood, sender.user, sender.chat)
        if len(items) > 1:
            return await self._album(sender, items, mood)
        held = attachment(items[0])
        if held and (edit := cut_list_of(items[0].reply_to_message)):
            return await self._with_cuts(sender, items[0], held, edit, mood)
        song = song_of(items[0].reply_to_message)
        refusal = (
            await self.take_in(sender, items[0], held, mood, song) if held else Refusal("refuse.nothing")
        )
        if refusal:
            await self._replies.refuse(sender, refusal)
        return None

    async def _album(self, sender: Sender, items: tuple[Message, ...], mood: str) -> None:
        """One film of all its clips and photos; what is none is told so, each kind of refusal once."""
        said: set[str] = set()
        parts: list[AlbumPart] = []
        kinds: list[Kind] = []
        for item in items:
            held = attachment(item)
            kind = examine(held.offer, self.limits) if held else Refusal("refuse.nothing")
            if held and not isinstance(kind, Refusal):
                kinds.append(kind)
                parts.append(AlbumPart(file=held.file, kind=kind, bytes=held.offer.size))
            elif isinstance(kind, Refusal) and kind.key not in said:
                said.add(kind.key)
                await self._replies.refuse(replace(sender, message=item.message_id), kind)
        if not parts:
            return
        source = Source(kind="album", parts=tuple(parts))
        if len(parts) == 1:
            source = Source(file=parts[0].file, kind=kinds[0], bytes=parts[0].bytes)
        if refusal := await self._replies.hand_in(sender, self.request(sender, source, mood)):
            await self._replies.refuse(sender, refusal)

    async def _score_link(self, sender: Sender, link: Link) -> None:
        """A file that lies somewhere else, under the mood that was said with it, or before it."""
        source = self._service.linked(link)
        refusal = source if isinstance(source, Refusal) else None
        if not isinstance(source, Refusal):
            mood = await self._service.mood_of_clip(link.words, sender.user, sender.chat)
            refusal = await self._replies.hand_in(sender, self.request(sender, source, mood))
        if refusal:
            await self._replies.refuse(sender, refusal)

    async def _sound_like(self, sender: Sender, message: Message, song: Attachment, mood: str) -> None:
        """A song: for the clip that it answers, else for the newest one."""
        known, _ = await self._meant(sender, message, "like")
        answered = message.reply_to_message
        held = attachment(answered) if answered else None
        refusal = examine_song(song.offer, self.limits)
        if refusal is None and known is None and held and not song_of(answered):
            refusal = await self.take_in(sender, message, held, mood, song)
        elif refusal is None and (known is None or not known.request.source.remote):
            refusal = Refusal("song.alone" if known is None else "refuse.gone")
        elif refusal is None and known is not None:
            earlier = EarlierClip(await self._queue.ancestors(known.job), known.request.source)
            refusal = await self._replies.hand_in(sender, follow_ups.like(earlier, sender.who, song.file))
        if refusal:
            await self._replies.refuse(sender, refusal)

    async def _by_cuts(self, sender: Sender, items: tuple[Message, ...], mood: str) -> None:
        """A cut list: for the video beside it, the one that it answers, or the newest one."""
        item, edit = next((item, edit) for item in items if (edit := cut_list_of(item)))
        clips = [(other, held) for other in items if not cut_list_of(other) and (held := attachment(other))]
        if len(clips) == 1:
            mood = await self._service.mood_of_clip(mood, sender.user, sender.chat)
            return await self._with_cuts(sender, *clips[0], edit, mood)
        known, _ = (None, False) if clips else await self._meant(sender, item, "cuts")
        answered = item.reply_to_message
        held = attachment(answered) if answered and not clips else None
        if known is None and held and not cut_list_of(answered):
            return await self._with_cuts(sender, item, held, edit, mood)
        if known is None:
            return await self._replies.refuse(sender, Refusal("cuts.alone"))
        cuts = await read_cut_list(item.get_bot(), edit)
        make = cuts if isinstance(cuts, Refusal) else recut(cuts, self._service.mood(mood))
        refusal = make if isinstance(make, Refusal) else await self._replies.follow(sender, known, make)
        if refusal:
            await self._replies.refuse(sender, refusal)
        return None

    async def _with_cuts(
        self, sender: Sender, item: Message, held: Attachment, edit: Attachment, mood: str
    ) -> None:
        """One video, and the cut list that its music is to land on."""
        kind = examine(held.offer, self.limits)
        alone = Refusal("cuts.alone") if kind == "photo" else None
        cuts = alone or await read_cut_list(item.get_bot(), edit)
        refusal = (
            cuts if isinstance(cuts, Refusal) else await self.take_in(sender, item, held, mood, cuts=cuts)
        )
        if refusal:
            await self._replies.refuse(sender, refusal)

    async def take_in(
        self,
        sender: Sender,
        item: Message,
        held: Attachment,
        mood: str,
        song: Attachment | None = None,
        *,
        cuts: EditorCuts | None = None,
    ) -> Refusal | None:
        """One clip, with the song that its music is to be like, or the cuts that it is to land on."""
        kind = (song and examine_song(song.offer, self.limits)) or examine(held.offer, self.limits)
        if isinstance(kind, Refusal):
            return kind
        if item.media_group_id:  # a reply to one item of an album is about that one
            sender = replace(sender, message=item.message_id, update=f"{sender.chat}:{item.message_id}")
        source = Source(file=held.file, kind=kind, bytes=held.offer.size)
        if song:
            source = source.changed(song=True, song_file=song.file)
        request = self.request(sender, source, mood, loop=held.loops).changed(cuts=cuts)
        return await self._replies.hand_in(sender, request)

    def request(self, sender: Sender, source: Source, mood: str, *, loop: bool = False) -> JobRequest:
        """To score a source as its sender chose once and for all."""
        chosen = sender.choices
        options = ScoreOptions(
            mood=self._service.mood(mood),
            loop=loop,
            like=source.song,
            sounds=bool(chosen.sounds),
            original=(source.kind != "photo" and chosen.original) or "auto",
            length=chosen.length if source.kind == "photo" else None,
            max_bytes=self._settings.send_limit - _SPARE,
        )
        return JobRequest(
            platform=PLATFORM,
            update=sender.update,
            user=sender.user,
            source=source,
            reply=sender.reply,
            options=options,
            locale=sender.locale,
        )

    @property
    def limits(self) -> UploadLimits:
        """Of what may be sent to us."""
        remedy = "remedy.compress" if self._settings.local_mode is False else "remedy.trim"
        return self._service.limits(self._settings.fetch_limit, remedy)

    async def remix(self, sender: Sender, record: JobRecord | None, mood: str) -> Refusal | None:
        """Other music over the same cuts."""
        if record is None:
            return Refusal("refuse.no-remix")
        return await self._replies.follow(sender, record, remixed(self._service.mood(mood)))

    async def _answer_words(self, sender: Sender, message: Message, words: str) -> None:
        """Words without a clip: the next wish about one, or the mood of the one that follows."""
        answered = message.reply_to_message
        held = attachment(answered) if answered else None
        known, asked = await self._meant(sender, message, words)
        if known is None and held and answered and not (answered.from_user and answered.from_user.is_bot):
            refusal = await self.take_in(sender, message, held, words)
        elif not words or (known is None and answered and not sender.private):
            refusal = Refusal("refuse.nothing")
        else:
            place = Speaker(PLATFORM, sender.chat, sender.user)
            step = await next_step(self._service, place, words, known, asked=asked)
            refusal = await self.take_step(sender, step)
        if refusal:
            await self._replies.refuse(sender, refusal)

    async def take_step(self, sender: Sender, step: NextStep) -> Refusal | None:
        """Make what was asked for, or say the line; returns a refusal that is not yet said."""
        if step.words and step.record:
            return await self.follow(sender, step.record, step.words)
        if step.thanked and not sender.private and await self._replies.like(sender):
            return None
        if step.say and step.record and (shown := await self._queue.placeholder(step.record.job)):
            sender = replace(sender, message=int(shown.message or sender.message))
        if step.say:
            await self._replies.refuse(sender, step.say)
        return None

    async def follow(self, sender: Sender, record: JobRecord, words: PlainWords) -> Refusal | None:
        """Another piece from an earlier clip."""
        return await self._replies.follow(sender, record, self._service.follow_ups.said(words))

    async def _meant(self, sender: Sender, message: Message, words: str) -> tuple[JobRecord | None, bool]:
        """Return the clip that words are about, and whether they answer one of the bot's questions."""
        meant, answered = self._service.follow_ups.meant, message.reply_to_message
        if answered is None:
            return await meant(sender.meaning(last="newest")) if words else None, False
        known = await meant(sender.meaning(message=str(answered.message_id)))
        question = bool(known and answered.text and answered.from_user and answered.from_user.is_bot)
        if known is None and sender.private and not attachment(answered):
            known = await meant(sender.meaning(last="newest"))
        return known, question


def _command(message: Message) -> str:
    """Return the command that a message begins with; a known one has its own handler."""
    found = re.match(r"/(\w{1,32})(?:@\w+)?(?:\s|$)", message.text or "")
    return found[1] if found else ""
