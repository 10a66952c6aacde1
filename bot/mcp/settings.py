"""Settings of the MCP server: read once in `main`, passed down."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from immersivaudio.config import EnvironmentSettings


class McpSettings(EnvironmentSettings):
    """Set by environment variables: IMMERSIVAUDIO_MCP_ and the field's name."""

    model_config = SettingsConfigDict(
        env_prefix="IMMERSIVAUDIO_MCP_", env_file=".env", extra="ignore", frozen=True
    )

    folders: tuple[Path, ...] = ()
    """Where agents may read clips and write results (["/home/ann/Clips"]); they reach no other file."""
    transport: Literal["stdio", "http"] = "stdio"
    """"http" serves /mcp to the clients of IMMERSIVAUDIO_API_KEYS."""
    host: str = "127.0.0.1"
    port: int = Field(default=7880, ge=0, le=65535, description="0 takes a free one")
    clip_limit: int = Field(default=2**30, gt=0, description="bytes of one clip")
