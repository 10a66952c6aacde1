"""The timecode that a camera or an editor wrote into a file."""

from immersivaudio.config import Settings
from immersivaudio.media.container import opened
from immersivaudio.values import Clip

_LONGEST = 16


def find(clip: Clip, settings: Settings) -> str:
    """Return the timecode of the first picture, such as "01:00:00:00", or an empty text; it may be wrong."""
    if clip.kind == "photo":
        return ""
    with opened(clip.path, clip.demuxer, settings) as (container, stream):
        told = (stream.metadata, container.metadata, *(other.metadata for other in container.streams))
        return next((text[:_LONGEST] for data in told if (text := data.get("timecode"))), "")
