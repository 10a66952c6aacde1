"""Signed tokens: a visitor's identity, and what a link opens, with an expiry."""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Callable

_MAC = 16
"""Bytes."""
_LONGEST = 2000
"""Characters of a token that is read."""


class TokenSigner:
    """Writes and reads them. A token is base64url of its facts, a dot, base64url of their HMAC-SHA256."""

    def __init__(self, secret: bytes, clock: Callable[[], float] = time.time) -> None:
        self._secret = secret
        self._clock = clock

    def write(self, purpose: str, *facts: str, hours: float) -> str:
        """A token that `read` takes for the same purpose, for so many hours."""
        until = int(self._clock() + hours * 3600)
        paper = json.dumps([until, *facts], separators=(",", ":")).encode()
        return f"{_text(paper)}.{_text(self._mac(purpose, paper))}"

    def read(self, purpose: str, token: str) -> tuple[str, ...] | None:
        """The facts; None where the token is forged, for something else, or too old."""
        paper, _, mac = token[:_LONGEST].partition(".")
        try:
            data, proof = _bytes(paper), _bytes(mac)
        except (binascii.Error, ValueError):
            return None
        if (
            not hmac.compare_digest(proof, self._mac(purpose, data))
            or token != f"{_text(data)}.{_text(proof)}"
        ):
            return None
        until, *facts = json.loads(data)
        return tuple(facts) if until > self._clock() else None

    def pseudonym(self, kind: str, name: str) -> str:
        """A name that stands for another one, and does not tell it."""
        return f"{kind}:{_text(self._mac(kind, name.encode()))}"

    def _mac(self, purpose: str, paper: bytes) -> bytes:
        return hmac.digest(self._secret, purpose.encode() + b"\0" + paper, hashlib.sha256)[:_MAC]


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
