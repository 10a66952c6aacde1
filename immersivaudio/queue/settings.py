"""Settings of the queue: read once in a `main`, passed down, never global."""

from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import SettingsConfigDict

from immersivaudio.config import EnvironmentSettings, at_home
from immersivaudio.queue.redis_url import check


class QueueSettings(EnvironmentSettings):
    """Set by environment variables: IMMERSIVAUDIO_QUEUE_ and the field's name, and REDIS_URL.

    The URL of Redis may hold a password: it is a `SecretStr`, so that no `repr` and no log can show it.
    """

    model_config = SettingsConfigDict(
        env_prefix="IMMERSIVAUDIO_QUEUE_", env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    redis_url: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("REDIS_URL", "IMMERSIVAUDIO_REDIS_URL")
    )
    """As `redis_url` reads it. None: the embedded server that `immersivaudio up` starts in `data`."""
    namespace: str = "immersivaudio"
    """First part of every key: two installations can share one Redis."""
    data: Path = Path("~/.local/share/immersivaudio")
    """Folder of the embedded Redis and, unless `store` is set, of the artifacts."""
    store: str = ""
    """Where artifacts lie, as fsspec names it: a folder or "s3://bucket/prefix". Empty: `data`/store."""

    lease: float = Field(default=15.0, gt=0, description="s a worker may be silent before its job is taken")
    max_failures: int = Field(default=3, ge=1, description="tries that may fail before the user is told")
    max_losses: int = Field(
        default=5, ge=1, description="workers that may vanish under it while others do, too"
    )
    max_sends: int = Field(
        default=30, ge=1, description="delays of a transfer before giving up: 30 take about 45 minutes"
    )
    per_user: int = Field(default=3, ge=1, description="clips one user may have in the works")
    total: int = Field(default=1000, ge=1, description="clips that everybody together may have in the works")
    per_address: int = Field(
        default=12,
        ge=1,
        description="clips that all visitors of the page from one address may have in the works",
    )
    frontend_share: float = Field(
        default=0.8, gt=0, le=1, description="of `total`, what one frontend may fill: the others stay open"
    )
    upload_bytes: int = Field(
        default=8 * 2**30, gt=0, description="of all uploads that nothing was ordered for"
    )
    upload_bytes_per_user: int = Field(default=2**30, gt=0, description="of these, of one visitor")
    upload_bytes_per_address: int = Field(default=2 * 2**30, gt=0, description="of these, from one address")
    upload_kept: float = Field(default=900.0, gt=0, description="s that an upload waits for its order")
    upload_longest: float = Field(default=3600.0, gt=0, description="s that an upload may take to arrive")
    free_bytes: int = Field(
        default=512 * 2**20,
        ge=0,
        description="that stay free on the store's volume: below it nothing new is taken",
    )
    keep_days: float = Field(default=7.0, gt=0, description="how long the ledger remembers a request")
    artifact_hours: float = Field(default=24.0, gt=0, description="how long a file is kept")
    patience: float = Field(default=60.0, gt=0, description="s a call waits for a Redis that is away")
    replica_wait: float = Field(
        default=5.0,
        ge=0,
        lt=10,
        description="with Sentinels: s that what was accepted waits for a replica to have it",
    )

    @field_validator("redis_url")
    @classmethod
    def _connectable(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None:
            check(url.get_secret_value())
        return url

    @property
    def folder(self) -> Path:
        """`data`, with the home folder filled in."""
        return at_home(self.data, "IMMERSIVAUDIO_QUEUE_DATA")

    @property
    def store_url(self) -> str:
        """Where artifacts lie."""
        return self.store or str(self.folder / "store")

    @property
    def socket(self) -> Path:
        """Unix socket of the embedded Redis."""
        return self.folder / "redis.sock"

    @property
    def url(self) -> str:
        """The URL to connect to. Holds a password: never log it."""
        return self.redis_url.get_secret_value() if self.redis_url else socket_url(self.folder)


def password_file(folder: Path) -> Path:
    """Where the password of the embedded Redis lies, readable by its owner alone."""
    return folder / "redis.password"


def socket_url(folder: Path) -> str:
    """The URL of the embedded Redis in `folder`, with its password if it has one. Never log it."""
    try:
        password = password_file(folder).read_text("ascii").strip()
    except OSError:
        return f"unix://{folder / 'redis.sock'}"
    return f"unix://:{password}@{folder / 'redis.sock'}"
