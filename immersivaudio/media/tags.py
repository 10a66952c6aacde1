"""What a clip's container says of itself: what a result keeps of it, and what stays behind."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from av.container import InputContainer

from immersivaudio.config import Settings
from immersivaudio.media.container import opened
from immersivaudio.values import Clip

_DATES = ("creation_time", "com.apple.quicktime.creationdate", "date")
"""Where cameras and editors write when a film was taken, the surest first."""
_TECHNICAL = re.compile(
    r"major_brand|minor_version|compatible_brands|encoder|handler_name|vendor_id|duration|timecode|language|"
    r"creation_time|title|date|com\.apple\.quicktime\.creationdate|rotate|statistics.*|bps.*|number_of_.*|comment"
)
"""Tags that are kept, or that tell of the file alone."""
_PLACE = re.compile(r"location|gps|xyz|iso6709|latitude|longitude")
_CAMERA = re.compile(r"make|model|software|camera|lens|firmware|android|samsung")
_LONGEST = 200
"""Characters of a title."""
_TIMECODE = 16
"""Characters of a timecode."""
_UNKNOWN = frozenset(("", "und", "unk"))


@dataclass(frozen=True, slots=True)
class ClipTags:
    """Tags of a clip."""

    kept: Mapping[str, str] = field(default_factory=dict)
    """Of the container: "creation_time" (ISO 8601, UTC) and "title", where the clip has them."""
    language: str = ""
    """Of its first sound, ISO 639-2, lower case; empty: not told."""
    dropped: tuple[str, ...] = ()
    """Kinds of what a result does not carry, such as "place" or "subtitles"."""


def find(clip: Clip, settings: Settings) -> ClipTags:
    """Read the tags of a film; a photo has none that a film can carry."""
    if clip.kind == "photo":
        return ClipTags()
    with opened(clip.path, clip.demuxer, settings) as (container, _):
        told = {name.lower(): text for name, text in container.metadata.items()}
        kept = {"creation_time": _date(told), "title": _title(told.get("title", ""))}
        return ClipTags(
            kept={name: text for name, text in kept.items() if text} if settings.keep_tags else {},
            language=_language(container) if settings.keep_tags else "",
            dropped=tuple(dict.fromkeys((*_kinds(told), *_streams(container)))),
        )


def timecode(clip: Clip, settings: Settings) -> str:
    """Return the timecode of the first picture, such as "01:00:00:00", or an empty text; it may be wrong."""
    if clip.kind == "photo":
        return ""
    with opened(clip.path, clip.demuxer, settings) as (container, stream):
        told = (stream.metadata, container.metadata, *(other.metadata for other in container.streams))
        return next((text[:_TIMECODE] for data in told if (text := data.get("timecode"))), "")


def _date(told: Mapping[str, str]) -> str:
    for name in _DATES:
        try:
            taken = datetime.fromisoformat(told.get(name, ""))
        except ValueError:
            continue
        taken = taken.replace(tzinfo=taken.tzinfo or UTC).astimezone(UTC)
        if 1970 <= taken.year < 2100:  # a camera without a clock says 1904
            return taken.strftime("%Y-%m-%dT%H:%M:%SZ")
    return ""


def _title(text: str) -> str:
    return "".join(letter for letter in text.strip() if letter.isprintable())[:_LONGEST]


def _language(container: InputContainer) -> str:
    spoken = (track.metadata.get("language", "").lower() for track in container.streams.audio)
    first = next(spoken, "")
    return first if re.fullmatch("[a-z]{3}", first) and first not in _UNKNOWN else ""


def _kinds(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        if _PLACE.search(name):
            yield "place"
        elif _CAMERA.search(name):
            yield "camera"
        elif not _TECHNICAL.fullmatch(name):
            yield "other tags"


def _streams(container: InputContainer) -> Iterable[str]:
    if container.streams.subtitles:
        yield "subtitles"
    if container.streams.data:
        yield "data tracks"
    if container.chapters():
        yield "chapters"
