"""How a file is damaged by a number: the same number, the same damage."""

import random
import struct
import zlib
from collections.abc import Callable, Mapping

Bytes = bytearray
_EDGES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 10**6)
_WIDTHS = {1: "B", 2: "H", 4: "I", 8: "Q"}


def damaged(seeds: Mapping[str, bytes], number: int) -> bytes:
    """Return one of the seeds, damaged one to four times."""
    chance = random.Random(f"damage {number}")
    names = sorted(seeds)
    name = names[number % len(names)]
    data = Bytes(seeds[name])
    other = seeds[chance.choice(names)]
    aware = _AWARE.get(name.rpartition(".")[2], _overwrite_number)
    for _ in range(chance.choice((1, 1, 2, 3, 4))):
        if len(data) < 32:
            break
        way = aware if chance.random() < 0.5 else chance.choice(_BLIND)
        data = _splice(data, chance, other) if way is _splice else way(data, chance)
    return bytes(data)


def _flip(data: Bytes, chance: random.Random) -> Bytes:
    for _ in range(chance.choice((1, 4, 32))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def _flip_early(data: Bytes, chance: random.Random) -> Bytes:
    data[chance.randrange(16, min(len(data), 600))] = chance.randrange(256)
    return data


def _cut(data: Bytes, chance: random.Random) -> Bytes:
    return data[: chance.randrange(16, len(data))]


def _leave_out(data: Bytes, chance: random.Random) -> Bytes:
    start = chance.randrange(16, len(data))
    del data[start : start + chance.choice((1, 7, 64, 1000))]
    return data


def _double(data: Bytes, chance: random.Random) -> Bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.choice((4, 64, 1000))]
    data[start:start] = piece * chance.choice((1, 2, 20))
    return data


def _blank(data: Bytes, chance: random.Random) -> Bytes:
    start, size = chance.randrange(16, len(data)), chance.choice((4, 64, 1000))
    piece = data[start : start + size]
    data[start : start + size] = bytes([chance.choice((0, 255))]) * len(piece)
    return data


def _overwrite_number(data: Bytes, chance: random.Random) -> Bytes:
    """A number of some width, at the start of the file or anywhere."""
    width = chance.choice((1, 2, 4, 8))
    last = len(data) - width
    place = chance.randrange(12, min(last, 512) if chance.random() < 0.5 else last)
    value = chance.choice((*_EDGES, chance.getrandbits(8 * width))) & ((1 << 8 * width) - 1)
    data[place : place + width] = struct.pack(chance.choice("<>") + _WIDTHS[width], value)
    return data


def _splice(data: Bytes, chance: random.Random, other: bytes = b"") -> Bytes:
    """The beginning of this file, the end of another."""
    return data[: chance.randrange(16, len(data))] + Bytes(other[chance.randrange(len(other) or 1) :])


def _boxes(data: Bytes, chance: random.Random) -> Bytes:
    """ISO media: a box whose length, contents or place is another one."""
    found = list(_walk_boxes(data, 0, len(data)))
    if not found:
        return _flip(data, chance)
    start, size, head = chance.choice(found)
    way = chance.randrange(5)
    if way == 0:
        data[start : start + 4] = struct.pack(">I", chance.choice((*_EDGES, size + 8)) & 0xFFFF_FFFF)
    elif way == 1:
        del data[start : start + size]
    elif way == 2:
        data[start:start] = data[start : start + size]
    elif way == 3:
        other, length, _ = chance.choice(found)
        data[start : start + size] = data[other : other + length]
    elif size > head + 4:
        place = start + head + chance.randrange(0, min(size - head - 3, 120), 1)
        value = chance.choice((*_EDGES, chance.getrandbits(32)))
        data[place : place + 4] = struct.pack(">I", value & 0xFFFF_FFFF)
    return data


_CONTAINERS = {
    b"moov",
    b"trak",
    b"mdia",
    b"minf",
    b"stbl",
    b"edts",
    b"moof",
    b"traf",
    b"mvex",
    b"meta",
    b"iprp",
}


