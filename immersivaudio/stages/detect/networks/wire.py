"""The wire format of protocol buffers, as far as a frozen graph needs reading and an ONNX file writing.

A message is a row of fields, each a key (number and wire type) and a value: a varint, or a length and bytes.
Source: "Protocol Buffers: Encoding", the format's own documentation.
"""

from collections.abc import Iterator

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5


def places(data: memoryview) -> Iterator[tuple[int, int, memoryview]]:
    """Yield (field number, where it is in `data`, its bytes) of every string, message or array of a message.

    Raises `ValueError` (or `IndexError`) where `data` is no message.
    """
    for number_, at, value in _fields(data):
        if isinstance(value, memoryview):
            yield number_, at, value


def number(data: memoryview, wanted: int, default: int = 0) -> int:
    """Return the last varint in field `wanted`."""
    for found, _, value in _fields(data):
        if found == wanted and isinstance(value, int):
            default = value
    return default


def _fields(data: memoryview) -> Iterator[tuple[int, int, int | memoryview]]:
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        if kind == VARINT:
            value, at = _varint(data, at)
            yield key >> 3, at, value
            continue
        if kind == BYTES:
            length, at = _varint(data, at)
        elif kind in (FIXED32, FIXED64):
            length = 4 if kind == FIXED32 else 8
        else:
            raise ValueError(f"wire type {kind} is not known")
        if at + length > len(data):
            raise ValueError("a field is longer than its message")
        yield key >> 3, at, data[at : at + length]
        at += length


def varint(field: int, value: int) -> bytes:
    """Write an integer field."""
    return _written(field << 3 | VARINT) + _written(value)


def block(field: int, *parts: bytes) -> bytes:
    """Write a string, message or array field out of its parts."""
    return b"".join((_written(field << 3 | BYTES), _written(sum(map(len, parts))), *parts))


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    if data[at] < 128:
        return data[at], at + 1
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _written(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
