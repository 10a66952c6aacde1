"""Buttons, the menu of moods, the form for a remix. All they know is in their ids: a restart harms none."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import discord
import structlog

from bot import follow_ups
from bot.discord.attachments import with_song
from bot.discord.commands import ordered
from bot.discord.context import NOBODY, Interaction
from bot.discord.placeholder import FollowUpPlaceholder, asker, private, remove, whisper
from bot.discord.remix_form import RemixForm, RemixModal, read_form
from bot.discord.submission import Order, Prepare, again
from bot.discord.views import ask_section, sure_view
from bot.follow_up_service import Make
from bot.validation import Refusal
from immersivaudio.chat.buttons import read
from immersivaudio.chat.discord import MOOD_MENU
from immersivaudio.chat.text import tame
from immersivaudio.i18n import say
from immersivaudio.queue import JobRecord, JobRequest, Preferences, takes
from immersivaudio.queue.connection import AWAY

log = structlog.get_logger("bot.discord")

_PRESS = rf"(?!{MOOD_MENU}:|form:)[a-z0-9.]{{1,24}}:[0-9a-f]{{24}}"
_MOODS = rf"{MOOD_MENU}:[0-9a-f]{{24}}"
_FORM = re.compile(r"form:([0-9a-f]{24})")


class ActionButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=_PRESS):
    """Any of our buttons."""

    @classmethod
    async def from_custom_id(cls, _: Any, item: Any, __: Any, /) -> "ActionButton":
        """Wrap the button as it is in the message."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button says."""
        await pressed(interaction, self.custom_id)


class MoodSelect(discord.ui.DynamicItem[discord.ui.Select[Any]], template=_MOODS):
    """The menu of moods: its values are what a button's data would be."""

    @classmethod
    async def from_custom_id(cls, _: Any, item: Any, __: Any, /) -> "MoodSelect":
        """Wrap the menu as it is in the message."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Remix in the mood that was chosen."""
        await pressed(interaction, self.item.values[0])


async def pressed(interaction: Interaction, data: str) -> None:
    """One of our buttons was pressed, however long ago it was sent."""
    verb, job = read(data) or ("", "")
    if verb == "remix":
        await _ask_remix(interaction, job)
    elif verb in _DEEDS:
        await _act(interaction, job, _DEEDS[verb])
    elif verb == "prompt":
        await private(interaction, lambda _, locale: _prompt(interaction, job, locale))
    elif verb == "section":
        await ask_section(interaction, job)
    elif verb and not interaction.client.context.first_press(job, verb):
        await whisper(interaction, say(asker(interaction)[1], "refuse.making"))
    elif verb == "three":
        await _three(interaction, job)
    elif verb and (order := await ordered(interaction, fetch=False)):
        await again(order, job, order.context.service.follow_ups.pressed(verb))


async def _ask_remix(interaction: Interaction, job: str) -> None:
    """Open the form, filled in as the clip was made. One look into the job store is all it waits for."""
    _, locale = asker(interaction)
    try:
        record = await interaction.client.context.queue.record(job)
    except AWAY as error:
        log.error("queue is away", cause=type(error).__name__)
        await whisper(interaction, say(locale, "unreachable"))
        return
    if record is None:
        await whisper(interaction, say(locale, "refuse.gone"))
    else:
        await interaction.response.send_modal(RemixModal(locale, job, record.request))


async def submitted(interaction: Interaction) -> None:
    """A form came back."""
    data: Any = interaction.data or {}
    found = _FORM.fullmatch(str(data.get("custom_id", "")))
    if not found:
        return
    form = read_form(interaction)
    if isinstance(form, Refusal):
        await whisper(interaction, form.say(asker(interaction)[1]))
    elif order := await ordered(interaction, fetch=False):
        await again(order, found[1], filled_in(order, form))


async def _sounding_like(
    order: Order,
    earlier: follow_ups.EarlierClip,
    who: follow_ups.Requester,
    form: RemixForm,
    song: discord.Attachment,
) -> JobRequest | Refusal:
    """The request with a song laid beside its clip."""
    source = await with_song(order.context, earlier.source, song)
    if isinstance(source, Refusal):
        return source
    heard = follow_ups.EarlierClip(earlier.family, source)
    return follow_ups.reworked(heard, who, form.mood, {**form.changes, "like": True})


def filled_in(order: Order, form: RemixForm) -> Make:
    """A form that changes nothing asks for another take."""

    async def make(earlier: follow_ups.EarlierClip, who: follow_ups.Requester) -> JobRequest | Refusal:
        if form.song:
            return await _sounding_like(order, earlier, who, form, form.song)
        if form.mood or follow_ups.news(earlier, form.changes):
            return follow_ups.reworked(earlier, who, form.mood, form.changes)
        return await order.context.service.follow_ups.take(earlier, who)

    return make


