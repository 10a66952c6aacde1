"""Animated WebP as FFmpeg can play it: its pictures written anew as an APNG, without loss.

FFmpeg reads no animated WebP before its version 9, and PyAV's libraries are older. Source of the layout:
"WebP Container Specification" (RFC 9649), chunks ANIM and ANMF.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, cast

import av
from av.video.stream import VideoStream

from immersivaudio.config import Settings
from immersivaudio.errors import MediaTooLargeError
from immersivaudio.media import pillow_file
from immersivaudio.media.guard import EXPORT, check_duration, check_frames

DEMUXER = "webp"
"""What a clip of this kind names as its demuxer."""
_WRITTEN = "apng"
_MOST = 1_000_000_000
"""px of all pictures together: two minutes of 640 x 480 at 25 a second."""
_FASTEST, _FAST = 10, 100
"""ms: a picture that is shown for no longer than the first is shown for the second, as browsers do."""


def check(path: Path, settings: Settings) -> None:
    """Raise `MediaTooLargeError` for an animation of too many pictures, too long or too large, undecoded."""
    shown = delays(path)
    check_frames(len(shown), settings)
    check_duration(sum(shown) / 1000, settings)
    with pillow_file.opened(path, settings.max_photo_pixels) as picture:
        if picture.width * picture.height * len(shown) > _MOST:
            raise MediaTooLargeError("the animation has far too many pixels", EXPORT)


@contextmanager
def playable(path: Path, demuxer: str) -> Iterator[tuple[Path, str]]:
    """Yield a file that FFmpeg plays and its demuxer: the clip itself, or an APNG of an animated WebP.

    The APNG goes when the block ends. Raises `BadMediaError` for a damaged file.
    """
    if demuxer != DEMUXER:
        yield path, demuxer
        return
    with tempfile.TemporaryDirectory(prefix=".immersivaudio-") as folder:
        out = Path(folder, "pictures.apng")
        _write(path, out)
        yield out, _WRITTEN


def delays(path: Path) -> list[int]:
    """Return how long each picture is shown, ms, read from the headers alone."""
    found = []
    with path.open("rb") as file:
        file.seek(12)  # RIFF, size, WEBP
        for name, start, size in _chunks(file):
            if name == b"ANMF" and size >= 16:
                file.seek(start + 12)
                told = int.from_bytes(file.read(3), "little")
                found.append(told if told > _FASTEST else _FAST)
    return found


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Yield (name, where its content starts, its size)."""
    while len(head := file.read(8)) == 8:
        start, size = file.tell(), int.from_bytes(head[4:], "little")
        yield head[:4], start, size
        file.seek(start + size + size % 2)


def _write(path: Path, out: Path) -> None:
    shown = delays(path)
    # The muxer holds the last picture as long as it is told here: nothing comes after it.
    options = {"plays": "0", "final_delay": f"{shown[-1]}/1000"}
    with av.open(os.fspath(out), "w", format=_WRITTEN, options=options) as container:
        stream = cast("VideoStream", container.add_stream(_WRITTEN, rate=1000))
        stream.pix_fmt = "rgb24"
        stream.codec_context.time_base = stream.time_base = Fraction(1, 1000)
        time = 0
        for picture, delay in zip(pillow_file.animation(path, _MOST), shown, strict=False):
            if time == 0:
                stream.height, stream.width = picture.shape[:2]
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = time, Fraction(1, 1000)
            time += delay
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
