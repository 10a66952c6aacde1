"""The one message that becomes the answer: sent first, which acknowledges the request, then only edited."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Protocol

import aiohttp
import discord
import structlog

from bot.discord.context import NOBODY, Interaction, name_of
from bot.discord.translation import clickable
from immersivaudio.chat.discord import CONTENT, TOKEN_LIFE, nonce
from immersivaudio.chat.text import fit
from immersivaudio.i18n import say
from immersivaudio.queue import Address
from immersivaudio.queue.connection import AWAY

log = structlog.get_logger("bot.discord")

ACKNOWLEDGED = 40060
"""Discord's code where this interaction has its answer already."""
_PAUSES = (0.2, 1.0, 3.0, 10.0)
"""s between tries to answer a message, which has no deadline as a command has."""
_AWAY = (aiohttp.ClientError, discord.DiscordServerError, TimeoutError, OSError)


class Placeholder(Protocol):
    """A placeholder that was sent."""

    address: Address
    """With the id of the message, so that an answer finds it whatever happens to us from now on."""

    async def say(self, text: str) -> None:
        """Turn it into a notice. Only before its request is accepted: later the delivery does."""
        ...


class InteractionPlaceholder:
    """The response to a command, a press or a modal."""

    def __init__(self, interaction: Interaction, message: int) -> None:
        self._interaction = interaction
        until = interaction.created_at.timestamp() + TOKEN_LIFE
        self.address = Address(
            platform="discord",
            chat=str(interaction.channel_id or ""),
            message=str(message),
            extra={
                "app": str(interaction.application_id),
                "token": interaction.token,
                "until": f"{until:.0f}",
                "guild": str(interaction.guild_id or ""),
            },
        )

    async def say(self, text: str) -> None:
        await self._interaction.edit_original_response(content=fit(text, CONTENT), allowed_mentions=NOBODY)


class FollowUpPlaceholder(InteractionPlaceholder):
    """One of several messages that answer one press."""

    async def say(self, text: str) -> None:
        await self._interaction.followup.edit_message(
            int(self.address.message), content=fit(text, CONTENT), allowed_mentions=NOBODY
        )


class MessagePlaceholder:
    """A reply to a user's message."""

    def __init__(self, sent: discord.Message, asked: discord.Message) -> None:
        self._sent = sent
        self.address = Address(
            platform="discord",
            chat=str(sent.channel.id),
            message=str(sent.id),
            extra={"reply_to": str(asked.id), "guild": str(asked.guild.id if asked.guild else "")},
        )

    async def say(self, text: str) -> None:
        await self._sent.edit(content=fit(text, CONTENT), allowed_mentions=NOBODY)


async def respond(interaction: Interaction, text: str) -> InteractionPlaceholder:
    """Acknowledge with a public message; Discord waits three seconds for it.

    An answer that was lost is asked for again, and "acknowledged already" then means: by this call. Where it
    was by another (the update came twice), the job store knows the request and nothing more is said.
    """
    for last in (False, True):
        try:
            sent = await interaction.response.send_message(text, allowed_mentions=NOBODY)
        except discord.HTTPException as error:
            if error.code != ACKNOWLEDGED:
                raise
            break
        except _AWAY:
            if last:
                raise
        else:
            if sent.message_id:
                return InteractionPlaceholder(interaction, sent.message_id)
            break
    return InteractionPlaceholder(interaction, (await interaction.original_response()).id)


async def whisper(interaction: Interaction, text: str) -> None:
    """Acknowledge with a message that only the user sees."""
    said = clickable(text, interaction.client.context.command_ids)
    await interaction.response.send_message(fit(said, CONTENT), ephemeral=True, allowed_mentions=NOBODY)


async def reply(message: discord.Message, update: str, text: str) -> MessagePlaceholder:
    """Answer a message. Asked again with the first answer lost, Discord gives back the first reply."""
    for pause in (*_PAUSES, None):
        try:
            sent = await message.channel.send(
                text,
                reference=message.to_reference(fail_if_not_exists=False),
                nonce=nonce(update, "placeholder"),
                allowed_mentions=NOBODY,
            )
        except _AWAY:
            if pause is None:
                raise
            await asyncio.sleep(pause)
        else:
            return MessagePlaceholder(sent, message)
    raise AssertionError("unreachable")


def asker(interaction: Interaction) -> tuple[str, str]:
    """The user, and the language to speak."""
    user = name_of(interaction.user)
    return user, interaction.client.context.locale(user, str(interaction.locale))


async def private(
    interaction: Interaction, work: Callable[[str, str], Awaitable[str]], *, anybody: bool = False
) -> None:
    """Acknowledge first, then work out an answer that only the user sees.

    `work` takes user and locale. `anybody`: blocked users, too, get an answer.
    """
    context = interaction.client.context
    user, locale = asker(interaction)
    if not context.first(str(interaction.id)):
        return
    if refusal := context.service.talk(user):
        await whisper(interaction, refusal.say(locale))
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    try:
        choices = await context.guest(user, str(interaction.guild_id or ""))
        locale = (choices.language if choices else None) or locale
        answer = await work(user, locale) if choices or anybody else say(locale, "refuse.blocked")
    except AWAY as error:
        log.error("queue is away", cause=type(error).__name__)
        answer = say(locale, "unreachable")
    said = clickable(answer, context.command_ids)
    await interaction.edit_original_response(content=fit(said, CONTENT), allowed_mentions=NOBODY)


async def end(client: discord.Client, address: Address, text: str) -> None:
    """Let a placeholder say that nothing comes of it."""
    message = int(address.message)
    try:
        if address.extra.get("token"):
            hook = discord.Webhook.partial(int(address.extra["app"]), address.extra["token"], client=client)
            await hook.edit_message(message, content=text, view=None)
        else:
            place = client.get_partial_messageable(int(address.chat))
            await place.get_partial_message(message).edit(content=text, view=None)
    except (discord.HTTPException, *_AWAY) as error:
        log.info("placeholder stays", cause=type(error).__name__)


async def remove(client: discord.Client, address: Address) -> None:
    """Delete one of the bot's messages; one that is out of reach stays."""
    message = int(address.message)
    try:
        if address.extra.get("token") and time.time() < float(address.extra.get("until", 0)):
            hook = discord.Webhook.partial(int(address.extra["app"]), address.extra["token"], client=client)
            await hook.delete_message(message)
        else:
            place = client.get_partial_messageable(int(address.chat))
            await place.get_partial_message(message).delete()
    except (discord.HTTPException, *_AWAY) as error:
        log.info("message stays", cause=type(error).__name__)
