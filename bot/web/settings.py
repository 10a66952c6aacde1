"""Settings of the web page: read once in `main`, passed down."""

from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from bot.http.client_address import TrustedProxies
from immersivaudio.config import EnvironmentSettings
from immersivaudio.errors import BadSettingError

_HERE = frozenset(("localhost", "127.0.0.1"))


class WebSettings(EnvironmentSettings):
    """Set by environment variables: IMMERSIVAUDIO_WEB_ and the field's name."""

    model_config = SettingsConfigDict(
        env_prefix="IMMERSIVAUDIO_WEB_", env_file=".env", extra="ignore", frozen=True
    )

    host: str = "127.0.0.1"
    """Address to listen on. "0.0.0.0" lets the whole network in: set a login then."""
    port: int = Field(default=7860, ge=0, le=65535, description="0 takes a free one")
    login: SecretStr | None = None
    """ "user:password", asked for by the browser; None or empty: whoever reaches the page may use it."""
    names: frozenset[str] = frozenset()
    """Names under which people reach the page (["music.example.org"]). Empty: this machine's own on loopback,
    any elsewhere."""
    trusted_proxies: frozenset[str] = frozenset()
    """Addresses or networks of the reverse proxies in front (["172.16.0.0/12"]): their X-Forwarded-For and
    X-Forwarded-Proto are believed, everybody else's are dropped. Empty: there is none."""
    calls_per_minute: int = Field(
        default=240, ge=1, description="presses of one address; ten times as many requests, then each waits"
    )
    connections: int = Field(default=64, ge=1, description="open connections of one address")
    examples_at_start: bool = True
    """Whether the examples get their music when the page starts; else when somebody first plays one."""
    upload_limit: int = Field(default=200 * 2**20, gt=0, description="bytes of one upload")
    uploads: int = Field(default=16, ge=1, description="uploads at once")
    uploads_per_address: int = Field(default=2, ge=1, description="of these, of one address")

    @model_validator(mode="after")
    def _login_has_both(self) -> Self:
        user, colon, password = (self.login.get_secret_value() if self.login else "a:a").partition(":")
        if not (user and colon and password):
            raise BadSettingError("the login of the web page is not complete", "write it as user:password")
        return self

    @model_validator(mode="after")
    def _proxies_are_addresses(self) -> Self:
        try:
            TrustedProxies(self.trusted_proxies)
        except ValueError:
            raise BadSettingError(
                "a trusted proxy of the web page is no address", 'write them as ["10.0.0.2", "172.16.0.0/12"]'
            ) from None
        return self

    @property
    def proxies(self) -> TrustedProxies:
        """The trusted proxies, as they are asked."""
        return TrustedProxies(self.trusted_proxies)

    @property
    def known_as(self) -> frozenset[str]:
        """Host names that are answered; empty: any. It stops a foreign page that borrows our address."""
        return self.names or (_HERE if self.host in _HERE else frozenset())
