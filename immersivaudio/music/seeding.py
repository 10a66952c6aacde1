"""Chance that is the same everywhere: generators seeded from what they are for."""

import random
from hashlib import blake2b


def generator(*keys: object) -> random.Random:
    """Return a generator that depends on `keys` alone, in every process and on every machine.

    Python's own `hash` is salted per process, so the keys' text is digested instead.
    """
    digest = blake2b("\x1f".join(map(str, keys)).encode(), digest_size=8).digest()
    return random.Random(int.from_bytes(digest))
