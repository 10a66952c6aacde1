"""Settings of the HTTP API, for its frontend and for the delivery that calls webhooks, and their signature.

The signature is that of the Standard Webhooks specification 1.0: any of its libraries checks it.
"""

import base64
import hashlib
import hmac
import re
import time
from collections.abc import Mapping
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from immersivaudio.config import EnvironmentSettings
from immersivaudio.errors import BadSettingError, UserError

PLATFORM = "api"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_SHORTEST = 24
"""Characters of a key."""
_LATE = 300.0
"""s that a webhook may be old, or ahead."""
_HOW = "make one with: immersivaudio api --new-key studio"


class ApiClient(BaseModel):
    """One program that may use the API."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: SecretStr
    per_minute: float = Field(default=120.0, gt=0, description="calls")
    burst: int = Field(default=120, ge=1, description="calls at once")
    streams: int = Field(default=100, ge=1, description="event streams open at once")

    @property
    def webhook_secret(self) -> str:
        """What its webhooks are signed with, as Standard Webhooks writes it."""
        made = hmac.digest(self.key.get_secret_value().encode(), b"immersivaudio webhook", hashlib.sha256)
        return f"whsec_{base64.b64encode(made).decode()}"


class ApiSettings(EnvironmentSettings):
    """Set by environment variables: IMMERSIVAUDIO_API_ and the field's name."""

    model_config = SettingsConfigDict(
        env_prefix="IMMERSIVAUDIO_API_", env_file=".env", extra="ignore", frozen=True
    )

    keys: dict[str, SecretStr | ApiClient] = Field(default_factory=dict)
    """Client -> key, or -> {"key": ..., "per_minute": ..., "burst": ..., "streams": ...}. Empty: no API."""
    webhook_hosts: frozenset[str] = frozenset()
    """Origins that may be called: ["https://hooks.example.org"]. Empty: none."""
    host: str = "127.0.0.1"
    port: int = Field(default=7870, ge=0, le=65535, description="0 takes a free one")
    trusted_proxies: frozenset[str] = frozenset()
    """As IMMERSIVAUDIO_WEB_TRUSTED_PROXIES."""
    upload_limit: int = Field(default=200 * 2**20, gt=0, description="bytes of one clip")
    uploads: int = Field(default=16, ge=1, description="clips that arrive at once")
    uploads_per_client: int = Field(default=8, ge=1, description="of these, of one client")
    connections: int = Field(default=256, ge=1, description="open connections of one address")

    @model_validator(mode="after")
    def _keys_are_usable(self) -> Self:
        for name, client in self.clients.items():
            if not _NAME.fullmatch(name):
                raise BadSettingError(
                    "a client of the API has a name that is none", f"use a-z, 0-9, - and _; {_HOW}"
                )
            if len(client.key.get_secret_value()) < _SHORTEST:
                raise BadSettingError(f"the API key of {name} is shorter than {_SHORTEST} characters", _HOW)
        if any(origin_of(host) != host for host in self.webhook_hosts):
            raise BadSettingError(
                "a webhook host of the API is no origin", 'write them as ["https://hooks.example.org"]'
            )
        return self

    @property
    def clients(self) -> Mapping[str, ApiClient]:
        """By name."""
        return {
            name: told if isinstance(told, ApiClient) else ApiClient(key=told)
            for name, told in self.keys.items()
        }

    def may_call(self, url: str) -> bool:
        """Whether a webhook may go to `url`."""
        origin = origin_of(url)
        return bool(origin) and origin in self.webhook_hosts


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL as one text; "" where it is no plain http(s) URL."""
    if len(url) > 2000 or any(ord(letter) <= 32 or letter == "\\" for letter in url):
        return ""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or parts.fragment:
        return ""
    usual = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in {None, usual} else "")


def webhook_headers(secret: str, message: str, body: bytes, now: float | None = None) -> dict[str, str]:
    """The headers that prove a webhook; `message` is its id, the same for every try."""
    at = str(int(time.time() if now is None else now))
    return {
        "webhook-id": message,
        "webhook-timestamp": at,
        "webhook-signature": f"v1,{_signature(secret, message, at, body)}",
    }


def check_webhook(secret: str, headers: Mapping[str, str], body: bytes, now: float | None = None) -> None:
    """Raise `UserError` for a webhook that is forged, changed, or too old; for programs that get them.

    `headers` have names in small letters.
    """
    message, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    told = [each[3:] for each in headers.get("webhook-signature", "").split(" ") if each.startswith("v1,")]
    wanted = _signature(secret, message, at, body)
    if not message or not any(hmac.compare_digest(each.encode(), wanted.encode()) for each in told):
        raise UserError("this webhook is forged or was changed", "answer it with 401, and do nothing")
    if not at.isdecimal() or abs((time.time() if now is None else now) - int(at)) > _LATE:
        raise UserError("this webhook is too old", "answer it with 401, and look at your clock")


def _signature(secret: str, message: str, at: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(hmac.digest(key, f"{message}.{at}.".encode() + body, hashlib.sha256)).decode()
