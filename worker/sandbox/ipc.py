"""Frames between a worker and its render process: a length (4 bytes, big-endian), then that much JSON."""

import base64
import struct
from typing import Any, BinaryIO

import orjson

from immersivaudio.errors import StageFailedError

LIMIT = 16 * 2**20
"""Bytes of the largest frame: a cue sheet of an hour is far below."""
_LENGTH = struct.Struct(">I")


def pack(message: dict[str, Any]) -> bytes:
    """One frame."""
    body = orjson.dumps(message)
    if len(body) > LIMIT:
        raise ValueError("a frame is too long")
    return _LENGTH.pack(len(body)) + body


def length(head: bytes) -> int:
    """Bytes of the body that follows; raises `ValueError` for a length beyond the limit."""
    (size,) = _LENGTH.unpack(head)
    if size > LIMIT:
        raise ValueError("a frame is too long")
    return int(size)


HEAD = _LENGTH.size


def receive(stream: BinaryIO) -> dict[str, Any] | None:
    """The next frame of a blocking stream; None at its end."""
    head = stream.read(HEAD)
    if len(head) < HEAD:
        return None
    body = stream.read(length(head))
    return dict(orjson.loads(body))


class ParentChannel:
    """What a task may say to the parent while it runs; called, it is a `StageProgress`."""

    def __init__(self, tasks: BinaryIO, answers: BinaryIO) -> None:
        self._tasks, self._answers = tasks, answers

    def __call__(self, stage: str, done: float) -> None:
        self._answers.write(pack({"stage": stage, "share": done}))

    def sign(self, data: bytes) -> bytes:
        """Have the parent sign `data`: it holds the key, and opens no media. Raises `StageFailedError`."""
        self._answers.write(pack({"sign": base64.b64encode(data).decode()}))
        answer = receive(self._tasks) or {}
        if not answer.get("signature"):
            raise StageFailedError("the parent does not sign", "look at its log", stage="provenance")
        return base64.b64decode(answer["signature"])