def _walk_boxes(data: Bytes, start: int, end: int):  # type: ignore[no-untyped-def]
    while start + 8 <= end:
        size, name = struct.unpack(">I4s", data[start : start + 8])
        if size < 8 or start + size > end:
            return
        yield start, size, 8
        if name in _CONTAINERS:
            yield from _walk_boxes(data, start + (12 if name == b"meta" else 8), start + size)
        start += size


def _elements(data: Bytes, chance: random.Random) -> Bytes:
    """Matroska: the length of an element, or a whole one."""
    known = (
        b"\x1a\x45\xdf\xa3",
        b"\x16\x54\xae\x6b",
        b"\x1f\x43\xb6\x75",
        b"\xae",
        b"\xe0",
        b"\xa3",
        b"\x42\x86",
    )
    places = [place for name in known if (place := data.find(name, chance.randrange(len(data)))) >= 0]
    if not places:
        return _flip(data, chance)
    place = chance.choice(places)
    head = place + chance.choice((0, 1, 4))
    data[head : head + 2] = struct.pack(
        ">H", chance.choice((0x80, 0x01FF, 0x4000, 0xFFFF, chance.getrandbits(16)))
    )
    return data


def _riff(data: Bytes, chance: random.Random) -> Bytes:
    """RIFF: the length, count or rate in a chunk's head."""
    names = (
        b"avih",
        b"strh",
        b"strf",
        b"movi",
        b"idx1",
        b"LIST",
        b"VP8 ",
        b"VP8L",
        b"VP8X",
        b"00dc",
        b"01wb",
    )
    places = [place for name in names if (place := data.find(name)) >= 0]
    place = chance.choice(places or [8]) + 4 + 4 * chance.randrange(12)
    data[place : place + 4] = struct.pack(
        "<I", chance.choice((*_EDGES, chance.getrandbits(32))) & 0xFFFF_FFFF
    )
    return data


def _chunks(data: Bytes, chance: random.Random) -> Bytes:
    """PNG: a chunk with other contents and a right check sum, left out, or doubled."""
    found, place = [], 8
    while place + 12 <= len(data):
        size = struct.unpack(">I", data[place : place + 4])[0]
        if place + 12 + size > len(data):
            break
        found.append((place, size))
        place += 12 + size
    if not found:
        return _flip(data, chance)
    start, size = chance.choice(found)
    way = chance.randrange(3)
    if way == 0:
        del data[start : start + 12 + size]
    elif way == 1:
        data[start:start] = data[start : start + 12 + size]
    elif size:
        data[start + 8 + chance.randrange(min(size, 30))] = chance.randrange(256)
        data[start + 8 + size : start + 12 + size] = struct.pack(
            ">I", zlib.crc32(data[start + 4 : start + 8 + size])
        )
    return data


def _segments(data: Bytes, chance: random.Random) -> Bytes:
    """JPEG: the length or a table of a segment."""
    places = [
        place for place in range(2, len(data) - 4) if data[place] == 0xFF and 0xC0 <= data[place + 1] < 0xFF
    ]
    place = chance.choice(places or [2])
    if chance.random() < 0.5:
        data[place + 2 : place + 4] = struct.pack(
            ">H", chance.choice((0, 1, 2, 3, 0xFFFF, chance.getrandbits(16)))
        )
    else:
        data[min(place + 4 + chance.randrange(16), len(data) - 1)] = chance.randrange(256)
    return data


_BLIND: tuple[Callable[..., Bytes], ...] = (
    _flip, _flip_early, _cut, _leave_out, _double, _blank, _overwrite_number, _splice,
)  # fmt: skip
_AWARE: dict[str, Callable[..., Bytes]] = {
    **dict.fromkeys(("mp4", "mov", "3gp", "avif"), _boxes),
    **dict.fromkeys(("mkv", "webm"), _elements),
    **dict.fromkeys(("avi", "webp"), _riff),
    "png": _chunks,
    "jpg": _segments,
}
