"""The few boxes of an MP4 or MOV that FFmpeg reads and PyAV does not tell (ISO/IEC 14496-12)."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_INSIDE = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl", b"iprp", b"ipco"))
_MOST = 10_000
"""Boxes looked at: a file of more is none that a camera wrote."""
_TABLE = 8
"""Bytes of version, flags and number of entries that stand before the first entry of a table."""


def sound_codes(path: Path) -> list[str]:
    """Return the four letters by which each sound track says how it is coded, in order; "" for odd ones."""
    codes = []
    kind = b""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        for name, start, _end in _walk(file, 0, size, [_MOST]):
            if name == b"hdlr":
                file.seek(start + 4)
                role, told = file.read(4), file.read(4)
                kind = kind if role == b"dhlr" else told  # QuickTime also says where the data are
            elif name == b"stsd" and kind == b"soun":
                file.seek(start + _TABLE + 4)
                code = file.read(4).decode("latin-1").strip()
                codes.append(code if code.isascii() and code.isprintable() else "")
    return codes


@dataclass(frozen=True, slots=True)
class FileBox:
    """One box of a file that is in no other."""

    name: bytes
    start: int
    """Of its first byte."""
    content: int
    """Of the first byte after its size and name."""
    end: int


def outermost(file: BinaryIO) -> Iterator[FileBox]:
    """Yield the boxes of a file that are in no other, in order; stops at what is none."""
    start, end = 0, file.seek(0, 2)
    for _ in range(_MOST):
        head = _head(file, start, end)
        if head is None:
            return
        yield FileBox(head[0], start, head[1], head[2])
        start = head[2]


def chunk_offsets(moov: bytes) -> Iterator[tuple[int, int]]:
    """Yield place and width, bytes, of each number in the content of a `moov` that is a place in the file."""
    for name, start, end in _walk(io.BytesIO(moov), 0, len(moov), [_MOST]):
        width = {b"stco": 4, b"co64": 8}.get(name)
        if width and start + _TABLE <= end:
            count = int.from_bytes(moov[start + 4 : start + _TABLE], "big")
            first = start + _TABLE
            last = min(first + count * width, end - width + 1)
            yield from ((place, width) for place in range(first, last, width))


def transfers(path: Path) -> set[int]:
    """Return the transfer characteristics (ITU-T H.273) of the pictures in a HEIF or AVIF file."""
    found = set()
    with path.open("rb") as file:
        for name, start, _end in _walk(file, 0, file.seek(0, 2), [_MOST]):
            if name == b"colr":
                file.seek(start)
                colour = file.read(8)
                if colour[:4] == b"nclx":
                    found.add(int.from_bytes(colour[6:8], "big"))
    return found


def _walk(file: BinaryIO, start: int, end: int, left: list[int]) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start and end of the content of each box, in order, those inside others after them."""
    while left[0] > 0 and (head := _head(file, start, end)):
        left[0] -= 1
        name, content, stop = head
        yield name, content, stop
        if name in _INSIDE:
            yield from _walk(file, content, stop, left)
        elif name == b"meta" and stop > content + 4:  # in HEIF it has a version, in QuickTime none
            yield from _walk(file, content + 4, stop, left)
        start = stop


def _head(file: BinaryIO, start: int, end: int) -> tuple[bytes, int, int] | None:
    """Name, start and end of the content of the box at `start`; None where there is none before `end`."""
    if start + 8 > end:
        return None
    file.seek(start)
    size, name = int.from_bytes(file.read(4), "big"), file.read(4)
    head = 8
    if size == 1:
        size, head = int.from_bytes(file.read(8), "big"), 16
    stop = end if size == 0 else start + size
    return None if stop < start + head or stop > end else (name, start + head, stop)
