"""/settings: a user's own choices, and a server's for its managers."""

from typing import Any

import discord
from discord import app_commands

from bot.discord.commands import ORIGINALS, Length
from bot.discord.context import Interaction, name_of, scope
from bot.discord.placeholder import private
from bot.discord.translation import text
from immersivaudio.i18n import LANGUAGES, language, say
from immersivaudio.queue import Preferences

_PHOTO = 10
"""s a photo is held by default, as in the library."""
_LANGUAGES = [app_commands.Choice(name=name, value=code) for code, name in LANGUAGES.items()]
Channel = discord.TextChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel

settings = app_commands.Group(name="settings", description=text("discord.settings"))


@settings.command(name="mine", description=text("discord.settings.mine"))
@app_commands.describe(
    sounds=text("discord.option.sounds"),
    original=text("discord.option.original"),
    length=text("discord.option.length"),
    language=text("discord.option.language"),
)
@app_commands.choices(original=ORIGINALS, language=_LANGUAGES)
async def mine(
    interaction: Interaction,
    sounds: bool | None = None,
    original: app_commands.Choice[str] | None = None,
    length: Length | None = None,
    language: app_commands.Choice[str] | None = None,
) -> None:
    """Change what was given, and show all of it."""
    given = {
        "sounds": sounds,
        "original": original and original.value,
        "length": length,
        "language": language and language.value,
    }
    changes = {name: value for name, value in given.items() if value is not None}

    async def choose(user: str, locale: str) -> str:
        book = interaction.client.context.queue.preferences
        chosen = await book.change(f"user:{user}", **changes) if changes else await book.read(f"user:{user}")
        interaction.client.context.learn(user, chosen.language)
        return told(chosen, chosen.language or locale)

    await private(interaction, choose)


@settings.command(name="server", description=text("discord.settings.server"))
@app_commands.describe(
    channel=text("discord.option.channel"),
    unasked=text("discord.option.unasked"),
    block=text("discord.option.block"),
    unblock=text("discord.option.unblock"),
)
async def server(
    interaction: Interaction,
    channel: Channel | None = None,
    unasked: bool | None = None,
    block: discord.User | None = None,
    unblock: discord.User | None = None,
) -> None:
    """Change what was given, and show all of it."""

    async def choose(_: str, locale: str) -> str:
        if interaction.guild_id is None or not interaction.permissions.manage_guild:
            return say(locale, "refuse.not-manager")
        context, where = interaction.client.context, scope(str(interaction.guild_id))
        old = await context.queue.preferences.read(where)
        place = str((channel.id if channel else interaction.channel_id) or "")
        changes: dict[str, Any] = {}
        if unasked is not None:
            changes["channels"] = _with(old.channels, place, keep=unasked)
        for user, keep in ((block, True), (unblock, False)):
            if user:
                changes["blocked"] = _with(changes.get("blocked", old.blocked), name_of(user), keep=keep)
        new = await context.queue.preferences.change(where, **changes) if changes else old
        lines = [_servers(new, locale)]
        if unasked and not context.settings.message_content:
            lines.append(say(locale, "discord.no-content", channel=f"<#{place}>"))
        return "\n".join(lines)

    await private(interaction, choose)


def told(chosen: Preferences, locale: str) -> str:
    """A user's choices, in words."""
    return say(
        locale,
        "settings",
        sounds=say(locale, "choice.on" if chosen.sounds else "choice.off"),
        original=say(locale, f"choice.{chosen.original or 'auto'}"),
        seconds=round(chosen.length or _PHOTO),
        language=LANGUAGES[language(locale)],
    )


def _servers(chosen: Preferences, locale: str) -> str:
    nothing = say(locale, "discord.nothing")
    channels = " ".join(f"<#{channel}>" for channel in chosen.channels)
    blocked = " ".join(f"<@{user.partition(':')[2]}>" for user in chosen.blocked)
    return say(locale, "discord.server", channels=channels or nothing, blocked=blocked or nothing)


def _with(known: tuple[str, ...], name: str, *, keep: bool) -> tuple[str, ...]:
    others = tuple(each for each in known if each != name)
    return (*others, name) if keep else others
