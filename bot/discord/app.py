"""The program: `python -m bot discord`."""

import asyncio
import signal
import sys
from contextlib import AsyncExitStack, suppress
from typing import Any

import aiohttp
import discord
import structlog
from discord import app_commands

from bot.discord.commands import COMMANDS
from bot.discord.components import ActionButton, MoodSelect, submitted
from bot.discord.context import NOBODY, DiscordClient, DiscordContext
from bot.discord.messages import heard
from bot.discord.placeholder import asker, whisper
from bot.discord.settings import settings as settings_group
from bot.discord.translation import CatalogueTranslator, registered
from bot.service import ScoringService
from bot.settings import BotSettings
from immersivaudio.chat.discord import DiscordSettings
from immersivaudio.errors import BadSettingError
from immersivaudio.i18n import say
from immersivaudio.queue import Queue
from immersivaudio.queue.health import serve_where_set

log = structlog.get_logger("bot.discord")

_EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
_DRAIN = 20.0
"""s that SIGTERM leaves to requests that were acknowledged and are not yet in the job store."""
_BY_ANYBODY = app_commands.AppInstallationType(guild=True, user=True)


class ScoringCommandTree(app_commands.CommandTree[DiscordClient]):
    """All of them, in servers and in private, for those who installed us there or for themselves."""

    def __init__(self, client: DiscordClient) -> None:
        super().__init__(client, allowed_contexts=_EVERYWHERE, allowed_installs=_BY_ANYBODY)
        for command in (*COMMANDS, settings_group):
            self.add_command(command)

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """Log the kind of error, never its words."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        log.error("command failed", cause=type(cause).__name__, status=getattr(cause, "code", 0))
        with suppress(discord.DiscordException, aiohttp.ClientError):
            if not interaction.response.is_done():
                await whisper(interaction, say(asker(interaction)[1], "unreachable"))


class DiscordBot(DiscordClient):
    """Listens, and hands on to the modules beside."""

    def __init__(self, context: DiscordContext) -> None:
        super().__init__(
            intents=intents(context.settings),
            allowed_mentions=NOBODY,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.context = context
        self.commands = ScoringCommandTree(self)
        self.add_dynamic_items(ActionButton, MoodSelect)

    async def setup_hook(self) -> None:
        """Register the commands."""
        await self.commands.set_translator(CatalogueTranslator())
        try:
            self.context.command_ids = registered(await self.commands.sync())
        except discord.HTTPException as error:  # those of the last start still work
            log.error("commands not registered", status=error.status, code=error.code)

    async def on_ready(self) -> None:
        """Every shard listens."""
        log.info("listens", servers=len(self.guilds), shards=self.shard_count)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Commands and presses find their own way; forms come here."""
        if interaction.type is discord.InteractionType.modal_submit:
            await submitted(interaction)

    async def on_message(self, message: discord.Message) -> None:
        """Words in a channel or to us alone."""
        ours = message.author.bot or message.webhook_id or message.is_system()
        if not ours and self.user is not None:
            await heard(self.context, self.user, message)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Cancel the job of a deleted placeholder."""
        queue = self.context.queue
        chat, message = str(payload.channel_id), str(payload.message_id)
        record = await queue.job_for_message("discord", chat, message)
        shown = await queue.placeholder(record.job) if record else None
        if record and shown and shown.message == message:
            await queue.cancel(record.job, record.request.user)

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        """Log the kind of error, never its words."""
        cause = sys.exc_info()[1]
        log.error("event failed", what=event_method, cause=type(cause).__name__)


def intents(settings: DiscordSettings) -> discord.Intents:
    """What we ask to be told: no members, no presences; what people write only where an operator wants it."""
    asked = discord.Intents.none()
    asked.guilds = asked.guild_messages = asked.dm_messages = True
    asked.message_content = settings.message_content
    return asked


async def run(settings: BotSettings, chosen: DiscordSettings, queue: Queue) -> None:
    """Serve until SIGINT or SIGTERM; raises `BadSettingError` without a token that Discord takes."""
    if chosen.token is None:
        raise BadSettingError(
            "there is no Discord token", "set IMMERSIVAUDIO_DISCORD_TOKEN; see docs/discord.md"
        )
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        health = serve_where_set(settings.health_host, settings.health_port, queue.ready)
        await stack.enter_async_context(health)
        web = await stack.enter_async_context(
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=chosen.downloads))
        )
        context = DiscordContext(ScoringService(queue, settings), chosen, web)
        serving = asyncio.create_task(_serve(context, chosen.token.get_secret_value()))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            await context.finish(_DRAIN)
            serving.cancel()
        stopping.cancel()
        with suppress(asyncio.CancelledError):
            await serving
    log.info("leaves")


async def _serve(context: DiscordContext, token: str) -> None:
    """Again and again while Discord cannot be reached: the network may come up after us."""
    pause = 1.0
    while True:
        try:
            async with DiscordBot(context) as client:
                await client.start(token)
            return
        except discord.LoginFailure:
            raise BadSettingError(
                "Discord refuses the token", "set IMMERSIVAUDIO_DISCORD_TOKEN to the one of your application"
            ) from None
        except discord.PrivilegedIntentsRequired:
            raise BadSettingError(
                "Discord refuses the message content intent",
                "switch it on for your application, or unset IMMERSIVAUDIO_DISCORD_MESSAGE_CONTENT",
            ) from None
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            log.warning("discord is away", cause=type(error).__name__, again_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 30.0)