async def _act(
    interaction: Interaction, job: str, deed: Callable[[Interaction, JobRecord | None], Awaitable[None]]
) -> None:
    """Acknowledge, then do what only the requester and moderators may."""
    context = interaction.client.context
    user, locale = asker(interaction)
    if refusal := context.service.talk(user):
        await whisper(interaction, refusal.say(locale))
        return
    await interaction.response.defer()
    try:
        record = await context.queue.record(job)
        if not _may(interaction, user, record):
            raise _NotYoursError
        await deed(interaction, record)
    except _NotYoursError:
        await _aside(interaction, Refusal("refuse.not-yours").say(locale))
    except AWAY as error:
        log.error("queue is away", cause=type(error).__name__)
        await _aside(interaction, say(locale, "unreachable"))


class _NotYoursError(Exception):
    """The clip belongs to another user."""


def _may(interaction: Interaction, user: str, record: JobRecord | None) -> bool:
    """Return whether the user requested the clip or moderates here; a forgotten clip has no known owner."""
    asked = interaction.message.interaction_metadata if interaction.message else None
    owner = record.request.user if record else f"discord:{asked.user.id}" if asked else ""
    return user == owner or (interaction.guild_id is not None and interaction.permissions.manage_messages)


async def _prompt(interaction: Interaction, job: str, locale: str) -> str:
    """Return the prompt for text-to-music models."""
    record = await interaction.client.context.queue.record(job)
    if record is None or record.result is None:
        return say(locale, "refuse.gone")
    return discord.utils.escape_markdown(tame(record.result.summary.prompt))


async def _ask_back(interaction: Interaction, _: JobRecord | None) -> None:
    """Turn the button into one that deletes: a slip of the finger costs nothing."""
    data: Any = interaction.data or {}
    verb = str(data.get("custom_id", "")).partition(":")[0]
    if interaction.message:
        view = sure_view(interaction.message, asker(interaction)[1], verb)
        await interaction.edit_original_response(view=view)
    await _aside(interaction, say(asker(interaction)[1], "delete.ask"))


async def _delete(interaction: Interaction, record: JobRecord | None) -> None:
    if record:
        await interaction.client.context.queue.discard(record.job)
    await interaction.delete_original_response()


async def _keep(interaction: Interaction, record: JobRecord | None) -> None:
    """Remove the other takes of this piece."""
    queue = interaction.client.context.queue
    for other in await takes.beside(queue, record.job) if record else ():
        shown = await queue.placeholder(other.job)
        await queue.discard(other.job)
        if shown:
            await remove(interaction.client, shown)
    user, locale = asker(interaction)
    if record:
        await queue.conversation.return_to("discord", record.request.reply.chat, user, record.job)
    await _aside(interaction, say(locale, "takes.kept"))


async def _three(interaction: Interaction, job: str) -> None:
    """Three takes to choose from."""
    user, locale = asker(interaction)
    service = interaction.client.context.service.follow_ups
    await interaction.response.defer()
    earlier = await service.earlier(job)
    if isinstance(earlier, Refusal):
        await _aside(interaction, earlier.say(locale))
        return
    who = follow_ups.Requester(user, str(interaction.id), earlier.family[0].request.reply, locale)
    await _several(interaction, [follow_ups.beside(await service.take(earlier, who), 3) for _ in range(3)])


async def _apart(interaction: Interaction, record: JobRecord | None) -> None:
    """Each part of an album on its own, in place of the film."""
    context = interaction.client.context
    user, locale = asker(interaction)
    sources = await context.service.sources(record) if record else []
    if record is None or not sources:
        await _aside(interaction, Refusal("refuse.gone").say(locale))
        return
    await context.queue.cancel(record.job, record.request.user)
    who = follow_ups.Requester(user, str(interaction.id), record.request.reply, locale)
    await _several(interaction, follow_ups.apart(record, who, sources))


async def _several(interaction: Interaction, made: Sequence[JobRequest]) -> None:
    """Answer one press, acknowledged already, with a message for each request."""
    context = interaction.client.context
    user, locale = asker(interaction)
    for request in made:
        sent = await interaction.followup.send(say(locale, "received"), wait=True, allowed_mentions=NOBODY)
        placeholder = FollowUpPlaceholder(interaction, sent.id)
        guild, upload = str(interaction.guild_id or ""), interaction.filesize_limit
        order = Order(context, placeholder, user, request.update, locale, guild, upload)
        await order.place(_made(request.changed(reply=placeholder.address)))


def _made(request: JobRequest) -> Prepare:
    async def prepare(_: Preferences) -> JobRequest:
        return request

    return prepare


async def _cancel(interaction: Interaction, record: JobRecord | None) -> None:
    """The delivery adapter shows it in the placeholder."""
    if record:
        await interaction.client.context.queue.cancel(record.job, record.request.user)


_DEEDS: Mapping[str, Callable[[Interaction, JobRecord | None], Awaitable[None]]] = {
    "delete": _ask_back,
    "really": _delete,
    "keep": _ask_back,
    "kept": _keep,
    "cancel": _cancel,
    "apart": _apart,
}


async def _aside(interaction: Interaction, text: str) -> None:
    await interaction.followup.send(text, ephemeral=True, allowed_mentions=discord.AllowedMentions.none())
