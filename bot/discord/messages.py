"""Plain messages: clips sent to us alone, clips on which we are mentioned, and channels a manager chose."""

import re

import discord
import structlog

from bot.conversation import Speaker, next_step
from bot.discord.attachments import is_media, is_song, offer
from bot.discord.components import filled_in
from bot.discord.context import DiscordContext, name_of
from bot.discord.placeholder import reply
from bot.discord.remix_form import RemixForm
from bot.discord.submission import (
    Order,
    RequestedScore,
    again,
    by_cuts,
    opening,
    score,
    score_album,
    score_link,
)
from bot.discord.translation import clickable
from bot.follow_up_service import ClipReference, Last
from bot.validation import Kind, Refusal, examine, examine_song, is_cut_list
from immersivaudio.chat import links
from immersivaudio.chat.discord import UPLOAD
from immersivaudio.chat.links import Link
from immersivaudio.queue import JobRecord

log = structlog.get_logger("bot.discord")

_HEART = "❤"
_ADDRESSED = re.compile(r"<@!?\d+>")


async def heard(context: DiscordContext, me: discord.abc.User, message: discord.Message) -> None:
    """Decide whether a message is for us, and answer it."""
    asked = message.guild is None or any(user.id == me.id for user in message.mentions)
    clips = [each for each in message.attachments if is_media(each, context)]
    if asked:
        said = _ADDRESSED.sub(" ", message.content)
        words = context.service.mood(said)
        if clips:
            await _score(context, message, clips, words)
        elif (link := links.find(said)) and not message.attachments:
            await _score_link(context, message, link)
        elif songs := _songs(context, message):
            await _sound_like(context, message, songs[0], words)
        elif lists := _cut_lists(message):
            await _recut(context, message, lists[0], words)
        elif words and not message.attachments:
            await _talk(context, message, words)
        elif message.reference is None or message.guild is None:
            key = "refuse.not-media" if message.attachments else "refuse.nothing"
            await _refuse(context, message, str(message.id), Refusal(key))
    elif clips and await _chosen(context, message):
        await _score(context, message, clips, context.service.mood(message.content))


async def _score(
    context: DiscordContext, message: discord.Message, clips: list[discord.Attachment], words: str
) -> None:
    """One clip, or one film of several; what cannot be taken is told so, each kind of refusal once."""
    taken: list[tuple[discord.Attachment, Kind]] = []
    told: set[str] = set()
    for clip in clips:
        verdict, update = examine(offer(clip), context.limits), f"{message.id}.{clip.id}"
        if not isinstance(verdict, Refusal):
            taken.append((clip, verdict))
        elif verdict.key not in told:
            told.add(verdict.key)
            await _refuse(context, message, update, verdict)
    lists, song = _cut_lists(message), next(iter(_songs(context, message)), None)
    if taken and song and (refusal := examine_song(offer(song), context.limits)):
        await _refuse(context, message, str(message.id), refusal)
    elif taken and lists and (len(taken) > 1 or taken[0][1] == "photo"):
        await _refuse(context, message, str(message.id), Refusal("cuts.alone"))
    elif taken and (order := await _order(context, message, f"{message.id}.film", fetch=True)):
        if len(taken) == 1:
            await score(order, *taken[0], RequestedScore(words, song=song, cuts=next(iter(lists), None)))
        else:
            await score_album(order, taken, RequestedScore(words, song=song))


async def _score_link(context: DiscordContext, message: discord.Message, link: Link) -> None:
    """A file that lies somewhere else; one that is not fetched is told so at once."""
    source = context.service.linked(link)
    if isinstance(source, Refusal):
        await _refuse(context, message, str(message.id), source)
    elif order := await _order(context, message, str(message.id), fetch=True):
        await score_link(order, source, RequestedScore(context.service.mood(link.words)))


def _cut_lists(message: discord.Message) -> list[discord.Attachment]:
    return [each for each in message.attachments if is_cut_list(each.filename)]


