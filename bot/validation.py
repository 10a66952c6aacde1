"""What is accepted and what is refused, and in which words: decided before any byte is downloaded. Pure.

verdict = examine(Offer(media_type="video/mp4", size=30_000_000), Limits(fetch=20 * 2**20))
if isinstance(verdict, Refusal):
    reply(verdict.say(locale))
"""

import difflib
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal, get_args

from immersivaudio.i18n import say
from immersivaudio.queue import EditorCuts, SubmitResult
from immersivaudio.queue.job_request import CutEnding

Kind = Literal["video", "photo"]

_PHOTO_TYPES = {
    f"image/{name}"
    for name in ("jpeg", "jpg", "png", "webp", "heic", "heif", "avif", "tiff", "bmp", "x-ms-bmp")
}
_VIDEO_SUFFIXES = frozenset(
    (".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".mpg", ".mpeg", ".wmv", ".3gp", ".gif", ".ts", ".mts")
)
_PHOTO_SUFFIXES = frozenset(
    (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif", ".tif", ".tiff", ".bmp")
)
_SONG_SUFFIXES = frozenset((".mp3", ".m4a", ".aac", ".ogg", ".opus", ".flac", ".wav"))
_CUT_LIST_SUFFIXES = frozenset((*get_args(CutEnding), ".otioz"))
_VAGUE = {"", "application/octet-stream", "binary/octet-stream"}
_PLAYLISTS = {"video/vnd.mpegurl", "video/x-mpegurl"}
_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file that a user offers, by the platform's metadata; None or empty where it tells nothing."""

    media_type: str = ""
    """As the platform says: "video/mp4"."""
    name: str = ""
    """Only its suffix is looked at, and only where the type says nothing."""
    size: int | None = None
    """Bytes."""
    duration: float | None = None
    """s"""


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Limits of one platform, and of the operator."""

    fetch: int
    """Bytes that may be downloaded."""
    duration: float
    """s"""
    remedy: str = "remedy.trim"
    """Key of the text that tells the remedy for too large a clip."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A no: a text of `immersivaudio.i18n`, and what is filled in."""

    key: str
    fields: Mapping[str, object] = field(default_factory=dict)
    remedy: str = ""
    """Key of a second text, filled in as {remedy}."""

    def say(self, locale: str | None) -> str:
        """What happened and what to do next, in the user's language."""
        remedy = {"remedy": say(locale, self.remedy)} if self.remedy else {}
        return say(locale, self.key, **self.fields, **remedy)


def examine(offer: OfferedFile, limits: UploadLimits) -> Kind | Refusal:
    """What an offer is, or why it is refused. The guard of the library looks at the bytes again, later."""
    kind = kind_of(offer)
    if kind is None:
        return Refusal("refuse.not-media")
    if offer.size is not None and offer.size > limits.fetch:
        return too_big(offer.size, limits)
    if offer.duration is not None and offer.duration > limits.duration:
        fields = {"length": clock(offer.duration), "limit": clock(limits.duration)}
        return Refusal("refuse.too-long", fields)
    return kind


def kind_of(offer: OfferedFile) -> Kind | None:
    """By the media type; by the name's suffix where the type is vague."""
    media_type = offer.media_type.partition(";")[0].strip().lower()
    if media_type in _VAGUE:
        return _by_suffix(PurePosixPath(offer.name[-64:]).suffix.lower())
    if media_type in _PHOTO_TYPES:
        return "photo"
    if media_type == "image/gif" or (media_type.startswith("video/") and media_type not in _PLAYLISTS):
        return "video"
    return None


def _by_suffix(suffix: str) -> Kind | None:
    if suffix in _PHOTO_SUFFIXES:
        return "photo"
    return "video" if suffix in _VIDEO_SUFFIXES else None


def examine_song(offer: OfferedFile, limits: UploadLimits) -> Refusal | None:
    """Why a song to sound like is refused; None where it is taken. The library looks at the bytes, later."""
    media_type = offer.media_type.partition(";")[0].strip().lower()
    vague = media_type in _VAGUE and PurePosixPath(offer.name[-64:]).suffix.lower() in _SONG_SUFFIXES
    if not (media_type.startswith("audio/") or vague):
        return Refusal("refuse.not-song")
    if offer.size is not None and offer.size > limits.fetch:
        return too_big(offer.size, limits)
    return None


def is_cut_list(name: str) -> bool:
    """Whether a file is called as an editor's cut list is; what it holds is looked at later."""
    return PurePosixPath(name[-64:]).suffix.lower() in _CUT_LIST_SUFFIXES


def editor_cuts(name: str, data: bytes) -> EditorCuts | Refusal:
    """Return the cut list in a file that was downloaded, or why it is none."""
    try:
        return EditorCuts.of_file(name, data)
    except ValueError:
        return Refusal("refuse.cuts")


def too_big(size: int, limits: UploadLimits) -> Refusal:
    """The refusal of a file of `size` bytes."""
    fields = {"size": math.ceil(size / _MEGABYTE), "limit": limits.fetch // _MEGABYTE}
    return Refusal("refuse.too-big", fields, limits.remedy)


def refusal_of(submitted: SubmitResult) -> Refusal | None:
    """The refusal that a submit result means; None where it was accepted, or is a repeated update."""
    if submitted.outcome == "user-full":
        return Refusal("refuse.in-works", {"count": submitted.in_works})
    full = {"account-full", "frontend-full", "full"}
    return Refusal("refuse.full") if submitted.outcome in full else None


def unknown_command(name: str, known: Collection[str]) -> Refusal:
    """The refusal of a command that is none of `known`, with the one that comes nearest."""
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    return Refusal("refuse.command", {"command": name, "nearest": near[0] if near else "help"})


def too_often(seconds: float) -> Refusal:
    """Return the refusal of a request over the rate limit."""
    return Refusal("refuse.often", {"seconds": max(1, math.ceil(seconds))})


def seconds_in(words: str, low: int = 5, high: int = 60) -> float | Refusal:
    """The length in "/length 12"."""
    found = re.fullmatch(r"(\d{1,4}(?:[.,]\d)?)\s*s?", words.strip())
    value = float(found[1].replace(",", ".")) if found else -1.0
    return value if low <= value <= high else Refusal("refuse.length", {"low": low, "high": high})


def clock(seconds: float) -> str:
    """ "1:05" """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
