"""Settings of a worker process: read once in its `main`, passed down."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from immersivaudio.config import EnvironmentSettings


class WorkerSettings(EnvironmentSettings):
    """Set by environment variables: IMMERSIVAUDIO_WORKER_ and the field's name."""

    model_config = SettingsConfigDict(
        env_prefix="IMMERSIVAUDIO_WORKER_", env_file=".env", extra="ignore", frozen=True
    )

    renderer: str = "worker.rendering.step_renderer:build"
    """What the child runs, as "package.module:factory"."""
    role: Literal["all", "analyse", "generate"] = "all"
    """What this process does: whole clips; or the looking and the putting together; or the music of several
    clips in one pass, which pays for a neural generator alone (docs/operating.md)."""
    batch: int = Field(default=8, ge=1, le=256, description="clips in one pass of the role `generate`")
    gather: float = Field(default=0.3, ge=0, description="s that a pass waits for others to join it")
    children: int = Field(default=1, ge=1, description="clips rendered at once by one worker process")
    sends: int = Field(default=16, ge=1, description="deliveries at once by one delivery process")
    adapters: dict[str, str] = Field(default_factory=dict)
    """Platform -> "package.module:factory", besides ours."""

    wall: float = Field(default=900.0, gt=0, description="s one render may take")
    drain: float = Field(default=120.0, gt=0, description="s that SIGTERM leaves to finish what runs")
    scratch: Path | None = None
    """Where the private folders of the jobs lie; None: the system's temporary folder."""

    # What a child may use; 0 takes the limit away.
    memory: int = Field(default=6 * 2**30, ge=0, description="bytes of address space; 0 where CUDA is used")
    cpu: int = Field(default=3600, ge=0, description="s of processor time a render")
    file_size: int = Field(default=2 * 2**30, ge=0, description="bytes of the largest file it may write")
    open_files: int = Field(default=512, ge=0)
    tasks: int = Field(default=0, ge=0, description="its processes and threads; 0: 128, and 2 a processor")
    network: bool = False
    """Leave the child its network (a remote model)."""
    sandbox: Literal["auto", "required", "off"] = "auto"
    """What it may touch: "auto" shuts it in as far as this kernel can and says what does not hold; "required"
    refuses to run where anything does not; "off" is for debugging, and leaves it all that its user may do."""

    edit_every: float = Field(default=3.0, gt=0, description="s between two edits of one placeholder")
    ping_after: float = Field(default=60.0, gt=0, description="s after which a result is announced aloud")
    place_after: float = Field(default=10.0, ge=0, description="s a frontend has to report its placeholder")

    @property
    def longest(self) -> float:
        """s that one step may take, with what it waits for and with the store."""
        passes = self.batch + 2 if self.role == "generate" else 1
        return self.wall * passes + 120

    health_host: str = "127.0.0.1"
    """Or the path of a Unix socket, which needs no port."""
    health_port: int = Field(default=0, ge=0, le=65535, description="0: no health and metrics server")
    log_level: str = "INFO"
    log_plain: bool = False
