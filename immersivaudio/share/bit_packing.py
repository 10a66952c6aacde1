"""Values packed bit by bit, most significant first; and names as numbers that fit in few bits.

A `Codec` writes one kind of value and reads it again, so a layout is a table of codecs. Values are written
as they are, if they fit in the bits; reading raises `ValueError` for what no build writes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Protocol


class BitWriter:
    """Collect fields of fixed width."""

    def __init__(self) -> None:
        self._value = 0
        self.size = 0

    def put(self, value: int, width: int) -> None:
        """Append `value` in `width` bits; raises `ValueError` where it does not fit."""
        if not 0 <= value < 1 << width:
            raise ValueError(f"{value} does not fit in {width} bits")
        self._value = (self._value << width) | value
        self.size += width

    def number(self, unit: int) -> int:
        """Everything as one number of a multiple of `unit` bits, zeros appended."""
        return self._value << (-self.size % unit)


class BitReader:
    """Takes the same fields off again."""

    def __init__(self, value: int, size: int) -> None:
        self._value = value
        self._left = size

    def take(self, width: int) -> int:
        """The next `width` bits; raises `ValueError` where there are none left."""
        self._left -= width
        if self._left < 0:
            raise ValueError("cut short")
        return (self._value >> self._left) & ((1 << width) - 1)

    @property
    def rest(self) -> int:
        """What was not taken: zeros, and less than a character of them, in a code that is whole."""
        return self._value & ((1 << self._left) - 1)

    @property
    def left(self) -> int:
        """Bits that were not taken."""
        return self._left


def tag(name: str, width: int) -> int:
    """A number for a name, the same in every version: tables may grow without old codes losing their meaning.

    Two names of one table may not share a tag; a test looks.
    """
    digest = blake2b(name.encode(), digest_size=8, person=b"share").digest()
    return int.from_bytes(digest) >> (64 - width)


class Codec(Protocol):
    """How one value stands in bits."""

    def put(self, bits: BitWriter, value: Any, /) -> None:
        """Append the value; raises `ValueError` where it does not fit."""
        ...

    def take(self, bits: BitReader, /) -> Any:
        """Read the value; raises `ValueError` for what no build writes."""
        ...


Field = tuple[str | tuple[str, ...], Codec]
"""(name of an attribute, or names of several that stand together, their codec)."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number plus `offset`, in `width` bits."""

    width: int
    offset: int = 0
    known: range | None = None
    """What a build may write; None: whatever fits."""

    def put(self, bits: BitWriter, value: int) -> None:
        bits.put(value + self.offset, self.width)

    def take(self, bits: BitReader) -> int:
        value = bits.take(self.width) - self.offset
        if self.known is not None and value not in self.known:
            raise ValueError("out of range")
        return value


@dataclass(frozen=True, slots=True)
class LongNumber:
    """A number in `short` bits, or after a set bit in `long` ones."""

    short: int
    long: int

    def put(self, bits: BitWriter, value: int) -> None:
        long = value >= 1 << self.short
        bits.put(long, 1)
        bits.put(value, self.long if long else self.short)

    def take(self, bits: BitReader) -> int:
        return bits.take(self.long if bits.take(1) else self.short)


@dataclass(frozen=True, slots=True)
class Name:
    """One of a list, by its place."""

    names: Sequence[Any]
    width: int

    def put(self, bits: BitWriter, value: object) -> None:
        bits.put(self.names.index(value), self.width)

    def take(self, bits: BitReader) -> Any:
        place = bits.take(self.width)
        if place >= len(self.names):
            raise ValueError("no such name")
        return self.names[place]


@dataclass(frozen=True, slots=True)
class Absent:
    """A bit, and where it is set, a value: the others are `usual`."""

    codec: Codec
    usual: Any
    by: int | None = None
    """Of a tuple: the place of the item that alone says whether it is the usual one."""

    def put(self, bits: BitWriter, value: Any) -> None:
        there = value != self.usual if self.by is None else value[self.by] != self.usual[self.by]
        bits.put(there, 1)
        if there:
            self.codec.put(bits, value)

    def take(self, bits: BitReader) -> Any:
        return self.codec.take(bits) if bits.take(1) else self.usual


@dataclass(frozen=True, slots=True)
class Many:
    """How many, in `width` bits, and then each."""

    codec: Codec
    width: int

    def put(self, bits: BitWriter, value: Sequence[Any]) -> None:
        bits.put(len(value), self.width)
        for each in value:
            self.codec.put(bits, each)

    def take(self, bits: BitReader) -> tuple[Any, ...]:
        return tuple(self.codec.take(bits) for _ in range(bits.take(self.width)))


class Together:
    """A tuple, one codec an item."""

    def __init__(self, *codecs: Codec) -> None:
        self._codecs = codecs

    def put(self, bits: BitWriter, value: Sequence[Any]) -> None:
        for codec, each in zip(self._codecs, value, strict=True):
            codec.put(bits, each)

    def take(self, bits: BitReader) -> tuple[Any, ...]:
        return tuple(codec.take(bits) for codec in self._codecs)


@dataclass(frozen=True, slots=True)
class Record:
    """An object, by the table of its fields."""

    kind: Callable[..., Any]
    fields: Sequence[Field]

    def put(self, bits: BitWriter, value: object) -> None:
        for name, codec in self.fields:
            found = getattr(value, name) if isinstance(name, str) else tuple(getattr(value, n) for n in name)
            codec.put(bits, found)

    def take(self, bits: BitReader) -> Any:
        found: dict[str, Any] = {}
        for name, codec in self.fields:
            value = codec.take(bits)
            found |= {name: value} if isinstance(name, str) else dict(zip(name, value, strict=True))
        return self.kind(**found)
