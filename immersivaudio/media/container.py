"""Opening a container: the forced demuxer, local files only, one picture stream chosen."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from immersivaudio import threads
from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError, MediaTooLargeError
from immersivaudio.media import webp
from immersivaudio.media.guard import EXPORT, PICTURE_CODECS, SEND_AGAIN, check_pixels

MAX_THREADS = 4
"""A decoder holds one more picture for every thread: at 4K that is 12 MB each."""
_LARGE = 4096 * 4096
"""px from which one picture at a time is decoded: one of 8K is 50 to 100 MB."""
_PARTS = 4
"""Times as many streams as allowed may be there where most are parts of another one."""

_ROUGH = {"skip_loop_filter": "noref"}
_NO_PICTURES = "the file holds no moving pictures"


@contextmanager
def opened(
    path: Path, demuxer: str, settings: Settings, *, rough: bool = False, many: bool = False
) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Open `path` with `demuxer`, and nothing else, and yield it with its picture stream.

    `rough` leaves out the smoothing of block edges in pictures that no other is predicted from: an eighth of
    the decoder's time, and invisible in a small picture. No error is carried on.
    `many` pictures are decoded by as many threads as the machine has to spare; a few by one, since further
    threads would decode pictures beyond those that are read.

    The decoder is configured (pixel cap, threads) but nothing is decoded yet. The "file:" prefix and the
    protocol allow-list keep a name or a nested reference from reaching another protocol.
    """
    with webp.playable(path, demuxer) as (file, format_name):
        try:
            container = av.open(
                f"file:{file}",
                mode="r",
                format=format_name,
                options={"protocol_whitelist": "file", "max_pixels": str(settings.max_pixels)},
                metadata_errors="replace",
            )
        except (av.error.FFmpegError, ValueError) as error:
            raise BadMediaError("the file is damaged or not complete", SEND_AGAIN) from error
        with container:
            _check_streams(container, settings)
            yield container, _configured(_picture_stream(container), settings, rough=rough, many=many)


def _check_streams(container: InputContainer, settings: Settings) -> None:
    """Refuse a file of too many streams; those that are part of another one (Eclipsa sound) count less."""
    alone = sum(not stream.disposition & Disposition.dependent for stream in container.streams)
    if alone > settings.max_streams or len(container.streams) > _PARTS * settings.max_streams:
        raise MediaTooLargeError(
            f"the file has {len(container.streams)} streams, {settings.max_streams} are allowed", EXPORT
        )


def _picture_stream(container: InputContainer) -> VideoStream:
    """The stream that a viewer shows: the default one, the livelier one; never a cover or a thumbnail.

    An animated AVIF holds a still beside the film, and its transparency as a grey film.
    """
    still = Disposition.attached_pic | Disposition.timed_thumbnails
    streams = [stream for stream in container.streams.video if not stream.disposition & still]
    if not streams:
        raise BadMediaError(_NO_PICTURES, "send a video or a photo")
    best = container.streams.best("video")
    return next((stream for stream in streams if best is not None and stream.index == best.index), streams[0])


def _configured(stream: VideoStream, settings: Settings, *, rough: bool, many: bool) -> VideoStream:
    context = stream.codec_context
    codec = context.codec.canonical_name if context is not None else "unknown"
    if codec not in PICTURE_CODECS:
        if context is None:
            raise BadMediaError("the pictures are in a coding that is not known here", EXPORT)
        raise BadMediaError(f"pictures coded as {codec!r} are not accepted", EXPORT)
    check_pixels(context.width, context.height, settings.max_pixels)
    # `max_pixels` also meets a size that changes half-way through.
    context.options = {"max_pixels": str(settings.max_pixels)} | (_ROUGH if rough else {})
    context.thread_type = av.codec.context.ThreadType.AUTO
    large = context.width * context.height > _LARGE
    context.thread_count = threads.spared(MAX_THREADS) if many and not large else 1
    return stream
