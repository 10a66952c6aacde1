"""What the guides ask an operator to allow is what the bots use: no more, no less."""

import re
from pathlib import Path

import discord
from pydantic_settings import BaseSettings

from bot.discord.app import intents
from bot.settings import BotSettings
from immersivaudio.chat.discord import DiscordSettings
from immersivaudio.chat.links import LinkSettings
from immersivaudio.chat.telegram import TelegramSettings

DOCS = Path(__file__).parents[3] / "docs"
DISCORD, TELEGRAM = ((DOCS / name).read_text("utf-8") for name in ("discord.md", "telegram.md"))


def test_the_invitation_asks_for_the_permissions_of_the_table() -> None:
    (number,) = {int(found) for found in re.findall(r"permissions=(\d+)", DISCORD)}
    asked = {name for name, allowed in discord.Permissions(number) if allowed}
    table = DISCORD.split("## Permissions and intents")[1].split("##")[0]
    rows = [
        row.split("|")[1].strip()
        for row in table.splitlines()
        if row.startswith("| ") and "intent" not in row
    ]
    named = {
        name.strip().lower().replace(" ", "_") for row in rows for name in row.split(",") if "---" not in row
    }
    # The library still calls it by its old name.
    named = {{"view_channels": "read_messages"}.get(name, name) for name in named - {""}}
    assert asked == named
    assert not asked & {"administrator", "manage_messages", "mention_everyone"}


def test_the_bot_listens_with_the_intents_of_the_table() -> None:
    used = {name for name, on in intents(DiscordSettings(_env_file=None)) if on}
    row = next(line for line in DISCORD.splitlines() if line.startswith("| intent "))
    for name in ("Guilds", "Guild Messages", "Direct Messages"):
        assert name in row
    assert used == {"guilds", "guild_messages", "dm_messages"}
    privileged = {name for name, on in intents(DiscordSettings(_env_file=None, message_content=True)) if on}
    assert privileged - used == {"message_content"}


def test_every_setting_that_a_guide_names_is_one() -> None:
    known: dict[str, type[BaseSettings]] = {
        "IMMERSIVAUDIO_TELEGRAM_": TelegramSettings,
        "IMMERSIVAUDIO_DISCORD_": DiscordSettings,
        "IMMERSIVAUDIO_BOT_": BotSettings,
        "IMMERSIVAUDIO_LINKS_": LinkSettings,
    }
    for text in (DISCORD, TELEGRAM):
        for prefix, settings in known.items():
            for field in re.findall(rf"{prefix}([A-Z_]+[A-Z])\b", text):
                assert field.lower() in settings.model_fields, f"{prefix}{field}"