def _songs(context: DiscordContext, message: discord.Message) -> list[discord.Attachment]:
    return [each for each in message.attachments if is_song(each, context)]


async def _sound_like(
    context: DiscordContext, message: discord.Message, song: discord.Attachment, words: str
) -> None:
    """A song without a clip: for the clip that it answers, or the author's newest one."""
    known = await _meant(context, message) or await _meant(context, message, last="newest")
    refusal = examine_song(offer(song), context.limits) if known else Refusal("song.alone")
    if refusal:
        await _refuse(context, message, str(message.id), refusal)
    elif known and (order := await _order(context, message, str(message.id), fetch=False)):
        await again(order, known.job, filled_in(order, RemixForm(words, {}, song)))


async def _recut(
    context: DiscordContext, message: discord.Message, edit: discord.Attachment, words: str
) -> None:
    """A cut list without a clip: for the clip that it answers, or the author's newest one."""
    known = await _meant(context, message) or await _meant(context, message, last="newest")
    if known is None:
        await _refuse(context, message, str(message.id), Refusal("cuts.alone"))
    elif order := await _order(context, message, str(message.id), fetch=False):
        await by_cuts(order, known.job, edit, words)


async def _talk(context: DiscordContext, message: discord.Message, words: str) -> None:
    """Words without a clip: the next wish about one, or the mood of the one that follows."""
    place = Speaker("discord", str(message.channel.id), name_of(message.author))
    known = await _meant(context, message)
    if known is None and message.reference is not None and message.guild is not None:
        return  # people talk to each other about something else
    known = known or await _meant(context, message, last="newest")
    step = await next_step(context.service, place, words, known)
    if step.words and step.record:
        if order := await _order(context, message, str(message.id), fetch=False):
            await again(order, step.record.job, context.service.follow_ups.said(step.words))
    elif step.thanked and message.guild is not None:
        await _like(message)
    elif step.say:
        await _refuse(context, message, str(message.id), step.say)


async def _like(message: discord.Message) -> None:
    """Take a thank-you with a sign on it, which disturbs no channel."""
    try:
        await message.add_reaction(_HEART)
    except discord.HTTPException as error:  # not allowed here; a thank-you needs no more
        log.info("no reaction", status=error.status)


async def _refuse(context: DiscordContext, message: discord.Message, update: str, refusal: Refusal) -> None:
    if context.first(update) and not context.service.talk(name_of(message.author)):
        said = clickable(refusal.say(_locale(context, message)), context.command_ids)
        await reply(message, update, said)


async def _order(
    context: DiscordContext, message: discord.Message, update: str, *, fetch: bool
) -> Order | None:
    """Send the placeholder. A user over the rate limit gets no answer: answers would add to the flood."""
    user, locale = name_of(message.author), _locale(context, message)
    if not context.first(update) or context.service.talk(user):
        return None
    placeholder = await reply(message, update, opening(locale, fetch=fetch))
    guild = str(message.guild.id) if message.guild else ""
    upload = context.upload(guild or user, message.guild.filesize_limit if message.guild else UPLOAD)
    return Order(context, placeholder, user, update, locale, guild, upload)


async def _meant(context: DiscordContext, message: discord.Message, last: Last = "none") -> JobRecord | None:
    """The job whose message this one replies to, else the last of its author's in this channel."""
    answered = str(message.reference.message_id or "") if message.reference else ""
    chat, user = str(message.channel.id), name_of(message.author)
    here = ClipReference("discord", chat, user, message=answered, last=last)
    return await context.service.follow_ups.meant(here)


async def _chosen(context: DiscordContext, message: discord.Message) -> bool:
    """Whether managers let us score in this channel without being asked."""
    if message.guild is None:
        return False
    choices = await context.guest(name_of(message.author), str(message.guild.id))
    return choices is not None and str(message.channel.id) in choices.channels


def _locale(context: DiscordContext, message: discord.Message) -> str:
    """A message does not say which language its author's Discord speaks; the server does."""
    servers = str(message.guild.preferred_locale) if message.guild else ""
    return context.locale(name_of(message.author), servers)
