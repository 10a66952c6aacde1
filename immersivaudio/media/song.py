"""A user's reference song: its first two minutes, mono. The same limits as for clips, for sound alone."""

from pathlib import Path

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError
from immersivaudio.media.guard import check_file
from immersivaudio.media.magic import HEAD, recognise

RATE = 22_050
"""Hz: what is measured lies below 10 kHz."""
LONGEST = 120
"""s that are heard: a song has shown by then what it is."""
SHORTEST = 4
"""s"""
_SEND_OTHER = "send it as MP3, M4A, OGG, FLAC or WAV"
_SIGNATURES = (
    (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"),
    (0, b"\xff\xf3", "mp3"),
    (0, b"\xff\xf2", "mp3"),
    (0, b"\xff\xf1", "aac"),
    (0, b"\xff\xf9", "aac"),
    (0, b"fLaC", "flac"),
    (0, b"OggS", "ogg"),
    (8, b"WAVE", "wav"),
)
_WITH_SOUND = frozenset({"mov", "matroska"})
"""Demuxers of films that may hold a song alone."""
_CODECS = frozenset({"mp3", "mp3float", "aac", "flac", "vorbis", "opus", "alac"})
Mono = NDArray[np.float32]


def read(path: Path, settings: Settings) -> Mono:
    """Return at most `LONGEST` s of the song at `RATE`, full scale 1; shape (n,).

    The demuxer is forced by the file's first bytes; nothing but the first sound track is decoded. Raises
    `BadMediaError` for what is no song, too short, or cannot be decoded, `MediaTooLargeError` for a large
    file.
    """
    check_file(path, settings)
    pieces: list[Mono] = []
    left = LONGEST * RATE
    resampler = AudioResampler("flt", "mono", RATE)
    options = {"protocol_whitelist": "file"}
    try:
        with av.open(f"file:{path}", format=_demuxer(path), options=options) as container:
            stream = next(iter(container.streams.audio), None)
            if stream is None or not _allowed(stream.codec_context.codec.canonical_name):
                raise BadMediaError("that file holds no song that I can hear", _SEND_OTHER)
            for frame in container.decode(stream):
                for piece in resampler.resample(frame):
                    pieces.append(piece.to_ndarray()[0][:left])
                    left -= len(pieces[-1])
                if left <= 0:
                    break
    except av.error.FFmpegError as error:
        if not pieces:
            raise BadMediaError("that song is damaged or not complete", _SEND_OTHER) from error
    sound = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
    if len(sound) < SHORTEST * RATE:
        raise BadMediaError(f"that song is shorter than {SHORTEST} s", "send more of it")
    return np.nan_to_num(sound, posinf=0.0, neginf=0.0).clip(-4, 4)


def _demuxer(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(HEAD)
    for place, prefix, demuxer in _SIGNATURES:
        if head.startswith(prefix, place):
            return demuxer
    magic = recognise(head)
    if magic and magic.demuxer in _WITH_SOUND:
        return magic.demuxer
    raise BadMediaError("that file is no song that I know", _SEND_OTHER)


def _allowed(codec: str) -> bool:
    return codec in _CODECS or codec.startswith("pcm_")
