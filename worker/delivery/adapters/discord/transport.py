"""How a message is reached: by the interaction's token while it lives, as the bot, anew, in private.

Every step may be repeated: an edit leaves what it finds, and a new message carries a nonce by which Discord
knows it again.
"""

import time
from typing import Any

import discord

from immersivaudio.chat.discord import nonce
from immersivaudio.queue.job_request import Address, JobRequest
from worker.delivery.adapters import UnreachableError
from worker.delivery.adapters.discord.rendered_message import RenderedMessage
from worker.delivery.adapters.discord.session import DiscordSession, shut

_ORIGINAL: Any = "@original"
"""Stands for the response's id in the path of the same call."""


class MessageTransport:
    """To put a face on a message."""

    def __init__(self, line: DiscordSession) -> None:
        self._line = line

    async def edit(self, address: Address, face: RenderedMessage) -> bool:
        """Turn the placeholder into `face`; False where it is out of reach for good."""
        client = await self._line.client()
        message, chat = int(address.message), int(address.chat)
        if by_token(address):
            try:
                await _hook(client, address).edit_message(message, **face.edit())
            except discord.HTTPException as error:
                if not shut(error):
                    raise
            else:
                return True
        try:
            await client.get_partial_messageable(chat).get_partial_message(message).edit(**face.edit())
        except discord.HTTPException as error:
            if not shut(error):
                raise
            return False
        return True

    async def original(self, address: Address, face: RenderedMessage) -> str | None:
        """Edit the response of an interaction, whose id comes back; None: out of reach."""
        if not by_token(address):
            return None
        hook = _hook(await self._line.client(), address)
        try:
            sent = await hook.edit_message(_ORIGINAL, **face.edit())
        except discord.HTTPException as error:
            if not shut(error):
                raise
            return None
        return str(sent.id)

    async def send(
        self, request: JobRequest, address: Address, face: RenderedMessage, purpose: str
    ) -> discord.Message:
        """A new message in the channel, or to the user alone; raises `UnreachableError`."""
        client = await self._line.client()
        known = nonce(request.update, purpose)
        try:
            return await _post(client.get_partial_messageable(int(address.chat)), known, face, address)
        except discord.HTTPException as error:
            if not shut(error):
                raise
        try:
            user = await client.fetch_user(int(request.user.partition(":")[2]))
            return await _post(user, known, face)
        except discord.HTTPException as error:
            if not shut(error):
                raise
            raise UnreachableError from error


async def _post(
    where: discord.abc.Messageable, known: str, face: RenderedMessage, address: Address | None = None
) -> discord.Message:
    parts: dict[str, Any] = {**face.send(), **(_answered(address) if address else {}), "nonce": known}
    sent: discord.Message = await where.send(**parts)
    return sent


def by_token(address: Address) -> bool:
    """Whether the interaction's token still opens doors."""
    return bool(address.extra.get("token")) and time.time() < float(address.extra.get("until", 0))


def _hook(client: discord.Client, address: Address) -> discord.Webhook:
    return discord.Webhook.partial(int(address.extra["app"]), address.extra["token"], client=client)


def _answered(address: Address) -> dict[str, discord.MessageReference]:
    """The message to reply to, if it is still there."""
    asked = address.extra.get("reply_to")
    if not asked:
        return {}
    reference = discord.MessageReference(
        message_id=int(asked), channel_id=int(address.chat), fail_if_not_exists=False
    )
    return {"reference": reference}
