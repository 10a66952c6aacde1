"""The examples that ship, drawn by `docs/examples.py`."""

from collections.abc import Mapping
from pathlib import Path

from bot.validation import Kind

FOLDER = Path(__file__).parent / "static" / "examples"
EXAMPLES: Mapping[str, tuple[Kind, str]] = {
    "day": ("video", "day.mp4"),
    "drive": ("video", "drive.mp4"),
    "sea": ("video", "sea.mp4"),
    "dawn": ("photo", "dawn.jpg"),
    "town": ("photo", "town.jpg"),
    "moon": ("photo", "moon.jpg"),
}
"""Name -> what it is, and its file."""


def cards() -> list[dict[str, str]]:
    """As the page shows them; labels are "web.example.<name>"."""
    return [
        {"name": name, "kind": kind, "file": file, "poster": f"{name}.webp"}
        for name, (kind, file) in EXAMPLES.items()
    ]
