"""The delivery adapter to Discord."""

from immersivaudio.chat.discord import DiscordSettings
from immersivaudio.errors import BadSettingError
from worker.delivery.adapters.discord.adapter import DiscordAdapter
from worker.delivery.adapters.discord.session import DiscordSession


def build() -> DiscordAdapter:
    """With the settings of the environment; raises `BadSettingError` without a token."""
    settings = DiscordSettings()
    if settings.token is None:
        raise BadSettingError("there is no Discord token", "set IMMERSIVAUDIO_DISCORD_TOKEN")
    return DiscordAdapter(DiscordSession(settings.token))
