"""Digests of a film that neither its mark nor its signature changes.

A signature is put before the film's data and moves them: the places that `moov` tells are counted as they
were before.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import av

from immersivaudio.config import Settings
from immersivaudio.media.boxes import FileBox, chunk_offsets, outermost
from immersivaudio.media.container import opened
from immersivaudio.provenance.receipt import FilmDigests

XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
"""The extended type of a box of XMP (XMP specification part 3, 1.2.7)."""
C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
"""Of a box of content credentials (C2PA specification, A.5)."""
_CHUNK = 1 << 20
_LARGEST_INDEX = 64 * 2**20
"""Bytes of a `moov` that is read."""


def film_digests(path: Path, settings: Settings) -> FilmDigests:
    """The digests of an MP4; raises `BadMediaError` where it is none."""
    sound, pictures = _packets(path, settings)
    return FilmDigests(file=file_digest(path), sound=sound, pictures=pictures)


def file_digest(path: Path) -> str:
    """SHA-256 of the file as it is without boxes of XMP and content credentials."""
    digest = sha256()
    with path.open("rb") as file:
        boxes = list(outermost(file))
        own = [box for box in boxes if box.name == b"uuid" and extended_type(file, box) in {XMP, C2PA}]
        for box in boxes:
            if box not in own:
                for part in _parts(file, box, own):
                    digest.update(part)
        rest = boxes[-1].end if boxes else 0
        file.seek(rest)
        while part := file.read(_CHUNK):  # what stands behind the last box belongs to the file, too
            digest.update(part)
    return digest.hexdigest()


def extended_type(file: BinaryIO, box: FileBox) -> bytes:
    """The 16 bytes by which a `uuid` box says what it is."""
    file.seek(box.content)
    return file.read(16)


def _parts(file: BinaryIO, box: FileBox, own: list[FileBox]) -> Iterator[bytes]:
    """The bytes of a box, in parts; a `moov` in one, its places told as if `own` were not there."""
    file.seek(box.start)
    if box.name == b"moov" and box.end - box.start <= _LARGEST_INDEX:
        yield file.read(box.content - box.start) + _unmoved(file.read(box.end - box.content), own)
        return
    left = box.end - box.start
    while left > 0 and (part := file.read(min(_CHUNK, left))):
        left -= len(part)
        yield part


def _unmoved(moov: bytes, own: list[FileBox]) -> bytes:
    told = bytearray(moov)
    for place, width in chunk_offsets(moov):
        offset = int.from_bytes(moov[place : place + width], "big")
        before = sum(box.end - box.start for box in own if box.end <= offset)
        told[place : place + width] = (offset - before).to_bytes(width, "big")
    return bytes(told)


def _packets(path: Path, settings: Settings) -> tuple[str, str]:
    """Digests of the packets of sound and of pictures, each stream's in its order."""
    sound, pictures = sha256(), sha256()
    with opened(path, "mov", settings) as (container, stream):
        heard = container.streams.audio[:1]
        try:
            for packet in container.demux(stream, *heard):
                (pictures if packet.stream is stream else sound).update(bytes(packet))
        except av.error.FFmpegError:
            sound.update(b"damaged")  # a digest that no receipt holds
    return sound.hexdigest(), pictures.hexdigest()
