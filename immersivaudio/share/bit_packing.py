"""Whole numbers packed bit by bit, most significant first; and names as numbers that fit in few bits."""

from hashlib import blake2b


class BitWriter:
    """Collects fields of fixed width."""

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
