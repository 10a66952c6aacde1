"""The courier to Discord."""

from immersivaudio.chat.discord import DiscordSettings
from immersivaudio.errors import BadSettingError
from worker.couriers.discord.courier import DiscordCourier
from worker.couriers.discord.line import Line


def build() -> DiscordCourier:
    """With the settings of the environment; raises `BadSettingError` without a token."""
    settings = DiscordSettings()
    if settings.token is None:
        raise BadSettingError("there is no Discord token", "set IMMERSIVAUDIO_DISCORD_TOKEN")
    return DiscordCourier(Line(settings.token))
