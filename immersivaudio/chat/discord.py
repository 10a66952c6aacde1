"""Settings and limits of Discord, for its bot and its delivery adapter."""

import hashlib

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import SettingsConfigDict

from immersivaudio.config import EnvironmentSettings

CONTENT = 2000
"""Characters of a message."""
TOKEN_LIFE = 14 * 60.0
"""s for which an interaction's token is used; Discord ends it after 15 minutes."""
MOOD_MENU = "moods"
"""First part of the id of the menu of moods; its values are the data of mood buttons."""
_FILES, _REQUEST = 10, 25 * 2**20
"""Files of a message, and bytes of the request that brings them."""
UPLOAD = 10 * 2**20
"""Bytes of one uploaded file, where the server has no other limit."""


class DiscordSettings(EnvironmentSettings):
    """Set by environment variables: IMMERSIVAUDIO_DISCORD_ and the field's name, and DISCORD_TOKEN."""

    model_config = SettingsConfigDict(
        env_prefix="IMMERSIVAUDIO_DISCORD_",
        env_file=".env",
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("IMMERSIVAUDIO_DISCORD_TOKEN", "DISCORD_TOKEN")
    )
    """From the Bot page of the application, https://discord.com/developers/applications."""
    message_content: bool = False
    """Use the privileged message content intent: clips are scored unasked in channels that managers chose."""
    fetch_limit: int = Field(default=100 * 2**20, gt=0, description="bytes that may be downloaded")
    downloads: int = Field(default=32, ge=1, description="clips copied into the store at once")


def send_limit(upload: int) -> int:
    """Bytes to encode for where `upload` bytes may be sent: 9.5 MiB of 10, as a request holds words, too."""
    return upload - upload // 20


def files_at_once(upload: int) -> int:
    """Files of that size that one message may bring."""
    return max(1, min(_FILES, _REQUEST // upload))


def nonce(update: str, purpose: str) -> str:
    """The nonce (24 of 25 characters) of the one message that answers `update` for this purpose.

    Sent with enforce_nonce, Discord gives back the first message instead of making a second one.
    """
    return hashlib.blake2b(f"{purpose}:{update}".encode(), digest_size=12).hexdigest()
