"""What a file is, by its own first bytes: an allow-list, so that no demuxer is ever chosen by guesswork.

FFmpeg's content probing opens playlists (HLS, ffconcat) that name other files of the machine; a demuxer
forced from these bytes never does. Ogg is left out: its only common picture codec, Theora, is not accepted.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Magic:
    """One kind of file that is let in."""

    kind: Literal["video", "photo"]
    demuxer: str
    """Short name of FFmpeg's demuxer, or Pillow's name of the format for a photo."""


@dataclass(frozen=True, slots=True)
class _Signature:
    offset: int
    prefix: bytes
    magic: Magic


HEAD = 512
"""Bytes `recognise` wants to see: two MPEG-TS packets and a bit."""

_MOV = Magic("video", "mov")
_TS = Magic("video", "mpegts")
_HEIF = Magic("photo", "HEIF")
_AVIF = Magic("photo", "AVIF")

_PHOTO_BRANDS = {b"avif": _AVIF} | dict.fromkeys(
    (b"heic", b"heix", b"heim", b"heis", b"mif1", b"miaf"), _HEIF
)

_SIGNATURES = (
    _Signature(4, b"moov", _MOV),
    _Signature(4, b"mdat", _MOV),
    _Signature(4, b"wide", _MOV),
    _Signature(4, b"free", _MOV),
    _Signature(4, b"skip", _MOV),
    _Signature(0, b"\x1a\x45\xdf\xa3", Magic("video", "matroska")),
    _Signature(0, b"\x00\x00\x01\xba", Magic("video", "mpeg")),
    _Signature(0, b"\x00\x00\x01\xb3", Magic("video", "mpegvideo")),
    _Signature(0, b"\x1f\x07\x00", Magic("video", "dv")),
    _Signature(0, bytes.fromhex("3026b2758e66cf11"), Magic("video", "asf")),
    _Signature(0, b"FLV\x01", Magic("video", "flv")),
    _Signature(0, b"GIF87a", Magic("video", "gif")),
    _Signature(0, b"GIF89a", Magic("video", "gif")),
    _Signature(0, b"\xff\xd8\xff", Magic("photo", "JPEG")),
    _Signature(0, b"\x89PNG\r\n\x1a\n", Magic("photo", "PNG")),
    _Signature(0, b"BM", Magic("photo", "BMP")),
    _Signature(0, b"II*\x00", Magic("photo", "TIFF")),
    _Signature(0, b"MM\x00*", Magic("photo", "TIFF")),
)

_RIFF = {b"AVI ": Magic("video", "avi"), b"WEBP": Magic("photo", "WEBP")}

_STRANGERS = (
    (b"#EXTM3U", "a playlist, not a video"),
    (b"ffconcat", "a playlist, not a video"),
    (b"ID3", "a sound file, without pictures"),
    (b"\xff\xfb", "a sound file, without pictures"),
    (b"fLaC", "a sound file, without pictures"),
    (b"\xff\x0a", "a JPEG XL picture, which we do not read"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL picture, which we do not read"),
    (b"OggS", "an Ogg file, which we do not read"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "an archive or an animated sticker"),
    (b"<", "a web page or text"),
)


def recognise(head: bytes) -> Magic | None:
    """Return what the first `HEAD` bytes of a file say it is, or None if it is nothing we let in."""
    if head[4:8] == b"ftyp":
        return _PHOTO_BRANDS.get(head[8:12], _MOV)
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if _is_transport_stream(head):
        return _TS
    return next((s.magic for s in _SIGNATURES if head.startswith(s.prefix, s.offset)), None)


def name_stranger(head: bytes) -> str:
    """Say in words what a file that was not recognised seems to be."""
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "a sound file, without pictures"
    for prefix, words in _STRANGERS:
        if head.startswith(prefix) or head.lstrip().startswith(prefix):
            return words
    if b"\x00" not in head and head.isascii():
        return "text, not a video"
    return "neither a video nor a photo that we know"


def _is_transport_stream(head: bytes) -> bool:
    """ISO/IEC 13818-1: a sync byte 0x47 starts each packet of 188 bytes (192 with a Blu-ray time stamp)."""
    return any(
        head[start : start + 1]
        == head[start + step : start + step + 1]
        == head[start + 2 * step :][:1]
        == b"\x47"
        for start, step in ((0, 188), (4, 192))
    )
