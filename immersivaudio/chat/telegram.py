"""Settings and limits of Telegram, for its bot and its delivery adapter."""

from collections.abc import Sequence
from typing import Any

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import SettingsConfigDict

from immersivaudio.chat.buttons import STYLES, Button
from immersivaudio.config import EnvironmentSettings
from immersivaudio.i18n import say

CAPTION, TEXT = 1024, 4096
"""Characters of a caption and of a message, UTF-16 units."""
_MEGABYTE = 2**20


class TelegramSettings(EnvironmentSettings):
    """Set by environment variables: IMMERSIVAUDIO_TELEGRAM_ and the field's name, and TELEGRAM_TOKEN."""

    model_config = SettingsConfigDict(
        env_prefix="IMMERSIVAUDIO_TELEGRAM_",
        env_file=".env",
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("IMMERSIVAUDIO_TELEGRAM_TOKEN", "TELEGRAM_TOKEN")
    )
    """From @BotFather."""
    api: str = "https://api.telegram.org"
    """Where the Bot API answers; the address of your own telegram-bot-api server lifts the size limits."""
    local_mode: bool = False
    """`api` is a server of your own started with --local, whose files we can read from the same paths."""

    stage_chat: str = ""
    """Id or @name of a channel of yours in which the bot may post. Where it is a guest it may only show files
    that Telegram has: each is uploaded there, and deleted again. Empty: it does not answer in guest chats."""

    webhook_url: str = ""
    """Public https address that Telegram calls; empty: we ask Telegram (polling), which needs no address."""
    webhook_secret: SecretStr | None = None
    """1-256 characters of A-Z a-z 0-9 _ -: proves that a call is Telegram's. Needed with `webhook_url`."""
    webhook_host: str = "127.0.0.1"
    webhook_port: int = Field(default=8443, ge=0, le=65535)

    @property
    def fetch_limit(self) -> int:
        """Bytes that may be downloaded."""
        return (2000 if self.local_mode else 20) * _MEGABYTE

    @property
    def send_limit(self) -> int:
        """Bytes that may be sent."""
        return (2000 if self.local_mode else 50) * _MEGABYTE


def keyboard(rows: Sequence[Sequence[Button]], job: str, locale: str | None) -> dict[str, Any]:
    """Buttons in the shape of the Bot API's InlineKeyboardMarkup."""
    return {
        "inline_keyboard": [
            [
                {"text": say(locale, button.label), "callback_data": button.data(job), **_style(button)}
                for button in row
            ]
            for row in rows
        ]
    }


def _style(button: Button) -> dict[str, str]:
    """A colour, as the Bot API has them since 9.4; a server before that, or an older app, shows none."""
    return {"style": STYLES[button.verb]} if button.verb in STYLES else {}
