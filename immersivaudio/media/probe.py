"""What a file is, told while decoding no more than its first picture; refuses what we do not accept."""

from fractions import Fraction
from pathlib import Path

from av.video.stream import VideoStream

from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError
from immersivaudio.media import (
    decode,
    decode_audio,
    guard,
    orientation,
    photo,
    pillow_file,
    tone_mapping,
    tracks,
    webp,
)
from immersivaudio.media.container import opened
from immersivaudio.media.magic import Magic
from immersivaudio.media.timeline import Timeline, measure
from immersivaudio.values import AudioTrack, Clip, exact

PHOTO_RATE = Fraction(30)
"""Pictures a second at which a photo is rendered."""
_MOVING = {"PNG": "apng", "WEBP": webp.DEMUXER}
"""Photo formats that may hold an animation -> the demuxer it is played by."""
_SANE_ASPECT = (Fraction(1, 4), Fraction(4))
"""Pixels of another shape than this are a broken header, and taken for square."""


def probe(path: Path, settings: Settings, *, photo_duration: float | None = None) -> Clip:
    """Let a file in as a `Clip`, or raise a `UserError` that names the problem and the remedy.

    The demuxer is forced by the file's own first bytes; caps and allow-lists are checked before the first
    picture is decoded, and no other is. A video cut short is accepted if nine tenths of it are there.
    `photo_duration` (s) says how long a photo is held; a video ignores it. An animated GIF, PNG or WebP is a
    video.
    """
    path = Path(path)
    guard.check_file(path, settings)
    magic = guard.check_magic(path)
    moves = magic.demuxer in {"gif", *_MOVING} and pillow_file.is_animated(path, settings.max_photo_pixels)
    if moves and magic.demuxer in _MOVING:
        magic = Magic("video", _MOVING[magic.demuxer])
    if magic.demuxer == webp.DEMUXER:
        webp.check(path, settings)
    if magic.kind == "photo" or (magic.demuxer == "gif" and not moves):
        return _photo(path, magic, settings, photo_duration)
    return _video(path, magic, settings)


def _photo(path: Path, magic: Magic, settings: Settings, seconds: float | None) -> Clip:
    seconds = settings.photo_duration if seconds is None else seconds
    if not 1 <= seconds <= settings.max_duration:
        raise BadMediaError(
            f"a photo cannot be held for {seconds:g} s", f"choose between 1 and {settings.max_duration:g} s"
        )
    width, height = photo.size(path, settings)
    return Clip(
        path=path,
        kind="photo",
        demuxer="pillow",
        duration=exact(seconds),
        width=width,
        height=height,
        frame_rate=PHOTO_RATE,
        codec=magic.demuxer.lower(),
        pixel_format="rgb24",
        hdr=photo.hdr(path) is not None,
        sha256=guard.digest(path),
    )


def _video(path: Path, magic: Magic, settings: Settings) -> Clip:
    with opened(path, magic.demuxer, settings) as (container, stream):
        timeline = measure(container, stream, magic.demuxer, settings)
        silent = not container.streams.audio
        notes = _cut_off(timeline)
    sound, unheard = (None, ()) if silent else _audio(path, magic, settings)
    with opened(path, magic.demuxer, settings) as (container, stream):
        frame = next(decode.frames(container, stream), None)
        if frame is None:
            raise BadMediaError("the pictures of the video cannot be decoded", guard.SEND_AGAIN)
        turned = orientation.of_frame(frame)
        width, height = _shown(stream, turned)
        guard.check_pixels(width, height, settings.max_pixels)
        return Clip(
            path=path,
            kind="video",
            demuxer=magic.demuxer,
            duration=timeline.duration,
            width=width,
            height=height,
            frame_rate=timeline.frame_rate,
            codec="webp" if magic.demuxer == webp.DEMUXER else stream.codec_context.codec.canonical_name,
            stream=stream.index,
            pixel_format=frame.format.name,
            rotation=turned.rotation,
            hdr=frame.color_trc in {tone_mapping.PQ, tone_mapping.HLG},
            interlaced=bool(frame.interlaced_frame),
            audio=sound,
            sha256=guard.digest(path),
            notes=(*notes, *unheard),
        )


def _cut_off(timeline: Timeline) -> tuple[str, ...]:
    if timeline.promised is None:
        return ()
    there, whole = float(timeline.duration), float(timeline.promised)
    return (f"the file was cut off: {there:.1f} s of {whole:.1f} s are there",)


def _shown(stream: VideoStream, turned: orientation.Upright) -> tuple[int, int]:
    """Width and height after sample aspect ratio and rotation, px. The width is stretched, as players do."""
    aspect = stream.sample_aspect_ratio or Fraction(1)
    if not _SANE_ASPECT[0] <= aspect <= _SANE_ASPECT[1]:
        aspect = Fraction(1)
    width, height = round(stream.codec_context.width * aspect), stream.codec_context.height
    return (height, width) if turned.swaps else (width, height)


def _audio(path: Path, magic: Magic, settings: Settings) -> tuple[AudioTrack, tuple[str, ...]]:
    """The clip's own sound, of which every track was tried, and what of it cannot be heard."""
    broken: frozenset[int] = frozenset()
    while True:
        with opened(path, magic.demuxer, settings) as (container, _):
            chosen = tracks.choose(container, broken)
            streams = {stream.index: stream for stream in container.streams.audio}
            bad = [n for n in chosen.streams if n not in broken and not _decodes(path, magic, settings, n)]
            if bad:
                broken |= frozenset(bad)
                continue
            if not chosen.streams:
                return AudioTrack(tracks.name(container, container.streams.audio[0]), 0, 0), chosen.notes
            context = streams[chosen.streams[0]].codec_context
            codec, count = context.codec.canonical_name, context.layout.nb_channels
            return AudioTrack(codec, context.sample_rate, count, chosen.streams, chosen.scene), chosen.notes


def _decodes(path: Path, magic: Magic, settings: Settings, number: int) -> bool:
    with opened(path, magic.demuxer, settings) as (container, _):
        stream = next(stream for stream in container.streams.audio if stream.index == number)
        return decode_audio.decodes(container, stream)
