"""The few boxes of an MP4 or MOV that FFmpeg reads and PyAV does not tell (ISO/IEC 14496-12)."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_CONTAINERS = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl", b"iprp", b"ipco"))
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
    while start + 8 <= end and left[0] > 0:
        left[0] -= 1
        file.seek(start)
        size, name = int.from_bytes(file.read(4), "big"), file.read(4)
        head = 8
        if size == 1:
            size, head = int.from_bytes(file.read(8), "big"), 16
        stop = end if size == 0 else start + size
        if stop < start + head or stop > end:
            return
        yield name, start + head, stop
        if name in _CONTAINERS:
            yield from _walk(file, start + head, stop, left)
        elif name == b"meta" and stop - start > head + 4:  # in HEIF it has a version, in QuickTime none
            yield from _walk(file, start + head + 4, stop, left)
        start = stop
