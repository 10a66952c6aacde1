"""What a file is, told without decoding it; refuses what we do not accept."""

from pathlib import Path

from immersivaudio.config import Settings
from immersivaudio.values import Clip


def probe(path: Path, settings: Settings, *, photo_duration: float | None = None) -> Clip:
    """Let a file in as a `Clip`, or raise a `UserError` that names the problem and the remedy."""
    raise NotImplementedError
