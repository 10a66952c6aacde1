"""A recipe as text that survives chats, forms and being read aloud: "IV-" and Crockford's base 32, in fives.

Case and hyphens do not matter, O is 0, I and L are 1; three characters of checksum find 32767 of 32768 slips.
"""

import re
from hashlib import blake2b

from immersivaudio.recipe import Recipe
from immersivaudio.share.bit_packing import BitReader
from immersivaudio.share.errors import BadShareError, NewerShareError
from immersivaudio.share.recipe import FORMAT, pack, unpack

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_BITS, _CHECK, _GROUP = 5, 3, 5
"""Bits of a character, characters of the checksum, characters between two hyphens."""
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014-"
_BEGUN = f"[{_ALPHABET[4 * FORMAT : 4 * FORMAT + 4]}][a-z0-9]{{4}}"
"""The first group of a code, which begins with the format: what is left of one that was cut off."""
_CODE = re.compile(
    rf"(?<![\w{_HYPHENS}])iv[{_HYPHENS}](?=(?:[a-z0-9][{_HYPHENS}]?){{10}}|{_BEGUN})"
    rf"(?:[a-z0-9][{_HYPHENS}]?){{5,400}}(?!\w)",
    re.IGNORECASE,
)


def find(words: str) -> tuple[str, str]:
    """Return (the share code in `words`, the words without it); the code is "" where there is none.

    A damaged code is found, too: it is for `read` to say so, rather than for the mood reader to wonder.
    """
    found = _CODE.search(words)
    if not found:
        return "", words
    rest = words[: found.start()], words[found.end() :]
    return found[0], " ".join(" ".join(rest).split())


def write(recipe: Recipe) -> str:
    """The code of a recipe."""
    bits = pack(recipe)
    body = _letters(bits.number(_BITS), -(-bits.size // _BITS))
    whole = body + _checksum(body)
    return "-".join(("IV", *(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))))


def read(code: str) -> Recipe:
    """The recipe in a code. Raises `BadShareError`, or `NewerShareError` for a format of another version."""
    letters = re.sub(rf"[\s{_HYPHENS}]", "", code.strip().upper()).removeprefix("IV")
    try:
        values = [_VALUES[letter] for letter in letters]
    except KeyError:
        raise BadShareError from None
    whole = "".join(_ALPHABET[value] for value in values)
    body = whole[:-_CHECK]
    if not body or _checksum(body) != whole[-_CHECK:]:
        raise BadShareError
    number = 0
    for value in values[:-_CHECK]:
        number = number << _BITS | value
    bits = BitReader(number, _BITS * len(body))
    try:
        if bits.take(3) != FORMAT:
            raise NewerShareError
        recipe = unpack(bits)
    except ValueError:
        raise BadShareError from None
    if bits.rest or bits.left >= _BITS:
        raise BadShareError
    return recipe


def _checksum(body: str) -> str:
    value = int.from_bytes(blake2b(body.encode(), digest_size=2, person=b"share-check").digest())
    return _letters(value, _CHECK)


def _letters(number: int, count: int) -> str:
    """The last `count` characters of a number, most significant first."""
    return "".join(_ALPHABET[number >> _BITS * place & 31] for place in reversed(range(count)))
