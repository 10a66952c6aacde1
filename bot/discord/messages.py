"""Plain messages: clips sent to us alone, clips on which we are mentioned, and channels a manager chose."""

import re

import discord

from bot.discord.attachments import is_media, offer
from bot.discord.context import DiscordContext, name_of
from bot.discord.orders import Order, RequestedScore, again, opening, remixed, score
from bot.discord.placeholder import reply
from bot.validation import Refusal, examine
from immersivaudio.chat.discord import UPLOAD
from immersivaudio.queue import JobRecord

_ADDRESSED = re.compile(r"<@!?\d+>")


async def heard(context: DiscordContext, me: discord.abc.User, message: discord.Message) -> None:
    """Decide whether a message is for us, and answer it."""
    asked = message.guild is None or any(user.id == me.id for user in message.mentions)
    clips = [each for each in message.attachments if is_media(each, context)]
    if asked:
        words = context.service.mood(_ADDRESSED.sub(" ", message.content))
        if clips:
            await _score(context, message, clips, words)
        elif words and (earlier := await _answered(context, message)):
            await _remix(context, message, earlier, words)
        elif message.reference is None or message.guild is None:
            await _refuse(context, message, str(message.id), Refusal(await _missing(context, message, words)))
    elif clips and await _chosen(context, message):
        await _score(context, message, clips, context.service.mood(message.content))


async def _score(
    context: DiscordContext, message: discord.Message, clips: list[discord.Attachment], words: str
) -> None:
    """Each attachment is a request of its own."""
    for clip in clips:
        verdict, update = examine(offer(clip), context.limits), f"{message.id}.{clip.id}"
        if isinstance(verdict, Refusal):
            await _refuse(context, message, update, verdict)
        elif order := await _order(context, message, update, fetch=True):
            await score(order, clip, verdict, RequestedScore(words))


async def _remix(context: DiscordContext, message: discord.Message, earlier: JobRecord, words: str) -> None:
    if order := await _order(context, message, str(message.id), fetch=False):
        await again(order, earlier.job, remixed(words))


async def _refuse(context: DiscordContext, message: discord.Message, update: str, refusal: Refusal) -> None:
    if context.first(update) and not context.service.talk(name_of(message.author)):
        await reply(message, update, refusal.say(_locale(context, message)))


async def _order(
    context: DiscordContext, message: discord.Message, update: str, *, fetch: bool
) -> Order | None:
    """Send the placeholder. Who is too fast is not answered at all: that would be faster still."""
    user, locale = name_of(message.author), _locale(context, message)
    if not context.first(update) or context.service.talk(user):
        return None
    placeholder = await reply(message, update, opening(locale, fetch=fetch))
    guild = message.guild
    upload = guild.filesize_limit if guild else UPLOAD
    return Order(context, placeholder, user, update, locale, str(guild.id if guild else ""), upload)


async def _answered(context: DiscordContext, message: discord.Message) -> JobRecord | None:
    """The job whose message this one replies to."""
    chat = str(message.channel.id)
    if message.reference and message.reference.message_id:
        return await context.queue.job_for_message("discord", chat, str(message.reference.message_id))
    return None


async def _missing(context: DiscordContext, message: discord.Message, words: str) -> str:
    """What to say of a message that is for us, and without a clip."""
    if message.attachments:
        return "refuse.not-media"
    last = await context.queue.latest("discord", str(message.channel.id), name_of(message.author))
    return "refuse.words" if words and last and message.reference is None else "refuse.nothing"


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
