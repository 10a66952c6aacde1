"""The guard of the door: caps and allow-lists, all checked before anything is decoded."""

import hashlib
import os
import stat
from pathlib import Path

from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError, MediaTooLargeError
from immersivaudio.media.magic import HEAD, Magic, name_stranger, recognise

PICTURE_CODECS = frozenset(
    {"h264", "hevc", "vp8", "vp9", "av1", "mpeg1video", "mpeg2video", "mpeg4", "h263"}
    | {"mjpeg", "prores", "wmv3", "vc1", "gif", "apng", "msmpeg4v2", "msmpeg4v3", "dvvideo"}
)
"""FFmpeg's canonical names of what people really send. Every other decoder is attack surface."""

SEND_AGAIN = "send it again, it may have been cut short on its way"
SEND_OTHER = "send a video (MP4, MOV, WebM, MKV, AVI, MPEG, GIF) or a photo (JPEG, PNG, WebP, HEIC)"
EXPORT = "export it as MP4 (H.264) and send that"


def check_file(path: Path, settings: Settings) -> int:
    """Return the size of a regular, readable file in bytes, or raise.

    A pipe, socket or device is refused by its type, without being opened: opening it could block for ever.
    """
    try:
        status = path.stat()
    except OSError:
        raise BadMediaError("there is no such file", "check the name and the folder") from None
    if stat.S_ISDIR(status.st_mode):
        raise BadMediaError("that is a folder, not a file", "name one video or photo")
    if not stat.S_ISREG(status.st_mode):
        raise BadMediaError("that is a pipe or a device, not a file", "save the video to a file first")
    try:  # `os.access` asks for the real user without its rights, which is not who reads
        os.close(os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0)))
    except OSError:
        raise BadMediaError("the file may not be read", "give yourself the right to read it") from None
    if status.st_size == 0:
        raise BadMediaError("the file is empty", SEND_AGAIN)
    if status.st_size > settings.max_bytes:
        raise MediaTooLargeError(
            f"the file has {_megabytes(status.st_size)}, {_megabytes(settings.max_bytes)} are allowed",
            "make it shorter or smaller",
        )
    return status.st_size


def check_magic(path: Path) -> Magic:
    """Return what the file's first bytes say it is; raise for anything off the allow-list."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    magic = recognise(head)
    if magic is None:
        raise BadMediaError(f"the file is {name_stranger(head)}", SEND_OTHER)
    return magic


def check_pixels(width: int, height: int, cap: int) -> None:
    """Raise unless a picture of this size (px) may be decoded."""
    if width <= 0 or height <= 0:
        raise BadMediaError("the file does not say how large its pictures are", EXPORT)
    if width * height > cap:
        raise MediaTooLargeError(
            f"a picture of {width}x{height} is more than the {cap / 1e6:.0f} megapixels allowed",
            "make the picture smaller and send it again",
        )


def check_duration(seconds: float, settings: Settings) -> None:
    """Raise for a clip longer than allowed."""
    if seconds > settings.max_duration:
        raise MediaTooLargeError(
            f"the clip lasts {seconds:.0f} s, more than the {settings.max_duration:.0f} s allowed",
            "cut it into shorter clips",
        )


def check_frames(count: int, settings: Settings) -> None:
    """Raise for a clip of more pictures than allowed."""
    if count > settings.max_frames:
        raise MediaTooLargeError(
            f"the clip has more than the {settings.max_frames} pictures allowed",
            "cut it into shorter clips, or lower its frame rate",
        )


def digest(path: Path) -> str:
    """Return the SHA-256 of the file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f} MiB" if size >= 2**20 else f"{size} bytes"
