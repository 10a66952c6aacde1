"""Settings that all frontends share: read once in `main`, passed down."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from immersivaudio.config import EnvironmentSettings


class BotSettings(EnvironmentSettings):
    """Set by environment variables: IMMERSIVAUDIO_BOT_ and the field's name."""

    model_config = SettingsConfigDict(
        env_prefix="IMMERSIVAUDIO_BOT_", env_file=".env", extra="ignore", frozen=True
    )

    max_duration: float = Field(default=600.0, gt=0, description="s of the longest clip that is taken")
    mood_limit: int = Field(default=300, ge=1, le=1000, description="characters of a mood that are read")
    requests_per_minute: float = Field(default=10.0, gt=0, description="clips and remixes of one user")
    requests_burst: int = Field(default=12, ge=1, description="at once: an album holds ten")
    talk_per_minute: float = Field(default=30.0, gt=0, description="commands and presses of one user")
    talk_burst: int = Field(default=20, ge=1)
    blocked: frozenset[str] = frozenset()
    """Users that are not served anywhere: ["telegram:123", "discord:456"]."""

    health_host: str = "127.0.0.1"
    """Or the path of a Unix socket, which needs no port."""
    health_port: int = Field(default=0, ge=0, le=65535, description="0: no health server")
    log_level: str = "INFO"
    log_plain: bool = False
